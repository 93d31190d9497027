import type { Sql } from '../../db/client.ts';
import type { SqlOrTx } from './writes.ts';

/** Ids after the first and up to the second; null: no bound. */
export interface IdRange {
  after: string | null;
  until: string | null;
}

export const EVERYWHERE: IdRange = { after: null, until: null };

/** So many users are looked at with one statement: whom it finds has to fit into memory. */
export const USERS_AT_ONCE = 100_000;

/** Whose users: of an integration, or of one account. */
export type UsersOf = { integrationId: string } | { accountId: string };

/** Ranges of ids that hold `size` users each. One statement. */
export async function userRanges(sql: Sql, of: UsersOf, size: number): Promise<IdRange[]> {
  const isTheirs = 'accountId' in of ? sql`account_id = ${of.accountId}` : sql`integration_id = ${of.integrationId}`;
  const bounds = await sql<{ id: string }[]>`
    select id from (
      select id, row_number() over (order by id) as n from users where ${isTheirs} and removed_at is null
    ) u
    where n % ${size} = 0 order by id`;
  const ids = [null, ...bounds.map(({ id }) => id), null];
  return ids.slice(1).map((until, place) => ({ after: ids[place]!, until }));
}

/** SQL: is an id of the range? Begins with `and` where there is a bound, and is nothing where there is none. */
export function isWithin(sql: SqlOrTx, id: string, { after, until }: IdRange) {
  return [
    after === null ? sql`` : sql`and ${sql.unsafe(id)} > ${after}`,
    until === null ? sql`` : sql`and ${sql.unsafe(id)} <= ${until}`,
  ];
}
