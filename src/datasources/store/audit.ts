import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import { auditEvents } from '../../db/tables/audit.ts';
import type { AuditEventRow } from '../../db/tables/rows.ts';
import { currentRequest } from '../../origin.ts';
import type { AuditAction } from '../../policy/audit-actions.ts';
import type { AuditEventFilter } from '../../schema.generated.ts';
import { oneByKey, readerOf, run, Values } from './batch.ts';
import { matchExact, matchInstant, matchText } from './comparators.ts';
import type { SqlOrTx } from './writes.ts';

/**
 * Something that was decided or done. `details` are facts that outlive everything else: no secrets, and of people nothing
 * but ids, since nothing here is ever erased.
 */
export interface AuditEntry {
  at: Date;
  /** The caller's `sub`, or `system`. */
  actor: string;
  action: AuditAction;
  integrationId: string | null;
  /** Id of what it was done to. */
  subject?: string | null;
  details?: Record<string, unknown>;
}

// Numbers that the driver hands out as text.
const COLUMNS = readerOf(auditEvents)
  .columns.replace('t."seq" as', 't."seq"::float8 as')
  .replace('t."position" as', 't."position"::float8 as');

/**
 * Appends to the audit trail, in the transaction of the write that it tells of where there is one. The database chains the
 * events when that transaction commits: who commits waits for others who do, and nobody for those who are still at work.
 */
export async function recordAudit(sql: SqlOrTx, entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  const requestId = currentRequest();
  const rows = entries.map((entry) => ({
    id: newId('aud', entry.at.getTime()),
    at: entry.at.toISOString(),
    actor: entry.actor,
    action: entry.action,
    integrationId: entry.integrationId,
    subject: entry.subject ?? null,
    details: entry.details ?? {},
    requestId,
  }));
  await sql`
    insert into audit_events (id, at, actor, action, integration_id, subject, details, request_id)
    select id, at, actor, action, "integrationId", subject, details, "requestId"
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb) as new(id text, at timestamptz, actor text, action text,
      "integrationId" text, subject text, details jsonb, "requestId" text)`;
}

export interface AuditQuery {
  /** Null: of all, and of none. */
  integrationId: string | null;
  filter?: AuditEventFilter | null | undefined;
}

function conditionsOf({ integrationId, filter }: AuditQuery, values: Values): string {
  const conditions = ['t.position is not null'];
  if (integrationId !== null) conditions.push(`t.integration_id = ${values.add(integrationId, 'text')}`);
  if (filter?.subject) conditions.push(...matchExact('t.subject', filter.subject, values));
  if (filter?.requestId) conditions.push(...matchExact('t.request_id', filter.requestId, values));
  if (filter?.action) conditions.push(...matchText('t.action', filter.action, values));
  if (filter?.actor) conditions.push(...matchText('t.actor', filter.actor, values));
  if (filter?.at) conditions.push(...matchInstant('t.at', filter.at, values));
  return conditions.join(' and ');
}

/** Events, newest first, after the one at position `after`; one more than `first`. */
export async function auditEventsPage(
  sql: Sql,
  { first, after, ...query }: AuditQuery & { first: number; after: number | null },
): Promise<AuditEventRow[]> {
  const values = new Values();
  const conditions = conditionsOf(query, values);
  const behind = after === null ? '' : ` and t.position < ${values.add(after, 'bigint')}`;
  const text = `select ${COLUMNS} from audit_events t where ${conditions}${behind}
    order by t.position desc limit ${values.add(first + 1, 'int')}`;
  return (await run(sql, text, values, false)) as unknown as AuditEventRow[];
}

export async function countAuditEvents(sql: Sql, query: AuditQuery): Promise<number> {
  const values = new Values();
  const text = `select count(*)::int as count from audit_events t where ${conditionsOf(query, values)}`;
  const [row] = await run(sql, text, values, false);
  return Number(row?.['count'] ?? 0);
}

/** Events by id, in the order asked for; null where unknown. */
export async function auditEventsByIds(sql: SqlOrTx, ids: readonly string[]): Promise<(AuditEventRow | null)[]> {
  const rows = await sql<AuditEventRow[]>`
    select ${sql.unsafe(COLUMNS)} from audit_events t where t.id = any(${[...ids]}::text[]) and t.position is not null`;
  return oneByKey(ids, rows, (row) => row.id);
}
