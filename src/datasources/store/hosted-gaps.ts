import type { HostedGaps } from '../../policy/basic-sufficiency.ts';
import { oneByKey } from './batch.ts';
import type { SqlOrTx } from './writes.ts';

/**
 * What is not known of the meetings and webinars that each user hosted since their account's activity is known, in the order
 * asked for. Who hosted nothing has no gaps.
 */
export async function hostedGaps(sql: SqlOrTx, userIds: readonly string[]): Promise<HostedGaps[]> {
  const rows = await sql<(HostedGaps & { userId: string })[]>`
    select m.host_user_id as "userId", bool_or(m.kind = 'MEETING' and m.participant_count is null) as participants,
      bool_or(m.poll_count is null) as polls, bool_or(m.registrant_count is null) as registrants
    from meetings m join accounts a on a.id = m.account_id
    where m.host_user_id = any(${[...userIds]}::text[]) and m.start_time >= coalesce(a.activity_known_from, '-infinity')
    group by m.host_user_id`;
  return oneByKey(userIds, rows, (row) => row.userId).map(
    (gaps) => gaps ?? { participants: false, polls: false, registrants: false },
  );
}
