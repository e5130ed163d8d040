ALTER TABLE "copies" DROP CONSTRAINT "copies_chat_id_copy_id_pk";--> statement-breakpoint
ALTER TABLE "copies" ADD CONSTRAINT "copies_chat_id_copy_id_message_id_pk" PRIMARY KEY("chat_id","copy_id","message_id");--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "turn" timestamp with time zone DEFAULT now() NOT NULL;