CREATE TABLE "forgettings" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "forgettings_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"receipt" text NOT NULL,
	"citizen_id" bigint,
	"state" text DEFAULT 'asked' NOT NULL,
	"asked_at" timestamp with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp with time zone,
	CONSTRAINT "forgettings_receipt_unique" UNIQUE("receipt"),
	CONSTRAINT "forgettings_state" CHECK ("forgettings"."state" in ('asked', 'done'))
);
--> statement-breakpoint
ALTER TABLE "appeals" ADD COLUMN "forgotten_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "citizens" ADD COLUMN "forgotten_at" timestamp with time zone;--> statement-breakpoint
CREATE UNIQUE INDEX "forgettings_one" ON "forgettings" USING btree ("citizen_id");--> statement-breakpoint
CREATE INDEX "forgettings_asked" ON "forgettings" USING btree ("asked_at");