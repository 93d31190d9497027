CREATE TABLE "offboardings" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"email" text NOT NULL,
	"left_at" timestamp (3) with time zone NOT NULL,
	"source" text NOT NULL,
	"reported_by" text NOT NULL,
	"reported_at" timestamp (3) with time zone NOT NULL,
	"withdrawn_by" text,
	"withdrawn_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE UNIQUE INDEX "offboardings_open" ON "offboardings" USING btree ("integration_id","email") WHERE withdrawn_at is null;