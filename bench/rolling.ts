import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { start } from '#test/support/processes.ts';
import { compareUsers, everybody } from '#test/support/user-truth.ts';
import { keepAsking, type Callers, type Tally } from './callers.ts';
import { idle, openCluster, type Cluster, type Member } from './cluster.ts';
import { checkOut, releasesBefore, type Release } from './releases.ts';

/** Rows that are for a moment only; every other table keeps what it has. */
const COME_AND_GO = ['oauth_flows', 'rate_limits', 'roster_listings', 'webhook_events'];

/** What one deploy came to. */
interface Deploy {
  back: number;
  commit: string;
  migrations: { before: number; after: number };
  /** By what went on meanwhile. */
  requests: Record<string, Tally>;
  failedRequests: number;
  /** Runs that workers of each version have begun. */
  begun: { old: number; new: number };
  /** Exit codes of the old processes, told to stop one after the other. */
  codes: (number | null)[];
  runs: object[];
  failedRuns: number;
  /** Rows of before the migration that are gone, by table. */
  lost: Record<string, number>;
  lostRows: number;
  /** Writes that were answered and are not there. */
  lostWrites: number;
  writes: number;
  isWhole: boolean;
  values: number;
  differences: number;
  examples: object[];
  seconds: number;
}

/**
 * Deploys this version over releases before it, without a stop: an old one serves and syncs, the new one migrates beside it, both
 * go on beside each other, and the old processes are told to stop one after the other, while callers ask all the time.
 * Sets the exit code of this process when something failed, was lost, or is not as it is at the sandbox.
 */
export async function rolling(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      back: { type: 'string', default: '2' },
      users: { type: 'string', default: '40' },
      seconds: { type: 'string', default: '15' },
      seed: { type: 'string', default: '1' },
      signal: { type: 'string', default: 'SIGTERM' },
    },
  });
  const releases = await releasesBefore(Number(values.back));
  if (typeof releases === 'string') {
    process.stderr.write(`SKIPPED, nothing was checked. ${releases}\n`);
    return { skipped: releases };
  }
  const deploys: Deploy[] = [];
  for (const release of releases) {
    const deployed = await deployOver(release, {
      users: Number(values.users),
      seconds: Number(values.seconds),
      seed: Number(values.seed),
      signal: values.signal as NodeJS.Signals,
    });
    deploys.push(deployed);
    process.stderr.write(`${JSON.stringify(deployed)}\n`);
  }
  const ok = deploys.every(isGood);
  if (!ok) process.exitCode = 1;
  process.stderr.write(tableOf(deploys));
  return { ok, users: Number(values.users), seed: Number(values.seed), deploys };
}

const isGood = ({ failedRequests, failedRuns, lostRows, lostWrites, differences, isWhole, codes }: Deploy): boolean =>
  failedRequests + failedRuns + lostRows + lostWrites + differences === 0 &&
  isWhole &&
  codes.every((code) => code === 0);

