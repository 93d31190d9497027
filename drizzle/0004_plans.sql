CREATE TABLE "reclamation_holds" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text,
	"reason" text NOT NULL,
	"placed_by" text NOT NULL,
	"placed_at" timestamp (3) with time zone NOT NULL,
	"released_by" text,
	"released_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "reclamation_items" ADD COLUMN "plan" jsonb;--> statement-breakpoint
ALTER TABLE "reclamations" ADD COLUMN "plan_hash" text;--> statement-breakpoint
ALTER TABLE "reclamations" ADD COLUMN "expires_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reclamations" ADD COLUMN "applied_by" text;--> statement-breakpoint
ALTER TABLE "reclamations" ADD COLUMN "applied_at" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "reclamation_holds_open" ON "reclamation_holds" USING btree ("integration_id") WHERE released_at is null;