import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { start } from '#test/support/processes.ts';
import { compareUsers, everybody } from '#test/support/user-truth.ts';
import { densestSeconds, idle, openCluster, serverUrl, type Cluster, type Member } from './cluster.ts';
import { asker, createDatabase } from './house.ts';

/** Integrations of one Zoom account, each by an app of its own: their limits are one. */
const INTEGRATIONS = 4;

/**
 * Four servers and four workers on one PostgreSQL: who works on what, whether Zoom's limits hold for all of them together,
 * how often a token is refreshed that 120 callers need at once, and what is left undone when all of them are told to stop.
 */
export async function many(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: { users: { type: 'string', default: '150' }, starts: { type: 'string', default: '20' } },
  });
  const migrations = await raceMigrations(Number(values.starts));
  process.stderr.write(`${JSON.stringify(migrations)}\n`);
  const cluster = await openCluster({
    servers: 4,
    workers: 4,
    env: { DATABASE_CONNECTIONS: '4' },
    sandbox: { users: Number(values.users), seed: 7, subAccounts: 0, apps: apps() },
  });
  const { sandbox } = cluster;
  try {
    const startedAt = Date.now();
    const analyzeActivityFrom = new Date(startedAt - 70 * 86_400_000).toISOString();
    const ids: string[] = [];
    for (let app = 0; app < INTEGRATIONS; app += 1) ids.push(await cluster.connect({ analyzeActivityFrom }, app));
    let isWhole = await idle(cluster);
    const firstSync = {
      seconds: Math.round((Date.now() - startedAt) / 1000),
      calls: sandbox.calls.filter(({ label }) => label !== null).length,
      densestSecond: densestSeconds(sandbox.calls),
      refused429: sandbox.calls.filter(({ status }) => status === 429).length,
      runsByWorker: runsByWorker(cluster.members),
    };
    process.stderr.write(`${JSON.stringify(firstSync)}\n`);
    await cluster.add('server');
    await cluster.add('server');
    const refreshes = await raceRefreshes(cluster, ids[0] ?? '');
    process.stderr.write(`${JSON.stringify(refreshes)}\n`);

    const stop = await stopAll(cluster, ids);
    process.stderr.write(`${JSON.stringify(stop)}\n`);
    const [open] = await cluster.sql`
      select count(*) filter (where status in ('QUEUED', 'RUNNING'))::int as runs from job_runs`;
    await cluster.add('server');
    await cluster.add('worker');
    const resumedAt = Date.now();
    isWhole = (await idle(cluster)) && isWhole;
    const differences: number[] = [];
    for (const id of ids) {
      const shown = await everybody(cluster.ask, id);
      const since = Date.parse(shown[0]?.activity.knownFrom ?? new Date(0).toISOString());
      differences.push(compareUsers(shown, sandbox.truth(undefined, since).users, since).differences);
    }
    return {
      migrations,
      users: Number(values.users),
      integrations: INTEGRATIONS,
      firstSync,
      refreshes,
      stop: { ...stop, runsLeft: open?.['runs'], resumedSeconds: Math.round((Date.now() - resumedAt) / 1000) },
      isWhole,
      runs: (await cluster.sql`select status, count(*)::int from job_runs group by status`).map((row) => ({ ...row })),
      differences,
    };
  } finally {
    await cluster.close();
  }
}

function apps() {
  const nouns = ['user', 'meeting', 'webinar', 'report', 'account', 'group', 'role'];
  return Array.from({ length: INTEGRATIONS }, (_, n) => ({
    clientId: `app-${n}`,
    clientSecret: `secret-of-app-${n}`,
    name: `App ${n}`,
    account: 'REGULAR' as const,
    scopes: [...nouns.map((noun) => `${noun}:read:admin`), 'user:write:admin', 'group:write:admin'],
  }));
}

/** An empty database that many processes bring up to date at once. */
async function raceMigrations(starts: number): Promise<object> {
  const database = await createDatabase(serverUrl());
  try {
    const startedAt = Date.now();
    const processes = Array.from({ length: starts }, () =>
      start('migrate.ts', { env: { DATABASE_URL: database.url } }),
    );
    const codes = await Promise.all(processes.map(({ ended }) => ended));
    return {
      starts,
      failed: codes.filter((code) => code !== 0).length,
      errors: processes.map(({ err }) => err()).filter((text) => text !== ''),
      seconds: Math.round((Date.now() - startedAt) / 1000),
    };
  } finally {
    await database.drop();
  }
}

