import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SignJWT } from 'jose';
import { Pool } from 'undici';
import { idle, openCluster } from './cluster.ts';

/** Answers of a stretch of load. */
interface Stretch {
  seconds: number;
  asked: number;
  answered: number;
  perSecond: number;
  /** Refusals that say so: 503 with `Retry-After` and a code. */
  refused: number;
  /** Callers who did not even ask, because of the queue on their own side. */
  wentAway?: number;
  /** Everything else, by what it was. */
  other: Record<string, number>;
  ms: { median: number; p99: number; most: number };
  refusalMs: { median: number; p99: number };
}

/** A page that begins anywhere: what many ask for in the same words would be read once for all of them. */
const PAGE = `query ($after: String) { users(first: 100, after: $after) { totalCount nodes { email displayName licenses { name } activity { lastActivityAt inactiveDays }
  meetings(first: 5) { nodes { id startTime } } } } }`;

/** Callers who may wait for one of the connections. */
const MOST_PENDING = 5_000;

const CURSORS =
  'query ($after: String) { users(first: 100, after: $after) { edges { cursor } pageInfo { endCursor hasNextPage } } }';

/** How many times over what it can serve is asked for. */
const TIMES = 10;

/**
 * Finds out how much one server can answer, asks for ten times as much for a while, and looks whether it stays alive, says no
 * honestly, keeps its memory, and is as good as before afterwards.
 */
export async function load(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: 'string', default: '2000' },
      seconds: { type: 'string', default: '60' },
    },
  });
  const cluster = await openCluster({
    servers: 1,
    workers: 1,
    sandbox: { users: Number(values.users), seed: 11, subAccounts: 0, rateLimits: false },
    env: { LOG_LEVEL: 'info' },
  });
  try {
    await cluster.connect({ analyzeActivityFrom: new Date(Date.now() - 20 * 86_400_000).toISOString() });
    await idle(cluster);
    for (const worker of cluster.members.filter(({ kind }) => kind === 'worker')) await cluster.end(worker, 'SIGTERM');
    const [server] = cluster.members;
    if (server === undefined) throw new Error('There is no server.');
    const token = await new SignJWT({ scope: 'zoom:read zoom:meetings' })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('load')
      .setExpirationTime('12h')
      .sign(Buffer.from(cluster.secret));
    const pid = server.process.child.pid ?? 0;
    const ask = { address: server.address, token, cursors: await cursorsOf(server.address, token) };

    await closedLoop(ask, 8, 5);
    const before = await closedLoop(ask, 8, 10);
    const rssBefore = await rssMb(pid);
    process.stderr.write(`${JSON.stringify(before)}\n`);
    const health: { slowestMs: number; failed: number } = { slowestMs: 0, failed: 0 };
    const rss: number[] = [];
    const lags: number[] = [];
    let isOver = false;
    const watching = (async () => {
      while (!isOver) {
        const startedAt = performance.now();
        const status = await fetch(`${server.address}/livez`).then(
          ({ status }) => status,
          () => 0,
        );
        health.slowestMs = Math.max(health.slowestMs, Math.round(performance.now() - startedAt));
        if (status !== 200) health.failed += 1;
        rss.push(await rssMb(pid));
        lags.push(await eventLoopDelay(server.address));
        await sleep(500);
      }
    })();
    const during = await openLoop(ask, before.perSecond * TIMES, Number(values.seconds));
    isOver = true;
    await watching;
    process.stderr.write(`${JSON.stringify(during)}\n`);
    await sleep(2_000);
    const after = await closedLoop(ask, 8, 10);
    return {
      users: Number(values.users),
      times: TIMES,
      before,
      during,
      after,
      rssMb: { before: rssBefore, most: Math.max(...rss), atEnd: await rssMb(pid) },
      livez: { ...health, asked: rss.length },
      eventLoopDelayMs: { p99Median: median(lags), p99Most: Math.max(...lags) },
      died: server.process.child.exitCode !== null,
    };
  } finally {
    await cluster.close();
  }
}

interface Target {
  address: string;
  token: string;
  /** Where pages can begin. */
  cursors: readonly string[];
}

