import type { Fragment } from 'postgres';
import { closeCandidates } from './close-candidates.ts';
import type { SqlOrTx } from './writes.ts';

/**
 * Users who have left hold nothing, their history ends, and they are no candidates any more, unless somebody is acting on
 * them. `who` is SQL about users `u`. Three statements.
 */
export async function letGo(tx: SqlOrTx, who: Fragment, why: string, now: Date): Promise<void> {
  await tx`delete from license_assignments a using users u where u.id = a.user_id and ${who}`;
  await tx`
    update user_history h set valid_to = ${now}, is_removal = true from users u
    where u.id = h.user_id and h.valid_to is null and ${who}`;
  await closeCandidates(tx, who, { by: 'system', note: why, now });
}
