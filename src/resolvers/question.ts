import type { Context } from '../context.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import { AppError } from '../errors.ts';
import { FIRST_DAY, LAST_DAY } from '../policy/bounds.ts';

/** @throws {AppError} BAD_USER_INPUT with these words, always. */
export function refuse(message: string): never {
  throw new AppError('BAD_USER_INPUT', message);
}

/** @throws {AppError} BAD_USER_INPUT when a day is none that anybody means, or `from` lies after `to`. */
export function days(span: { from?: string | null | undefined; to?: string | null | undefined }): {
  from: string | null;
  to: string | null;
} {
  const [from, to] = [span.from ?? null, span.to ?? null];
  for (const day of [from, to]) {
    if (day !== null && (day < FIRST_DAY || day > LAST_DAY)) {
      refuse(`Days must lie between ${FIRST_DAY} and ${LAST_DAY}.`);
    }
  }
  if (from !== null && to !== null && from > to) refuse('`from` must not be after `to`.');
  return { from, to };
}

/** @throws {AppError} BAD_USER_INPUT when a number that was asked for is outside of what makes sense. */
export function within(name: string, value: number, least: number, most: number): number {
  if (value < least || value > most) refuse(`\`${name}\` must be from ${least} to ${most}, not ${value}.`);
  return value;
}

/** @throws {AppError} BAD_USER_INPUT when nothing has this id. */
export async function knownIntegration(id: string, { load }: Context): Promise<IntegrationRow> {
  return (await load.integrationById.load(id)) ?? refuse('`integrationId` names no integration.');
}
