import type { Sql } from '../../db/client.ts';

/** A grant's sealed values. */
export interface SealedGrant {
  id: string;
  accessToken: string;
  refreshToken: string;
  pendingAnswer: string | null;
}

export interface SealedClientSecret {
  id: string;
  clientSecret: string;
}

/** The next grants, in the order of ids, with a value that another key than `kid` has sealed. */
export async function grantsNotSealedBy(sql: Sql, kid: string, after: string, limit: number): Promise<SealedGrant[]> {
  return sql<SealedGrant[]>`
    select integration_id as id, access_token as "accessToken", refresh_token as "refreshToken",
      pending_answer as "pendingAnswer"
    from grants
    where integration_id > ${after} and (
      split_part(access_token, '.', 1) <> ${kid} or split_part(refresh_token, '.', 1) <> ${kid}
      or split_part(pending_answer, '.', 1) <> ${kid}
    )
    order by integration_id limit ${limit}`;
}

/**
 * Replaces sealed values, all with one statement, but of those grants that have changed since they were read.
 *
 * @returns how many were replaced.
 */
export async function replaceSealed(
  sql: Sql,
  pairs: readonly { seen: SealedGrant; next: SealedGrant }[],
): Promise<number> {
  const seen = pairs.map((pair) => pair.seen);
  const next = pairs.map((pair) => pair.next);
  const { count } = await sql`
    update grants g
    set access_token = n.access_token, refresh_token = n.refresh_token, pending_answer = n.pending_answer
    from unnest(
      ${seen.map(({ id }) => id)}::text[], ${seen.map((one) => one.accessToken)}::text[],
      ${seen.map((one) => one.refreshToken)}::text[], ${seen.map((one) => one.pendingAnswer)}::text[],
      ${next.map((one) => one.accessToken)}::text[], ${next.map((one) => one.refreshToken)}::text[],
      ${next.map((one) => one.pendingAnswer)}::text[]
    ) as n(id, seen_access, seen_refresh, seen_pending, access_token, refresh_token, pending_answer)
    where g.integration_id = n.id and g.access_token = n.seen_access and g.refresh_token = n.seen_refresh
      and g.pending_answer is not distinct from n.seen_pending`;
  return count;
}

/** The next client secrets, in the order of ids, that another key than `kid` has sealed. */
export async function clientSecretsNotSealedBy(
  sql: Sql,
  kid: string,
  after: string,
  limit: number,
): Promise<SealedClientSecret[]> {
  return sql<SealedClientSecret[]>`
    select id, client_secret as "clientSecret" from integrations
    where id > ${after} and split_part(client_secret, '.', 1) <> ${kid} order by id limit ${limit}`;
}

/** The same for client secrets. */
export async function replaceClientSecrets(
  sql: Sql,
  pairs: readonly { seen: SealedClientSecret; next: SealedClientSecret }[],
): Promise<number> {
  const { count } = await sql`
    update integrations i set client_secret = n.next
    from unnest(
      ${pairs.map(({ seen }) => seen.id)}::text[], ${pairs.map(({ seen }) => seen.clientSecret)}::text[],
      ${pairs.map(({ next }) => next.clientSecret)}::text[]
    ) as n(id, seen, next)
    where i.id = n.id and i.client_secret = n.seen`;
  return count;
}

/** What a key has sealed: how many grants, client secrets and started authorizations. */
export interface KeyUse {
  kid: string;
  grants: number;
  clientSecrets: number;
  /** Of browsers that are at Zoom right now; over in minutes. */
  authorizations: number;
}

/** Every key that has sealed something that is still here. */
export async function keyUses(sql: Sql): Promise<KeyUse[]> {
  return sql<KeyUse[]>`
    with used as (
      select distinct 'grant' as what, integration_id as id, split_part(value, '.', 1) as kid
      from grants cross join unnest(array[access_token, refresh_token, pending_answer]) as value where value is not null
      union all
      select 'secret', id, split_part(client_secret, '.', 1) from integrations where client_secret is not null
      union all
      select 'flow', id, split_part(session, '.', 1) from oauth_flows
      where session is not null and used_at is null and expires_at > now()
    )
    select kid, (count(*) filter (where what = 'grant'))::int as grants,
      (count(*) filter (where what = 'secret'))::int as "clientSecrets",
      (count(*) filter (where what = 'flow'))::int as authorizations
    from used group by kid order by kid`;
}

/** Until when a link that was sent to somebody can be answered: it is signed with a key. Null: none is open. */
export async function lastOpenLink(sql: Sql): Promise<Date | null> {
  const [row] = await sql<{ until: Date | null }[]>`
    select max(expires_at) as until from candidate_asks where answered_at is null and expires_at > now()`;
  return row?.until ?? null;
}
