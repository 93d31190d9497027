import { z } from 'zod';

/**
 * Pieces that the payload schemas are made of. Zoom leaves a field out, sends null or sends an empty string where it
 * knows nothing; behind the door that is always null. Values that we don't know are kept as they came.
 */

/** Half of a character, or the zero that no database keeps: nobody can show them, and one must not cost the whole page. */
const clean = (value: string) => value.toWellFormed().replaceAll('\0', '');

/** Text that may be missing; numbers become digits. */
export const text = z
  .union([z.string(), z.number(), z.boolean()])
  .nullable()
  .default(null)
  .transform((value) => (value === null ? null : clean(String(value))));

/** An id that must be there; numbers become digits. */
export const id = z.union([z.string().min(1), z.number().int()]).transform(String);

/** An id that may be missing. */
export const optionalId = z
  .union([z.string(), z.number().int()])
  .nullable()
  .default(null)
  .transform((value) => (value === null || value === '' ? null : String(value)));

/** A bit or number that may exceed what a double holds; always digits. */
export const digits = z
  .union([z.string(), z.number()])
  .nullable()
  .default(null)
  .transform((value) => (value === null || value === '' ? null : String(value)));

/** An instant in Zoom's own writing that `Date` understands. */
export const instant = z
  .string()
  .nullable()
  .default(null)
  .transform((value) => (value === '' ? null : value))
  .refine((value) => value === null || !Number.isNaN(Date.parse(value)), { error: 'is not a date' });

/** An instant on which nothing dangerous rests: one that can't be read is not known. */
export const looseInstant = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? value : null));

/** A code of any value; Zoom adds new ones without notice. */
export const code = z.union([z.number(), z.string().regex(/^-?\d+$/)]).transform(Number);

/** A number that may be missing. */
export const count = z.number().nullable().default(null);

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
