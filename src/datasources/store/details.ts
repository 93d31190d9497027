import type { Sql } from '../../db/client.ts';
import type { ProfileEntry, SettingsEntry } from '../../db/tables/rows.ts';
import { PROFILE_CYCLE_DAYS } from '../../policy/turns.ts';
import { SETTINGS_KEYS } from '../../policy/webhook-order.ts';
import { shareRoster } from './roster-order.ts';
import { lockUsers, type SqlOrTx } from './writes.ts';

export interface UserToRead {
  id: string;
  zoomUserId: string;
  /** Is there a sign that something changed? Otherwise it is only the user's turn. */
  isMarked: boolean;
}

/**
 * Whose turn it is: everybody has a moment of their own in a cycle, and whose lies between the two is due, unless they were
 * read since this pass began.
 */
export interface Turn {
  /** When the last pass began; null: everybody is due. */
  after: Date | null;
  /** When this one began. */
  until: Date;
  /** The moment of looking. What is said to have been read later was read by a wrong clock. */
  now: Date;
  cycleDays: number;
}

/** Users who are due by turn, besides those of whom something shows that they changed. */
export interface DetailsDue {
  accountId: string;
  turn: Turn;
}

/** Of whom settings are to be read. */
export interface SettingsDue extends DetailsDue {
  /** Everybody who can hold add-ons, not only who is due. */
  all: boolean;
  /** Types that the integration counts: of free users among them, settings tell the size of their meetings. */
  types: readonly string[];
  /** Whom operation logs since then name is due. */
  operationsSince: Date;
}

/** Where a statement finds what `DetailsDue` and `SettingsDue` say: `$n` of one account, or columns of many. */
interface Names {
  account: string;
  /** Seconds since 1970 of the last pass, and of this one. */
  after: string;
  until: string;
  /** When this one began, and now. */
  begunAt: string;
  now: string;
  /** Seconds. */
  cycle: string;
  operationsSince: string;
  all: string;
  types: string;
}

const ONE: Names = {
  account: '$1',
  after: '$2::bigint',
  until: '$3::bigint',
  cycle: '$4::bigint',
  begunAt: '$5::timestamptz',
  now: '$6::timestamptz',
  operationsSince: '$7::timestamptz',
  all: '$8',
  types: '$9::text[]',
};
const MANY: Names = {
  account: 'k.account_id',
  after: 'k.after',
  until: 'k.until',
  cycle: 'k.cycle',
  begunAt: 'k.begun_at',
  now: 'k.now',
  operationsSince: 'k.operations_since',
  all: 'k.all_of_them',
  types: 'k.types',
};

/** Who can be asked for: of the invited Zoom has no profile. */
const askable = ({ account }: Names) =>
  `u.account_id = ${account} and u.removed_at is null and u.zoom_user_id is not null and u.status <> 'PENDING'`;
const CAN_HOLD = `u.type not in ('BASIC', 'UNASSIGNED', 'NONE')`;

/** Was the row changed after what was read of it? */
const CHANGED_SINCE = (column: string) => `(u.${column} is null or u.updated_at > u.${column})`;

/** Was nothing read of the user in this pass? */
const notYet = ({ begunAt, now }: Names, column: string) =>
  `(u.${column} is null or u.${column} not between ${begunAt} and ${now})`;

/** Is it the user's turn, in a cycle of so many seconds? */
const isDue = ({ after, until }: Names, cycle: string) => `(${after} is null
  or (${until} - (hashtext(u.id) & 2147483647) % ${cycle}) / ${cycle}
   > (${after} - (hashtext(u.id) & 2147483647) % ${cycle}) / ${cycle})`;

const profiles = (names: Names) => `
  select u.id, u.zoom_user_id as "zoomUserId", ${CHANGED_SINCE('profile_read_at')} as "isMarked" from users u
  where ${askable(names)} and (${CHANGED_SINCE('profile_read_at')}
    or (${notYet(names, 'profile_read_at')} and ${isDue(names, names.cycle)}))`;

/** An e-mail address in a text; what stands around it is trimmed off by `ADDRESS`. */
const ADDRESSES = `'[^\\s<>()\\[\\]{},;:"|=]+@[^\\s<>()\\[\\]{},;:"''|=]+', 'g'`;
const ADDRESS = `lower(btrim(found[1], '.'''))`;

