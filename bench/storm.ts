import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeUser, startSandbox, type Fault, type Sandbox, type SandboxUser } from '#sandbox/index.ts';
import { applyReclamation } from '#src/actions/apply-reclamation.ts';
import { confirmReclamation } from '#src/actions/confirm-reclamation.ts';
import { createReclamationRule } from '#src/actions/create-reclamation-rule.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { restore } from '#src/actions/restore-license.ts';
import { openApp, type App } from '#src/app.ts';
import type { Caller } from '#src/caller.ts';
import { readConfig } from '#src/config.ts';
import { openReclamations } from '#src/datasources/store/reclaim.ts';
import type { ReclamationAction } from '#src/db/tables/reclamations.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { createLogger } from '#src/log.ts';
import { serve } from '#src/processes.ts';
import { start, type Spawned } from '#test/support/processes.ts';
import { UNLIMITED } from '#test/support/unlimited.ts';
import { asker, connect } from './house.ts';

const DAY = 86_400_000;
const ada: Caller = { sub: 'ada', scopes: new Set(['zoom:operate']) };
const bob: Caller = { sub: 'bob', scopes: new Set(['zoom:operate']) };

export interface StormOptions {
  /** A PostgreSQL database that is empty. */
  databaseUrl: string;
  /** Licenses that are taken. */
  items: number;
  /** Times that the worker is killed while it takes. */
  kills: number;
  seed: number;
  /** Share of Zoom's calls that is disturbed. */
  disturbed?: number;
  tell?: (line: string) => void;
}

/** What came of it; every `wrong` is to be empty. */
export interface StormFigures {
  items: number;
  byAction: Record<string, number>;
  byStatus: Record<string, number>;
  calls: number;
  disturbed: Record<string, number>;
  kills: number;
  /** Reclamations and items that never came to an end. */
  open: number;
  /** Users of whom Zoom's log shows another number of effects than their item says, with both. */
  wrongEffects: string[];
  /** Users whom no item names and who are not as before. */
  outsidersTouched: string[];
  /** Confirmed writes without a row of the audit trail, or with several. */
  wrongAudit: string[];
  /** What the check of the audit trail's chain ended with: 0 when it is whole. */
  auditVerify: number | null;
  restored: number;
  /** Users who were given back and are not as before, with what differs. */
  notAsBefore: string[];
  takeSeconds: number;
  restoreSeconds: number;
}

/** Small and fast, and the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What each kind of person is, and what is done to them. */
const KINDS: readonly { name: string; share: number; action: ReclamationAction; more: Partial<SandboxUser> }[] = [
  { name: 'plain', share: 0.3, action: 'DOWNGRADE', more: {} },
  { name: 'bundle', share: 0.1, action: 'DOWNGRADE', more: { zoomOneType: 16 } },
  { name: 'rich', share: 0.2, action: 'DEACTIVATE', more: { largeMeetingCapacity: 500 } },
  { name: 'panel', share: 0.3, action: 'REMOVE_ADD_ON', more: { webinarCapacity: 500 } },
  { name: 'unlinked', share: 0.05, action: 'UNLINK', more: {} },
  { name: 'deleted', share: 0.05, action: 'DELETE', more: {} },
];

/** Everything that taking may change about a user. */
const licensesOf = (user: SandboxUser) => ({
  status: user.status,
  type: user.type,
  zoomOneType: user.zoomOneType,
  planUnitedType: user.planUnitedType,
  webinarCapacity: user.webinarCapacity,
  largeMeetingCapacity: user.largeMeetingCapacity,
  concurrentMeeting: user.concurrentMeeting,
  otherFeatures: user.otherFeatures,
  groupIds: user.groupIds,
});
type Snapshot = Map<string, string>;
const snapshot = (sandbox: Sandbox): Snapshot =>
  new Map([...sandbox.world.regular.users.values()].map((user) => [user.email, JSON.stringify(licensesOf(user))]));

/**
 * Takes many licenses by every action while a share of Zoom's calls goes wrong and the worker is killed again and again, then
 * gives them back, and compares what Zoom has, what it logged and what we wrote down.
 */
