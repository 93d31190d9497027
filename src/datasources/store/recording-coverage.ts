import { oneByKey } from './batch.ts';
import type { SqlOrTx } from './writes.ts';

/** From when to when an account's cloud recordings are known without a gap. */
export interface RecordingCoverage {
  from: Date;
  until: Date;
}

/** Of each account, in the order asked for; null where recordings were never read. */
export async function recordingCoverages(
  sql: SqlOrTx,
  accountIds: readonly string[],
): Promise<(RecordingCoverage | null)[]> {
  const rows = await sql<(RecordingCoverage & { accountId: string })[]>`
    select account_id as "accountId", known_from as "from", known_until as "until" from report_coverage
    where report = 'RECORDINGS' and account_id = any(${[...accountIds]}::text[])`;
  return oneByKey(accountIds, rows, (row) => row.accountId);
}

/** Of one account; null where recordings were never read. */
export async function recordingCoverage(sql: SqlOrTx, accountId: string): Promise<RecordingCoverage | null> {
  const [row] = await recordingCoverages(sql, [accountId]);
  return row ?? null;
}