/** Addresses that the logs of users and their settings name, each with the last time. */
const namedIn = ({ account, operationsSince: since }: Names) => `
  select ${ADDRESS} as email, max(l.at) as at
  from operation_logs l cross join lateral regexp_matches(l.detail, ${ADDRESSES}) as found
  where l.account_id = ${account} and l.at >= ${since} and l.category in ('user', 'user_settings')
  group by 1`;

/** Zoom's clock and ours may differ a little. */
const IS_MARKED = `(${CHANGED_SINCE('settings_read_at')} or named.at > u.settings_read_at - interval '5 minutes')`;

/** What is given out by hand changes more often than what every free user has. */
const settingsCycle = ({ cycle }: Names) =>
  `(case when ${CAN_HOLD} then ${cycle} else ${PROFILE_CYCLE_DAYS * 86_400} end)`;

const settings = (names: Names) => `
  select u.id, u.zoom_user_id as "zoomUserId", ${IS_MARKED} as "isMarked"
  from users u left join (${namedIn(names)}) named on named.email = u.email
  where ${askable(names)} and u.status = 'ACTIVE' and (${CAN_HOLD} or u.type = any(${names.types}))
    and (${IS_MARKED} or (${notYet(names, 'settings_read_at')}
      and ((${names.all} and ${CAN_HOLD}) or ${isDue(names, settingsCycle(names))})))`;

const PROFILES = profiles(ONE);
const SETTINGS = settings(ONE);

/** How many users are due in each of many accounts. */
const counted = (due: string) => `
  select count(due.id)::int as count from jsonb_to_recordset($1::text::jsonb) as k(
    position int, account_id text, after bigint, until bigint, begun_at timestamptz, now timestamptz, cycle bigint, operations_since timestamptz,
    all_of_them boolean, types text[]
  ) left join lateral (${due}) due on true group by k.position order by k.position`;
const COUNT_PROFILES = counted(profiles(MANY));
const COUNT_SETTINGS = counted(settings(MANY));

const seconds = (at: Date | null) => (at === null ? null : Math.floor(at.getTime() / 1000));

const turnValues = ({ accountId, turn }: DetailsDue) => [
  accountId,
  seconds(turn.after),
  seconds(turn.until) ?? 0,
  turn.cycleDays * 86_400,
  turn.until.toISOString(),
  turn.now.toISOString(),
];

const settingsValues = (due: SettingsDue) => [
  ...turnValues(due),
  due.operationsSince.toISOString(),
  due.all,
  [...due.types],
];

async function countDue(
  sql: Sql,
  text: string,
  due: readonly (DetailsDue & Partial<SettingsDue>)[],
): Promise<number[]> {
  const keys = due.map(({ accountId, turn, operationsSince: since, all, types }, position) => ({
    position,
    account_id: accountId,
    after: seconds(turn.after),
    until: seconds(turn.until),
    begun_at: turn.until,
    now: turn.now,
    cycle: turn.cycleDays * 86_400,
    operations_since: since,
    all_of_them: all,
    types,
  }));
  const rows = await sql.unsafe(text, [JSON.stringify(keys)], { prepare: true });
  return (rows as unknown as { count: number }[]).map(({ count }) => count);
}

/** A page of those after `afterId`, in order of id. */
export interface DetailsPage {
  afterId: string;
  limit: number;
}

/** Users, active and deactivated, whose profile is to be read: never read, changed since, or due by turn. */
export async function profilesToRead(
  sql: Sql,
  due: DetailsDue,
  { afterId, limit }: DetailsPage,
): Promise<UserToRead[]> {
  const rows = await sql.unsafe(
    `${PROFILES} and u.id > $7 order by u.id limit $8`,
    [...turnValues(due), afterId, limit],
    {
      prepare: true,
    },
  );
  return [...rows] as unknown as UserToRead[];
}

/**
 * Active users who can hold add-ons (and free ones, where they are counted) whose settings are to be read: never read, changed since, named by an operation
 * log after they were read, or due by turn.
 */
export async function settingsToRead(
  sql: Sql,
  due: SettingsDue,
  { afterId, limit }: DetailsPage,
): Promise<UserToRead[]> {
  const values = [...settingsValues(due), afterId, limit];
  const rows = await sql.unsafe(`${SETTINGS} and u.id > $10 order by u.id limit $11`, values as never[], {
    prepare: true,
  });
  return [...rows] as unknown as UserToRead[];
}

