ALTER TABLE "pace" ADD COLUMN "opens_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "pace" ADD COLUMN "opens_for_new_at" timestamp with time zone;