import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { parseDatabaseUrl } from '#src/db/client.ts';
import { freePort } from '#test/support/processes.ts';
import { compareUsers, everybody } from '#test/support/user-truth.ts';
import { idle, openCluster, serverUrl, type Cluster } from './cluster.ts';
import { asker } from './house.ts';
import { openProxy, type Proxy } from '#test/support/proxy.ts';

const run = promisify(execFile);

/** What callers saw of one outage. */
interface Outage {
  what: string;
  /** Requests that were sent before or in the outage and failed, by what they were told. */
  failures: Record<string, number>;
  answered: number;
  slowestFailureMs: number;
  /** From the end of the outage to the first answer of every server. */
  recoveredMs: number;
}

/**
 * Takes the database away in the middle of a sync, by a black hole and by restarts, while callers ask all the time, and
 * compares what is shown in the end with the truth. With `--pg-bin` also restarts a PostgreSQL of its own.
 */
export async function outage(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: 'string', default: '300' },
      seconds: { type: 'string', default: '15' },
      restarts: { type: 'string', default: '3' },
      'pg-bin': { type: 'string' },
    },
  });
  const own = values['pg-bin'] === undefined ? null : await ownPostgres(values['pg-bin']);
  if (own !== null) process.env['BENCH_DATABASE_URL'] = own.url;
  const { host, port } = parseDatabaseUrl(serverUrl());
  const proxy = await openProxy({ host, port });
  const cluster = await openCluster({
    servers: 2,
    workers: 2,
    sandbox: { users: Number(values.users), seed: 5, subAccounts: 0 },
    through: (url) => {
      const there = new URL(url);
      there.hostname = '127.0.0.1';
      there.port = String(proxy.port);
      return there.toString();
    },
  });
  try {
    const startedAt = Date.now();
    const id = await cluster.connect({ analyzeActivityFrom: new Date(startedAt - 70 * 86_400_000).toISOString() });
    const ms = Number(values.seconds) * 1000;
    const outages: Outage[] = [];
    await sleep(3_000);
    outages.push(await during(cluster, 'black hole', ms, id, (is) => disturb(proxy, is, 'black hole')));
    await sleep(2_000);
    outages.push(await during(cluster, 'connections cut and refused', ms, id, (is) => disturb(proxy, is, 'closed')));
    await sleep(2_000);
    outages.push(await during(cluster, 'black hole of a second', 1_000, id, (is) => disturb(proxy, is, 'black hole')));
    for (let n = 0; own !== null && n < Number(values.restarts); n += 1) {
      await sleep(2_000);
      outages.push(await during(cluster, 'PostgreSQL restarted', 0, id, (is) => (is ? own.restart() : undefined)));
    }
    const isWhole = await idle(cluster);
    const shown = await everybody(cluster.ask, id);
    const since = Date.parse(shown[0]?.activity.knownFrom ?? new Date(0).toISOString());
    const runs = await cluster.sql<{ task: string; status: string; error: string | null; attempts: number }[]>`
      select task, status, error, attempts from job_runs order by created_at`;
    return {
      users: Number(values.users),
      outages,
      processesDied: cluster.members
        .filter(({ process }) => process.child.exitCode !== null)
        .map(({ kind, process }) => `${kind}: ${process.err().slice(-1500)}`),
      isWhole,
      seconds: Math.round((Date.now() - startedAt) / 1000),
      runs: runs.map((row) => ({ ...row })),
      ...compareUsers(shown, cluster.sandbox.truth(undefined, since).users, since),
    };
  } finally {
    await cluster.close();
    proxy.close();
    await own?.close();
  }
}

function disturb(proxy: Proxy, is: boolean, state: Proxy['state']): void {
  proxy.state = is ? state : 'open';
}

/** Asks every server ten times a second, a read and now and then a write, from before the outage until all answer again. */
async function during(
  cluster: Cluster,
  what: string,
  ms: number,
  integrationId: string,
  toggle: (is: boolean) => void | Promise<void>,
): Promise<Outage> {
  const outage: Outage = { what, failures: {}, answered: 0, slowestFailureMs: 0, recoveredMs: 0 };
  const servers = cluster.members.filter(({ address }) => address !== '');
  const lastFailure = new Map(servers.map((server) => [server, 0]));
  let isOver = false;
  const pending = new Set<Promise<void>>();
  const one = async (server: (typeof servers)[number], isWrite: boolean) => {
    const startedAt = performance.now();
    try {
      await (
        await asker(server.address, cluster.secret)
      )(isWrite ? WRITE : READ, isWrite ? { input: { integrationId, displayName: `Bench ${startedAt}` } } : {});
      outage.answered += 1;
    } catch (error) {
      const words = toldBy(error);
      outage.failures[words] = (outage.failures[words] ?? 0) + 1;
      outage.slowestFailureMs = Math.max(outage.slowestFailureMs, Math.round(performance.now() - startedAt));
      lastFailure.set(server, performance.now());
    }
  };
  const asking = (async () => {
    for (let n = 0; !isOver; n += 1) {
      for (const server of servers) {
        const asked = one(server, n % 5 === 0).finally(() => pending.delete(asked));
        pending.add(asked);
      }
      await sleep(100);
    }
  })();
  await sleep(500);
  await toggle(true);
  await sleep(ms);
  await toggle(false);
  const healedAt = performance.now();
  await sleep(6_000);
  isOver = true;
  await asking;
  await Promise.race([Promise.all(pending), sleep(60_000)]);
  if (pending.size > 0) outage.failures['never answered'] = pending.size;
  outage.recoveredMs = Math.round(Math.max(0, ...[...lastFailure.values()].map((at) => at - healedAt)));
  return outage;
}

const READ = '{ users(first: 5) { totalCount nodes { email } } }';
const WRITE =
  'mutation ($input: UpdateIntegrationInput!) { updateIntegration(input: $input) { userErrors { message } } }';

/** What a caller was told: the code, when to come back, and the first sentence. */
function toldBy(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const [message, code, retryAfterMs] = ['"message":"([^".]+)', '"code":"([^"]+)', '"retryAfterMs":(\\d+)'].map(
    (pattern) => new RegExp(pattern).exec(text)?.[1],
  );
  return message === undefined ? text : `${code} after ${retryAfterMs} ms: ${message}`;
}

/** A PostgreSQL that may be restarted, in a folder of its own, run by the system's user for it. */
async function ownPostgres(bin: string): Promise<{ url: string; restart(): Promise<void>; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'zoom-license-pg-'));
  const port = await freePort();
  const as = process.getuid?.() === 0 ? ['runuser', '-u', 'postgres', '--'] : [];
  const call = async (program: string, ...args: string[]) => {
    const [command = '', ...rest] = [...as, join(bin, program), ...args];
    await run(command, rest);
  };
  if (as.length > 0) await run('chown', ['postgres', folder]);
  const data = join(folder, 'data');
  await call('initdb', '-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync');
  const options = `-p ${port} -h 127.0.0.1 -k ${folder} -c fsync=off`;
  const log = ['-l', join(folder, 'log'), '-w'];
  await call('pg_ctl', 'start', '-D', data, '-o', options, ...log);
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    restart: () => call('pg_ctl', 'restart', '-m', 'fast', '-D', data, '-o', options, ...log),
    async close() {
      await call('pg_ctl', 'stop', '-m', 'immediate', '-D', data);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
