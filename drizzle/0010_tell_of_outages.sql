CREATE TABLE "mailing_people" (
	"mailing_id" bigint NOT NULL,
	"citizen_id" bigint NOT NULL,
	"put_at" timestamp with time zone,
	CONSTRAINT "mailing_people_mailing_id_citizen_id_pk" PRIMARY KEY("mailing_id","citizen_id")
);
--> statement-breakpoint
CREATE TABLE "mailings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "mailings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"origin" text NOT NULL,
	"outage_id" bigint,
	"words" "bytea",
	"state" text NOT NULL,
	"made_by" bigint NOT NULL,
	"approved_by" bigint,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "mailings_origin_unique" UNIQUE("origin"),
	CONSTRAINT "mailings_state" CHECK ("mailings"."state" in ('gathering', 'draft', 'waiting', 'sending', 'stopped', 'done', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "news_asks" (
	"citizen_id" bigint PRIMARY KEY NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "outages" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outages_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"origin" text NOT NULL,
	"state" text DEFAULT 'draft' NOT NULL,
	"words" "bytea" NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"entries" jsonb NOT NULL,
	"line" text,
	"marked_by" bigint NOT NULL,
	"ended_by" bigint,
	"ended_at" timestamp with time zone,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "outages_origin_unique" UNIQUE("origin"),
	CONSTRAINT "outages_state" CHECK ("outages"."state" in ('draft', 'open', 'over', 'dropped'))
);
--> statement-breakpoint
ALTER TABLE "mailing_people" ADD CONSTRAINT "mailing_people_mailing_id_mailings_id_fk" FOREIGN KEY ("mailing_id") REFERENCES "public"."mailings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailing_people" ADD CONSTRAINT "mailing_people_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_outage_id_outages_id_fk" FOREIGN KEY ("outage_id") REFERENCES "public"."outages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_made_by_operators_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mailings" ADD CONSTRAINT "mailings_approved_by_operators_id_fk" FOREIGN KEY ("approved_by") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "news_asks" ADD CONSTRAINT "news_asks_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outages" ADD CONSTRAINT "outages_line_lines_id_fk" FOREIGN KEY ("line") REFERENCES "public"."lines"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outages" ADD CONSTRAINT "outages_marked_by_operators_id_fk" FOREIGN KEY ("marked_by") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outages" ADD CONSTRAINT "outages_ended_by_operators_id_fk" FOREIGN KEY ("ended_by") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "mailing_people_citizen" ON "mailing_people" USING btree ("citizen_id");--> statement-breakpoint
CREATE INDEX "mailing_people_waiting" ON "mailing_people" USING btree ("mailing_id","citizen_id") WHERE put_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "mailings_of_outage" ON "mailings" USING btree ("outage_id") WHERE outage_id is not null;--> statement-breakpoint
CREATE INDEX "mailings_made_by" ON "mailings" USING btree ("made_by");--> statement-breakpoint
CREATE INDEX "mailings_approved_by" ON "mailings" USING btree ("approved_by") WHERE approved_by is not null;--> statement-breakpoint
CREATE INDEX "outages_open" ON "outages" USING btree ("id") WHERE state = 'open';--> statement-breakpoint
CREATE INDEX "outages_line" ON "outages" USING btree ("line") WHERE line is not null;--> statement-breakpoint
CREATE INDEX "outages_marked_by" ON "outages" USING btree ("marked_by");--> statement-breakpoint
CREATE INDEX "outages_ended_by" ON "outages" USING btree ("ended_by") WHERE ended_by is not null;