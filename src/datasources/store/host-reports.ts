import type { Sql } from '../../db/client.ts';
import type { HostsReportedRecord } from '../../db/tables/usage.ts';
import { manyByKey } from './batch.ts';
import type { RosterPlace } from './roster.ts';

/** What Zoom reported of an account's hosts when all that they held was last read, by window; empty: nothing is noted. */
export async function hostsReported(sql: Sql, accountId: string): Promise<HostsReportedRecord[]> {
  const [row] = await sql<{ windows: HostsReportedRecord[] }[]>`
    select windows from host_reports where account_id = ${accountId}`;
  return row?.windows ?? [];
}

/** A window with how many hosts it had. */
export interface HostCount {
  from: string;
  to: string;
  hosts: number;
}

/** The same windows of each account with how many hosts each had: all that a plan needs. One statement. */
export async function hostCounts(sql: Sql, accountIds: readonly string[]): Promise<HostCount[][]> {
  const rows = await sql<(HostCount & { accountId: string })[]>`
    select account_id as "accountId", days ->> 'from' as from, days ->> 'to' as to,
      (select count(*)::int from jsonb_object_keys(days -> 'hosts')) as hosts
    from host_reports, jsonb_array_elements(windows) with ordinality as one(days, position)
    where account_id = any(${[...accountIds]}::text[]) order by account_id, position`;
  return manyByKey(accountIds, rows, ({ accountId }) => accountId);
}

/** Notes what Zoom reported of hosts in the windows of a run that read all that they held; nothing new is not written. */
export async function saveHostsReported(
  sql: Sql,
  { integrationId, accountId }: RosterPlace,
  reported: readonly HostsReportedRecord[],
): Promise<void> {
  await sql`
    insert into host_reports as h (account_id, integration_id, windows)
    select ${accountId}, ${integrationId}, ${JSON.stringify(reported)}::text::jsonb
    -- Data that was erased while reports were read stays erased.
    where exists (select from accounts where id = ${accountId})
    on conflict (account_id) do update set windows = excluded.windows where h.windows is distinct from excluded.windows`;
}
