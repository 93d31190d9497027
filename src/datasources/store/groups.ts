import type { Sql } from '../../db/client.ts';
import { groups } from '../../db/tables/index.ts';
import type { GroupRow, UserRow } from '../../db/tables/rows.ts';
import { readerOf, rowsByIds } from './batch.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';

const reader = readerOf(groups);

export function groupsByIds(sql: Sql, ids: readonly string[]): Promise<(GroupRow | null)[]> {
  return rowsByIds(sql, reader, 'groups', ids);
}

/** Groups that each user is a member of, by name. One statement, which names each group once. */
export async function groupsOfUsers(
  sql: Sql,
  users: readonly Pick<UserRow, 'accountId' | 'groupIds'>[],
): Promise<GroupRow[][]> {
  const zoomIds = [...new Set(users.flatMap((user) => user.groupIds))];
  if (zoomIds.length === 0) return users.map(() => []);
  const raw = await sql.unsafe(
    `select ${reader.columns} from groups t
     where t.account_id = any($1::text[]) and t.zoom_group_id = any($2::text[]) and t.removed_at is null
     order by t.name, t.id`,
    [[...new Set(users.map((user) => user.accountId))], zoomIds],
    { prepare: true },
  );
  const rows = reader.rows(raw);
  return users.map((user) =>
    rows.filter((group) => group.accountId === user.accountId && user.groupIds.includes(group.zoomGroupId)),
  );
}

const BY_NAME: readonly OrderTerm<GroupRow>[] = [columnTerm('name', 'name', 'text'), columnTerm('id', 'id', 'text')];

/** Groups by account, those of sub accounts with their master's, by name. */
export const groupsOfAccount: Source<GroupRow> = {
  reader,
  from: 'groups t',
  belongs:
    't.account_id in (select a.id from accounts a where a.id = k.key or (a.master_id = k.key and a.removed_at is null)) and t.removed_at is null',
  order: 'groups',
  terms: () => BY_NAME,
  isFixed: true,
};
