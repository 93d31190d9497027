import { AppError } from '../../errors.ts';
import type { UserFilter } from '../../schema.generated.ts';
import type { Values } from './batch.ts';
import {
  matchBoolean,
  matchDaysSince,
  matchExact,
  matchInstant,
  matchInt,
  matchMembership,
  matchText,
  matchTexts,
} from './comparators.ts';
import {
  BOOLEANS,
  CHOICES,
  COUNTED,
  INACTIVE_SINCE,
  inactiveDaysOf,
  INSTANTS,
  INTS,
  IS_ROOM,
  TEXTS,
  ZOOM_USER_ID,
} from './user-columns.ts';

export { isCounted } from './user-columns.ts';

/** How deep `and`, `or` and `not` may be nested, and how many filters there may be in all. */
const MAX_DEPTH = 6;
const MAX_FILTERS = 100;

/** Conditions on the user `t`, all of which must hold. Those who left are kept out unless the filter asks for them. */
export function userConditions(filter: UserFilter | null | undefined, values: Values, now: Date): string[] {
  if (filter == null) return ['t.removed_at is null'];
  const conditions = compile(filter, values, now, { depth: 1, count: 0 });
  return someFilter(filter, asksForRemoved) ? conditions : ['t.removed_at is null', ...conditions];
}

const asksForRemoved = ({ includeRemoved, removedAt }: UserFilter) => includeRemoved === true || removedAt != null;
const asksForInactivity = ({ inactiveDays, neverActive }: UserFilter) => inactiveDays != null || neverActive != null;

/** Is it so for the filter, or for one inside it? */
function someFilter(filter: UserFilter, is: (one: UserFilter) => boolean): boolean {
  const inner = [...(filter.and ?? []), ...(filter.or ?? []), ...(filter.not == null ? [] : [filter.not])];
  return is(filter) || inner.some((one) => someFilter(one, is));
}

function keysOf<T extends object>(object: T): (keyof T)[] {
  return Object.keys(object) as (keyof T)[];
}

function compile(filter: UserFilter, values: Values, now: Date, spent: { depth: number; count: number }): string[] {
  spent.count += 1;
  if (spent.depth > MAX_DEPTH || spent.count > MAX_FILTERS) {
    throw new AppError(
      'BAD_USER_INPUT',
      `\`filter\` may nest \`and\`, \`or\` and \`not\` ${MAX_DEPTH - 1} deep and hold ${MAX_FILTERS} filters in all.`,
    );
  }
  const found: string[] = [...columnConditions(filter, values), ...linkConditions(filter, values)];
  if (filter.inactiveDays) {
    found.push(COUNTED, ...matchDaysSince(INACTIVE_SINCE, inactiveDaysOf, filter.inactiveDays, values, now));
  }
  if (filter.neverActive) found.push(COUNTED, ...matchNever(filter.neverActive));
  if (filter.search != null && filter.search !== '') found.push(matchSearch(filter.search, values));

  const branch = (inner: UserFilter) => {
    spent.depth += 1;
    const conditions = compile(inner, values, now, spent);
    spent.depth -= 1;
    return conditions.length === 0 ? 'true' : `(${conditions.join(' and ')})`;
  };
  if (filter.and != null) found.push(...filter.and.map(branch));
  if (filter.or != null) found.push(filter.or.length === 0 ? 'false' : `(${filter.or.map(branch).join(' or ')})`);
  if (filter.not != null) {
    // Whom the integration doesn't count is not judged by activity, whichever way the question is put.
    if (someFilter(filter.not, asksForInactivity)) found.push(COUNTED);
    found.push(`${branch(filter.not)} is not true`);
  }
  return found;
}

