import { users } from '../../db/tables/index.ts';
import type { UserRow } from '../../db/tables/rows.ts';
import type { Sql } from '../../db/client.ts';
import { AppError } from '../../errors.ts';
import { inactiveDays } from '../../policy/inactivity.ts';
import type { UserFilter, UserOrder, UserOrderField } from '../../schema.generated.ts';
import { manyByKey, oneByKey, readerOf, rowsByIds } from './batch.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';
import { inactiveDaysOf, userConditions } from './user-filter.ts';

const reader = readerOf(users);

/** Users by id, those who left as well. */
export function usersByIds(sql: Sql, ids: readonly string[]): Promise<(UserRow | null)[]> {
  return rowsByIds(sql, reader, 'users', ids);
}

/**
 * The user of each e-mail address (lower case). Where several know it: one who has not left before one who has, then
 * the one of the integration that was created first.
 */
export async function usersByEmails(sql: Sql, emails: readonly string[]): Promise<(UserRow | null)[]> {
  const raw = await sql.unsafe(
    `select ${reader.columns} from users t join integrations i on i.id = t.integration_id
     where t.email = any($1::text[]) order by t.removed_at is not null, i.created_at, i.id, t.first_seen_at, t.id`,
    [[...emails]],
    { prepare: true },
  );
  return oneByKey(emails, reader.rows(raw), (row) => row.email);
}

/** A stretch of time in which a user stayed the same. */
export interface UserHistoryRow {
  userId: string;
  status: UserRow['status'];
  typeCode: number | null;
  licenses: string[];
  validFrom: Date;
  validTo: Date | null;
}

/** History of each user, newest first. */
export async function userHistoryByUserIds(sql: Sql, userIds: readonly string[]): Promise<UserHistoryRow[][]> {
  const rows = await sql<UserHistoryRow[]>`
    select user_id as "userId", status, type_code as "typeCode", licenses, valid_from as "validFrom", valid_to as "validTo"
    from user_history where user_id = any(${[...userIds]}::text[]) order by valid_from desc, seq desc`;
  return manyByKey(userIds, rows, (row) => row.userId);
}

/** Whose users a list holds; the key is the parent's id, and for `all` anything. */
export type UserScope = 'all' | 'integration' | 'account' | 'subAccount' | 'license' | 'group';

const BELONGS: Record<UserScope, string> = {
  all: 'true',
  integration: 't.integration_id = k.key',
  // Users of sub accounts are users of the master as well.
  account: 't.account_id in (select a.id from accounts a where a.id = k.key or a.master_id = k.key)',
  subAccount: 't.account_id = k.key',
  license: 't.id in (select h.user_id from license_assignments h where h.license_id = k.key)',
  group:
    'exists (select from groups g where g.id = k.key and g.account_id = t.account_id and g.zoom_group_id = any(t.group_ids))',
};

export interface UserQuery {
  filter?: UserFilter | null | undefined;
  orderBy?: readonly UserOrder[] | null | undefined;
}

const BY_EMAIL = columnTerm<UserRow>('email', 'email', 'text');
const BY_ID = columnTerm<UserRow>('id', 'id', 'text');
const known = { isNullable: true };

const TERMS: Record<Exclude<UserOrderField, 'INACTIVE_DAYS'>, OrderTerm<UserRow>> = {
  EMAIL: BY_EMAIL,
  DISPLAY_NAME: columnTerm('displayName', 'display_name', 'text', known),
  DEPARTMENT: columnTerm('department', 'department', 'text', known),
  STATUS: columnTerm('status', 'status', 'text'),
  TYPE: columnTerm('type', 'type', 'text'),
  ACTIVE_DATE: columnTerm('activeDate', 'active_date', 'timestamptz', known),
  LAST_LOGIN_AT: columnTerm('lastLoginAt', 'last_login_at', 'timestamptz', known),
  LAST_ACTIVITY_AT: columnTerm('lastActivityAt', 'last_activity_at', 'timestamptz', known),
  LAST_CLIENT_VERSION: columnTerm('lastClientVersion', 'last_client_version', 'text', known),
  MEETING_CAPACITY: columnTerm('meetingCapacity', 'meeting_capacity', 'int', known),
  LARGE_MEETING_CAPACITY: columnTerm('largeMeetingCapacity', 'large_meeting_capacity', 'int', known),
  LARGE_MEETING_ENABLED: columnTerm('largeMeetingEnabled', 'large_meeting_enabled', 'boolean', known),
  WEBINAR_CAPACITY: columnTerm('webinarCapacity', 'webinar_capacity', 'int', known),
  WEBINAR_ENABLED: columnTerm('webinarEnabled', 'webinar_enabled', 'boolean', known),
  COST_CENTER: columnTerm('costCenter', 'cost_center', 'text', known),
};

function termOf(field: UserOrderField, asOf: Date): OrderTerm<UserRow> {
  if (field !== 'INACTIVE_DAYS') return TERMS[field];
  return {
    name: 'inactive_days',
    kind: 'int',
    isNullable: true,
    descending: false,
    expression: (values) => `(${inactiveDaysOf(values.add(asOf.toISOString(), 'timestamptz'))})`,
    valueOf: (row) => inactiveDays(row, asOf),
  };
}

/**
 * Lists of users, one a parent, filtered and ordered.
 *
 * @throws {AppError} BAD_USER_INPUT when the order names a field twice; a filter that is too large is refused when it
 * is run.
 */
export function usersOf(scope: UserScope, { filter, orderBy }: UserQuery, now: Date): Source<UserRow> {
  const wanted: readonly UserOrder[] =
    orderBy == null || orderBy.length === 0 ? [{ field: 'EMAIL', direction: 'ASC' }] : orderBy;
  if (new Set(wanted.map((order) => order.field)).size < wanted.length) {
    throw new AppError('BAD_USER_INPUT', '`orderBy` names a field more than once.');
  }
  return {
    reader,
    from: 'users t',
    belongs: BELONGS[scope],
    where: (values) => userConditions(filter, values, now),
    order: `users ${wanted.map(({ field, direction }) => `${field} ${direction}`).join(' ')}`,
    terms: (asOf) => [
      ...wanted.map(({ field, direction }) => ({ ...termOf(field, asOf), descending: direction === 'DESC' })),
      BY_ID,
    ],
    dependsOnNow: wanted.some(({ field }) => field === 'INACTIVE_DAYS'),
    isFixed: filter == null && wanted.length === 1,
  };
}