export async function reclaimStorm(options: StormOptions): Promise<StormFigures> {
  const { databaseUrl, items, kills, seed, disturbed = 0.25, tell = () => undefined } = options;
  const random = randomOf(seed);
  const sandbox = await openWorld(items);
  const env = {
    DATABASE_URL: databaseUrl,
    AUTH_JWT_SECRET: randomBytes(32).toString('base64url'),
    TOKEN_KEYS: `storm:${randomBytes(32).toString('base64')}`,
    ZOOM_API_URL: sandbox.apiUrl,
    ZOOM_OAUTH_URL: sandbox.oauthUrl,
    PORT: '0',
    LOG_LEVEL: 'warn',
  };
  const log = createLogger('error', (line) => process.stderr.write(line));
  const app = await openApp(readConfig(env), { works: false, log, limiter: UNLIMITED });
  let worker: Spawned | null = null;
  try {
    const integrationId = await connected(app, sandbox, env.AUTH_JWT_SECRET);
    const before = snapshot(sandbox);
    const requests = await askForAll(app, integrationId, items);
    tell(`${requests.length} requests`);

    const faults = disturb(sandbox, random, disturbed);
    const logged = sandbox.world.regular.operationLogs.length;
    const callsBefore = sandbox.calls.length;
    let began = Date.now();
    worker = startWorker(env);
    for (let killed = 0; killed < kills; killed += 1) {
      // At any moment of its work: between two calls, in the middle of one, while the next worker takes over.
      await untilMoved(app, Math.ceil(items / kills / 4));
      await sleep(random() * 3_000);
      await worker.kill('SIGKILL');
      worker = startWorker(env);
      tell(`killed ${killed + 1} times, ${await countOpen(app)} items open`);
    }
    await untilDone(app, tell);
    const takeSeconds = Math.round((Date.now() - began) / 1000);
    const effects = effectsOf(sandbox, logged);
    const rows = await itemRows(app, 'RECLAIM');
    const after = snapshot(sandbox);

    began = Date.now();
    // Once more for those that Zoom failed too often: that is what a person would do.
    for (let round = 0; round < 3; round += 1) {
      for (const id of requests) {
        const outcome = await restore(app.deps, ada, { reclamationId: id });
        if (!outcome.ok && !['ACTION_NOT_POSSIBLE', 'NOTHING_TO_DO'].includes(outcome.refusals[0]?.code ?? '')) {
          throw new Error(JSON.stringify(outcome.refusals));
        }
      }
      await untilDone(app, tell);
    }
    const restoredRows = await itemRows(app, 'RESTORE');
    const finally_ = snapshot(sandbox);

    const verify = start('cli.ts', { args: ['audit', 'verify'], env: { DATABASE_URL: databaseUrl } });
    const auditVerify = await verify.ended;
    if (auditVerify !== 0) tell(`${verify.out()}${verify.err()}`);

    const planned = new Set(rows.map(({ email }) => email));
    const tally = (values: readonly string[]) =>
      Object.fromEntries([...Map.groupBy(values, (value) => value)].map(([value, list]) => [value, list.length]));
    return {
      items: rows.length,
      byAction: tally(rows.map(({ action }) => action)),
      byStatus: tally(rows.map(({ status, code }) => (code === null ? status : `${status} ${code}`))),
      calls: sandbox.calls.length - callsBefore,
      disturbed: faults,
      kills,
      open: await countOpen(app),
      wrongEffects: rows.flatMap(({ email, zoomUserId, status }) => {
        const seen = effects(email, zoomUserId);
        return seen === (status === 'CONFIRMED' ? 1 : 0) ? [] : [`${email}: ${status}, ${seen} effects`];
      }),
      outsidersTouched: [...before].flatMap(([email, was]) =>
        planned.has(email) || (after.get(email) === was && finally_.get(email) === was) ? [] : [email],
      ),
      wrongAudit: rows.flatMap(({ email, status, audits }) =>
        audits === (status === 'CONFIRMED' ? 1 : 0) ? [] : [`${email}: ${status}, ${audits} rows`],
      ),
      auditVerify,
      restored: restoredRows.filter(({ status }) => status === 'RESTORED').length,
      notAsBefore: rows.flatMap(({ email, action, status }) => {
        if (action === 'DELETE' || action === 'UNLINK') {
          const isThere = finally_.has(email);
          return isThere === (status === 'CONFIRMED')
            ? [`${email}: ${status}, ${isThere ? 'still there' : 'gone'}`]
            : [];
        }
        return finally_.get(email) === before.get(email)
          ? []
          : [`${email}: ${before.get(email)} → ${finally_.get(email)}`];
      }),
      takeSeconds,
      restoreSeconds: Math.round((Date.now() - began) / 1000),
    };
  } finally {
    await worker?.kill('SIGKILL');
    await app.close();
    await sandbox.close();
  }
}

