import type { Head, Link } from '../../policy/audit-chain.ts';
import type { SqlOrTx } from './writes.ts';

/** A sealed event as the chain has it; `content` is JSON with everything that it tells. */
export interface ChainLink extends Link {
  /** ISO 8601, UTC. */
  at: string;
}

/** The last event of the chain; null when there is none. */
export async function chainHead(sql: SqlOrTx): Promise<Head | null> {
  const [row] = await sql<Head[]>`
    select position::float8 as position, hash from audit_events where position is not null order by position desc limit 1`;
  return row ?? null;
}

/** Events that stand outside of the chain, as none does that the database itself has written. */
export async function countUnsealed(sql: SqlOrTx): Promise<number> {
  const [row] = await sql<{ count: number }[]>`select count(*)::int as count from audit_events where hash is null`;
  return row?.count ?? 0;
}

/** The hash of the event at a position; null when there is none. */
export async function hashAt(sql: SqlOrTx, position: number): Promise<string | null> {
  const [row] = await sql<{ hash: string }[]>`select hash from audit_events where position = ${position}`;
  return row?.hash ?? null;
}

/** What keeps the trail as it is. */
const GUARDS = ['audit_events_keep', 'audit_events_keep_all', 'audit_events_seal'] as const;

/** Triggers that should guard the trail and don't: taken away, or switched off. */
export async function missingGuards(sql: SqlOrTx): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select tgname as name from pg_trigger where tgrelid = 'audit_events'::regclass and tgenabled = 'A'`;
  return GUARDS.filter((guard) => !rows.some(({ name }) => name === guard));
}

/** From which position to which, both within; null when there are no events in that time. */
export async function positionsWithin(
  sql: SqlOrTx,
  { from, to }: { from: Date | null; to: Date | null },
): Promise<{ first: number; last: number } | null> {
  const [row] = await sql<{ first: number | null; last: number | null }[]>`
    select min(position)::float8 as first, max(position)::float8 as last from audit_events
    where (${from}::timestamptz is null or at >= ${from}) and (${to}::timestamptz is null or at < ${to})`;
  return row?.first == null || row.last === null ? null : { first: row.first, last: row.last };
}

const BATCH = 1000;

/** Which part of the chain; what is left out or null asks for nothing. */
export interface ChainPart {
  /** Behind this position. */
  after: number;
  /** Up to this one. */
  until?: number | null;
  integrationId?: string | null;
  from?: Date | null;
  /** Before this moment. */
  to?: Date | null;
}

/** A part of the chain, oldest event first, in batches: no more than one of them is held at a time. */
export async function* chainLinks(sql: SqlOrTx, part: ChainPart): AsyncGenerator<ChainLink[]> {
  const { until = null, integrationId = null, from = null, to = null } = part;
  let { after } = part;
  for (;;) {
    const batch = await sql<ChainLink[]>`
      select e.position::float8 as position, e.id, audit_event_time(e.at) as at, audit_event_content(e) as content,
        e.previous_hash as "previousHash", e.hash
      from audit_events e
      where e.position > ${after} and (${until}::bigint is null or e.position <= ${until})
        and (${integrationId}::text is null or e.integration_id = ${integrationId})
        and (${from}::timestamptz is null or e.at >= ${from}) and (${to}::timestamptz is null or e.at < ${to})
      order by e.position limit ${BATCH}`;
    const last = batch.at(-1);
    if (last === undefined) return;
    yield batch;
    after = last.position;
  }
}
