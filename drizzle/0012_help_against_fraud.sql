CREATE TABLE "aid_steps" (
	"citizen_id" bigint NOT NULL,
	"mishap" text NOT NULL,
	"step" smallint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "aid_steps_citizen_id_mishap_step_pk" PRIMARY KEY("citizen_id","mishap","step")
);
--> statement-breakpoint
CREATE TABLE "schemes" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "schemes_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"appeal_id" bigint,
	"operator_id" bigint NOT NULL,
	"state" text DEFAULT 'shown' NOT NULL,
	"body" "bytea" NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "schemes_key_unique" UNIQUE("key"),
	CONSTRAINT "schemes_state" CHECK ("schemes"."state" in ('shown', 'withdrawn'))
);
--> statement-breakpoint
ALTER TABLE "appeals" ADD COLUMN "urgent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "aid_steps" ADD CONSTRAINT "aid_steps_citizen_id_citizens_id_fk" FOREIGN KEY ("citizen_id") REFERENCES "public"."citizens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schemes" ADD CONSTRAINT "schemes_appeal_id_appeals_id_fk" FOREIGN KEY ("appeal_id") REFERENCES "public"."appeals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schemes" ADD CONSTRAINT "schemes_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "schemes_by_state" ON "schemes" USING btree ("state","id" DESC NULLS LAST);--> statement-breakpoint
CREATE INDEX "schemes_of_appeal" ON "schemes" USING btree ("appeal_id");--> statement-breakpoint
CREATE INDEX "schemes_of_operator" ON "schemes" USING btree ("operator_id");