/** Runs that each worker has begun, by its log. */
function runsByWorker(members: readonly Member[]): number[] {
  return members
    .filter(({ kind }) => kind === 'worker')
    .map(({ process }) => process.out().match(/"msg":"run begins"/g)?.length ?? 0);
}

/** Five times: all access tokens die, and 120 callers of all servers need one at once. */
async function raceRefreshes(cluster: Cluster, id: string): Promise<object> {
  const { users } = await cluster.ask<{ users: { nodes: { id: string }[] } }>(
    'query ($id: ID!) { users(integrationId: $id, first: 120, filter: { status: { eq: ACTIVE } }) { nodes { id } } }',
    { id },
  );
  const servers = cluster.members.filter(({ address }) => address !== '');
  const rounds: object[] = [];
  for (let round = 0; round < 5; round += 1) {
    cluster.sandbox.expireAccessTokens();
    const from = cluster.sandbox.calls.length;
    const startedAt = performance.now();
    const waits = await Promise.all(
      Array.from({ length: 120 }, async (_, n) => {
        const server = servers[n % servers.length];
        const user = users.nodes[n % users.nodes.length];
        const ask = await asker(server?.address ?? '', cluster.secret);
        const began = performance.now();
        const { user: found } = await ask<{ user: { live: object | null } }>(
          'query ($id: ID!) { user(id: $id) { live { status } } }',
          { id: user?.id },
        );
        return found.live === null ? -1 : performance.now() - began;
      }),
    );
    const calls = cluster.sandbox.calls.slice(from);
    rounds.push({
      callers: waits.length,
      servers: servers.length,
      tokenCalls: calls.filter(({ path }) => path === '/oauth/token').length,
      unanswered: waits.filter((wait) => wait < 0).length,
      slowestMs: Math.round(Math.max(...waits)),
      seconds: Math.round(performance.now() - startedAt) / 1000,
    });
  }
  return rounds;
}

/** Tells everybody to stop while callers ask and workers sync. */
async function stopAll(cluster: Cluster, ids: readonly string[]): Promise<object> {
  const servers = cluster.members.filter(({ address }) => address !== '');
  const answers: Record<string, number> = {};
  let isOver = false;
  let inFlight = 0;
  const callers = servers.flatMap((server) =>
    Array.from({ length: 8 }, async () => {
      const ask = await asker(server.address, cluster.secret);
      while (!isOver) {
        inFlight += 1;
        const words = await ask('{ users(first: 100) { totalCount nodes { email licenses { name } } } }').then(
          () => 'answered',
          (error: Error) => String((error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message),
        );
        inFlight -= 1;
        answers[words] = (answers[words] ?? 0) + 1;
        if (words !== 'answered') return;
      }
    }),
  );
  // Zoom takes its time, so that the syncs are in the middle of it.
  cluster.sandbox.faults.add({ match: { path: /./ }, times: Infinity, action: { delayMs: 1_500 } });
  for (const id of ids) await syncAgain(cluster, id);
  await sleep(2_500);
  const inFlightAtStop = inFlight;
  const toldAt = performance.now();
  const ended = await Promise.all(
    [...cluster.members].map(async (member) => ({
      kind: member.kind,
      code: await cluster.end(member, 'SIGTERM'),
      ms: Math.round(performance.now() - toldAt),
      said: member.process.err().slice(-300),
    })),
  );
  isOver = true;
  await Promise.all(callers);
  cluster.sandbox.faults.clear();
  const slowest = (kind: string) => Math.max(...ended.filter((one) => one.kind === kind).map(({ ms }) => ms));
  return {
    inFlightAtStop,
    // A refused connection asked nothing. What was asked and got no answer is `UND_ERR_SOCKET` or `ECONNRESET`.
    answers,
    codes: ended.map(({ code }) => code),
    errors: ended.map(({ said }) => said).filter((text) => text !== ''),
    slowestMs: { server: slowest('server'), worker: slowest('worker') },
  };
}

const syncAgain = (cluster: Cluster, integrationId: string) =>
  cluster.ask(
    'mutation ($input: SyncIntegrationInput!) { syncIntegration(input: $input) { userErrors { message } } }',
    {
      input: { integrationId },
    },
  );
