CREATE TABLE "waits" (
	"appeal_id" bigint PRIMARY KEY NOT NULL,
	"mode" text DEFAULT 'live' NOT NULL,
	"message" bigint,
	"shown" text DEFAULT '' NOT NULL,
	"edits" integer DEFAULT 0 NOT NULL,
	"offered" boolean DEFAULT false NOT NULL,
	CONSTRAINT "waits_mode" CHECK ("waits"."mode" in ('live', 'left'))
);
--> statement-breakpoint
ALTER TABLE "appeals" DROP CONSTRAINT "appeals_status";--> statement-breakpoint
ALTER TABLE "waits" ADD CONSTRAINT "waits_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "appeals_waited" ON "appeals" USING btree ("line","opened_at") WHERE first_answer_at is not null;--> statement-breakpoint
ALTER TABLE "appeals" ADD CONSTRAINT "appeals_status" CHECK ("appeals"."status" in ('accepted', 'in_progress', 'completed', 'rejected', 'cancelled'));