import { taskParts } from '../../db/tables/usage.ts';
import type { TaskPartRow } from '../../db/tables/rows.ts';
import type { Sql } from '../../db/client.ts';
import { manyByKey, readerOf } from './batch.ts';
import type { SqlOrTx } from './writes.ts';

const reader = readerOf(taskParts);

/** How reading the parts of the tasks of each integration last ended. One statement. */
export async function taskPartsByIntegrationIds(
  sql: SqlOrTx,
  integrationIds: readonly string[],
): Promise<TaskPartRow[][]> {
  const raw = await sql.unsafe(
    `select ${reader.columns} from task_parts t where t.integration_id = any($1::text[])`,
    [[...integrationIds]],
    { prepare: true },
  );
  return manyByKey(integrationIds, reader.rows(raw), (row) => row.integrationId);
}

/** Writes how reading some parts ended. When each was last read stays known. One statement. */
export async function saveTaskParts(
  sql: Sql,
  integrationId: string,
  parts: readonly Pick<TaskPartRow, 'part' | 'status' | 'message'>[],
  now: Date,
): Promise<void> {
  if (parts.length === 0) return;
  await sql`
    insert into task_parts as p (integration_id, part, status, message, at, read_at)
    select ${integrationId}, part, status, message, ${now}, case when status = 'READ' then ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(parts)}::text::jsonb) as new(part text, status text, message text)
    -- Data that was erased meanwhile stays erased.
    where exists (select from accounts where integration_id = ${integrationId})
    on conflict (integration_id, part) do update set status = excluded.status, message = excluded.message,
      at = excluded.at, read_at = coalesce(excluded.read_at, p.read_at)`;
}
