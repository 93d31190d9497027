CREATE TABLE "exchange_rates" (
	"id" text PRIMARY KEY NOT NULL,
	"from_currency" text NOT NULL,
	"to_currency" text NOT NULL,
	"rate" numeric(24, 12) NOT NULL,
	"valid_from" date NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "license_days" (
	"license_id" text NOT NULL,
	"day" date NOT NULL,
	"integration_id" text NOT NULL,
	"owned" integer,
	"assigned" integer NOT NULL,
	"active" integer NOT NULL,
	"inactive" integer NOT NULL,
	CONSTRAINT "license_days_license_id_day_pk" PRIMARY KEY("license_id","day")
);
--> statement-breakpoint
CREATE TABLE "reconciliation_lines" (
	"reconciliation_id" text NOT NULL,
	"license_id" text NOT NULL,
	"account_id" text NOT NULL,
	"unique_id" text NOT NULL,
	"name" text NOT NULL,
	"owned" integer,
	"owned_source" text NOT NULL,
	"assigned" integer NOT NULL,
	"active" integer NOT NULL,
	"inactive" integer NOT NULL,
	"never_active" integer NOT NULL,
	"excluded" integer NOT NULL,
	"zoom_assigned" integer,
	"position" text NOT NULL,
	"reasons" jsonb NOT NULL,
	"unit_annual_cost" numeric(24, 4),
	"true_up_cost" numeric(24, 4),
	"unassigned_cost" numeric(24, 4),
	"unused_cost" numeric(24, 4),
	"currency" text,
	CONSTRAINT "reconciliation_lines_reconciliation_id_license_id_pk" PRIMARY KEY("reconciliation_id","license_id")
);
--> statement-breakpoint
CREATE TABLE "reconciliations" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"requested_by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"is_complete" boolean NOT NULL,
	"note" text
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "roster_problem" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "activity_problem" text;--> statement-breakpoint
ALTER TABLE "entitlements" DROP CONSTRAINT "entitlements_pkey";--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "id" text;--> statement-breakpoint
-- What was entered per license becomes its first term; license ids begin with a prefix of their own.
UPDATE "entitlements" SET "id" = 'ent_' || regexp_replace("license_id", '^lic_', '');--> statement-breakpoint
ALTER TABLE "entitlements" ADD PRIMARY KEY ("id");--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "quantity" integer;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "unlimited" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "entitlements" ADD COLUMN "created_at" timestamp (3) with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "licenses" ADD COLUMN "plan_gone_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "licenses" ADD COLUMN "entered_name" text;--> statement-breakpoint
ALTER TABLE "licenses" ADD COLUMN "entered_user_type" text;--> statement-breakpoint
ALTER TABLE "licenses" ADD COLUMN "entered_count" integer;--> statement-breakpoint
ALTER TABLE "licenses" ADD COLUMN "entered_unlimited" boolean;--> statement-breakpoint
CREATE UNIQUE INDEX "exchange_rates_day" ON "exchange_rates" USING btree ("from_currency","to_currency","valid_from");--> statement-breakpoint
CREATE INDEX "license_days_integration" ON "license_days" USING btree ("integration_id","day");--> statement-breakpoint
CREATE INDEX "reconciliations_integration" ON "reconciliations" USING btree ("integration_id","at","id");--> statement-breakpoint
CREATE INDEX "entitlements_license" ON "entitlements" USING btree ("license_id","effective_date");--> statement-breakpoint
CREATE INDEX "entitlements_integration" ON "entitlements" USING btree ("integration_id","expiration_date");