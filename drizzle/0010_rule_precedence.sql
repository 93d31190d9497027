ALTER TABLE "reclamation_candidates" ADD COLUMN "other_rule_ids" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "reclamation_rules" ADD COLUMN "priority" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "reclamation_rules" ADD COLUMN "reviewed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reclamation_rules" ADD COLUMN "reviewed_by" text;--> statement-breakpoint
CREATE UNIQUE INDEX "reclamation_rules_generated" ON "reclamation_rules" USING btree ("integration_id","applies_to") WHERE auto_generated and applies_to is not null;