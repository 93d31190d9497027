import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Database } from '#src/db/client.ts';
import { measureProcess } from '#src/metrics.ts';
import { testDatabase } from '../support/database.ts';
import { startServer } from '../support/server.ts';

interface Alert {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; description: string; runbook_url: string };
}

const read = (name: string) => readFile(new URL(`../../${name}`, import.meta.url), 'utf8');

let database: Database;
/** Labels by the name of each series that a process tells. */
const series = new Map<string, ReadonlySet<string>>();
let alerts: Alert[];
let panels: { title: string; targets?: { expr: string }[] }[];
let headings: string[];

beforeAll(async () => {
  database = await testDatabase();
  const server = await startServer(database);
  const { registry } = server.deps.metrics;
  measureProcess(registry, '0');
  for (const { name, type } of await registry.getMetricsAsJSON()) {
    const { labelNames } = registry.getSingleMetric(name) as unknown as { labelNames: string[] };
    const labels = new Set([...labelNames, 'instance', 'job']);
    const names = String(type) === 'histogram' ? ['_bucket', '_count', '_sum'].map((end) => name + end) : [name];
    for (const one of names) series.set(one, one.endsWith('_bucket') ? new Set([...labels, 'le']) : labels);
  }
  // What Prometheus itself adds.
  series.set('up', new Set(['instance', 'job']));
  await server.close();
  alerts = (parse(await read('ops/alerts.yaml')) as { groups: { rules: Alert[] }[] }).groups.flatMap(
    ({ rules }) => rules,
  );
  panels = (JSON.parse(await read('ops/grafana-dashboard.json')) as { panels: typeof panels }).panels;
  headings = [...(await read('docs/operations.md')).matchAll(/^#+ (.+)$/gm)].map((match) => match[1]!);
});
afterAll(() => database?.close());

const FUNCTIONS = new Set(
  'sum max min count avg rate increase histogram_quantile by on and or unless without ignoring'.split(' '),
);

/** Names that an expression takes from somewhere: what is neither a label, a value nor a word of PromQL. */
function namesIn(expr: string): string[] {
  const bare = expr
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}/g, '')
    .replaceAll(/\[[^\]]*\]/g, '')
    .replaceAll(/\b(by|on|without|ignoring)\s*\([^)]*\)/g, '');
  return [...bare.matchAll(/\b[a-z_][a-z0-9_]*\b/g)].map(([name]) => name).filter((name) => !FUNCTIONS.has(name));
}

/** What is wrong with an expression; nothing is what it should be. */
function wrongWith(expr: string): string[] {
  const names = namesIn(expr);
  if (names.length === 0) return ['asks for nothing'];
  const unknown = names.filter((name) => !series.has(name)).map((name) => `no metric ${name}`);
  const selected = [...expr.matchAll(/\b([a-z_][a-z0-9_]*)\{([^}]*)\}/g)].flatMap(([, name = '', inside = '']) =>
    [...inside.matchAll(/([a-z_]+)\s*[=!]~?/g)].map(([, label = '']) => [name, label] as const),
  );
  const labelsOf = (inside: string) => inside.split(',').map((label) => label.trim());
  // A side of a comparison is grouped by itself; what both are matched by, both have to have.
  const grouped = [
    ...expr
      .split(/\s(?:and|or|unless)\s/)
      .flatMap((side) =>
        [...side.matchAll(/\bby\s*\(([^)]*)\)/g)].flatMap(([, inside = '']) =>
          labelsOf(inside).flatMap((label) => namesIn(side).map((name) => [name, label] as const)),
        ),
      ),
    ...[...expr.matchAll(/\bon\s*\(([^)]*)\)/g)].flatMap(([, inside = '']) =>
      labelsOf(inside).flatMap((label) => names.map((name) => [name, label] as const)),
    ),
  ];
  const wrong = [...selected, ...grouped]
    .filter(([name, label]) => series.get(name)?.has(label) === false)
    .map(([name, label]) => `${name} has no label ${label}`);
  return [...unknown, ...wrong];
}

const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

describe('the check of expressions', () => {
  it.each([
    ['sum by (label) (rate(zoom_calls_gone[5m]))', 'no metric zoom_calls_gone'],
    ['max by (email) (accounts)', 'accounts has no label email'],
    ['accounts{task="x"} > 0', 'accounts has no label task'],
    ['rate(zoom_call_duration_seconds[5m])', 'no metric zoom_call_duration_seconds'],
  ])('finds what is wrong with %s', (expr, wrong) => expect(wrongWith(expr)).toContain(wrong));
});

describe('the alert rules', () => {
  it('ask only for what is told', () => {
    expect(alerts.length).toBeGreaterThan(15);
    for (const { alert, expr } of alerts) expect([alert, ...wrongWith(expr)]).toEqual([alert]);
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  });

  it('say what happened, what it means, and where it stands what to do', () => {
    const anchors = headings.map(anchor);
    for (const { alert, annotations, labels, for: after } of alerts) {
      expect(annotations.summary.length, alert).toBeGreaterThan(10);
      expect(annotations.description.length, alert).toBeGreaterThan(30);
      const [file, place] = annotations.runbook_url.split('#');
      expect([alert, file, anchors.includes(place!)]).toEqual([alert, 'docs/operations.md', true]);
      expect(['page', 'ticket', 'info']).toContain(labels.severity);
      expect(after).toMatch(/^\d+[mh]$/);
    }
  });

  it('name in their words only labels that the answer has', () => {
    for (const { alert, expr, annotations } of alerts) {
      const kept = [...expr.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, inside = '']) => inside.split(', '));
      const used = [...annotations.summary.matchAll(/\$labels\.(\w+)/g)].map((match) => match[1]!);
      for (const label of used) expect([alert, label, kept.includes(label)]).toEqual([alert, label, true]);
    }
  });
});

describe('the dashboard', () => {
  it('shows only what is told', () => {
    const targets = panels.flatMap(({ title, targets = [] }) => targets.map(({ expr }) => ({ title, expr })));
    expect(targets.length).toBeGreaterThan(25);
    for (const { title, expr } of targets) expect([title, ...wrongWith(expr)]).toEqual([title]);
  });

  it('shows everything that the service tells of itself', () => {
    const shown = panels.flatMap(({ targets = [] }) => targets.flatMap(({ expr }) => namesIn(expr)));
    const ours = [...series.keys()].filter((name) => !/^(up$|process_|nodejs_)|_(sum|count)$/.test(name));
    expect(ours.filter((name) => !shown.includes(name) && !shown.includes(name.replace('_bucket', '_count')))).toEqual(
      [],
    );
  });
});
