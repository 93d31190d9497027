import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse, print, visit } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareSdl } from '../../schema/contract/compare.ts';
import { releasedSdl } from '../../schema/contract/sdl.ts';

/** Without descriptions, so that every field is a line. */
const released = print(
  visit(parse(releasedSdl()), {
    leave: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  }),
);

/** The released SDL with one text in it replaced; what isn't there can't be replaced. */
function changed(from: string | RegExp, to: string): string {
  const text = released.replace(from, to);
  expect(text, String(from)).not.toBe(released);
  return text;
}

const compare = (sdl: string) => compareSdl(parse(released), parse(sdl));

describe('a change of the schema', () => {
  it.each([
    [
      'a field that is gone',
      /^ {2}lastClientVersion: String$/m,
      '',
      'FIELD_REMOVED: User.lastClientVersion was removed.',
    ],
    [
      'a field of another type',
      /^ {2}lastClientVersion: String$/m,
      '  lastClientVersion: Int',
      'FIELD_CHANGED_KIND: User.lastClientVersion',
    ],
    [
      'a promise that is taken back',
      /^ {2}excludedFromCost: Boolean!$/m,
      '  excludedFromCost: Boolean',
      'FIELD_CHANGED_KIND: User.excludedFromCost',
    ],
    ['a value that is gone', /^ {2}ADD_ON_UNUSED$/m, '', 'VALUE_REMOVED_FROM_ENUM: ADD_ON_UNUSED'],
    [
      'an input that has become required',
      /^(input ReclaimInput \{)$/m,
      '$1\n  ticket: String!',
      'REQUIRED_INPUT_FIELD_ADDED: A required field ticket on input type ReclaimInput was added.',
    ],
    [
      'a key that is gone',
      'type User @key(fields: "id") @key(fields: "email")',
      'type User @key(fields: "id")',
      'KEY_REMOVED: User can\'t be joined by "email" any more',
    ],
    ['a type that is not shared any more', 'type Money @shareable', 'type Money', 'SHAREABLE_REMOVED: Money is not'],
    [
      'a scope that was not needed',
      /^(type License @key.*)zoom:read/m,
      '$1zoom:admin',
      'SCOPES_RAISED: License needs zoom:admin now. Entities without are refused.',
    ],
    [
      'a field that is hidden',
      /^ {2}lastClientVersion: String$/m,
      '  lastClientVersion: String @inaccessible',
      'MADE_INACCESSIBLE: User.lastClientVersion is hidden',
    ],
    [
      'a tag that is new',
      /^ {2}lastClientVersion: String$/m,
      '  lastClientVersion: String @tag(name: "x")',
      'TAG_ADDED: User.lastClientVersion',
    ],
    ['a tag that is gone', / @tag\(name: "meetings"\)/, '', 'TAG_REMOVED: Meeting.topic is not tagged "meetings"'],
  ])('breaks by %s', (_, from, to, reason) => {
    const { breaking } = compare(changed(from, to));
    expect(breaking).toEqual([expect.stringContaining(reason)]);
  });

  it('breaks nothing by what is added, or asks for less', () => {
    const more = changed(
      /^ {2}lastClientVersion: String$/m,
      '  lastClientVersion: String!\n  shoeSize: Int\n  hats(color: String): [String!]',
    );
    expect(compare(more)).toEqual({ breaking: [], dangerous: [] });
    const less = changed('[["zoom:operate"], ["zoom:admin"]]', '[["zoom:operate"], ["zoom:admin"], ["zoom:read"]]');
    expect(compare(less).breaking).toEqual([]);
  });

  it('is to be looked at where somebody may not know a value', () => {
    const { breaking, dangerous } = compare(changed(/^ {2}ADD_ON_UNUSED$/m, '  ADD_ON_UNUSED\n  BORED'));
    expect(breaking).toEqual([]);
    expect(dangerous).toEqual([expect.stringContaining('BORED was added to enum type ReclamationReason')]);
  });
});

describe('npm run schema:check', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'schema-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const check = (sdl: string) => {
    const file = join(folder, 'schema.graphql');
    writeFileSync(file, sdl);
    const script = fileURLToPath(new URL('../../schema/contract/check.ts', import.meta.url));
    return spawnSync(process.execPath, [script, '--schema', file], { encoding: 'utf8' });
  };

  it('lets through what was released', () => {
    const { status, stdout, stderr } = check(released);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('breaks nothing');
  });

  it('fails with the reason when something breaks', () => {
    const { status, stderr } = check(changed(/^ {2}lastClientVersion: String$/m, ''));
    expect(status).toBe(1);
    expect(stderr).toContain('FIELD_REMOVED: User.lastClientVersion was removed.');
    expect(stderr).toContain('docs/supergraph.md');
  });

  it('fails with the reason when the supergraph does not compose', () => {
    // Finance asks for it.
    const { status, stderr } = check(changed(/^ {2}uniqueId: String!$/m, '  unique: String!'));
    expect(status).toBe(1);
    expect(stderr).toContain("The subgraphs don't fit together");
    expect(stderr).toContain('License.uniqueId');
  });
});
