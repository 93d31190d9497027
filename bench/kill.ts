import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { compareUsers, everybody } from '#test/support/user-truth.ts';
import { densestSeconds, idle, openCluster, randomOf, type Cluster } from './cluster.ts';

/**
 * Kills servers and workers at random moments of a first sync and of later ones while Zoom takes access tokens back, and
 * compares what is shown in the end with what is true at the sandbox.
 */
export async function kill(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      kills: { type: 'string', default: '20' },
      users: { type: 'string', default: '500' },
      seed: { type: 'string', default: '1' },
    },
  });
  const kills = Number(values.kills);
  const seed = Number(values.seed);
  const random = randomOf(seed);
  const cluster = await openCluster({
    servers: 2,
    workers: 2,
    sandbox: { users: Number(values.users), seed, subAccounts: 0 },
  });
  const { sandbox } = cluster;
  const startedAt = Date.now();
  const killed: Record<string, number> = { server: 0, worker: 0 };
  const restarts: Promise<unknown>[] = [];
  let integrationId = '';
  let reauthorizations = 0;

  /** Kills somebody now; whoever watches over processes starts them again a little later. */
  const strike = async () => {
    const victims = cluster.members.filter(({ process }) => process.child.exitCode === null);
    const victim = victims[Math.floor(random() * victims.length)];
    if (victim === undefined) return;
    killed[victim.kind] = (killed[victim.kind] ?? 0) + 1;
    await cluster.end(victim, 'SIGKILL');
    restarts.push(
      sleep(random() * 2_000)
        .then(() => cluster.add(victim.kind))
        .catch((error: unknown) => {
          // It may have been struck while it started; whatever else ends a start is a fault.
          if (!cluster.members.every(({ process }) => process.child.exitCode === null)) throw error;
        }),
    );
  };
  /** A refresh that was in flight at Zoom when its process died can't be saved; a person authorizes again. */
  const lookAfter = async () => {
    const [row] = await cluster.sql<{ status: string }[]>`select status from integrations where id = ${integrationId}`;
    if (row?.status !== 'REAUTHORIZATION_REQUIRED') return;
    reauthorizations += 1;
    await reauthorize(cluster, integrationId);
  };

  try {
    const analyzeActivityFrom = new Date(startedAt - 70 * 86_400_000).toISOString();
    integrationId = await cluster.connect({ analyzeActivityFrom });
    const first = Math.ceil(kills / 2);
    for (let n = 0; n < first; n += 1) {
      await sleep(500 + random() * 4_000);
      if (random() < 0.5) sandbox.expireAccessTokens();
      if (random() < 0.5) await sleep(random() * 60);
      await strike();
      process.stderr.write(`killed ${n + 1}\n`);
      await lookAfter();
    }
    await Promise.all(restarts);
    let isWhole = await settled(cluster, lookAfter);
    const firstSeconds = Math.round((Date.now() - startedAt) / 1000);
    const firstSync = callsOf(sandbox.calls);
    process.stderr.write(`first sync: ${firstSeconds} s, ${JSON.stringify(firstSync)}\n`);

    const from = sandbox.calls.length;
    const again = Date.now();
    let syncs = 0;
    for (let n = first; n < kills; n += 1) {
      if (await idle(cluster, 100)) {
        await syncAgain(cluster, integrationId);
        syncs += 1;
      }
      await sleep(random() * 3_000);
      if (random() < 0.5) sandbox.expireAccessTokens();
      await strike();
      process.stderr.write(`killed ${n + 1}\n`);
      await lookAfter();
    }
    await Promise.all(restarts);
    isWhole = (await settled(cluster, lookAfter)) && isWhole;
    const laterSeconds = Math.round((Date.now() - again) / 1000);
    // One that nobody disturbs, and nothing may be left for it to mend but what moved meanwhile.
    await syncAgain(cluster, integrationId);
    isWhole = (await settled(cluster, lookAfter)) && isWhole;

    const shown = await everybody(cluster.ask, integrationId);
    const since = Date.parse(shown[0]?.activity.knownFrom ?? new Date(0).toISOString());
    const compared = compareUsers(shown, sandbox.truth(undefined, since).users, since);
    return {
      kills: killed,
      users: Number(values.users),
      seed,
      isWhole,
      seconds: { firstSync: firstSeconds, laterSyncs: laterSeconds },
      laterSyncs: syncs,
      reauthorizations,
      firstSync,
      laterCalls: callsOf(sandbox.calls.slice(from)),
      densestSecond: densestSeconds(sandbox.calls),
      doubles: await doubles(cluster),
      runs: await runsByEnd(cluster),
      ...compared,
    };
  } finally {
    await Promise.allSettled(restarts);
    await cluster.close();
  }
}

