import { newId } from '../../db/id.ts';
import { auditEvents } from '../../db/tables/reclamations.ts';
import type { AuditEventRow } from '../../db/tables/rows.ts';
import { oneByKey } from './batch.ts';
import { columnsOf, type SqlOrTx } from './writes.ts';

/** Something that was decided or done. `details` hold facts only: no secrets, and no more of people than is needed. */
export interface AuditEntry {
  at: Date;
  /** The caller's `sub`, or `system`. */
  actor: string;
  /** Noun and what became of it, for example `integration.authorized`. */
  action: string;
  integrationId: string | null;
  /** Id of what it was done to. */
  subject?: string | null;
  details?: Record<string, unknown>;
}

// `seq` is a bigint, which the driver hands out as text.
const COLUMNS = columnsOf(auditEvents).replace('"seq" as', '"seq"::float8 as');

/** Appends to the audit trail, in the transaction of the write that it tells of where there is one. */
export async function recordAudit(sql: SqlOrTx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const rows = entries.map((entry) => ({
    id: newId('aud', entry.at.getTime()),
    at: entry.at.toISOString(),
    actor: entry.actor,
    action: entry.action,
    integrationId: entry.integrationId,
    subject: entry.subject ?? null,
    details: entry.details ?? {},
  }));
  await sql`
    insert into audit_events (id, at, actor, action, integration_id, subject, details)
    select id, at, actor, action, "integrationId", subject, details
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as new(id text, at timestamptz, actor text, action text, "integrationId" text, subject text, details jsonb)`;
}

/** Events of one integration (of all when null), newest first, after the one with `seq` `after`; one more than `first`. */
export async function auditEventsPage(
  sql: SqlOrTx,
  { integrationId, first, after }: { integrationId: string | null; first: number; after: number | null },
): Promise<AuditEventRow[]> {
  return sql<AuditEventRow[]>`
    select ${sql.unsafe(COLUMNS)} from audit_events
    where (${integrationId}::text is null or integration_id = ${integrationId})
      and (${after}::bigint is null or seq < ${after})
    order by audit_events.seq desc limit ${first + 1}`;
}

export async function countAuditEvents(sql: SqlOrTx, integrationId: string | null): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from audit_events where (${integrationId}::text is null or integration_id = ${integrationId})`;
  return row?.count ?? 0;
}

/** Events by id, in the order asked for; null where unknown. */
export async function auditEventsByIds(sql: SqlOrTx, ids: readonly string[]): Promise<(AuditEventRow | null)[]> {
  const rows = await sql<AuditEventRow[]>`
    select ${sql.unsafe(COLUMNS)} from audit_events where id = any(${[...ids]}::text[])`;
  return oneByKey(ids, rows, (row) => row.id);
}
