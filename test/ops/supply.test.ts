import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { copiedFiles, installArguments } from '../../ops/check-image.ts';
import { isAllowed, productionPackages } from '../../ops/licenses.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const text = (name: string) => readFileSync(join(root, name), 'utf8');
const manifest = JSON.parse(text('package.json')) as Record<'dependencies' | 'optionalDependencies', object>;

describe('licenses', () => {
  it('of everything that is shipped ask for nothing but their text', () => {
    const all = productionPackages(join(root, 'package-lock.json'));
    for (const name of Object.keys(manifest.dependencies)) expect(all.map((one) => one.name)).toContain(name);
    expect(all.map(({ name }) => name)).not.toContain('vitest');
    expect(all.filter(({ license }) => !isAllowed(license))).toEqual([]);
  });

  it.each([
    [null, false],
    ['GPL-3.0-only', false],
    ['SEE LICENSE IN LICENSE', false],
    ['MIT OR GPL-3.0-only', true],
    ['(MIT AND GPL-3.0-only)', false],
    ['(MIT AND BSD-3-Clause)', true],
    ['(MIT OR GPL-2.0) AND AGPL-3.0', false],
  ])('%s: %s', (license, allowed) => expect(isAllowed(license)).toBe(allowed));
});

describe('the image', () => {
  const dockerfile = text('Dockerfile');

  it('has all that the processes import, and nothing of development', () => {
    const production = new Set([...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)]);
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(
      // The demo brings the sandbox, and is for development.
      (file) => file.endsWith('.ts') && file !== 'demo.ts' && !file.startsWith('demo/'),
    );
    const missing = files.flatMap((file) =>
      ts
        .preProcessFile(text(`src/${file}`))
        .importedFiles.map(({ fileName }) => fileName)
        .filter((name) => !name.startsWith('.'))
        .filter((name) => !name.startsWith('node:') && !builtinModules.includes(name))
        .map((name) =>
          name
            .split('/')
            .slice(0, name.startsWith('@') ? 2 : 1)
            .join('/'),
        )
        .filter((name) => !production.has(name))
        .map((name) => `${file} imports ${name}`),
    );
    expect(missing).toEqual([]);
    expect(files.length).toBeGreaterThan(200);
  });

  it('copies what is read at run time, and the context leaves all else out', () => {
    const copied = copiedFiles(dockerfile);
    for (const name of ['package.json', 'package-lock.json', 'src', 'schema', 'drizzle'])
      expect(copied).toContain(name);
    const [everything, ...kept] = text('.dockerignore')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(everything).toBe('*');
    expect(kept.map((line) => line.replace('!', '')).sort()).toEqual([...copied].sort());
  });

  it('runs no script of a package, no development package, and not as root', () => {
    expect(installArguments(dockerfile)).toEqual(
      expect.arrayContaining(['ci', '--omit=dev', '--omit=optional', '--ignore-scripts']),
    );
    const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
    expect(last).toMatch(/^USER node$/m);
    expect(last).toContain('/readyz');
    expect(dockerfile).not.toMatch(/^(ARG|ENV) .*(SECRET|TOKEN|PASSWORD|KEYS|DATABASE_URL)/m);
  });

  it('is run by compose with a migration first, without a file system to write to and without rights', () => {
    const { services } = parse(text('compose.yaml'), { merge: true }) as { services: Record<string, any> };
    expect(Object.keys(services)).toEqual(['postgres', 'migrate', 'server', 'worker']);
    for (const name of ['migrate', 'server', 'worker']) {
      expect(services[name]).toMatchObject({ read_only: true, cap_drop: ['ALL'], tmpfs: ['/tmp'], env_file: '.env' });
      const script = services[name].command?.[1] ?? 'src/server.ts';
      expect(text(script)).toContain('await main(');
    }
    for (const name of ['server', 'worker']) {
      expect(services[name].depends_on).toEqual({ migrate: { condition: 'service_completed_successfully' } });
    }
    // Passwords come from outside.
    expect(text('compose.yaml')).not.toMatch(/PASSWORD: (?!\$\{)/);
  });
});
