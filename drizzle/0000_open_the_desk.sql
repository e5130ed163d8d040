CREATE SCHEMA "keys";
--> statement-breakpoint
CREATE SEQUENCE "public"."outbox_place" INCREMENT BY 1000 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1000 CACHE 1;--> statement-breakpoint
CREATE TABLE "conversation_states" (
	"key" text PRIMARY KEY NOT NULL,
	"body" "bytea" NOT NULL,
	"touched_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft_answers" (
	"draft_id" bigint NOT NULL,
	"key" text NOT NULL,
	"seq" bigserial NOT NULL,
	"step" text NOT NULL,
	"value" "bytea",
	CONSTRAINT "draft_answers_draft_id_key_pk" PRIMARY KEY("draft_id","key")
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "drafts_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"citizen_id" bigint NOT NULL,
	"flow" text NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"appeal_id" bigint,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"touched_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "drafts_state" CHECK ("drafts"."state" in ('open', 'left', 'sent', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "faq_votes" (
	"citizen_id" bigint NOT NULL,
	"entry" text NOT NULL,
	"helped" boolean NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "faq_votes_citizen_id_entry_pk" PRIMARY KEY("citizen_id","entry")
);
--> statement-breakpoint
CREATE TABLE "ratings" (
	"appeal_id" bigint NOT NULL,
	"closing" smallint NOT NULL,
	"score" smallint NOT NULL,
	"word" "bytea",
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "ratings_appeal_id_closing_pk" PRIMARY KEY("appeal_id","closing")
);
--> statement-breakpoint
CREATE TABLE "trail" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "trail_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"citizen_id" bigint NOT NULL,
	"kind" text NOT NULL,
	"entry" text,
	"body" "bytea",
	"verdict" text,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "trail_key_unique" UNIQUE("key"),
	CONSTRAINT "trail_kind" CHECK ("trail"."kind" in ('asked', 'seen'))
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"lane" text NOT NULL,
	"state" text NOT NULL,
	"due_at" timestamp with time zone DEFAULT now() NOT NULL,
	"body" "bytea",
	"attempts" smallint DEFAULT 0 NOT NULL,
	"owner" text,
	"lease_until" timestamp with time zone,
	"fault" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "inbox_key_unique" UNIQUE("key"),
	CONSTRAINT "inbox_state" CHECK ("inbox"."state" in ('later', 'new', 'working', 'done', 'quarantined'))
);
--> statement-breakpoint
CREATE TABLE "leases" (
	"name" text PRIMARY KEY NOT NULL,
	"owner" text NOT NULL,
	"until" timestamp with time zone NOT NULL,
	"data" text
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"place" bigint DEFAULT nextval('outbox_place') NOT NULL,
	"key" text NOT NULL,
	"lane" text NOT NULL,
	"kind" text NOT NULL,
	"payload" "bytea",
	"payload_version" smallint DEFAULT 1 NOT NULL,
	"priority" smallint NOT NULL,
	"state" text DEFAULT 'new' NOT NULL,
	"attempt" integer DEFAULT 0 NOT NULL,
	"repeated" smallint DEFAULT 0 NOT NULL,
	"owner" text,
	"lease_until" timestamp with time zone,
	"not_before" timestamp with time zone DEFAULT now() NOT NULL,
	"fault" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "outbox_key_unique" UNIQUE("key"),
	CONSTRAINT "outbox_state" CHECK ("outbox"."state" in ('new', 'sending', 'sent', 'failed', 'ambiguous')),
	CONSTRAINT "outbox_kind" CHECK ("outbox"."kind" in ('send', 'media', 'album', 'edit', 'delete', 'react', 'pin', 'topic_open', 'topic_close', 'topic_rename'))
);
--> statement-breakpoint
CREATE TABLE "pace" (
	"chat" bigint PRIMARY KEY NOT NULL,
	"not_before" timestamp with time zone,
	"sent" text DEFAULT '[]' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "appeals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "appeals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"number" text NOT NULL,
	"origin" text NOT NULL,
	"citizen_id" bigint NOT NULL,
	"line" text NOT NULL,
	"kind" text NOT NULL,
	"lang" text NOT NULL,
	"status" text DEFAULT 'accepted' NOT NULL,
	"owner_id" bigint,
	"version" integer DEFAULT 1 NOT NULL,
	"context" "bytea" NOT NULL,
	"comment" "bytea",
	"opened_at" timestamp with time zone DEFAULT now() NOT NULL,
	"waiting_since" timestamp with time zone DEFAULT now(),
	"first_answer_at" timestamp with time zone,
	"closed_at" timestamp with time zone,
	CONSTRAINT "appeals_number_unique" UNIQUE("number"),
	CONSTRAINT "appeals_origin_unique" UNIQUE("origin"),
	CONSTRAINT "appeals_kind" CHECK ("appeals"."kind" in ('operator', 'feedback', 'contest', 'fault', 'complaint', 'fraud')),
	CONSTRAINT "appeals_status" CHECK ("appeals"."status" in ('accepted', 'in_progress', 'completed', 'rejected'))
);
--> statement-breakpoint
CREATE TABLE "asks" (
	"appeal_id" bigint NOT NULL,
	"operator_id" bigint NOT NULL,
	"outcome" text NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "asks_appeal_id_operator_id_pk" PRIMARY KEY("appeal_id","operator_id"),
	CONSTRAINT "asks_outcome" CHECK ("asks"."outcome" in ('completed', 'rejected'))
);
--> statement-breakpoint
CREATE TABLE "keys"."citizen_keys" (
	"citizen" bigint PRIMARY KEY NOT NULL,
	"wrapped" "bytea" NOT NULL,
	"kek" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "citizens" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "citizens_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" text DEFAULT 'telegram' NOT NULL,
	"external_id" bigint NOT NULL,
	"lang" text NOT NULL,
	"lang_chosen" boolean DEFAULT false NOT NULL,
	"name" "bytea" NOT NULL,
	"current_appeal" bigint,
	"unreachable_since" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "citizens_person" UNIQUE("channel","external_id")
);
--> statement-breakpoint
CREATE TABLE "consents" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "consents_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"citizen_id" bigint NOT NULL,
	"policy" text NOT NULL,
	"given_at" timestamp with time zone DEFAULT now() NOT NULL,
	"withdrawn_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "copies" (
	"message_id" bigint NOT NULL,
	"chat_id" bigint NOT NULL,
	"copy_id" bigint NOT NULL,
	CONSTRAINT "copies_chat_id_copy_id_pk" PRIMARY KEY("chat_id","copy_id")
);
--> statement-breakpoint
CREATE TABLE "desk_lines" (
	"desk_id" bigint NOT NULL,
	"line" text NOT NULL,
	CONSTRAINT "desk_lines_desk_id_line_pk" PRIMARY KEY("desk_id","line")
);
--> statement-breakpoint
CREATE TABLE "desks" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "desks_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"chat_id" bigint NOT NULL,
	"title" text DEFAULT '' NOT NULL,
	"active" boolean DEFAULT true NOT NULL,
	"registered_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "desks_chat_id_unique" UNIQUE("chat_id")
);
--> statement-breakpoint
CREATE TABLE "events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"appeal_id" bigint,
	"citizen_id" bigint,
	"operator_id" bigint,
	"kind" text NOT NULL,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "events_key_unique" UNIQUE("key")
);
--> statement-breakpoint
CREATE TABLE "lines" (
	"id" text PRIMARY KEY NOT NULL,
	"position" smallint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "messages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "messages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"appeal_id" bigint NOT NULL,
	"origin_chat" bigint NOT NULL,
	"origin_message" bigint NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"author" text NOT NULL,
	"operator_id" bigint,
	"state" text NOT NULL,
	"album" text,
	"body" "bytea" NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "messages_origin" UNIQUE("origin_chat","origin_message","version"),
	CONSTRAINT "messages_author" CHECK ("messages"."author" in ('citizen', 'operator')),
	CONSTRAINT "messages_state" CHECK ("messages"."state" in ('relayed', 'held', 'note', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "operator_lines" (
	"operator_id" bigint NOT NULL,
	"line" text NOT NULL,
	CONSTRAINT "operator_lines_operator_id_line_pk" PRIMARY KEY("operator_id","line")
);
--> statement-breakpoint
CREATE TABLE "operators" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "operators_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"channel" text DEFAULT 'telegram' NOT NULL,
	"external_id" bigint NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "operators_person" UNIQUE("channel","external_id"),
	CONSTRAINT "operators_state" CHECK ("operators"."state" in ('seen', 'active', 'left'))
);
--> statement-breakpoint
CREATE TABLE "roles" (
	"operator_id" bigint NOT NULL,
	"role" text NOT NULL,
	"granted_by" bigint,
	"granted_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "roles_operator_id_role_pk" PRIMARY KEY("operator_id","role"),
	CONSTRAINT "roles_role" CHECK ("roles"."role" in ('operator', 'senior', 'admin'))
);
--> statement-breakpoint
CREATE TABLE "topics" (
	"appeal_id" bigint NOT NULL,
	"gen" smallint NOT NULL,
	"chat_id" bigint NOT NULL,
	"thread_id" bigint,
	"card_message" bigint,
	"state" text DEFAULT 'opening' NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "topics_appeal_id_gen_pk" PRIMARY KEY("appeal_id","gen"),
	CONSTRAINT "topics_place" UNIQUE("chat_id","thread_id"),
	CONSTRAINT "topics_state" CHECK ("topics"."state" in ('opening', 'open', 'lost'))
);
--> statement-breakpoint
ALTER TABLE "draft_answers" ADD CONSTRAINT "draft_answers_draft_id_drafts_id_fk" FOREIGN KEY ("draft_id") REFERENCES "public"."drafts"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "faq_votes" ADD CONSTRAINT "faq_votes_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trail" ADD CONSTRAINT "trail_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_line_lines_id_fk" FOREIGN KEY ("line") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_owner_id_operators_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asks" ADD CONSTRAINT "asks_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "asks" ADD CONSTRAINT "asks_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "citizens" ADD CONSTRAINT "citizens_current_appeal_appeals_id_fk" FOREIGN KEY ("current_appeal") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "consents" ADD CONSTRAINT "consents_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "copies" ADD CONSTRAINT "copies_message_id_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_lines" ADD CONSTRAINT "desk_lines_desk_id_desks_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_lines" ADD CONSTRAINT "desk_lines_line_lines_id_fk" FOREIGN KEY ("line") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_lines" ADD CONSTRAINT "operator_lines_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "operator_lines" ADD CONSTRAINT "operator_lines_line_lines_id_fk" FOREIGN KEY ("line") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roles" ADD CONSTRAINT "roles_granted_by_operators_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "drafts_one_open" ON "drafts" USING btree ("citizen_id","flow") WHERE state in ('open', 'left');--> statement-breakpoint
CREATE INDEX "drafts_of_citizen" ON "drafts" USING btree ("citizen_id","touched_at");--> statement-breakpoint
CREATE INDEX "drafts_of_appeal" ON "drafts" USING btree ("appeal_id");--> statement-breakpoint
CREATE INDEX "trail_of_citizen" ON "trail" USING btree ("citizen_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "inbox_heads" ON "inbox" USING btree ("lane","id") WHERE state in ('new', 'working');--> statement-breakpoint
CREATE UNIQUE INDEX "inbox_one_in_hand" ON "inbox" USING btree ("lane") WHERE state = 'working';--> statement-breakpoint
CREATE INDEX "inbox_timers" ON "inbox" USING btree ("due_at") WHERE state = 'later';--> statement-breakpoint
CREATE INDEX "inbox_done" ON "inbox" USING btree ("done_at") WHERE state = 'done';--> statement-breakpoint
CREATE INDEX "inbox_quarantined" ON "inbox" USING btree ("id") WHERE state = 'quarantined';--> statement-breakpoint
CREATE INDEX "outbox_heads" ON "outbox" USING btree ("lane","place") WHERE state in ('new', 'sending', 'ambiguous');--> statement-breakpoint
CREATE UNIQUE INDEX "outbox_one_in_flight" ON "outbox" USING btree ("lane") WHERE state = 'sending';--> statement-breakpoint
CREATE INDEX "outbox_done" ON "outbox" USING btree ("done_at") WHERE state in ('sent', 'failed');--> statement-breakpoint
CREATE INDEX "appeals_of_citizen" ON "appeals" USING btree ("citizen_id","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "appeals_queue" ON "appeals" USING btree ("line","waiting_since") WHERE waiting_since is not null;--> statement-breakpoint
CREATE INDEX "appeals_in_hand" ON "appeals" USING btree ("owner_id") WHERE closed_at is null;--> statement-breakpoint
CREATE INDEX "citizens_current" ON "citizens" USING btree ("current_appeal");--> statement-breakpoint
CREATE UNIQUE INDEX "consents_one_open" ON "consents" USING btree ("citizen_id","policy") WHERE withdrawn_at is null;--> statement-breakpoint
CREATE INDEX "copies_of_message" ON "copies" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "desk_lines_line" ON "desk_lines" USING btree ("line");--> statement-breakpoint
CREATE INDEX "events_of_appeal" ON "events" USING btree ("appeal_id","id");--> statement-breakpoint
CREATE INDEX "events_of_citizen" ON "events" USING btree ("citizen_id");--> statement-breakpoint
CREATE INDEX "events_of_operator" ON "events" USING btree ("operator_id");--> statement-breakpoint
CREATE INDEX "messages_of_appeal" ON "messages" USING btree ("appeal_id","id");--> statement-breakpoint
CREATE INDEX "messages_of_operator" ON "messages" USING btree ("operator_id");--> statement-breakpoint
CREATE INDEX "messages_of_album" ON "messages" USING btree ("origin_chat","album") WHERE album is not null;--> statement-breakpoint
CREATE INDEX "operator_lines_line" ON "operator_lines" USING btree ("line");--> statement-breakpoint
CREATE INDEX "roles_granted_by" ON "roles" USING btree ("granted_by");--> statement-breakpoint
INSERT INTO "lines" ("id", "position") VALUES ('access', 1), ('services', 2), ('appeals', 3), ('fraud', 4), ('complaints', 5);
