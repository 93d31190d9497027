ALTER TABLE "exclusions" ADD COLUMN "role_id" text;--> statement-breakpoint
ALTER TABLE "exclusions" ADD COLUMN "sub_account_id" text;