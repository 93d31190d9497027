DROP INDEX "users_last_activity";--> statement-breakpoint
CREATE INDEX "users_last_activity" ON "users" USING btree ("integration_id","last_activity_at","id","type") WHERE removed_at is null;