/** How many users `profilesToRead` will name, for each account. One statement. */
export function countProfilesToRead(sql: Sql, due: readonly DetailsDue[]): Promise<number[]> {
  return countDue(sql, COUNT_PROFILES, due);
}

/** How many users `settingsToRead` will name, for each account. One statement. */
export function countSettingsToRead(sql: Sql, due: readonly SettingsDue[]): Promise<number[]> {
  return countDue(sql, COUNT_SETTINGS, due);
}

/** Of whom something was asked, and when. */
export interface AskedFor {
  accountId: string;
  /** From before Zoom was asked: what changed later is newer than what is written here. */
  askedAt: Date;
  /** The same by Zoom's clock. */
  askedAtZoom: Date;
  /** Users of whom there was a sign of change. */
  marked: readonly string[];
}

/** Holds users of an account, against whoever writes about some others and against pages of its roster. */
async function lockSome(tx: SqlOrTx, accountId: string, some: readonly { id: string }[]): Promise<void> {
  // Sent together, and begun one after the other.
  await Promise.all([shareRoster(tx, accountId), lockUsers(tx, some)]);
}

/**
 * Writes profiles; rows that say nothing new are not touched, except to note that a sign of change was looked into.
 * A role that a webhook said after the profile was asked for stays.
 */
export async function saveProfiles(
  sql: Sql,
  profiles: readonly ProfileEntry[],
  { accountId, askedAt, askedAtZoom, marked }: AskedFor,
): Promise<void> {
  if (profiles.length === 0) return;
  const role = sql`case when to_timestamp((u.webhook_at ->> 'roleId')::float8 / 1000) > ${askedAtZoom} then u.role_id
    else coalesce(new."roleId", u.role_id) end`;
  await sql.begin(async (tx) => {
    await lockSome(tx, accountId, profiles);
    await tx`
      update users u set job_title = new."jobTitle", cost_center = new."costCenter", location = new.location,
        manager_email = new."managerEmail", zoom_one_type = new."zoomOneType", login_types = new."loginTypes",
        role_id = ${role}, profile_read_at = ${askedAt}
      from jsonb_to_recordset(${JSON.stringify(profiles)}::text::jsonb) as new(
        id text, "jobTitle" text, "costCenter" text, location text, "managerEmail" text, "zoomOneType" text, "loginTypes" int[], "roleId" text
      )
      where u.id = new.id and (u.id = any(${[...marked]}::text[])
        or (u.job_title, u.cost_center, u.location, u.manager_email, u.zoom_one_type, u.login_types, u.role_id) is distinct from
           (new."jobTitle", new."costCenter", new.location, new."managerEmail", new."zoomOneType", new."loginTypes",
            ${role}))`;
  });
}

/**
 * Writes settings, as `saveProfiles` does profiles. Who can hold no add-ons has none, whatever is said. Those of which a webhook said something after they were asked for (by
 * Zoom's clock) are left, to be read again.
 */
export async function saveSettings(
  sql: Sql,
  settings: readonly SettingsEntry[],
  { accountId, askedAt, askedAtZoom, marked }: AskedFor,
): Promise<void> {
  if (settings.length === 0) return;
  await sql.begin(async (tx) => {
    await lockSome(tx, accountId, settings);
    await tx`
      update users u set meeting_capacity = new."meetingCapacity", large_meeting_enabled = new."largeMeetingEnabled",
        large_meeting_capacity = new."largeMeetingCapacity", webinar_enabled = new."webinarEnabled",
        webinar_capacity = new."webinarCapacity", features = new.features, settings_read_at = ${askedAt},
        webhook_at = u.webhook_at - ${[...SETTINGS_KEYS]}::text[]
      from (
        select told.id, "meetingCapacity", can_hold and "largeMeetingEnabled" as "largeMeetingEnabled",
          case when can_hold then "largeMeetingCapacity" end as "largeMeetingCapacity",
          can_hold and "webinarEnabled" as "webinarEnabled", case when can_hold then "webinarCapacity" end as "webinarCapacity",
          case when can_hold then told.features end as features
        from jsonb_to_recordset(${JSON.stringify(settings)}::text::jsonb) as told(
          id text, "meetingCapacity" int, "largeMeetingEnabled" boolean, "largeMeetingCapacity" int,
          "webinarEnabled" boolean, "webinarCapacity" int, features jsonb
        ) join (select u.id, ${sql.unsafe(CAN_HOLD)} as can_hold from users u) holder on holder.id = told.id
      ) new
      where u.id = new.id and (u.id = any(${[...marked]}::text[])
        or (u.meeting_capacity, u.large_meeting_enabled, u.large_meeting_capacity, u.webinar_enabled, u.webinar_capacity, u.features)
           is distinct from
           (new."meetingCapacity", new."largeMeetingEnabled", new."largeMeetingCapacity", new."webinarEnabled",
            new."webinarCapacity", new.features))
        and not exists (
          select from jsonb_each_text(u.webhook_at) as said(field, at)
          where said.field = any(${[...SETTINGS_KEYS]}::text[]) and to_timestamp(said.at::float8 / 1000) > ${askedAtZoom}
        )`;
  });
}

