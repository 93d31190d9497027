import { makeUser, type SandboxUser, type World } from '#sandbox/index.ts';
import { queueSync } from '#src/actions/sync-integration.ts';
import { jobRunsByIds, type JobTask } from '#src/datasources/store/job-runs.ts';
import type { IntegrationRow, JobRunRow, UserRow } from '#src/db/tables/rows.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { connectedIntegration, openHouse, type House } from './house.ts';

export const DAY = 86_400_000;

/** A signal that nobody aborts. */
export const neverAborted = () => new AbortController().signal;

/** A paid user who was made long ago and last signed in so many days ago; null: never. */
export function makePaid(
  world: World,
  name: string,
  lastLoginDaysAgo: number | null,
  more: Partial<SandboxUser> = {},
): SandboxUser {
  return makeUser(world, {
    type: 2,
    email: `${name}@example.com`,
    userCreatedAt: world.now() - 900 * DAY,
    lastLoginAt: lastLoginDaysAgo === null ? null : world.now() - lastLoginDaysAgo * DAY,
    ...more,
  });
}

/** A house on a world without other users, whose integration was synced once; with the names that are on its roster. */
export async function syncedHouse(
  world: (world: World) => void,
  patch: Partial<IntegrationRow> = {},
): Promise<{ house: House; integration: IntegrationRow; everybody: string[] }> {
  const house = await openHouse({ users: 0, rateLimits: false, world });
  const integration = await connectedIntegration(house, patch);
  await syncNow(house, integration);
  return { house, integration, everybody: await rosterNames(house) };
}

/** Syncs an integration (only `tasks`, if given) as a worker does. Answers its runs by task. */
export async function syncNow(
  house: House,
  integration: Pick<IntegrationRow, 'id' | 'enabledTasks'>,
  tasks: readonly JobTask[] | null = null,
  signal: AbortSignal = neverAborted(),
): Promise<Record<JobTask, JobRunRow>> {
  const queued = await queueSync(house.deps, integration, tasks, 'test');
  await runSync(house.deps, integration.id, signal);
  const runs = await jobRunsByIds(
    house.database.sql,
    queued.map((run) => run.id),
  );
  return Object.fromEntries(runs.map((run) => [run!.task, run!])) as Record<JobTask, JobRunRow>;
}

/** The row of the user with this name (the part before the @), the one who is still there before those who left. */
export async function userNamed(house: House, name: string): Promise<UserRow> {
  const rows = await house.database.db.query.users.findMany();
  const named = rows.filter((row) => row.email === `${name}@example.com`);
  const row = named.find((one) => one.removedAt === null) ?? named[0];
  if (row === undefined) throw new Error(`Nobody is called ${name}.`);
  return row;
}

/** Names of everybody on the roster, sorted. */
export async function rosterNames(house: House): Promise<string[]> {
  const rows = await house.database.sql<{ email: string }[]>`select email from users where removed_at is null`;
  return rows.map((row) => row.email.split('@')[0]!).sort();
}

/** Open candidates by the name of their user. */
export async function openCandidates(
  house: House,
): Promise<
  Record<string, { status: string; reason: string; inactiveDays: number; codes: string[]; savings: string | null }>
> {
  const rows = await house.database.sql<
    { email: string; status: string; reason: string; inactiveDays: number; codes: string[]; savings: string | null }[]
  >`
    select u.email, c.status, c.reason, c.inactive_days as "inactiveDays", c.savings_amount as savings,
      array(select jsonb_array_elements(c.blockers) ->> 'code') as codes
    from reclamation_candidates c join users u on u.id = c.user_id where c.closed_at is null`;
  return Object.fromEntries(rows.map(({ email, ...facts }) => [email.split('@')[0]!, facts]));
}

/** The latest status of a user's candidate, open or closed; null: never found. */
export async function candidateStatus(house: House, name: string): Promise<string | null> {
  const [row] = await house.database.sql<{ status: string }[]>`
    select c.status from reclamation_candidates c join users u on u.id = c.user_id
    where u.email = ${`${name}@example.com`} order by c.closed_at is null desc, c.closed_at desc limit 1`;
  return row?.status ?? null;
}
