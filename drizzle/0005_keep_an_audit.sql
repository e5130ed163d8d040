CREATE TABLE "audit" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"key" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor" text NOT NULL,
	"actor_id" bigint,
	"action" text NOT NULL,
	"appeal_id" bigint,
	"citizen_id" bigint,
	"operator_id" bigint,
	"data" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"position" bigint,
	"hash" "bytea",
	CONSTRAINT "audit_key_unique" UNIQUE("key"),
	CONSTRAINT "audit_position_unique" UNIQUE("position"),
	CONSTRAINT "audit_actor" CHECK ("audit"."actor" in ('citizen', 'operator', 'system'))
);
--> statement-breakpoint
CREATE INDEX "audit_unsealed" ON "audit" USING btree ("id") WHERE position is null;--> statement-breakpoint
CREATE INDEX "audit_of_appeal" ON "audit" USING btree ("appeal_id","id") WHERE appeal_id is not null;--> statement-breakpoint
CREATE INDEX "audit_of_citizen" ON "audit" USING btree ("citizen_id","id") WHERE citizen_id is not null;--> statement-breakpoint
CREATE INDEX "audit_of_operator" ON "audit" USING btree ("operator_id","id") WHERE operator_id is not null;--> statement-breakpoint
CREATE INDEX "audit_by_actor" ON "audit" USING btree ("actor_id","id") WHERE actor = 'operator';--> statement-breakpoint
CREATE INDEX "audit_anchors" ON "audit" USING btree ("id") WHERE action = 'retention';--> statement-breakpoint
CREATE INDEX "audit_at" ON "audit" USING btree ("at");--> statement-breakpoint
CREATE FUNCTION "audit_is_append_only"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD.position IS NULL AND NEW.position IS NOT NULL
      AND to_jsonb(NEW) - 'position' - 'hash' = to_jsonb(OLD) - 'position' - 'hash' THEN
      RETURN NEW;
    END IF;
  ELSIF TG_OP = 'DELETE' AND current_setting('okoshko.retention', true) = 'on' THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit is only added to' USING ERRCODE = '42501';
END $$;--> statement-breakpoint
CREATE TRIGGER "audit_rows" BEFORE UPDATE OR DELETE ON "audit" FOR EACH ROW EXECUTE FUNCTION "audit_is_append_only"();--> statement-breakpoint
CREATE TRIGGER "audit_whole" BEFORE TRUNCATE ON "audit" FOR EACH STATEMENT EXECUTE FUNCTION "audit_is_append_only"();
