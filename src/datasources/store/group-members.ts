import type { Sql } from '../../db/client.ts';

/** Which groups have another number of members than Zoom counts. The invited are not counted: they have not come yet. */
export async function groupsThatDiffer(
  sql: Sql,
  accountId: string,
  groups: readonly { zoomGroupId: string; memberCount: number }[],
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select g.id
    from unnest(${groups.map((one) => one.zoomGroupId)}::text[], ${groups.map((one) => one.memberCount)}::int[]) as g(id, count)
      left join (
        select m.id, count(*)::int as count from users u, unnest(u.group_ids) as m(id)
        where u.account_id = ${accountId} and u.removed_at is null and u.status <> 'PENDING' group by m.id
      ) ours on ours.id = g.id
    where g.count <> coalesce(ours.count, 0) order by g.id`;
  return rows.map((row) => row.id);
}

/**
 * Makes the members of some groups those that Zoom names; other groups of theirs stay. One statement; who is in the same
 * groups as before is not touched.
 */
export async function replaceGroupMembers(
  sql: Sql,
  accountId: string,
  groupIds: readonly string[],
  members: readonly { zoomGroupId: string; zoomUserId: string }[],
): Promise<void> {
  const asked = [...groupIds];
  await sql`
    with told as (
      select "zoomUserId" as id, array_agg("zoomGroupId") as groups
      from jsonb_to_recordset(${JSON.stringify(members)}::text::jsonb) as new("zoomGroupId" text, "zoomUserId" text)
      group by "zoomUserId"
    ), fresh as (
      select u.id, array(
        select one.id from (
          select unnest(u.group_ids) as id except select unnest(${asked}::text[])
          union select unnest(told.groups)
        ) one order by one.id collate "C"
      ) as group_ids
      from users u left join told on told.id = u.zoom_user_id
      where u.account_id = ${accountId} and u.removed_at is null and u.status <> 'PENDING'
        and (told.id is not null or u.group_ids && ${asked}::text[])
    )
    update users u set group_ids = fresh.group_ids from fresh
    where u.id = fresh.id and u.group_ids is distinct from fresh.group_ids`;
}
