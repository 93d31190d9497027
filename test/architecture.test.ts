import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The floors of src, the lowest first. A file imports from its own place or from floors below. */
const FLOORS: readonly (readonly string[])[] = [
  ['errors.ts', 'secret.ts', 'caller.ts', 'origin.ts', 'tracing.ts'],
  ['config.ts'],
  ['log.ts', 'metrics.ts'],
  ['db'],
  ['policy'],
  // A store never asks Zoom; the way to Zoom keeps its tokens and limits in the store.
  ['datasources/store', 'datasources/queue.ts'],
  ['datasources/zoom', 'datasources/notify'],
  ['datasources/live-users.ts'],
  ['deps.ts'],
  ['actions'],
  ['auth'],
  ['jobs', 'loaders.ts'],
  ['changes.ts'],
  ['context.ts'],
  ['resolvers'],
  ['references.ts'],
  ['scopes.ts'],
  ['schema.ts'],
  ['http'],
  ['processes.ts', 'otlp.ts'],
  ['app.ts'],
  ['demo', 'cli'],
  ['server.ts', 'worker.ts', 'start.ts', 'migrate.ts', 'cli.ts', 'demo.ts'],
];

/** Type-only imports that look up: the tables name enums that policies define. */
const LOOKS_UP: readonly [from: string, to: string][] = [['db', 'policy']];

const FORBIDDEN = /(^|\/)(utils?|helpers?|common|shared|misc|manager|service)(\.ts$|\/)/;

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('node_modules'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

const files = filesBelow('src').filter((file) => file !== 'src/schema.generated.ts');

function importsOf(file: string): { to: string; isType: boolean }[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/^(import|export)\s+(type\s+)?[^'"]*?from '(\.[^']+)'/gms)].map((match) => ({
    to: relative(root, normalize(join(root, dirname(file), match[3]!))),
    isType: match[2] !== undefined,
  }));
}

function floorOf(file: string): { level: number; place: string } {
  const inside = file.replace(/^src\//, '');
  for (const [level, places] of FLOORS.entries()) {
    const place = places.find((one) => inside === one || inside.startsWith(`${one}/`));
    if (place !== undefined) return { level, place };
  }
  throw new Error(`${file} is on no floor; add its place to FLOORS`);
}

describe('the house', () => {
  it('has a floor for every file', () => {
    for (const file of files) expect(floorOf(file).level).toBeGreaterThanOrEqual(0);
  });

  it('imports downwards only, and never from a sibling', () => {
    const wrong = files.flatMap((file) => {
      const from = floorOf(file);
      return importsOf(file)
        .filter(({ to }) => to.startsWith('src/') && to !== 'src/schema.generated.ts')
        .filter(({ to }) => {
          const target = floorOf(to);
          return target.level > from.level || (target.level === from.level && target.place !== from.place);
        })
        .filter(({ to, isType }) => !isType || !LOOKS_UP.some(([a, b]) => from.place === a && floorOf(to).place === b))
        .map(({ to }) => `${file} -> ${to}`);
    });
    expect(wrong).toEqual([]);
  });

  it('has no circles', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter(({ isType }) => !isType)
          .map(({ to }) => to),
      ]),
    );
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, path: string[]) => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
      if (done.has(file) || path.includes(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });

  it('keeps the sandbox and the product apart', () => {
    for (const file of filesBelow('sandbox')) {
      expect(
        importsOf(file).filter(({ to }) => to.startsWith('src/')),
        file,
      ).toEqual([]);
    }
    const users = files.filter((file) => importsOf(file).some(({ to }) => to.startsWith('sandbox/')));
    expect(users).toEqual(['src/demo.ts']);
  });

  it('has files that can be read in one go, with names that tell something', () => {
    const all = [
      ...files,
      ...filesBelow('sandbox'),
      ...filesBelow('bench'),
      ...filesBelow('examples'),
      ...filesBelow('ops'),
    ];
    const long = all.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 401);
    expect(long).toEqual([]);
    expect(all.filter((file) => FORBIDDEN.test(file))).toEqual([]);
  });

  it('goes by the database’s clock, and by that of its machine only where nothing is decided', () => {
    const reads = files.filter((file) => /new Date\(\)|Date\.now\(\)/.test(readFileSync(join(root, file), 'utf8')));
    expect(reads.filter((file) => !file.startsWith('src/demo'))).toEqual([
      'src/db/clock.ts', // tells how far the machine is away
      'src/db/id.ts', // a part of ids
      'src/jobs/job.ts', // seconds between two writes of progress
      'src/jobs/send-messages.ts', // seconds of a look
    ]);
  });

  it('writes SQL in the store only', () => {
    const speaks = files.filter((file) => {
      if (/^src\/(datasources\/store|db)\//.test(file)) return false;
      return /sql`|\.unsafe\(/.test(readFileSync(join(root, file), 'utf8'));
    });
    expect(speaks).toEqual([]);
  });
});
