CREATE TABLE "bans" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "bans_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"citizen_id" bigint NOT NULL,
	"appeal_id" bigint NOT NULL,
	"operator_id" bigint NOT NULL,
	"reason" "bytea" NOT NULL,
	"shadow" boolean DEFAULT false NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"until" timestamp with time zone,
	"over_at" timestamp with time zone,
	"lifted_by" bigint
);
--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bans" ADD CONSTRAINT "bans_lifted_by_operators_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bans_one" ON "bans" USING btree ("citizen_id") WHERE over_at is null;--> statement-breakpoint
CREATE INDEX "bans_of_citizen" ON "bans" USING btree ("citizen_id");--> statement-breakpoint
CREATE INDEX "bans_of_appeal" ON "bans" USING btree ("appeal_id");--> statement-breakpoint
CREATE INDEX "bans_of_operator" ON "bans" USING btree ("operator_id");--> statement-breakpoint
CREATE INDEX "bans_lifted_by" ON "bans" USING btree ("lifted_by") WHERE lifted_by is not null;