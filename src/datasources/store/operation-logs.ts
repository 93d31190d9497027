import { createHash } from 'node:crypto';
import { operationLogs } from '../../db/tables/usage.ts';
import type { OperationLogRow } from '../../db/tables/rows.ts';
import { readerOf } from './batch.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';
import type { RosterPlace } from './roster.ts';
import type { SqlOrTx } from './writes.ts';

/** Something that was done, before it is stored; the instant as ISO 8601. */
export type OperationLogEntry = Omit<OperationLogRow, 'id' | 'accountId' | 'integrationId' | 'at'> & { at: string };

/** Zoom gives entries no id: what says the same is the same. */
function idOf({ at, operator, category, action, detail }: OperationLogEntry): string {
  return createHash('sha256')
    .update(JSON.stringify([at, operator, category, action, detail]))
    .digest('hex');
}

/** Writes operation logs; one that is known already is no second one. */
export async function saveOperationLogs(
  sql: SqlOrTx,
  place: RosterPlace,
  entries: readonly OperationLogEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into operation_logs (account_id, integration_id, id, at, operator, category, action, detail)
    select ${place.accountId}, ${place.integrationId}, id, at, operator, category, action, detail
    from jsonb_to_recordset(${JSON.stringify(entries.map((entry) => ({ ...entry, id: idOf(entry) })))}::text::jsonb) as new(
      id text, at timestamptz, operator text, category text, action text, detail text
    )
    where exists (select from accounts where id = ${place.accountId})
    on conflict (account_id, id) do nothing`;
}

const NEWEST_FIRST: readonly OrderTerm<OperationLogRow>[] = [
  columnTerm('at', 'at', 'timestamptz', { descending: true }),
  columnTerm('id', 'id', 'text', { descending: true }),
];

/** Operation logs by account, newest first. */
export const operationLogsOfAccount: Source<OperationLogRow> = {
  reader: readerOf(operationLogs),
  from: 'operation_logs t',
  belongs: 't.account_id = k.key',
  order: 'operation logs',
  terms: () => NEWEST_FIRST,
  isFixed: true,
};