async function settled(cluster: Cluster, lookAfter: () => Promise<void>): Promise<boolean> {
  for (let n = 0; n < 300; n += 1) {
    if (await idle(cluster, 5_000)) return true;
    await lookAfter();
  }
  return false;
}

const syncAgain = (cluster: Cluster, integrationId: string) =>
  cluster.ask(
    'mutation ($input: SyncIntegrationInput!) { syncIntegration(input: $input) { userErrors { message } } }',
    {
      input: { integrationId },
    },
  );

async function reauthorize(cluster: Cluster, integrationId: string): Promise<void> {
  const { authorizeIntegration } = await cluster.ask<{ authorizeIntegration: { authorizationUrl: string } }>(
    'mutation ($input: AuthorizeIntegrationInput!) { authorizeIntegration(input: $input) { authorizationUrl } }',
    { input: { integrationId } },
  );
  const server = cluster.members.find(({ address }) => address !== '');
  const local = (to: string) => `${server?.address}${new URL(to).pathname}${new URL(to).search}`;
  const toZoom = await fetch(local(authorizeIntegration.authorizationUrl), { redirect: 'manual' });
  const back = await cluster.sandbox.consent(toZoom.headers.get('location') ?? '');
  const cookie = toZoom.headers.get('set-cookie')?.split(';')[0];
  await fetch(local(back), { headers: cookie === undefined ? {} : { cookie } });
}

/** Calls as the sandbox saw them. `repeated`: reads that were answered before, word for word. */
function callsOf(calls: Cluster['sandbox']['calls']): object {
  const reads = calls.filter((call) => call.method === 'GET' && call.label !== null && call.status === 200);
  const tokens = calls.filter(({ path }) => path === '/oauth/token');
  return {
    calls: calls.filter(({ label }) => label !== null).length,
    repeated: reads.length - new Set(reads.map(({ url }) => url)).size,
    refused429: calls.filter(({ status }) => status === 429).length,
    turnedDown401: calls.filter(({ status, label }) => status === 401 && label !== null).length,
    tokenCalls: tokens.length,
    tokenCallsRefused: tokens.filter(({ status }) => status !== 200).length,
  };
}

/** Rows that say the same as another one and must not. */
async function doubles({ sql }: Cluster): Promise<object> {
  const [row] = await sql`
    select
      (select count(*)::int from (select 1 from users where removed_at is null group by account_id, zoom_user_id
        having count(*) > 1 and zoom_user_id is not null) d) as users,
      (select count(*)::int from (select 1 from meetings group by account_id, uuid having count(*) > 1) d) as meetings,
      (select count(*)::int from (select 1 from meeting_participants group by meeting_id, user_id, name, email, joined_at
        having count(*) > 1) d) as participants,
      (select count(*)::int from (select 1 from user_history group by user_id, valid_from having count(*) > 1) d) as history,
      (select count(*)::int from (select 1 from reclamation_candidates where closed_at is null group by user_id, license_id
        having count(*) > 1) d) as candidates`;
  return row ?? {};
}

async function runsByEnd({ sql }: Cluster): Promise<object> {
  const rows = await sql<{ status: string; error: string | null; count: number; attempts: number }[]>`
    select status, error, count(*)::int, max(attempts) as attempts from job_runs group by status, error`;
  return rows.map((row) => ({ ...row }));
}
