import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { AUDIT_ACTIONS } from '#src/policy/audit-actions.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

it('docs/audit.md tells of every action of the audit trail, each once, and of no other', () => {
  const text = readFileSync(join(root, 'docs/audit.md'), 'utf8');
  const told = [...text.slice(text.indexOf('## Actions')).matchAll(/^\| `([^`]+)` +\| (.+?) +\|$/gm)];
  expect(told.map(([, action]) => action)).toEqual([...AUDIT_ACTIONS]);
});

it('every action is written somewhere', () => {
  const code = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('audit-actions.ts'))
    .map((file) => readFileSync(join(root, 'src', file), 'utf8'))
    .join('\n');
  expect(AUDIT_ACTIONS.filter((action) => !code.includes(`'${action}'`))).toEqual([]);
});