async function deployOver(
  { back, commit }: Release,
  { users, seconds, seed, signal }: { users: number; seconds: number; seed: number; signal: NodeJS.Signals },
): Promise<Deploy> {
  const startedAt = Date.now();
  const say = (words: string) =>
    process.stderr.write(`${commit.slice(0, 7)} ${Math.round((Date.now() - startedAt) / 1000)} s: ${words}\n`);
  const old = await checkOut(commit);
  let cluster: Cluster | null = null;
  let callers: Callers | null = null;
  try {
    cluster = await openCluster({ servers: 0, workers: 0, sandbox: { users, seed, subAccounts: 0 } });
    const { sql } = cluster;
    const olds: Member[] = [];
    for (const kind of ['server', 'server', 'worker'] as const) olds.push(await cluster.add(kind, old.root));
    const integrationId = await cluster.connect({
      analyzeActivityFrom: new Date(startedAt - 70 * 86_400_000).toISOString(),
    });
    let isWhole = await idle(cluster);
    say('the old version has synced');
    const [rule] = await sql<{ id: string }[]>`select id from reclamation_rules order by created_at limit 1`;
    // Who was told to stop is still asked until it says by `/readyz` that it leaves.
    const leaving = new Set<Member>();
    const serving = () =>
      [...new Set([...(cluster?.members ?? []), ...leaving])]
        .filter(({ address }) => address !== '')
        .map((member) => ({ address: member.address, isOld: olds.includes(member) }));
    callers = await keepAsking(serving, {
      secret: cluster.secret,
      integrationId,
      ruleId: rule?.id ?? '',
      readers: 8,
    });
    callers.phase('old alone');
    await sleep(3_000);
    await remember(cluster);
    const before = await migrationsIn(cluster);

    callers.phase('migration');
    const migrating = start('migrate.ts', { env: cluster.env });
    if ((await migrating.ended) !== 0) throw new Error(`The migration failed: ${migrating.err()}`);
    await sleep(1_000);
    const after = await migrationsIn(cluster);
    say(`migrated from ${before} to ${after}`);

    callers.phase('old and new');
    for (const kind of ['server', 'server', 'worker'] as const) await cluster.add(kind);
    await syncFor(cluster, integrationId, seconds * 1_000);
    say('both have worked beside each other');

    callers.phase('old stops');
    const codes: (number | null)[] = [];
    for (const member of olds) {
      await cluster.ask(SYNC, { input: { integrationId } });
      leaving.add(member);
      codes.push(await cluster.end(member, signal));
      await sleep(1_000);
      leaving.delete(member);
    }
    say(`the old version has stopped: ${codes.join(', ')}`);

    callers.phase('new alone');
    isWhole = (await idle(cluster)) && isWhole;
    await cluster.ask(SYNC, { input: { integrationId } });
    isWhole = (await idle(cluster)) && isWhole;
    await callers.stop();
    const shown = await everybody(cluster.ask, integrationId);
    const since = Date.parse(shown[0]?.activity.knownFrom ?? new Date(0).toISOString());
    const compared = compareUsers(shown, cluster.sandbox.truth(undefined, since).users, since);
    const lost = await lostSince(cluster);
    const runs = await sql<{ status: string; error: string | null; count: number }[]>`
      select status, error, count(*)::int from job_runs group by status, error order by status`;
    const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);
    return {
      back,
      commit,
      migrations: { before, after },
      requests: callers.byPhase,
      failedRequests: sum(Object.values(callers.byPhase).flatMap(({ failed }) => Object.values(failed))),
      begun: { old: runsBegun(olds), new: runsBegun(cluster.members) },
      codes,
      runs: runs.map((row) => ({ ...row })),
      failedRuns: sum(runs.filter(({ status }) => status === 'FAILED').map(({ count }) => count)),
      lost,
      lostRows: sum(Object.values(lost)),
      lostWrites: await lostWrites(cluster, callers.written, rule?.id ?? ''),
      writes: callers.written.exclusions.size,
      isWhole,
      values: compared.values,
      differences: compared.differences,
      examples: compared.examples,
      seconds: Math.round((Date.now() - startedAt) / 1000),
    };
  } finally {
    await callers?.stop();
    await cluster?.close();
    await old.remove();
  }
}

const SYNC = 'mutation ($input: SyncIntegrationInput!) { syncIntegration(input: $input) { userErrors { message } } }';

/** Syncs again and again, so that workers of both versions have something to do. */
async function syncFor(cluster: Cluster, integrationId: string, ms: number): Promise<void> {
  for (const until = Date.now() + ms; Date.now() < until; await sleep(500)) {
    if (await idle(cluster, 100)) await cluster.ask(SYNC, { input: { integrationId } });
  }
}

const runsBegun = (members: readonly Member[]) =>
  members.reduce((sum, { process }) => sum + (process.out().match(/"msg":"run begins"/g)?.length ?? 0), 0);

