CREATE TABLE "grants" (
	"integration_id" text PRIMARY KEY NOT NULL,
	"gen" bigint DEFAULT 0 NOT NULL,
	"access_token" text NOT NULL,
	"refresh_token" text NOT NULL,
	"access_expires_at" timestamp (3) with time zone NOT NULL,
	"refresh_obtained_at" timestamp (3) with time zone NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"lease_owner" text,
	"refresh_intent_at" timestamp (3) with time zone,
	"pending_answer" text,
	"dead_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "integrations" (
	"id" text PRIMARY KEY NOT NULL,
	"display_name" text NOT NULL,
	"kind" text NOT NULL,
	"region" text NOT NULL,
	"status" text DEFAULT 'DRAFT' NOT NULL,
	"client_id" text,
	"client_secret" text,
	"include_free_users" boolean DEFAULT false NOT NULL,
	"include_on_premises" boolean DEFAULT false NOT NULL,
	"analyze_activity_from" timestamp (3) with time zone,
	"enabled_tasks" text[] NOT NULL,
	"granted_scopes" text[],
	"rate_limit_plan" text,
	"connection_check" jsonb,
	"zoom_account_id" text,
	"authorized_zoom_user_id" text,
	"authorized_email" text,
	"authorized_at" timestamp (3) with time zone,
	"reauthorization_reason" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "job_runs" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"task" text NOT NULL,
	"status" text DEFAULT 'QUEUED' NOT NULL,
	"requested_by" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"progress_done" integer DEFAULT 0 NOT NULL,
	"progress_total" integer DEFAULT 0 NOT NULL,
	"users_seen" integer DEFAULT 0 NOT NULL,
	"calls_light" integer DEFAULT 0 NOT NULL,
	"calls_medium" integer DEFAULT 0 NOT NULL,
	"calls_heavy" integer DEFAULT 0 NOT NULL,
	"calls_resource_intensive" integer DEFAULT 0 NOT NULL,
	"error" text,
	"checkpoint" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "oauth_flows" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"ticket_hash" text NOT NULL,
	"state_hash" text,
	"session" text,
	"return_url" text,
	"requested_by" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "oauth_flows_ticket_hash_unique" UNIQUE("ticket_hash"),
	CONSTRAINT "oauth_flows_state_hash_unique" UNIQUE("state_hash")
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"zoom_account_id" text NOT NULL,
	"label" text NOT NULL,
	"tat_ms" bigint DEFAULT 0 NOT NULL,
	"blocked_until" timestamp (3) with time zone,
	"day" text DEFAULT '' NOT NULL,
	"used_today" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "rate_limits_zoom_account_id_label_pk" PRIMARY KEY("zoom_account_id","label")
);
--> statement-breakpoint
CREATE TABLE "accounts" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"zoom_account_id" text NOT NULL,
	"name" text NOT NULL,
	"tier" text NOT NULL,
	"master_id" text,
	"owner_email" text,
	"plan" text,
	"seats" integer,
	"subscription_start_at" timestamp (3) with time zone,
	"subscription_end_at" timestamp (3) with time zone,
	"summary" jsonb,
	"summary_at" timestamp (3) with time zone,
	"roster_complete_at" timestamp (3) with time zone,
	"is_roster_complete" boolean DEFAULT false NOT NULL,
	"activity_known_from" timestamp (3) with time zone,
	"activity_known_until" timestamp (3) with time zone,
	"roles_known" boolean DEFAULT false NOT NULL,
	"events_read_at" timestamp (3) with time zone,
	"plan_usage" jsonb,
	"plan_usage_at" timestamp (3) with time zone,
	"settings" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "groups" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"account_id" text NOT NULL,
	"zoom_group_id" text NOT NULL,
	"name" text NOT NULL,
	"member_count" integer DEFAULT 0 NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "roster_listings" (
	"job_run_id" text NOT NULL,
	"account_id" text NOT NULL,
	"status" text NOT NULL,
	"emails" text[] NOT NULL,
	"finished_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "roster_listings_job_run_id_account_id_status_pk" PRIMARY KEY("job_run_id","account_id","status")
);
--> statement-breakpoint
CREATE TABLE "user_history" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"user_id" text NOT NULL,
	"status" text NOT NULL,
	"type_code" integer,
	"licenses" text[] NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL,
	"valid_to" timestamp (3) with time zone,
	"is_removal" boolean DEFAULT false NOT NULL
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"account_id" text NOT NULL,
	"zoom_user_id" text,
	"email" text NOT NULL,
	"first_name" text,
	"last_name" text,
	"display_name" text,
	"status" text NOT NULL,
	"type" text NOT NULL,
	"type_code" integer,
	"active_date" timestamp (3) with time zone,
	"department" text,
	"last_client_version" text,
	"last_login_at" timestamp (3) with time zone,
	"role_id" text,
	"group_ids" text[] DEFAULT '{}' NOT NULL,
	"plan_united_type" text,
	"timezone" text,
	"employee_unique_id" text,
	"job_title" text,
	"cost_center" text,
	"location" text,
	"manager_email" text,
	"zoom_one_type" text,
	"login_types" integer[],
	"profile_read_at" timestamp (3) with time zone,
	"meeting_capacity" integer,
	"large_meeting_enabled" boolean,
	"large_meeting_capacity" integer,
	"webinar_enabled" boolean,
	"webinar_capacity" integer,
	"features" jsonb,
	"settings_read_at" timestamp (3) with time zone,
	"last_meeting_created_at" timestamp (3) with time zone,
	"last_meeting_hosted_at" timestamp (3) with time zone,
	"last_meeting_joined_at" timestamp (3) with time zone,
	"last_webinar_hosted_at" timestamp (3) with time zone,
	"meetings_hosted" integer DEFAULT 0 NOT NULL,
	"meetings_joined" integer DEFAULT 0 NOT NULL,
	"last_activity_at" timestamp (3) with time zone GENERATED ALWAYS AS (greatest(last_login_at, last_meeting_hosted_at, last_meeting_joined_at, last_webinar_hosted_at)) STORED,
	"next_event_at" timestamp (3) with time zone,
	"is_room" boolean DEFAULT false NOT NULL,
	"first_seen_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "meeting_participants" (
	"meeting_id" text NOT NULL,
	"position" integer NOT NULL,
	"integration_id" text NOT NULL,
	"user_id" text,
	"name" text,
	"email" text,
	"joined_at" timestamp (3) with time zone,
	"left_at" timestamp (3) with time zone,
	"duration_seconds" integer,
	CONSTRAINT "meeting_participants_meeting_id_position_pk" PRIMARY KEY("meeting_id","position")
);
--> statement-breakpoint
CREATE TABLE "meetings" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"account_id" text NOT NULL,
	"uuid" text NOT NULL,
	"zoom_meeting_id" text NOT NULL,
	"kind" text NOT NULL,
	"topic" text,
	"host_user_id" text,
	"created_at" timestamp (3) with time zone,
	"start_time" timestamp (3) with time zone NOT NULL,
	"end_time" timestamp (3) with time zone,
	"duration_minutes" integer,
	"participant_count" integer,
	"own_participant_count" integer,
	"participants_read_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "entitlements" (
	"license_id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"effective_date" date,
	"expiration_date" date,
	"cost" numeric(20, 4),
	"currency" text,
	"payment_frequency" text,
	"purchase_identifier" text,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_by" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "license_assignments" (
	"user_id" text NOT NULL,
	"license_id" text NOT NULL,
	"integration_id" text NOT NULL,
	"since" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "license_assignments_user_id_license_id_pk" PRIMARY KEY("user_id","license_id")
);
--> statement-breakpoint
CREATE TABLE "licenses" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"account_id" text NOT NULL,
	"unique_id" text NOT NULL,
	"name" text NOT NULL,
	"category" text NOT NULL,
	"user_type" text,
	"plan" text,
	"provisioned_count" integer,
	"auto_populated" boolean DEFAULT true NOT NULL,
	"managed" boolean DEFAULT true NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"actor" text NOT NULL,
	"action" text NOT NULL,
	"integration_id" text,
	"subject" text,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "audit_events_id_unique" UNIQUE("id")
);
--> statement-breakpoint
CREATE TABLE "candidate_events" (
	"seq" bigserial PRIMARY KEY NOT NULL,
	"candidate_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"from_status" text,
	"to_status" text NOT NULL,
	"by" text NOT NULL,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "exclusions" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text,
	"user_id" text,
	"email_pattern" text,
	"license_id" text,
	"group_id" text,
	"department" text,
	"reason" text NOT NULL,
	"owner" text NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"scope" text DEFAULT 'CANDIDATES' NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "reclamation_candidates" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"user_id" text NOT NULL,
	"license_id" text NOT NULL,
	"rule_id" text NOT NULL,
	"action" text NOT NULL,
	"reason" text NOT NULL,
	"status" text NOT NULL,
	"inactive_days" integer NOT NULL,
	"last_activity_at" timestamp (3) with time zone,
	"evidence" jsonb NOT NULL,
	"blockers" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"savings_amount" numeric(20, 4),
	"savings_currency" text,
	"detected_at" timestamp (3) with time zone NOT NULL,
	"due_at" timestamp (3) with time zone,
	"not_before" timestamp (3) with time zone,
	"closed_at" timestamp (3) with time zone,
	"dismissed_at" timestamp (3) with time zone,
	"restored_at" timestamp (3) with time zone,
	"returned_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "reclamation_items" (
	"id" text PRIMARY KEY NOT NULL,
	"reclamation_id" text NOT NULL,
	"integration_id" text NOT NULL,
	"position" integer NOT NULL,
	"candidate_id" text NOT NULL,
	"user_id" text NOT NULL,
	"action" text NOT NULL,
	"status" text DEFAULT 'PLANNED' NOT NULL,
	"error" jsonb,
	"before" jsonb,
	"step" text,
	"sent_at" timestamp (3) with time zone,
	"at" timestamp (3) with time zone NOT NULL,
	"restores_item_id" text
);
--> statement-breakpoint
CREATE TABLE "reclamation_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"name" text NOT NULL,
	"applies_to" text,
	"enabled" boolean DEFAULT true NOT NULL,
	"auto_generated" boolean DEFAULT false NOT NULL,
	"action" text NOT NULL,
	"inactivity_threshold_days" integer DEFAULT 60 NOT NULL,
	"notify_user" boolean DEFAULT false NOT NULL,
	"days_before_auto_reclamation" integer DEFAULT 0 NOT NULL,
	"condition" jsonb,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp (3) with time zone
);
--> statement-breakpoint
CREATE TABLE "reclamations" (
	"id" text PRIMARY KEY NOT NULL,
	"integration_id" text NOT NULL,
	"kind" text NOT NULL,
	"status" text DEFAULT 'PENDING' NOT NULL,
	"action" text,
	"dry_run" boolean NOT NULL,
	"requested_by" text NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"reason" text,
	"idempotency_key" text,
	"input_hash" text NOT NULL,
	"needs_confirmation" boolean DEFAULT false NOT NULL,
	"confirmed_by" text,
	"confirmed_at" timestamp (3) with time zone,
	"stop_requested_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	"restores_id" text,
	CONSTRAINT "reclamations_idempotency_key_unique" UNIQUE("idempotency_key")
);
--> statement-breakpoint
CREATE INDEX "job_runs_integration" ON "job_runs" USING btree ("integration_id","created_at");--> statement-breakpoint
CREATE INDEX "oauth_flows_integration" ON "oauth_flows" USING btree ("integration_id");--> statement-breakpoint
CREATE UNIQUE INDEX "accounts_zoom_account" ON "accounts" USING btree ("integration_id","zoom_account_id");--> statement-breakpoint
CREATE UNIQUE INDEX "groups_zoom_group" ON "groups" USING btree ("account_id","zoom_group_id");--> statement-breakpoint
CREATE INDEX "groups_integration" ON "groups" USING btree ("integration_id");--> statement-breakpoint
CREATE UNIQUE INDEX "user_history_open" ON "user_history" USING btree ("user_id") WHERE valid_to is null;--> statement-breakpoint
CREATE INDEX "user_history_user" ON "user_history" USING btree ("user_id","valid_from");--> statement-breakpoint
CREATE INDEX "users_email" ON "users" USING btree ("email");--> statement-breakpoint
CREATE UNIQUE INDEX "users_account_email" ON "users" USING btree ("account_id","email") WHERE removed_at is null;--> statement-breakpoint
CREATE INDEX "users_account_zoom_user" ON "users" USING btree ("account_id","zoom_user_id");--> statement-breakpoint
CREATE INDEX "users_integration" ON "users" USING btree ("integration_id","email","id");--> statement-breakpoint
CREATE INDEX "meeting_participants_user" ON "meeting_participants" USING btree ("user_id","joined_at");--> statement-breakpoint
CREATE UNIQUE INDEX "meetings_uuid" ON "meetings" USING btree ("account_id","uuid");--> statement-breakpoint
CREATE INDEX "meetings_host" ON "meetings" USING btree ("host_user_id","start_time","id");--> statement-breakpoint
CREATE INDEX "meetings_zoom_meeting" ON "meetings" USING btree ("account_id","zoom_meeting_id");--> statement-breakpoint
CREATE INDEX "meetings_integration" ON "meetings" USING btree ("integration_id","start_time");--> statement-breakpoint
CREATE INDEX "license_assignments_license" ON "license_assignments" USING btree ("license_id","user_id");--> statement-breakpoint
CREATE UNIQUE INDEX "licenses_unique_id" ON "licenses" USING btree ("account_id","unique_id");--> statement-breakpoint
CREATE INDEX "licenses_integration" ON "licenses" USING btree ("integration_id");--> statement-breakpoint
CREATE INDEX "audit_events_integration" ON "audit_events" USING btree ("integration_id","seq");--> statement-breakpoint
CREATE INDEX "candidate_events_candidate" ON "candidate_events" USING btree ("candidate_id","seq");--> statement-breakpoint
CREATE INDEX "exclusions_integration" ON "exclusions" USING btree ("integration_id");--> statement-breakpoint
CREATE UNIQUE INDEX "reclamation_candidates_open" ON "reclamation_candidates" USING btree ("user_id","license_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "reclamation_candidates_integration" ON "reclamation_candidates" USING btree ("integration_id","detected_at","id");--> statement-breakpoint
CREATE INDEX "reclamation_candidates_user" ON "reclamation_candidates" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "reclamation_items_reclamation" ON "reclamation_items" USING btree ("reclamation_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "reclamation_items_in_flight" ON "reclamation_items" USING btree ("user_id") WHERE status in ('SENT', 'UNKNOWN');--> statement-breakpoint
CREATE INDEX "reclamation_items_guard" ON "reclamation_items" USING btree ("integration_id","sent_at");--> statement-breakpoint
CREATE INDEX "reclamation_rules_integration" ON "reclamation_rules" USING btree ("integration_id");--> statement-breakpoint
CREATE INDEX "reclamations_integration" ON "reclamations" USING btree ("integration_id","requested_at","id");