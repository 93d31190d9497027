import { oauthFlows } from '../../db/tables/integrations.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

export type OauthFlow = typeof oauthFlows.$inferSelect;

/** A flow, and whether a later authorization of the same integration took its place. */
export type FoundFlow = OauthFlow & { isSuperseded: boolean };

const COLUMNS = columnsOf(oauthFlows);

// A flow ends in the statement that makes its successor, at the same instant; one that ended by its own callback has
// nobody who began before its end.
const FOUND = `${COLUMNS}, exists (
    select from oauth_flows newer
    where newer.integration_id = f.integration_id and newer.id <> f.id
      and newer.created_at between f.created_at and f.used_at
  ) as "isSuperseded"`;

export async function insertFlow(tx: SqlOrTx, flow: typeof oauthFlows.$inferInsert): Promise<void> {
  await tx`insert into oauth_flows ${tx(columnValues(oauthFlows, flow))}`;
}

/** Ends every unfinished flow of an integration: their tickets and states are worth nothing any more. */
export async function endFlows(sql: SqlOrTx, integrationId: string, now: Date): Promise<void> {
  await sql`
    update oauth_flows set used_at = ${now}, session = null where integration_id = ${integrationId} and used_at is null`;
}

export async function flowByTicketHash(sql: SqlOrTx, ticketHash: string): Promise<FoundFlow | null> {
  const [row] = await sql<FoundFlow[]>`
    select ${sql.unsafe(FOUND)} from oauth_flows f where ticket_hash = ${ticketHash}`;
  return row ?? null;
}

export async function flowByStateHash(sql: SqlOrTx, stateHash: string): Promise<FoundFlow | null> {
  const [row] = await sql<FoundFlow[]>`
    select ${sql.unsafe(FOUND)} from oauth_flows f where state_hash = ${stateHash}`;
  return row ?? null;
}

/** Takes the first leg, once. False when somebody else did, or the flow has ended or expired meanwhile. */
export async function takeFirstLeg(
  sql: SqlOrTx,
  id: string,
  leg: { stateHash: string; session: string; expiresAt: Date },
  now: Date,
): Promise<boolean> {
  const rows = await sql`
    update oauth_flows set state_hash = ${leg.stateHash}, session = ${leg.session}, expires_at = ${leg.expiresAt}
    where id = ${id} and state_hash is null and used_at is null and expires_at > ${now} returning id`;
  return rows.length > 0;
}

/** Claims the callback, once: of two that come at the same time one is told false and must not ask for tokens. */
export async function claimCallback(sql: SqlOrTx, id: string, now: Date): Promise<boolean> {
  const rows = await sql`
    update oauth_flows set used_at = ${now}, session = null
    where id = ${id} and used_at is null and expires_at > ${now} returning id`;
  return rows.length > 0;
}

/** Forgets flows that ended before `before`. */
export async function forgetFlows(sql: SqlOrTx, before: Date): Promise<void> {
  await sql`delete from oauth_flows where expires_at < ${before}`;
}