async function openWorld(items: number): Promise<Sandbox> {
  return startSandbox({
    users: 0,
    rateLimits: false,
    world: (world) => {
      const { plans } = world.regular;
      plans.base.hosts = 10 * items;
      plans.webinar = [{ type: 'webinar500_yearly', hosts: items, capacity: 500 }];
      plans.largeMeeting = [{ type: 'large_meeting_500_yearly', hosts: items, capacity: 500 }];
      plans.zoomOne = [{ type: 'zoomone_biz_yearly', hosts: items, zoomOneType: 16 }];
      world.regular.managedDomains = [];
      const put = (email: string, more: Partial<SandboxUser>) =>
        makeUser(world, {
          type: 2,
          email,
          userCreatedAt: world.now() - 900 * DAY,
          lastLoginAt: world.now() - 300 * DAY,
          ...more,
        });
      for (const { name, share, more } of KINDS) {
        for (let n = 0; n < Math.round(items * share); n += 1) put(`${name}${n}@storm.example`, more);
      }
      // Whom nobody asks for, of the same kinds: nothing may happen to them.
      for (const { name, more } of KINDS)
        for (let n = 0; n < 10; n += 1) put(`outside-${name}${n}@storm.example`, more);
    },
  });
}

async function connected(app: App, sandbox: Sandbox, secret: string): Promise<string> {
  const server = await serve(app.deps);
  try {
    const [own] = sandbox.apps;
    if (own === undefined) throw new Error('The sandbox has no app.');
    const id = await connect(await asker(server.address, secret), server.address, own, {});
    const rule = await createReclamationRule(app.deps, ada, {
      integrationId: id,
      name: 'Webinars that nobody holds',
      appliesTo: 'WEBINAR_500',
      action: 'REMOVE_ADD_ON',
      inactivityThresholdDays: 50,
    });
    if (!rule.ok) throw new Error(JSON.stringify(rule.refusals));
    await runSync(app.deps, id, new AbortController().signal);
    return id;
  } finally {
    await server.stop();
  }
}

/** So many go with one request. */
const CHUNK = 50;

/** Plans, applies and has confirmed everything, by requests of one action each. */
async function askForAll(app: App, integrationId: string, items: number): Promise<string[]> {
  const candidates = await app.deps.database.sql<{ id: string; email: string; license: string }[]>`
    select c.id, u.email, l.unique_id as license from reclamation_candidates c join users u on u.id = c.user_id
    join licenses l on l.id = c.license_id where c.integration_id = ${integrationId} and c.status = 'READY'`;
  const requests: string[] = [];
  for (const { name, share, action } of KINDS) {
    const license = action === 'REMOVE_ADD_ON' ? 'WEBINAR_500' : 'LICENSED';
    const ids = candidates.filter((one) => one.license === license && one.email.startsWith(name)).map(({ id }) => id);
    const wanted = Math.round(items * share);
    if (ids.length !== wanted) throw new Error(`${ids.length} candidates of kind ${name}, not ${wanted}.`);
    for (let from = 0; from < ids.length; from += CHUNK) {
      const candidateIds = ids.slice(from, from + CHUNK);
      const planned = await reclaim(app.deps, ada, { candidateIds, action, dryRun: true });
      const id = planned.reclamation?.id ?? '';
      await applyReclamation(app.deps, ada, { reclamationId: id, planHash: planned.reclamation?.planHash });
      const row = await confirmReclamation(app.deps, bob, { reclamationId: id });
      if (!row.ok && row.refusals[0]?.code !== 'NOTHING_TO_DO') throw new Error(JSON.stringify(row.refusals));
      requests.push(id);
    }
  }
  return requests;
}