/** Notes whom Zoom did not answer about, so that they are asked for again next time. */
export async function askAgain(
  sql: Sql,
  what: 'PROFILE' | 'SETTINGS',
  accountId: string,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  const column = sql(what === 'PROFILE' ? 'profile_read_at' : 'settings_read_at');
  await sql.begin(async (tx) => {
    await lockSome(
      tx,
      accountId,
      ids.map((id) => ({ id })),
    );
    await tx`update users set ${column} = null where id = any(${[...ids]}::text[]) and ${column} is not null`;
  });
}

/** Notes that a pass over everybody who was due has ended; it began at `begunAt`. */
export async function notePass(
  sql: Sql,
  accountId: string,
  pass: { profiles?: Date; addOns?: Date; addOnsProof?: Record<string, number> | null },
): Promise<void> {
  await sql`
    update accounts set profiles_read_at = coalesce(${pass.profiles ?? null}, profiles_read_at),
      add_ons_read_at = coalesce(${pass.addOns ?? null}, add_ons_read_at),
      add_ons_proof = case when ${pass.addOnsProof === undefined} then add_ons_proof
        else ${pass.addOnsProof == null ? null : JSON.stringify(pass.addOnsProof)}::text::jsonb end
    where id = ${accountId}`;
}

/** How many users hold each add-on, by license, as far as it was read. */
export async function addOnHolders(sql: Sql, accountId: string): Promise<Record<string, number>> {
  const rows = await sql<{ name: string; count: number }[]>`
    select name, count(*)::int as count from (
      select 'WEBINAR' || coalesce('_' || webinar_capacity, '') as name from users
      where account_id = ${accountId} and removed_at is null and status = 'ACTIVE' and webinar_enabled
        and type not in ('BASIC', 'UNASSIGNED', 'NONE')
      union all
      select 'LARGE_MEETING' || coalesce('_' || large_meeting_capacity, '') from users
      where account_id = ${accountId} and removed_at is null and status = 'ACTIVE' and large_meeting_enabled
        and type not in ('BASIC', 'UNASSIGNED', 'NONE')
    ) held group by name`;
  return Object.fromEntries(rows.map(({ name, count }) => [name, count]));
}

/** What operation logs can tell of changes of add-ons. */
export interface OperationsKnown {
  knownFrom: Date | null;
  knownUntil: Date | null;
  /** Is there one about users or their settings since then that names nobody of the account? */
  hasUnnamed: boolean;
}

/**
 * Whether the logs of each account since `since` name whom they are about, and from when to when logs are known. One
 * statement.
 */
export async function operationsSince(
  sql: Sql,
  accounts: readonly { accountId: string; since: Date }[],
): Promise<OperationsKnown[]> {
  const keys = accounts.map(({ accountId, since }, position) => ({ position, id: accountId, since }));
  const rows = await sql.unsafe(
    `select c.known_from as "knownFrom", c.known_until as "knownUntil",
       exists (
         select from operation_logs l where l.account_id = k.id and l.at >= k.since
           and l.category in ('user', 'user_settings')
           -- Who changes many at once may name some of them, or none.
           and (l.action ~* 'batch|bulk|import|group' or not exists (
             select from regexp_matches(coalesce(l.detail, ''), ${ADDRESSES}) as found
               join users u on u.email = ${ADDRESS} and u.account_id = k.id
           ))
       ) as "hasUnnamed"
     from jsonb_to_recordset($1::text::jsonb) as k(position int, id text, since timestamptz)
       left join report_coverage c on c.account_id = k.id and c.report = 'OPERATIONS'
     order by k.position`,
    [JSON.stringify(keys)],
    { prepare: true },
  );
  return [...rows] as unknown as OperationsKnown[];
}
