import type { SqlOrTx } from './writes.ts';
import type { RosterPlace } from './roster.ts';
import { letGo } from './let-go.ts';

const MOVED = 'The user moved to another account of the tree.';

/**
 * Follows people who moved between accounts of a tree, from what a page of their new account said. Zoom knows a user id in
 * one account only, so the row of the account they left ends when the page is newer than it; it ends although that account's
 * own roster may not be read yet, or may fail. An exclusion of the person goes with them. A statement when nobody moved.
 *
 * @param userIds rows that the page added or changed.
 */
export async function followMovers(
  tx: SqlOrTx,
  place: RosterPlace,
  userIds: readonly string[],
  askedAt: Date,
  now: Date,
): Promise<void> {
  if (userIds.length === 0) return;
  const moved = await tx<{ id: string; isHere: boolean }[]>`
    select old.id, old.removed_at is null as "isHere"
    from users new join users old on old.email = new.email
    where new.id = any(${[...userIds]}::text[]) and old.integration_id = ${place.integrationId}
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
  await letExclusionsFollow(tx, place.integrationId);
}

/**
 * Lets exclusions of people whose row has ended go on with the row that is theirs now, in whatever account of the tree: of
 * whom another row was held by somebody else when the page of their new account came, no later page says anything new. One
 * statement.
 */
export async function letExclusionsFollow(tx: SqlOrTx, integrationId: string): Promise<void> {
  await tx`
    with moved as materialized (
      select e.id, new.id as user_id from exclusions e
      join users old on old.id = e.user_id and old.integration_id = ${integrationId} and old.removed_at is not null
      join users new on new.integration_id = old.integration_id and new.email = old.email
        and new.zoom_user_id = old.zoom_user_id and new.removed_at is null
      where e.deleted_at is null
      order by e.id for update of e
    )
    update exclusions e set user_id = moved.user_id from moved where e.id = moved.id`;
}