async function migrationsIn({ sql }: Cluster): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from drizzle.__drizzle_migrations`;
  return row?.count ?? 0;
}

/** Tables that keep what they have, with the columns of their keys, quoted. */
const keyed = ({ sql }: Cluster) => sql<{ name: string; keys: string[] }[]>`
  select c.relname as name, array_agg(quote_ident(a.attname) order by a.attnum) as keys
  from pg_index i
  join pg_class c on c.oid = i.indrelid and c.relnamespace = 'public'::regnamespace
  join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
  where i.indisprimary and c.relname <> all(${COME_AND_GO})
  group by c.relname order by c.relname`;

/** Writes down the key of every row. */
async function remember(cluster: Cluster): Promise<void> {
  await cluster.sql`create schema remembered`;
  for (const { name, keys } of await keyed(cluster)) {
    await cluster.sql.unsafe(`create table remembered.${name} as select ${keys.join(', ')} from public.${name}`);
  }
}

/** How many of the rows that were written down are gone, by table; empty when none is. */
async function lostSince(cluster: Cluster): Promise<Record<string, number>> {
  const lost: Record<string, number> = {};
  const there = await cluster.sql<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'remembered'::regnamespace`;
  const tables = new Set(there.map(({ name }) => name));
  for (const { name, keys } of await keyed(cluster)) {
    if (!tables.has(name)) continue;
    const [row] = await cluster.sql.unsafe<{ count: number }[]>(`
      select count(*)::int as count from remembered.${name} b
      where not exists (select from public.${name} n where ${keys.map((key) => `n.${key} = b.${key}`).join(' and ')})`);
    if (row !== undefined && row.count > 0) lost[name] = row.count;
  }
  return lost;
}

/** How many writes were answered and are not to be seen. */
async function lostWrites(
  { sql }: Cluster,
  { exclusions, ruleName }: Callers['written'],
  ruleId: string,
): Promise<number> {
  const there = await sql`
    select from exclusions where id = any(${[...exclusions]}::text[]) and deleted_at is null`;
  const [rule] = await sql<{ name: string }[]>`select name from reclamation_rules where id = ${ruleId}`;
  return exclusions.size - there.length + (rule?.name === ruleName ? 0 : 1);
}

function tableOf(deploys: readonly Deploy[]): string {
  const rows: [string, (deploy: Deploy) => string | number][] = [
    ['migrations back', ({ back }) => back],
    ['requests', ({ requests }) => sumOf(requests, 'requests')],
    ['refused, with the word to come back', ({ requests }) => sumOf(requests, 'refused')],
    ['connections not taken', ({ requests }) => sumOf(requests, 'notTaken')],
    ['failed requests', ({ failedRequests }) => failedRequests],
    ['slowest, ms', ({ requests }) => Math.max(...Object.values(requests).map(({ slowestMs }) => slowestMs))],
    ['answered by the old beside the new', ({ requests }) => requests['old and new']?.answeredByOld ?? 0],
    ['runs begun by the old, by the new', ({ begun }) => `${begun.old}, ${begun.new}`],
    [
      'runs, of these failed',
      ({ runs, failedRuns }) =>
        `${sumOf(runs as unknown as Record<string, { count: number }>, 'count')}, ${failedRuns}`,
    ],
    ['rows lost', ({ lostRows }) => lostRows],
    ['writes, of these lost', ({ writes, lostWrites: lost }) => `${writes}, ${lost}`],
    ['values, of these not as at the sandbox', ({ values, differences }) => `${values}, ${differences}`],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows
    .map(([name, of]) => `${name.padEnd(width)} ${deploys.map((one) => String(of(one)).padStart(14)).join('')}\n`)
    .join('');
}

const sumOf = <Key extends string>(counts: Record<string, Record<Key, number>>, key: Key): number =>
  Object.values(counts).reduce((sum, one) => sum + one[key], 0);
