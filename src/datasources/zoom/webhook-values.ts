import { z } from 'zod';
import { isInt32, showableText } from '../../policy/bounds.ts';
import { asIdentity, code, text } from './payloads.ts';

/**
 * Values in webhooks. An event comes a few times and then never again, so one field that can't be read must not cost the
 * others: it counts as not said.
 */

/** A field of a partial object: undefined where it isn't said, or can't be read. */
export const said = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);

const words = z.union([z.string(), z.number()]).transform((value) => String(value).trim() || null);

/** Text that is only shown. */
export const saidText = said(words.transform((value) => (value === null ? null : showableText(value))));

/** What something is known by: never altered, so one that can't be kept is not said. */
export const saidName = said(words.superRefine(asIdentity));

/** An e-mail address in lower case. */
export const saidAddress = said(
  z
    .string()
    .transform((value) => value.trim().toLowerCase())
    .superRefine(asIdentity),
);

export const saidFlag = said(
  z
    .union([z.boolean(), z.enum(['true', 'false', 'on', 'off'])])
    .transform((value) => [true, 'true', 'on'].includes(value)),
);

export const saidCount = said(
  z
    .union([z.number().int().nonnegative(), z.string().regex(/^\d{1,9}$/)])
    .transform(Number)
    .refine(isInt32),
);
export const saidCode = said(code);

/** Text of which it does not matter whether it was said. */
export const looseText = text.catch(null);

/** Zoom is younger, and years before the first have no place in a database. */
const EARLIEST_MS = Date.UTC(1990, 0, 1);

/** An instant with its offset from UTC, in ISO 8601. */
export const saidInstant = said(z.iso.datetime({ offset: true }).refine((value) => Date.parse(value) >= EARLIEST_MS));

/** So small is a time only in seconds, unless it is from before 1974. */
const LARGEST_IN_SECONDS = 1e11;

/** Zoom's time of an event in ms, by whichever unit it was written. */
export const saidTime = said(
  z
    .union([z.number(), z.string().regex(/^\d{1,16}$/)])
    .transform((value) => Math.floor(Number(value) < LARGEST_IN_SECONDS ? Number(value) * 1000 : Number(value)))
    .refine((value) => value >= EARLIEST_MS && value <= 8.64e15),
);

/** The instant as it was said, unless it was not said or has not come yet. */
export function notAfter(said: string | undefined, atMs: number): string {
  return new Date(Math.min(said === undefined ? atMs : Date.parse(said), atMs)).toISOString();
}

/** Zoom writes a dash where it knows nothing. */
export const known = (value: string | null) => (value === null || value === '' || value === '-' ? null : value);
