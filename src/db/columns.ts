import { text, timestamp } from 'drizzle-orm/pg-core';

/** An instant, with time zone, as a `Date`. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date', precision: 3 });

/** When the row was made. */
export const createdAt = () => instant('created_at').notNull().defaultNow();

/** Opaque id with its type as prefix, from `newId`. */
export const idColumn = () => text('id').primaryKey();

/** A secret sealed by the key ring (`kid.nonce.ciphertext`, base64url); never plain text. */
export const sealed = (name: string) => text(name);
