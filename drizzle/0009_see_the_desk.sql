CREATE TABLE "alerts" (
	"kind" text NOT NULL,
	"subject" text DEFAULT '' NOT NULL,
	"state" text NOT NULL,
	"value" integer NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "alerts_kind_subject_pk" PRIMARY KEY("kind","subject"),
	CONSTRAINT "alerts_state" CHECK ("alerts"."state" in ('passed', 'over'))
);
--> statement-breakpoint
CREATE TABLE "boards" (
	"desk_id" bigint PRIMARY KEY NOT NULL,
	"message" bigint,
	"shown" text,
	"edited_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "contact_marks" (
	"citizen_id" bigint NOT NULL,
	"mark" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "contact_marks_citizen_id_mark_pk" PRIMARY KEY("citizen_id","mark")
);
--> statement-breakpoint
CREATE TABLE "searches" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "searches_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"operator_id" bigint NOT NULL,
	"body" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "searches_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "boards" ADD CONSTRAINT "boards_desk_id_desks_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_marks" ADD CONSTRAINT "contact_marks_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "searches" ADD CONSTRAINT "searches_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "contact_marks_mark" ON "contact_marks" USING btree ("mark","at");--> statement-breakpoint
CREATE INDEX "searches_of_operator" ON "searches" USING btree ("operator_id");--> statement-breakpoint
CREATE INDEX "searches_at" ON "searches" USING btree ("at");--> statement-breakpoint
CREATE INDEX "faq_votes_at" ON "faq_votes" USING btree ("at");--> statement-breakpoint
CREATE INDEX "ratings_at" ON "ratings" USING btree ("at");--> statement-breakpoint
CREATE INDEX "trail_at" ON "trail" USING btree ("at");--> statement-breakpoint
CREATE INDEX "appeals_opened" ON "appeals" USING btree ("opened_at");--> statement-breakpoint
CREATE INDEX "appeals_closed" ON "appeals" USING btree ("closed_at") WHERE closed_at is not null;--> statement-breakpoint
CREATE INDEX "appeals_answered" ON "appeals" USING btree ("first_answer_at") WHERE first_answer_at is not null;