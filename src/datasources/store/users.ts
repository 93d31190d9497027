import { users } from '../../db/tables/index.ts';
import type { UserRow } from '../../db/tables/rows.ts';
import type { Sql } from '../../db/client.ts';
import type { UserFilter, UserOrder } from '../../schema.generated.ts';
import { manyByKey, oneByKey, readerOf, rowsByIds } from './batch.ts';
import type { Source } from './page.ts';
import { USER_PARTS } from './user-columns.ts';
import { userConditions } from './user-filter.ts';
import { userTerms, wantedOrder } from './user-order.ts';

const reader = readerOf(users);

/** Users by id, those who left as well. */
export function usersByIds(sql: Sql, ids: readonly string[]): Promise<(UserRow | null)[]> {
  return rowsByIds(sql, reader, 'users', ids);
}

/**
 * Who is meant by an e-mail address that several users `t` have: one who has not left before one who has, then the one of
 * the integration that was created first.
 */
export const MEANT_BY_EMAIL = {
  from: 'users t join integrations i on i.id = t.integration_id',
  order: 't.removed_at is not null, i.created_at, i.id, t.first_seen_at, t.id',
};

/** The user of each e-mail address (lower case). */
export async function usersByEmails(sql: Sql, emails: readonly string[]): Promise<(UserRow | null)[]> {
  const raw = await sql.unsafe(
    `select ${reader.columns} from ${MEANT_BY_EMAIL.from}
     where t.email = any($1::text[]) order by ${MEANT_BY_EMAIL.order}`,
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
    't.group_ids && array(select g.zoom_group_id from groups g where g.id = k.key) ' +
    'and t.account_id = (select g.account_id from groups g where g.id = k.key)',
};

export interface UserQuery {
  filter?: UserFilter | null | undefined;
  orderBy?: readonly UserOrder[] | null | undefined;
}

/**
 * Lists of users, one a parent, filtered and ordered.
 *
 * @throws {AppError} BAD_USER_INPUT when the order names a field twice; a filter that is too large is refused when it
 * is run.
 */
export function usersOf(scope: UserScope, { filter, orderBy }: UserQuery, now: Date): Source<UserRow> {
  const wanted = wantedOrder(orderBy);
  return {
    reader,
    from: 'users t',
    belongs: BELONGS[scope],
    parts: USER_PARTS,
    where: (values) => userConditions(filter, values, now),
    order: `users ${wanted.map(({ field, direction }) => `${field} ${direction}`).join(' ')}`,
    terms: (asOf) => userTerms(wanted, asOf),
    dependsOnNow: wanted.some(({ field }) => field === 'INACTIVE_DAYS'),
    isFixed: filter == null && wanted.length === 1,
  };
}
