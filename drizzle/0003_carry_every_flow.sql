CREATE TABLE "choices" (
	"citizen_id" bigint PRIMARY KEY NOT NULL,
	"body" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "appeals" DROP CONSTRAINT "appeals_kind";--> statement-breakpoint
ALTER TABLE "appeals" ADD COLUMN "barred_id" bigint;--> statement-breakpoint
ALTER TABLE "citizens" ADD COLUMN "plain" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "choices" ADD CONSTRAINT "choices_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_barred_id_operators_id_fk" FOREIGN KEY ("barred_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appeals_barred" ON "appeals" USING btree ("barred_id") WHERE barred_id is not null;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_kind" CHECK ("appeals"."kind" in ('operator', 'feedback', 'contest', 'fault', 'complaint', 'fraud', 'callback'));