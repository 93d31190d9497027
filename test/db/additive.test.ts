import { readdir, readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const FOLDER = new URL('../../drizzle/', import.meta.url);

/** From here on, code of the release before keeps running beside the new schema while processes are replaced. */
const FIRST_HELD = 12;

/** What code that doesn't know of the change stumbles over. */
const BREAKING: readonly [RegExp, string][] = [
  [/\bDROP (TABLE|COLUMN)\b/i, 'takes away what older code reads'],
  [/\bRENAME\b/i, 'renames what older code reads'],
  [/\bADD COLUMN (?![^;]*DEFAULT)[^;]*NOT NULL/i, 'wants a value that older code does not write'],
  [/\bSET NOT NULL\b/i, 'wants a value that older code may not write'],
  [/\bSET DATA TYPE\b/i, 'changes what older code writes and reads'],
  [/\bCREATE UNIQUE INDEX\b[^;]*/i, 'may refuse what older code writes'],
];

/** Steps that are safe all the same, with the reason: `0012_name: why`. A unique index of a table of the same migration is. */
const REASONS: Readonly<Record<string, string>> = {};

/** Statements of a migration that older code stumbles over, each with why. */
function breaking(migration: string): string[] {
  const created = new Set([...migration.matchAll(/CREATE TABLE "(\w+)"/g)].map(([, table]) => table));
  return migration.split('--> statement-breakpoint').flatMap((statement) => {
    const table = /\b(?:ON|ALTER TABLE) "(\w+)"/.exec(statement)?.[1];
    if (table !== undefined && created.has(table)) return [];
    return BREAKING.filter(([pattern]) => pattern.test(statement)).map(([, why]) => `${statement.trim()} ${why}`);
  });
}

it('migrations only add, so that the release before runs beside the next', async () => {
  const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.sql')).sort();
  expect(names.length).toBeGreaterThan(FIRST_HELD - 1);
  for (const name of names.filter((one) => Number(one.slice(0, 4)) >= FIRST_HELD)) {
    if (REASONS[name.replace('.sql', '')] !== undefined) continue;
    expect({ [name]: breaking(await readFile(new URL(name, FOLDER), 'utf8')) }).toEqual({ [name]: [] });
  }
});

it.each([
  ['ALTER TABLE "users" DROP COLUMN "a";', 1],
  ['ALTER TABLE "users" RENAME COLUMN "a" TO "b";', 1],
  ['ALTER TABLE "users" ADD COLUMN "a" text NOT NULL;', 1],
  ['ALTER TABLE "users" ADD COLUMN "a" text DEFAULT \'x\' NOT NULL;', 0],
  ['ALTER TABLE "users" ADD COLUMN "a" text;', 0],
  ['ALTER TABLE "users" ALTER COLUMN "a" SET NOT NULL;', 1],
  ['CREATE UNIQUE INDEX "a" ON "users" USING btree ("b");', 1],
  [
    'CREATE TABLE "n" ("a" text NOT NULL);--> statement-breakpoint\nCREATE UNIQUE INDEX "i" ON "n" USING btree ("a");',
    0,
  ],
])('tells what older code stumbles over: %s', (statement, count) => {
  expect(breaking(statement)).toHaveLength(count);
});
