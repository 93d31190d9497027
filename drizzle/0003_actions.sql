ALTER TABLE "reclamation_items" ADD COLUMN "not_restored" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "reclamations" ADD COLUMN "transfer" jsonb;