import type { SqlOrTx } from './writes.ts';
import type { RosterPlace } from './roster.ts';
import { letGo } from './let-go.ts';

const MOVED = 'The user moved to another account of the tree.';

/**
 * Follows people who moved between accounts of a tree, from what a page of their new account said. Zoom knows a user id in
 * one account only, so the row of the account they left ends when the page is newer than it; it ends although that account's
 * own roster may not be read yet, or may fail. An exclusion of the person goes with them. A statement when nobody moved.
 *
 * @param userIds rows that the page added or changed, or everybody who is on the account when it was listed to the end: of
 * whom a row was held by somebody else when their page came, no later page may say anything new.
 */
export async function followMovers(
  tx: SqlOrTx,
  place: RosterPlace,
  userIds: readonly string[] | 'EVERYBODY',
  askedAt: Date,
  now: Date,
): Promise<void> {
  if (userIds.length === 0) return;
  const moved = await tx<{ id: string; newId: string; isHere: boolean }[]>`
    select old.id, new.id as "newId", old.removed_at is null as "isHere"
    from users new join users old on old.email = new.email
    where ${userIds === 'EVERYBODY' ? tx`new.account_id = ${place.accountId} and new.removed_at is null` : tx`new.id = any(${[...userIds]}::text[])`}
      and old.integration_id = ${place.integrationId}
      and old.account_id <> ${place.accountId} and old.zoom_user_id = new.zoom_user_id
      and (old.observed_at is null or old.observed_at < ${askedAt})
      -- Asked once, and then nobody is looked for where there is no other account.
      and (select count(*) > 1 from accounts where integration_id = ${place.integrationId})
    order by old.id
    -- Two accounts may be read at once; whoever comes later finds the row ended.
    for update of old skip locked`;
  if (moved.length === 0) return;
  const here = moved.filter(({ isHere }) => isHere).map(({ id }) => id);
  if (here.length > 0) {
    await tx`update users set removed_at = ${now}, updated_at = ${now} where id = any(${here}::text[])`;
    await letGo(tx, tx`u.id = any(${here}::text[])`, MOVED, now);
  }
  await tx`
    update exclusions e set user_id = moved."newId"
    from jsonb_to_recordset(${JSON.stringify(moved)}::text::jsonb) as moved(id text, "newId" text)
    where e.user_id = moved.id and e.deleted_at is null`;
}
