ALTER TABLE "job_runs" ADD COLUMN "traceparent" text;--> statement-breakpoint
CREATE INDEX "job_runs_open" ON "job_runs" USING btree ("integration_id") WHERE status in ('QUEUED', 'RUNNING');