async function cursorsOf(address: string, token: string): Promise<string[]> {
  const cursors: string[] = [];
  for (let after: string | null = null; ;) {
    const answer = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: CURSORS, variables: { after } }),
    });
    const { data } = (await answer.json()) as {
      data: { users: { edges: { cursor: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } } };
    };
    cursors.push(...data.users.edges.map(({ cursor }) => cursor));
    after = data.users.pageInfo.endCursor;
    // The last pages are shorter than the others.
    if (!data.users.pageInfo.hasNextPage) return cursors.slice(0, -100);
  }
}

/** So many callers, each asking again as soon as it was answered. */
async function closedLoop(target: Target, callers: number, seconds: number): Promise<Stretch> {
  const pool = new Pool(target.address, { connections: callers, pipelining: 1 });
  const record = recorder();
  const until = performance.now() + seconds * 1000;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (performance.now() < until) await record.one(pool, target);
    }),
  );
  await pool.destroy();
  return record.read(seconds);
}

/** So many requests a second, whether the earlier ones were answered or not, over as many connections as they take. */
async function openLoop(target: Target, perSecond: number, seconds: number): Promise<Stretch> {
  const pool = new Pool(target.address, { connections: 1_000, pipelining: 1 });
  const record = recorder();
  const startedAt = performance.now();
  const pending = new Set<Promise<void>>();
  let wentAway = 0;
  for (let sent = 0; performance.now() - startedAt < seconds * 1000;) {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond);
    for (; sent < due; sent += 1) {
      // Nobody waits in a queue without an end: whoever finds so many before them goes away, and has asked nothing.
      if (pending.size >= MOST_PENDING) {
        wentAway += 1;
        continue;
      }
      const asked = record.one(pool, target).finally(() => pending.delete(asked));
      pending.add(asked);
    }
    await sleep(5);
  }
  const took = (performance.now() - startedAt) / 1000;
  await Promise.race([Promise.all(pending), sleep(30_000)]);
  const stretch: Stretch = { ...record.read(took), wentAway };
  if (pending.size > 0) stretch.other['never answered'] = pending.size;
  await pool.destroy();
  return stretch;
}

function recorder() {
  const served: number[] = [];
  const refusals: number[] = [];
  const other: Record<string, number> = {};
  let asked = 0;
  return {
    async one(pool: Pool, { token, cursors }: Target): Promise<void> {
      asked += 1;
      const startedAt = performance.now();
      let what: string;
      try {
        const { statusCode, headers, body } = await pool.request({
          method: 'POST',
          path: '/graphql',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
          body: JSON.stringify({ query: PAGE, variables: { after: cursors[asked % cursors.length] } }),
        });
        const text = await body.text();
        const isAnswer = statusCode === 200 && text.startsWith('{"data":{"users"');
        const isRefusal = statusCode === 503 && headers['retry-after'] !== undefined && text.includes('"code"');
        what = isAnswer ? 'answer' : isRefusal ? 'refusal' : `${statusCode} ${text.slice(0, 80)}`;
      } catch (error) {
        what = String((error as NodeJS.ErrnoException).code ?? error);
      }
      const ms = performance.now() - startedAt;
      if (what === 'answer') served.push(ms);
      else if (what === 'refusal') refusals.push(ms);
      else other[what] = (other[what] ?? 0) + 1;
    },
    read: (seconds: number): Stretch => ({
      seconds: Math.round(seconds),
      asked,
      answered: served.length,
      perSecond: Math.round(served.length / seconds),
      refused: refusals.length,
      other,
      ms: { median: median(served), p99: quantile(served, 0.99), most: quantile(served, 1) },
      refusalMs: { median: median(refusals), p99: quantile(refusals, 0.99) },
    }),
  };
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? 0);
}

const median = (values: readonly number[]) => quantile(values, 0.5);

async function rssMb(pid: number): Promise<number> {
  const kb = /VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Math.round(Number(kb ?? 0) / 1024);
}

/** The server's own p99 since it was last asked, in ms. */
async function eventLoopDelay(address: string): Promise<number> {
  const metrics = await fetch(`${address}/metrics`).then(
    (answer) => answer.text(),
    () => '',
  );
  return Math.round(Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(metrics)?.[1] ?? 0) * 1000);
}
