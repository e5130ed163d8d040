CREATE TABLE "fact_checks" (
	"hash" text PRIMARY KEY NOT NULL,
	"fact" text NOT NULL,
	"operator_id" bigint NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"until" date NOT NULL
);
--> statement-breakpoint
ALTER TABLE "fact_checks" ADD CONSTRAINT "fact_checks_operator_id_operators_id_fk" FOREIGN KEY ("operator_id") REFERENCES "public"."operators"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "fact_checks_of_operator" ON "fact_checks" USING btree ("operator_id");