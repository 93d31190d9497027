CREATE TABLE "license_mappings" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"identifier" text NOT NULL,
	"unique_id" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "activity_days" (
	"account_id" text NOT NULL,
	"integration_id" text NOT NULL,
	"day" date NOT NULL,
	"user_id" text NOT NULL,
	"sign_ins" integer DEFAULT 0 NOT NULL,
	"meetings_hosted" integer DEFAULT 0 NOT NULL,
	"long_meetings_hosted" integer DEFAULT 0 NOT NULL,
	"meetings_joined" integer DEFAULT 0 NOT NULL,
	"webinars_hosted" integer DEFAULT 0 NOT NULL,
	"cloud_recordings" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "activity_days_account_id_day_user_id_pk" PRIMARY KEY("account_id","day","user_id")
);
--> statement-breakpoint
CREATE TABLE "cloud_recordings" (
	"account_id" text NOT NULL,
	"integration_id" text NOT NULL,
	"uuid" text NOT NULL,
	"host_user_id" text,
	"start_time" timestamp (3) with time zone NOT NULL,
	"recording_count" integer,
	CONSTRAINT "cloud_recordings_account_id_uuid_pk" PRIMARY KEY("account_id","uuid")
);
--> statement-breakpoint
CREATE TABLE "daily_usage" (
	"account_id" text NOT NULL,
	"integration_id" text NOT NULL,
	"day" date NOT NULL,
	"new_users" integer NOT NULL,
	"meetings" integer NOT NULL,
	"participants" integer NOT NULL,
	"meeting_minutes" integer NOT NULL,
	CONSTRAINT "daily_usage_account_id_day_pk" PRIMARY KEY("account_id","day")
);
--> statement-breakpoint
CREATE TABLE "host_reports" (
	"account_id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"windows" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "operation_logs" (
	"id" text NOT NULL,
	"account_id" text NOT NULL,
	"integration_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"operator" text,
	"category" text,
	"action" text,
	"detail" text,
	CONSTRAINT "operation_logs_account_id_id_pk" PRIMARY KEY("account_id","id")
);
--> statement-breakpoint
CREATE TABLE "report_coverage" (
	"account_id" text NOT NULL,
	"integration_id" text NOT NULL,
	"report" text NOT NULL,
	"known_from" timestamp (3) with time zone NOT NULL,
	"known_until" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "report_coverage_account_id_report_pk" PRIMARY KEY("account_id","report")
);
--> statement-breakpoint
CREATE TABLE "sign_ins" (
	"account_id" text NOT NULL,
	"integration_id" text NOT NULL,
	"email" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"kind" text NOT NULL,
	"user_id" text,
	"client_type" text,
	"client_version" text,
	CONSTRAINT "sign_ins_account_id_email_at_kind_pk" PRIMARY KEY("account_id","email","at","kind")
);
--> statement-breakpoint
CREATE TABLE "task_parts" (
	"integration_id" text NOT NULL,
	"part" text NOT NULL,
	"status" text NOT NULL,
	"message" text,
	"at" timestamp (3) with time zone NOT NULL,
	"read_at" timestamp (3) with time zone,
	CONSTRAINT "task_parts_integration_id_part_pk" PRIMARY KEY("integration_id","part")
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" text PRIMARY KEY NOT NULL,
	"event" text NOT NULL,
	"zoom_account_id" text NOT NULL,
	"zoom_user_id" text,
	"event_at" timestamp (3) with time zone NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"payload" jsonb,
	"applied_at" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "users_integration";--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "erase_on_deauthorization" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "meeting_detail" text DEFAULT 'WHERE_DECISIVE' NOT NULL;--> statement-breakpoint
ALTER TABLE "integrations" ADD COLUMN "service_account_patterns" text[] DEFAULT '{"svc-*","svc.*","svc_*","service-account*","serviceaccount*","noreply@*","no-reply@*"}' NOT NULL;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "planned" jsonb;--> statement-breakpoint
ALTER TABLE "job_runs" ADD COLUMN "spent" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "roster_begun_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "lock_settings" jsonb;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "managed_domains" jsonb;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "trusted_domains" text[];--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "profiles_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "add_ons_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "add_ons_proof" jsonb;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "created_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "roster_listings" ADD COLUMN "begun_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "license_infos" jsonb;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "observed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "webhook_at" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "last_sign_in_at" timestamp (3) with time zone;--> statement-breakpoint
-- Made anew, since it counts the sign-ins of the report now: only after their column is there.
ALTER TABLE "users" drop column "last_activity_at";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "last_activity_at" timestamp (3) with time zone GENERATED ALWAYS AS (greatest(last_login_at, last_sign_in_at, last_meeting_hosted_at, last_meeting_joined_at, last_webinar_hosted_at)) STORED;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "webinars_hosted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "last_long_meeting_hosted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "long_meetings_hosted" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "last_cloud_recording_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "cloud_recordings" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "largest_meeting" integer;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "polls_held" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "registrants" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "would_basic_suffice" boolean;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "signs_changed_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "is_service_account" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "kind" text GENERATED ALWAYS AS (case when is_room then 'ZOOM_ROOM' when cardinality(login_types) > 0 and login_types <@ '{99}'::int[] then 'API_USER' when is_service_account then 'SERVICE_ACCOUNT' else 'PERSON' end) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "search_text" text GENERATED ALWAYS AS (lower(email || chr(10) || coalesce(first_name, '') || chr(10) || coalesce(last_name, '') || chr(10) || coalesce(display_name, ''))) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "is_long" boolean GENERATED ALWAYS AS (2 * octet_length(email || coalesce(first_name, '') || coalesce(last_name, '') || coalesce(display_name, '')) + octet_length(coalesce(zoom_user_id, '') || coalesce(department, '') || coalesce(job_title, '') || coalesce(cost_center, '') || coalesce(location, '') || coalesce(manager_email, '') || coalesce(last_client_version, '')) > 1800) STORED NOT NULL;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "type_code" integer;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "poll_count" integer;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "registrant_count" integer;--> statement-breakpoint
ALTER TABLE "meetings" ADD COLUMN "extras_read_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "reclamation_rules" ADD COLUMN "signs" text[];--> statement-breakpoint
CREATE UNIQUE INDEX "license_mappings_identifier" ON "license_mappings" USING btree ("integration_id","identifier");--> statement-breakpoint
CREATE INDEX "activity_days_integration" ON "activity_days" USING btree ("integration_id","day");--> statement-breakpoint
CREATE INDEX "cloud_recordings_host" ON "cloud_recordings" USING btree ("host_user_id","start_time");--> statement-breakpoint
CREATE INDEX "operation_logs_account" ON "operation_logs" USING btree ("account_id","at","id");--> statement-breakpoint
CREATE INDEX "sign_ins_user" ON "sign_ins" USING btree ("user_id","at");--> statement-breakpoint
CREATE INDEX "sign_ins_account" ON "sign_ins" USING btree ("account_id","at");--> statement-breakpoint
CREATE INDEX "webhook_events_waiting" ON "webhook_events" USING btree ("zoom_account_id","zoom_user_id","event_at") WHERE applied_at is null;--> statement-breakpoint
CREATE INDEX "webhook_events_received" ON "webhook_events" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "users_roster" ON "users" USING btree ("integration_id","is_long","email","id","removed_at","account_id","status","type","kind","last_activity_at","active_date","type_code","meeting_capacity","large_meeting_enabled","large_meeting_capacity","webinar_enabled","webinar_capacity","would_basic_suffice","department","job_title","cost_center","location","manager_email","last_client_version","display_name") WHERE not is_long;--> statement-breakpoint
CREATE INDEX "users_names" ON "users" USING btree ("integration_id","is_long","email","id","removed_at","account_id","status","type","kind","display_name","first_name","last_name","search_text") WHERE not is_long;--> statement-breakpoint
CREATE INDEX "users_signs" ON "users" USING btree ("integration_id","is_long","email","id","removed_at","account_id","status","type","kind","last_activity_at","active_date","last_login_at","last_sign_in_at","last_meeting_created_at","last_meeting_hosted_at","last_meeting_joined_at","last_webinar_hosted_at","last_long_meeting_hosted_at","last_cloud_recording_at","meetings_hosted","meetings_joined","webinars_hosted","long_meetings_hosted","cloud_recordings","largest_meeting","would_basic_suffice");--> statement-breakpoint
CREATE INDEX "users_long" ON "users" USING btree ("integration_id","email","id") WHERE is_long;--> statement-breakpoint
CREATE INDEX "users_since" ON "users" USING btree ("integration_id",coalesce(last_activity_at, active_date)) WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "users_last_activity" ON "users" USING btree ("integration_id","last_activity_at","id") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "users_department" ON "users" USING btree ("integration_id",lower(department)) WHERE not is_long;--> statement-breakpoint
CREATE INDEX "users_cost_center" ON "users" USING btree ("integration_id",lower(cost_center)) WHERE not is_long;--> statement-breakpoint
CREATE INDEX "users_manager" ON "users" USING btree ("integration_id",lower(manager_email)) WHERE not is_long;--> statement-breakpoint
CREATE INDEX "users_client_version" ON "users" USING btree ("integration_id",lower(last_client_version)) WHERE not is_long;--> statement-breakpoint
CREATE INDEX "users_groups" ON "users" USING gin ("group_ids");