ALTER TABLE "outbox" ADD COLUMN "cause" text;--> statement-breakpoint
CREATE INDEX "outbox_of_cause" ON "outbox" USING btree ("cause");--> statement-breakpoint
CREATE INDEX "appeals_of_line" ON "appeals" USING btree ("line","id" DESC NULLS LAST);