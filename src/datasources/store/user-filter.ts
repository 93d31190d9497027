import { AppError } from '../../errors.ts';
import { countedTypes } from '../../policy/counted-types.ts';
import type { UserFilter } from '../../schema.generated.ts';
import type { Values } from './batch.ts';
import { matchBoolean, matchExact, matchInstant, matchInt, matchMembership, matchText } from './comparators.ts';

/** How deep `and` and `or` may be nested, and how many filters there may be in all. */
const MAX_DEPTH = 6;
const MAX_FILTERS = 100;

const literal = (types: readonly string[]) => `'{${types.join(',')}}'::text[]`;
const typesWhen = (includeFreeUsers: boolean, includeOnPremises: boolean) =>
  literal(countedTypes({ includeFreeUsers, includeOnPremises }));

/** SQL of the question whether the type of `user` counts for `integration`, both aliases; the rule is the policy's. */
export function isCounted(user: string, integration: string): string {
  return (
    `${user}.type = any(case when ${integration}.include_free_users and ${integration}.include_on_premises ` +
    `then ${typesWhen(true, true)} when ${integration}.include_free_users then ${typesWhen(true, false)} ` +
    `when ${integration}.include_on_premises then ${typesWhen(false, true)} else ${typesWhen(false, false)} end)`
  );
}

const COUNTED = `exists (select from integrations i where i.id = t.integration_id and ${isCounted('t', 'i')})`;
const SUB_ACCOUNT = `(select a.id from accounts a where a.id = t.account_id and a.tier = 'SUB')`;

/** SQL of the policy's `inactiveDays` for the user `t`. */
export function inactiveDaysOf(now: string): string {
  const since = 'coalesce(t.last_activity_at, t.active_date)';
  return (
    `case when ${since} is not null then ` +
    `greatest(0, floor(extract(epoch from (${now} - ${since})) / 86400))::int end`
  );
}

/** Conditions on the user `t`, all of which must hold. Those who left are kept out unless the filter asks for them. */
export function userConditions(filter: UserFilter | null | undefined, values: Values, now: Date): string[] {
  const removed = filter != null && asksForRemoved(filter) ? [] : ['t.removed_at is null'];
  return filter == null ? removed : [...removed, ...compile(filter, values, now, { depth: 1, count: 0 })];
}

function asksForRemoved(filter: UserFilter): boolean {
  return filter.includeRemoved === true || [...(filter.and ?? []), ...(filter.or ?? [])].some(asksForRemoved);
}

/** Fields that are a column, by the kind of their comparators. */
const TEXTS = {
  department: 'department',
  lastClientVersion: 'last_client_version',
  email: 'email',
  displayName: 'display_name',
  jobTitle: 'job_title',
  costCenter: 'cost_center',
  location: 'location',
  managerEmail: 'manager_email',
} as const;
const INTS = {
  largeMeetingCapacity: 'large_meeting_capacity',
  meetingCapacity: 'meeting_capacity',
  webinarCapacity: 'webinar_capacity',
  typeCode: 'type_code',
} as const;
const BOOLEANS = { largeMeetingEnabled: 'large_meeting_enabled', webinarEnabled: 'webinar_enabled' } as const;
const INSTANTS = {
  lastLoginAt: 'last_login_at',
  lastActivityAt: 'last_activity_at',
  activeDate: 'active_date',
} as const;

function keysOf<T extends object>(object: T): (keyof T)[] {
  return Object.keys(object) as (keyof T)[];
}

function compile(filter: UserFilter, values: Values, now: Date, spent: { depth: number; count: number }): string[] {
  spent.count += 1;
  if (spent.depth > MAX_DEPTH || spent.count > MAX_FILTERS) {
    throw new AppError(
      'BAD_USER_INPUT',
      `\`filter\` may nest \`and\` and \`or\` ${MAX_DEPTH - 1} deep and hold ${MAX_FILTERS} filters in all.`,
    );
  }
  const found: string[] = [];
  for (const key of keysOf(TEXTS)) if (filter[key]) found.push(...matchText(`t.${TEXTS[key]}`, filter[key], values));
  for (const key of keysOf(INTS)) if (filter[key]) found.push(...matchInt(`t.${INTS[key]}`, filter[key], values));
  for (const key of keysOf(BOOLEANS)) if (filter[key]) found.push(...matchBoolean(`t.${BOOLEANS[key]}`, filter[key]));
  for (const key of keysOf(INSTANTS)) {
    if (filter[key]) found.push(...matchInstant(`t.${INSTANTS[key]}`, filter[key], values));
  }
  if (filter.status) found.push(...matchExact('t.status', filter.status, values));
  if (filter.type) found.push(...matchExact('t.type', filter.type, values));
  if (filter.license) found.push(...matchLicense(filter.license, values));
  if (filter.group) found.push(...matchGroup(filter.group, values));
  if (filter.subAccount) found.push(...matchExact(SUB_ACCOUNT, filter.subAccount, values));
  if (filter.inactiveDays) {
    const days = `(${inactiveDaysOf(values.add(now.toISOString(), 'timestamptz'))})`;
    found.push(COUNTED, ...matchInt(days, filter.inactiveDays, values));
  }
  if (filter.neverActive) found.push(COUNTED, ...matchBoolean('(t.last_activity_at is null)', filter.neverActive));
  if (filter.search != null && filter.search !== '') found.push(matchSearch(filter.search, values));

  const branch = (inner: UserFilter) => {
    spent.depth += 1;
    const conditions = compile(inner, values, now, spent);
    spent.depth -= 1;
    return conditions.length === 0 ? 'true' : `(${conditions.join(' and ')})`;
  };
  if (filter.and != null) found.push(...filter.and.map(branch));
  if (filter.or != null) found.push(filter.or.length === 0 ? 'false' : `(${filter.or.map(branch).join(' or ')})`);
  return found;
}

function matchLicense(filter: NonNullable<UserFilter['license']>, values: Values): string[] {
  const held = 'select from license_assignments h where h.user_id = t.id';
  return matchMembership(
    filter,
    values,
    (ids) => `exists (${held} and h.license_id = any(${ids}))`,
    `exists (${held})`,
  );
}

function matchGroup(filter: NonNullable<UserFilter['group']>, values: Values): string[] {
  const member =
    'select from groups g where g.account_id = t.account_id and g.removed_at is null and g.zoom_group_id = any(t.group_ids)';
  return matchMembership(filter, values, (ids) => `exists (${member} and g.id = any(${ids}))`, `exists (${member})`);
}

function matchSearch(text: string, values: Values): string {
  const place = `lower(${values.add(text, 'text')})`;
  const columns = ['email', 'first_name', 'last_name', 'display_name'];
  return `(${columns.map((column) => `strpos(lower(t.${column}), ${place}) > 0`).join(' or ')})`;
}
