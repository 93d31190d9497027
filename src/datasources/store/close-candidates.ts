import type { Fragment } from 'postgres';
import { NOT_YET_TAKEN } from '../../policy/candidate-transitions.ts';
import type { SqlOrTx } from './writes.ts';

/** Whose word closes candidates, and why. */
export interface Closing {
  by: string;
  note: string;
  now: Date;
}

/**
 * Closes open candidates as skipped, with a row of history each, unless they are being taken right now; `evenTaken`: those as
 * well. `which` is SQL about candidates `c` and their users `u`, who may be gone. One statement.
 *
 * @returns how many were closed.
 */
export async function closeCandidates(
  tx: SqlOrTx,
  which: Fragment,
  { by, note, now }: Closing,
  evenTaken = false,
): Promise<number> {
  const rows = await tx`
    with open as (
      select c.id, c.status from reclamation_candidates c left join users u on u.id = c.user_id
      where c.closed_at is null and (${evenTaken} or c.status = any(${[...NOT_YET_TAKEN]}::text[])) and ${which}
      order by c.id for update of c
    ), closed as (
      update reclamation_candidates c set status = 'CLOSED_SKIPPED', closed_at = ${now}
      from open where c.id = open.id returning c.id, open.status as was
    )
    insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
    select id, ${now}, was, 'CLOSED_SKIPPED', ${by}, ${note} from closed returning seq`;
  return rows.length;
}
