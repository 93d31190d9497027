import { sql as statement } from 'drizzle-orm';
import { and, eq, type SQL } from 'drizzle-orm';
import { grants, integrations } from '../../db/tables/integrations.ts';
import type { Db } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import { currentRequest } from '../../origin.ts';
import type { AuditAction } from '../../policy/audit-actions.ts';
import type { SqlOrTx } from './writes.ts';

export type Grant = typeof grants.$inferSelect;
export type Integration = typeof integrations.$inferSelect;

/** New tokens as they are stored: sealed. */
export interface SealedTokens {
  accessToken: string;
  refreshToken: string;
  accessExpiresAt: Date;
  refreshObtainedAt: Date;
}

// Leases are told by the database's clock: processes may disagree about the time.
const now = statement`clock_timestamp()`;

/** The grant of an integration; null when it was never authorized, or is deauthorized. */
export async function grantById(db: Db, integrationId: string): Promise<Grant | null> {
  const [row] = await db.select().from(grants).where(eq(grants.integrationId, integrationId));
  return row ?? null;
}

/** The integration that a grant belongs to. */
export async function integrationOfGrant(db: Db, integrationId: string): Promise<Integration | null> {
  const [row] = await db.select().from(integrations).where(eq(integrations.id, integrationId));
  return row ?? null;
}

const SETTLED = { leaseUntil: null, leaseOwner: null, refreshIntentAt: null, pendingAnswer: null, deadAt: null };

/** Puts the tokens of a new authorization in the place of whatever there was, as the next generation. */
export async function saveNewGrant(db: Db, integrationId: string, tokens: SealedTokens): Promise<void> {
  await db
    .insert(grants)
    .values({ integrationId, gen: 1, ...tokens })
    .onConflictDoUpdate({
      target: grants.integrationId,
      set: { ...tokens, ...SETTLED, gen: statement`${grants.gen} + 1` },
    });
}

/**
 * Takes the lease to refresh one generation. Null when another process holds it, the grant has moved on, or it is dead.
 * The returned row says what was found: an intent that stands is of somebody who never finished.
 *
 * A lease that reaches further than any (the database's clock was set back) is not taken, for its owner may have a refresh under
 * way: it is cut to what a lease lasts, from now on.
 */
export async function claimLease(
  db: Db,
  { integrationId, gen, owner, leaseMs }: { integrationId: string; gen: number; owner: string; leaseMs: number },
): Promise<Grant | null> {
  const end = statement`${now} + ${leaseMs} * interval '1 millisecond'`;
  const [row] = await db
    .update(grants)
    .set({
      leaseUntil: end,
      leaseOwner: statement`case when ${grants.leaseUntil} > ${end} then ${grants.leaseOwner} else ${owner} end`,
    })
    .where(
      and(
        generation(integrationId, gen),
        statement`${grants.deadAt} is null`,
        statement`(${grants.leaseUntil} is null or ${grants.leaseUntil} < ${now} or ${grants.leaseUntil} > ${end})`,
      ),
    )
    .returning();
  return row?.leaseOwner === owner ? row : null;
}

/** Writes down that a refresh is about to be sent. False when the lease was lost: then it must not be. */
export async function markIntent(db: Db, integrationId: string, gen: number, owner: string): Promise<boolean> {
  const rows = await db
    .update(grants)
    .set({ refreshIntentAt: now })
    .where(and(generation(integrationId, gen), eq(grants.leaseOwner, owner)))
    .returning({ id: grants.integrationId });
  return rows.length > 0;
}

/**
 * Gives the lease back. `wasAnswered`: Zoom has answered, or never got the request, so that no refresh is under way
 * any more.
 */
export async function releaseLease(db: Db, integrationId: string, gen: number, owner: string): Promise<void> {
  await db
    .update(grants)
    .set({ leaseUntil: null, leaseOwner: null, refreshIntentAt: null })
    .where(and(generation(integrationId, gen), eq(grants.leaseOwner, owner)));
}

/**
 * Keeps the sealed answer of a refresh. Not bound to the lease: the tokens in it are the only ones that Zoom takes from
 * now on, however late they come.
 */
export async function journalAnswer(
  db: Db,
  integrationId: string,
  gen: number,
  pendingAnswer: string,
): Promise<boolean> {
  const rows = await db.transaction(
    (tx) =>
      tx
        .update(grants)
        .set({ pendingAnswer })
        .where(generation(integrationId, gen))
        .returning({ id: grants.integrationId }),
    { accessMode: 'read write' },
  );
  return rows.length > 0;
}

/** Makes the refreshed tokens the next generation. False when somebody else did it already. */
export async function applyTokens(db: Db, integrationId: string, gen: number, tokens: SealedTokens): Promise<boolean> {
  const rows = await db
    .update(grants)
    .set({ ...tokens, ...SETTLED, gen: gen + 1 })
    .where(generation(integrationId, gen))
    .returning({ id: grants.integrationId });
  return rows.length > 0;
}

/**
 * Declares a generation dead, and its integration in need of a new authorization, both or neither, with an audit event.
 * False when the grant has moved on or an answer lies ready.
 */
export async function markDead(db: Db, integrationId: string, gen: number, reason: string): Promise<boolean> {
  // One statement is one transaction, and the embedded database has a single connection to hold one open on.
  const rows = await db.execute(statement`
    with dead as (
      update grants set dead_at = ${now}, lease_until = null, lease_owner = null, refresh_intent_at = null
      where ${generation(integrationId, gen)} and ${grants.deadAt} is null and ${grants.pendingAnswer} is null
      returning integration_id
    ), lost as (
      update integrations i set status = 'REAUTHORIZATION_REQUIRED', reauthorization_reason = ${reason}, updated_at = ${now}
      from dead where i.id = dead.integration_id returning i.id
    )
    insert into audit_events (id, at, actor, action, integration_id, subject, details, request_id)
    select ${newId('aud')}, ${now}, 'system', ${LOST}, id, id, jsonb_build_object('reason', ${reason}::text),
      ${currentRequest()}
    from lost returning id`);
  return rows.length > 0;
}

const LOST: AuditAction = 'integration.reauthorization_required';

/** Forgets the grant. */
export async function deleteGrant(db: Db, integrationId: string): Promise<void> {
  await db.delete(grants).where(eq(grants.integrationId, integrationId));
}

/** The same inside a transaction. Processes that have read the tokens may use them for another five seconds. */
export async function forgetGrant(tx: SqlOrTx, integrationId: string): Promise<void> {
  await tx`delete from grants where integration_id = ${integrationId}`;
}

function generation(integrationId: string, gen: number): SQL | undefined {
  return and(eq(grants.integrationId, integrationId), eq(grants.gen, gen));
}
