import type { Fragment } from 'postgres';
import { NOT_YET_TAKEN } from '../../policy/candidate-transitions.ts';
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
  await closeCandidatesOf(tx, who, why, now);
}

/** Closes the open candidates of users who have left, unless somebody is acting on them. `who` is SQL about users `u`. One statement. */
export async function closeCandidatesOf(tx: SqlOrTx, who: Fragment, why: string, now: Date): Promise<void> {
  await tx`
    with closed as (
      update reclamation_candidates c set closed_at = ${now}, status = 'CLOSED_SKIPPED'
      from (
        select c.id, c.status from reclamation_candidates c join users u on u.id = c.user_id
        where ${who} and c.closed_at is null and c.status = any(${[...NOT_YET_TAKEN]}::text[])
        for update of c
      ) old
      where old.id = c.id returning c.id, old.status as "from"
    )
    insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
    select id, ${now}, "from", 'CLOSED_SKIPPED', 'system', ${why} from closed`;
}