/** Lets a share of the calls go wrong, in every way that Zoom and the network have. */
function disturb(sandbox: Sandbox, random: () => number, share: number): Record<string, number> {
  const counts: Record<string, number> = {};
  const ways: readonly [string, Fault['action']][] = [
    ['429', { status: 429, headers: { 'retry-after': '1' }, body: { code: 429, message: 'Slow down.' } }],
    ['500', { status: 500, body: { code: 500, message: 'Oops.' } }],
    ['reset before', { reset: 'before' }],
    ['reset after', { reset: 'after' }],
    ['late', { lateMs: 800 }],
    ['slow', { delayMs: 400 }],
  ];
  const faults = sandbox.faults as unknown as { take(method: string, path: string): Fault['action'] | null };
  faults.take = (_, path) => {
    if (!path.startsWith('/v2/') || random() >= share) return null;
    const way = ways[Math.floor(random() * ways.length)];
    if (way === undefined) return null;
    counts[way[0]] = (counts[way[0]] ?? 0) + 1;
    return way[1];
  };
  return counts;
}

/** How often something was taken from a user by Zoom's own log, since a place in it. */
function effectsOf(sandbox: Sandbox, from: number): (email: string, zoomUserId: string) => number {
  const seen = new Map<string, number>();
  for (const { action, detail } of sandbox.world.regular.operationLogs.slice(from)) {
    const names =
      action === 'Batch update'
        ? (detail.split(' users: ')[1] ?? '').split(', ')
        : [/[^ ]+@storm\.example/.exec(detail)?.[0] ?? ''];
    for (const name of names) seen.set(name, (seen.get(name) ?? 0) + 1);
  }
  return (email, zoomUserId) => (seen.get(email) ?? 0) + (seen.get(zoomUserId) ?? 0);
}

const startWorker = (env: Record<string, string>) => start('worker.ts', { env });

async function countOpen({ deps }: App): Promise<number> {
  const [row] = await deps.database.sql<{ count: number }[]>`
    select count(*)::int as count from reclamation_items i join reclamations r on r.id = i.reclamation_id
    where not r.dry_run and (i.status in ('PLANNED', 'SENT', 'UNKNOWN') or r.status in ('PENDING', 'RUNNING'))`;
  return row?.count ?? 0;
}

const PATIENCE_MS = 45 * 60_000;

/** Waits until so many more items have come to an end, but not for longer than a worker needs to take over from a dead one. */
async function untilMoved({ deps }: App, count: number): Promise<void> {
  const ended = async () => {
    const [row] = await deps.database.sql<{ count: number }[]>`
      select count(*)::int as count from reclamation_items where status not in ('PLANNED', 'SENT', 'UNKNOWN')`;
    return row?.count ?? 0;
  };
  const from = await ended();
  for (let waited = 0; waited < 30_000 && (await ended()) < from + count; waited += 250) await sleep(250);
}

async function untilDone(app: App, tell: (line: string) => void): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  for (let round = 0; Date.now() < until; round += 1) {
    const open = await countOpen(app);
    if (open === 0) return;
    if (round % 10 === 0) {
      tell(`${open} items open`);
      // As the timetable does once a minute.
      for (const id of await openReclamations(app.deps.database.sql, new Date()))
        await app.deps.queue.requestReclamation(id);
    }
    await sleep(1_000);
  }
}

function itemRows({ deps }: App, kind: 'RECLAIM' | 'RESTORE') {
  return deps.database.sql<
    {
      email: string;
      zoomUserId: string;
      action: ReclamationAction;
      status: string;
      code: string | null;
      audits: number;
    }[]
  >`
    select u.email, u.zoom_user_id as "zoomUserId", i.action, i.status, i.error ->> 'code' as code,
      (select count(*)::int from audit_events a where a.action = 'license.reclaimed' and a.details ->> 'itemId' = i.id) as audits
    from reclamation_items i join reclamations r on r.id = i.reclamation_id join users u on u.id = i.user_id
    where r.kind = ${kind} and not r.dry_run order by u.email`;
}
