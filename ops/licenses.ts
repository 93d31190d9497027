import { readFileSync } from 'node:fs';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';

/** A package that goes into production, as the lock file has it. */
export interface Licensed {
  name: string;
  version: string;
  /** SPDX expression; null: the package names none. */
  license: string | null;
}

/** Licenses that ask for nothing but that their text comes along. Another one is a decision, to be written down here. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'Unlicense',
]);

/** May code under this license be shipped? Of alternatives one is enough; of what holds together all must be allowed. */
export function isAllowed(license: string | null): boolean {
  if (license === null) return false;
  const expression = license.replace(/^\(([^()]*)\)$/, '$1');
  // Whatever is more complicated than that is for a person to read.
  if (/[()]/.test(expression)) return false;
  if (expression.includes(' OR ')) return expression.split(' OR ').some(isAllowed);
  return expression.split(' AND ').every((one) => ALLOWED.has(one.trim()));
}

interface Lock {
  packages: Record<string, { version?: string; license?: string; dev?: boolean; link?: boolean }>;
}

/** Everything that is installed without development packages, optional ones included. */
export function productionPackages(lockFile: string): Licensed[] {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as Lock;
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && entry.dev !== true && entry.link !== true)
    .map(([path, { version = '', license = null }]) => ({
      name: path.replace(/^.*node_modules\//, ''),
      version,
      license,
    }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

// `npm run licenses`: the list, and exit code 1 with a license that is not allowed.
if (argv[1] === fileURLToPath(import.meta.url)) {
  const all = productionPackages(fileURLToPath(new URL('../package-lock.json', import.meta.url)));
  for (const { name, version, license } of all) {
    console.log(`${isAllowed(license) ? '  ' : '✗ '}${`${name}@${version}`.padEnd(60)} ${license ?? 'none named'}`);
  }
  const wrong = all.filter(({ license }) => !isAllowed(license));
  console.log(`${all.length} packages, ${wrong.length} with a license that is not allowed (ops/licenses.ts).`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
