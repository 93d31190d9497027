import type { Sql } from '../../db/client.ts';

/** Somebody whom Zoom names as a member; the invited have an address only. */
export interface GroupMember {
  zoomGroupId: string;
  zoomUserId: string | null;
  /** Lower case. */
  email: string | null;
}

/** Which groups have another number of members than Zoom counts, with the invited or without them: Zoom does either. */
export async function groupsThatDiffer(
  sql: Sql,
  accountId: string,
  groups: readonly { zoomGroupId: string; memberCount: number }[],
): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select g.id
    from unnest(${groups.map((one) => one.zoomGroupId)}::text[], ${groups.map((one) => one.memberCount)}::int[]) as g(id, count)
      left join (
        select m.id, count(*)::int as count, count(*) filter (where u.status <> 'PENDING')::int as here
        from users u, unnest(u.group_ids) as m(id)
        where u.account_id = ${accountId} and u.removed_at is null group by m.id
      ) ours on ours.id = g.id
    where g.count <> coalesce(ours.here, 0) and g.count <> coalesce(ours.count, 0) order by g.id`;
  return rows.map((row) => row.id);
}

/**
 * Makes the members of some groups those that Zoom names; other groups of theirs stay, and so do those of the invited,
 * whom Zoom need not name. One statement; who is in the same groups as before is not touched.
 */
export async function replaceGroupMembers(
  sql: Sql,
  accountId: string,
  groupIds: readonly string[],
  members: readonly GroupMember[],
): Promise<void> {
  const asked = [...groupIds];
  await sql`
    with named as (
      select * from jsonb_to_recordset(${JSON.stringify(members)}::text::jsonb)
        as new("zoomGroupId" text, "zoomUserId" text, email text)
    ), told as (
      select id, array_agg(distinct group_id) as groups from (
        select u.id, n."zoomGroupId" as group_id from named n join users u on u.zoom_user_id = n."zoomUserId"
        where u.account_id = ${accountId} and u.removed_at is null
        union all
        select u.id, n."zoomGroupId" from named n join users u on u.email = n.email
        where n."zoomUserId" is null and u.account_id = ${accountId} and u.removed_at is null
      ) one group by id
    ), fresh as (
      select u.id, array(
        select one.id from (
          select unnest(u.group_ids) as id
          except select unnest(case when u.status = 'PENDING' then '{}'::text[] else ${asked}::text[] end)
          union select unnest(told.groups)
        ) one order by one.id collate "C"
      ) as group_ids
      from users u left join told on told.id = u.id
      where u.account_id = ${accountId} and u.removed_at is null
        and (told.id is not null or (u.status <> 'PENDING' and u.group_ids && ${asked}::text[]))
    ), due as materialized (
      select u.id, fresh.group_ids from users u join fresh on fresh.id = u.id
      where u.group_ids is distinct from fresh.group_ids order by u.id for no key update of u
    )
    update users u set group_ids = due.group_ids from due where u.id = due.id`;
}
