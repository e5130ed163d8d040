CREATE TABLE "desk_operators" (
	"desk_id" bigint NOT NULL,
	"operator_id" bigint NOT NULL,
	"seen_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "desk_operators_desk_id_operator_id_pk" PRIMARY KEY("desk_id","operator_id")
);
--> statement-breakpoint
ALTER TABLE "topics" DROP CONSTRAINT "topics_state";--> statement-breakpoint
ALTER TABLE "desks" ADD COLUMN "broken_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "operators" ADD COLUMN "presence" text;--> statement-breakpoint
ALTER TABLE "operators" ADD COLUMN "presence_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "operators" ADD COLUMN "capacity" smallint;--> statement-breakpoint
ALTER TABLE "appeals" ADD COLUMN "queued_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "appeals" ADD COLUMN "answer_due" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "appeals" ADD COLUMN "lease" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "desk_operators" ADD CONSTRAINT "desk_operators_desk_id_desks_id_fk" FOREIGN KEY ("desk_id") REFERENCES "public"."desks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "desk_operators" ADD CONSTRAINT "desk_operators_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "desk_operators_operator" ON "desk_operators" USING btree ("operator_id");--> statement-breakpoint
ALTER TABLE "operators" ADD CONSTRAINT "operators_presence" CHECK ("operators"."presence" in ('online', 'break', 'offline'));--> statement-breakpoint
ALTER TABLE "topics" ADD CONSTRAINT "topics_state" CHECK ("topics"."state" in ('opening', 'open', 'lost', 'moved'));--> statement-breakpoint
UPDATE "appeals" SET "queued_at" = coalesce("waiting_since", "opened_at");
