CREATE TABLE "proposals" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "proposals_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"alone" boolean NOT NULL,
	"state" text DEFAULT 'open' NOT NULL,
	"proposed_by" bigint NOT NULL,
	"settled_by" bigint,
	"until" timestamp with time zone NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "proposals_key_unique" UNIQUE("key"),
	CONSTRAINT "proposals_state" CHECK ("proposals"."state" in ('open', 'confirmed', 'undone', 'done'))
);
--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_proposed_by_operators_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_settled_by_operators_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "proposals_by" ON "proposals" USING btree ("proposed_by");--> statement-breakpoint
CREATE INDEX "proposals_settled" ON "proposals" USING btree ("settled_by");