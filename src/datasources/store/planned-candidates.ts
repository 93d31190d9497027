import type { Sql } from '../../db/client.ts';
import type { CandidateStatus } from '../../db/tables/reclamations.ts';
import type { CandidateRow } from '../../db/tables/rows.ts';
import type { Price } from '../../policy/savings.ts';
import { excludes, PERSON_COLUMNS, type HolderRow } from './inactive-holders.ts';
import { lastSignOf } from './last-sign.ts';
import { joinLeft } from './offboardings.ts';
import type { SqlOrTx as Tx } from './writes.ts';

/** SQL: the signs of the candidate's rule `r`; null, the usual ones, when it names none or is gone. */
export const SIGNS = '(case when r.deleted_at is null then r.signs end)';

/** A candidate with everything that decides about its user. All of the user is null when the user is gone. */
export interface PlannedCandidate extends Omit<HolderRow, keyof Price> {
  id: string;
  integrationId: string;
  candidateStatus: CandidateStatus;
  action: CandidateRow['action'];
  reason: CandidateRow['reason'];
  closedAt: Date | null;
  accountId: string | null;
  /** Zoom's id of the sub account that the user is in; null: in none. */
  subAccountId: string | null;
  /** Is the account one that Zoom no longer lists? */
  isAccountGone: boolean;
  email: string | null;
  type: string | null;
  webinarEnabled: boolean | null;
  eventsReadAt: Date | null;
  removedAt: Date | null;
  excludedBecause: string | null;
  excludedUntil: Date | null;
  /** Is the license managed? */
  isManaged: boolean;
  /** Does the user still hold the license that was found? */
  holdsLicense: boolean;
  /** Signs that its rule counts; null: the usual ones, also when the rule is gone. */
  signs: string[] | null;
  /** Last sign that counts, as it is known by now; null: never. */
  lastSignAt: Date | null;
  /** The same when the candidate was found, or last looked at. */
  foundLastActivityAt: Date | null;
  inactivityThresholdDays: number | null;
  /** Days that the holder has to answer; null: its rule asks nobody, or they have left. */
  daysToAnswer: number | null;
}

function plannedCandidates(tx: Tx, now: Date) {
  const sql = tx as Sql;
  return sql`
    select c.id, c.integration_id as "integrationId", c.status as "candidateStatus", c.action, c.reason, hr.left_at as "leftAt",
      c.closed_at as "closedAt",
      c.user_id as "userId", c.license_id as "licenseId", l.unique_id as "licenseUniqueId", u.account_id as "accountId",
      l.managed is not false as "isManaged", case when ac.tier = 'SUB' then ac.zoom_account_id end as "subAccountId",
      ac.removed_at is not null as "isAccountGone",
      u.email, u.type, u.webinar_enabled as "webinarEnabled", ac.events_read_at as "eventsReadAt", u.removed_at as "removedAt",
      e.reason as "excludedBecause", e.expires_at as "excludedUntil", ${sql.unsafe(SIGNS)} as signs,
      ${sql.unsafe(lastSignOf(SIGNS))} as "lastSignAt", c.last_activity_at as "foundLastActivityAt",
      r.inactivity_threshold_days as "inactivityThresholdDays",
      -- Who has left the company is not asked.
      case when r.notify_user and r.deleted_at is null and c.reason <> 'OFFBOARDED' then nullif(r.days_before_auto_reclamation, 0) end as "daysToAnswer",
      exists (select from license_assignments a where a.user_id = c.user_id and a.license_id = c.license_id) as "holdsLicense",
      ${sql.unsafe(PERSON_COLUMNS)}
    from reclamation_candidates c
    left join users u on u.id = c.user_id
    left join accounts ac on ac.id = u.account_id
    left join licenses l on l.id = c.license_id
    ${sql.unsafe(joinLeft(`'${now.toISOString()}'::timestamptz`))}
    left join reclamation_rules r on r.id = c.rule_id
    left join lateral (select e.reason, e.expires_at from exclusions e where ${excludes(sql, now)} limit 1) e on true`;
}

/** Candidates by id with their users, locked until the transaction ends so that two requests can't plan the same one. */
export async function lockCandidates(tx: Tx, ids: readonly string[], now: Date): Promise<PlannedCandidate[]> {
  // Locked in one order, so that two requests wait for each other instead of for ever.
  return tx<PlannedCandidate[]>`
    ${plannedCandidates(tx, now)} where c.id = any(${[...ids]}::text[]) order by c.id for update of c`;
}

/** One candidate with its user as we know them, and fresh exclusions; null when unknown. */
export async function candidateToActOn(sql: Sql, candidateId: string, now: Date): Promise<PlannedCandidate | null> {
  const [row] = await sql<PlannedCandidate[]>`${plannedCandidates(sql, now)} where c.id = ${candidateId}`;
  return row ?? null;
}

/** Somebody who is to get the things of people who leave. */
export interface ReceiverRow {
  userId: string;
  accountId: string;
  status: string;
  type: string;
  /** Is something being taken from them? */
  isBeingTaken: boolean;
}

/** Who has this address in these accounts. */
export async function receiversOf(tx: Tx, email: string, accountIds: readonly string[]): Promise<ReceiverRow[]> {
  return tx<ReceiverRow[]>`
    select u.id as "userId", u.account_id as "accountId", u.status, u.type, exists (
      select from reclamation_items i join reclamations r on r.id = i.reclamation_id
      where i.user_id = u.id and not r.dry_run and i.status in ('PLANNED', 'SENT', 'UNKNOWN')
    ) as "isBeingTaken"
    from users u where u.email = ${email} and u.account_id = any(${[...accountIds]}::text[]) and u.removed_at is null`;
}

/** Whose candidates these are; unknown ids are left out. In one order, so that two who lock them can't block each other. */
export async function integrationsOfCandidates(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows = await tx<{ id: string }[]>`
    select distinct integration_id as id from reclamation_candidates where id = any(${[...ids]}::text[]) order by 1`;
  return rows.map((row) => row.id);
}
