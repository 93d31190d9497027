ALTER TABLE "reclamation_candidates" ADD COLUMN "returned_operator" text;--> statement-breakpoint
ALTER TABLE "reclamation_candidates" ADD COLUMN "return_acknowledged_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reclamation_candidates" ADD COLUMN "return_acknowledged_by" text;--> statement-breakpoint
CREATE INDEX "reclamation_candidates_rule" ON "reclamation_candidates" USING btree ("rule_id");