function columnConditions(filter: UserFilter, values: Values): string[] {
  const found: string[] = [];
  // Kept in lower case.
  if (filter.email) found.push(...matchText('t.email', filter.email, values, 't.email'));
  if (filter.zoomUserId) found.push(...matchText(ZOOM_USER_ID, filter.zoomUserId, values));
  for (const key of keysOf(TEXTS)) if (filter[key]) found.push(...matchText(`t.${TEXTS[key]}`, filter[key], values));
  for (const key of keysOf(CHOICES)) {
    if (filter[key]) found.push(...matchExact(`t.${CHOICES[key]}`, filter[key], values));
  }
  for (const key of keysOf(INTS)) if (filter[key]) found.push(...matchInt(`t.${INTS[key]}`, filter[key], values));
  for (const key of keysOf(BOOLEANS)) if (filter[key]) found.push(...matchBoolean(`t.${BOOLEANS[key]}`, filter[key]));
  for (const key of keysOf(INSTANTS)) {
    if (filter[key]) found.push(...matchInstant(`t.${INSTANTS[key]}`, filter[key], values));
  }
  if (filter.isZoomRoom) found.push(...matchBoolean(IS_ROOM, filter.isZoomRoom));
  return found;
}

/** Conditions on what users belong to or hold. Ids are looked up once, not for each user. */
function linkConditions(filter: UserFilter, values: Values): string[] {
  const found: string[] = [];
  const held = 'select from license_assignments h where h.user_id = t.id';
  if (filter.license) {
    const holds = (ids: string) => `exists (${held} and h.license_id = any(${ids}))`;
    found.push(...matchMembership(filter.license, values, holds, `exists (${held})`));
  }
  if (filter.licenseUniqueId) {
    const holds = (condition: string) =>
      `exists (${held} and h.license_id = any(array(select l.id from licenses l where ${condition})))`;
    found.push(...matchTexts('l.unique_id', filter.licenseUniqueId, values, holds));
  }
  if (filter.group) {
    // Members are found by Zoom's ids of the groups, by their index; that it is a group of their own account is seen after.
    const isMember = (isOne: string, first = 'true') =>
      `t.id in (select m.id from users m where ${first} and exists (select from groups g where g.account_id = m.account_id ` +
      `and g.zoom_group_id = any(m.group_ids) and g.removed_at is null and ${isOne}))`;
    const isOneOf = (ids: string) =>
      isMember(
        `g.id = any(${ids})`,
        `m.group_ids && array(select z.zoom_group_id from groups z where z.id = any(${ids}))`,
      );
    found.push(...matchMembership(filter.group, values, isOneOf, isMember('true')));
  }
  const isOf = (accounts: string) => `t.account_id = any(array(select a.id from accounts a where ${accounts}))`;
  if (filter.account) {
    const inAccount = (ids: string) => isOf(`coalesce(a.master_id, a.id) = any(${ids})`);
    found.push(...matchMembership(filter.account, values, inAccount, 'true'));
  }
  if (filter.subAccount) {
    const inSubAccount = (ids: string) => isOf(`a.tier = 'SUB' and a.id = any(${ids})`);
    found.push(...matchMembership(filter.subAccount, values, inSubAccount, isOf("a.tier = 'SUB'")));
  }
  return found;
}

/** `isNull` speaks of the answer, which is always known; the rest is a question about one column, that an index answers. */
function matchNever(filter: NonNullable<UserFilter['neverActive']>): string[] {
  if (filter.eq != null && Object.keys(filter).length === 1) {
    return [`t.last_activity_at is ${filter.eq ? '' : 'not '}null`];
  }
  return matchBoolean('(t.last_activity_at is null)', filter);
}

function matchSearch(text: string, values: Values): string {
  const place = `lower(${values.add(text, 'text')})`;
  const isIn = (column: string) => `strpos(${column}, ${place}) > 0`;
  // Somebody who looks for a line break must not find it between two names.
  if (!text.includes('\n')) return isIn('t.search_text');
  const columns = ['email', 'first_name', 'last_name', 'display_name'];
  return `(${columns.map((column) => isIn(`lower(t.${column})`)).join(' or ')})`;
}
