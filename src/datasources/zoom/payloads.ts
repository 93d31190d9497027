import { z } from 'zod';
import { isDay, isInt32, isKeptInstant, showableText, whyNoIdentity } from '../../policy/bounds.ts';

/**
 * Pieces that the payload schemas are made of. Zoom leaves a field out, sends null or sends an empty string where it
 * knows nothing; behind the door that is always null. Values that we don't know are kept as they came.
 *
 * What the database can't keep ends here. Text that is only shown loses it; by what somebody or something is known, and
 * numbers and instants, are never altered: an answer with one that can't be kept doesn't fit.
 */

/** Refuses what can't be kept of a text by which something is known. */
export const asIdentity = (value: string | null, context: z.RefinementCtx) => {
  const why = value === null ? null : whyNoIdentity(value);
  if (why !== null) context.addIssue({ code: 'custom', message: why });
};

/** Text that is only shown and may be missing; numbers become digits. */
export const text = z
  .union([z.string(), z.number(), z.boolean()])
  .nullable()
  .default(null)
  .transform((value) => (value === null ? null : showableText(String(value))));

/** An id that must be there; numbers become digits. */
export const id = z
  .union([z.string().min(1), z.number().int()])
  .transform(String)
  .superRefine(asIdentity);

/** A text by which something is known, and which must be there: an e-mail address, the UUID of a meeting, a domain. */
export const name = z.string().min(1).superRefine(asIdentity);

/** An id that may be missing. */
export const optionalId = z
  .union([z.string(), z.number().int()])
  .nullable()
  .default(null)
  .transform((value) => (value === null || value === '' ? null : String(value)))
  .superRefine(asIdentity);

/** A bit or number that may exceed what a double holds, always digits; or a word. Licenses are told apart by them. */
export const digits = z
  .union([z.string(), z.number(), z.boolean()])
  .nullable()
  .default(null)
  .transform((value) => (value === null || value === '' ? null : String(value)))
  .superRefine(asIdentity);

/** An e-mail address that may be missing. */
export const address = z
  .union([z.string(), z.number(), z.boolean()])
  .nullable()
  .default(null)
  .transform((value) => (value === null ? null : String(value)))
  .superRefine(asIdentity);

/** An address of somebody who need not be one of our users: one that can't be kept is nobody's whom we know. */
export const strangersAddress = z
  .union([z.string(), z.number(), z.boolean()])
  .nullable()
  .default(null)
  .transform((value) => (value === null || whyNoIdentity(String(value)) !== null ? null : String(value)));

/** An instant in Zoom's own writing that `Date` understands. */
export const instant = z
  .string()
  .nullable()
  .default(null)
  .transform((value) => (value === '' ? null : value))
  .refine((value) => value === null || isKeptInstant(Date.parse(value)), { error: 'is not a date' });

/** An instant on which nothing dangerous rests: one that can't be read is not known. */
export const looseInstant = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' && isKeptInstant(Date.parse(value)) ? value : null));

/** A code of any value; Zoom adds new ones without notice. */
export const code = z
  .union([z.number(), z.string().regex(/^-?\d+$/)])
  .transform(Number)
  .refine(isInt32, { error: 'is no number that can be kept' });

/** A whole number that may be missing. */
export const count = z
  .number()
  .nullable()
  .default(null)
  .refine((value) => value === null || isInt32(value), { error: 'is no number that can be kept' });

/** A day of the calendar, `YYYY-MM-DD`, and what Zoom may write behind it. */
export const day = z
  .string()
  .refine((value) => isDay(value.slice(0, 10)) && value >= '0001', { error: 'is not a day' });

/** A yes or no that may be missing. */
export const flag = z.boolean().nullable().default(null);

/** A list that may be missing. */
export const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? []);

/** A list of which it matters whether Zoom sent it: one that is missing says nothing. */
export const optionalList = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value) => value ?? null);

/** Nothing of Zoom's is nested like that; PostgreSQL reads no JSON without an end. */
const MAX_DEPTH = 50;

/**
 * What Zoom sent, kept as it came, for a place where the database keeps JSON. Texts in it are only shown; the names of its
 * fields are identities.
 */
export function kept<T>(value: T, context: z.RefinementCtx): T {
  const problem = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  const keep = (one: unknown, path: PropertyKey[]): unknown => {
    if (typeof one === 'string') return showableText(one);
    if (typeof one !== 'object' || one === null) return one;
    if (path.length >= MAX_DEPTH) {
      problem(path.slice(0, 3), 'is nested too deep');
      return null;
    }
    if (Array.isArray(one)) return one.map((inner: unknown, index) => keep(inner, [...path, index]));
    return Object.fromEntries(
      Object.entries(one).map(([key, inner]) => {
        const why = whyNoIdentity(key);
        // The name itself is not said: it can't be kept in a message either.
        if (why !== null) problem(path, `has a field whose name ${why}`);
        return [key, why === null ? keep(inner, [...path, key]) : null];
      }),
    );
  };
  return keep(value, []) as T;
}
