CREATE TABLE "candidate_asks" (
	"id" text PRIMARY KEY NOT NULL,
	"candidate_id" text NOT NULL,
	"integration_id" text NOT NULL,
	"role" text NOT NULL,
	"user_id" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"reminded_days" integer,
	"answer" text,
	"answered_at" timestamp (3) with time zone,
	"until" timestamp (3) with time zone,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "candidate_messages" (
	"id" text PRIMARY KEY NOT NULL,
	"candidate_id" text NOT NULL,
	"integration_id" text NOT NULL,
	"ask_id" text,
	"user_id" text NOT NULL,
	"kind" text NOT NULL,
	"channel" text NOT NULL,
	"status" text DEFAULT 'QUEUED' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"queued_at" timestamp (3) with time zone NOT NULL,
	"next_attempt_at" timestamp (3) with time zone NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"error" text
);
--> statement-breakpoint
ALTER TABLE "reclamation_candidates" ADD COLUMN "kept_until" timestamp (3) with time zone;--> statement-breakpoint
CREATE INDEX "candidate_asks_candidate" ON "candidate_asks" USING btree ("candidate_id","asked_at");--> statement-breakpoint
CREATE UNIQUE INDEX "candidate_asks_open" ON "candidate_asks" USING btree ("candidate_id","role") WHERE answered_at is null;--> statement-breakpoint
CREATE INDEX "candidate_messages_candidate" ON "candidate_messages" USING btree ("candidate_id","queued_at","id");--> statement-breakpoint
CREATE INDEX "candidate_messages_ask" ON "candidate_messages" USING btree ("ask_id");--> statement-breakpoint
CREATE INDEX "candidate_messages_queued" ON "candidate_messages" USING btree ("next_attempt_at") WHERE status = 'QUEUED';--> statement-breakpoint
CREATE UNIQUE INDEX "candidate_messages_notice" ON "candidate_messages" USING btree ("candidate_id","kind","channel") WHERE ask_id is null;