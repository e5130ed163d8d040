CREATE TABLE "keys"."identity" (
	"id" smallint PRIMARY KEY NOT NULL,
	"database" text NOT NULL,
	"since" timestamp with time zone DEFAULT now() NOT NULL
);
