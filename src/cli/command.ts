import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import type { Sql } from '../db/client.ts';
import type { KeyRing } from '../db/sealing.ts';
import { DAY_MS } from '../policy/inactivity.ts';

/** What a command works with. */
export interface Io {
  /** The database; opened by the first who asks. */
  sql(): Promise<Sql>;
  /** The keys of TOKEN_KEYS; without them the process ends. */
  keys(): KeyRing;
  out: Writable;
  err: Writable;
}

/** How a command ends: the exit code of the process. */
export const ENDED = {
  WELL: 0,
  /** It could not be called like that. */
  USAGE: 2,
  /** It did its work, and found something wrong. */
  FOUND_WRONG: 3,
} as const;

export interface Command {
  about: string;
  /** Options with what they mean, in the order of the help. */
  options: Readonly<Record<string, string>>;
  /** @returns the exit code. @throws {UsageError} */
  run(io: Io, options: Options): Promise<number>;
}

/** Options that were given. */
export type Options = Readonly<Record<string, string | undefined>>;

/** Something about the call was wrong; the message says what to write instead. */
export class UsageError extends Error {}

/** @throws {UsageError} about an option that the command doesn't have, or a value too many. */
export function readOptions(command: Command, args: readonly string[]): Options {
  try {
    const options = Object.fromEntries(Object.keys(command.options).map((name) => [name, { type: 'string' as const }]));
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Two moments, from the first and before the second; a day stands for its start, and as `to` for its end (UTC). */
export function readSpan({ from, to }: Options): { from: Date | null; to: Date | null } {
  const end = instant('to', to);
  return {
    from: instant('from', from),
    to: end !== null && DAY.test(to ?? '') ? new Date(end.getTime() + DAY_MS) : end,
  };
}

function instant(name: string, text: string | undefined): Date | null {
  if (text === undefined) return null;
  const at = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(at.getTime())) {
    throw new UsageError(`--${name} must be a day or an instant, like 2026-03-01 or 2026-03-01T08:00:00Z.`);
  }
  return at;
}

/** Writes text and waits where the reader is slower than we are. */
export async function write(out: Writable, text: string): Promise<void> {
  if (!out.write(text)) await once(out, 'drain');
}
