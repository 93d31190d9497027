import { closeCandidates, type Closing } from './close-candidates.ts';
import { forgetAsks } from './messages.ts';
import { lockRosters } from './roster-order.ts';
import type { SqlOrTx } from './writes.ts';

/** Which open candidates: all of an integration, or those that a rule has found. */
export type CandidateSelection = { integrationId: string } | { ruleId: string };

/**
 * Closes open candidates as skipped and writes that into their history. Those of a rule that are being taken back right
 * now are left to the run that is at it.
 *
 * @returns how many were closed.
 */
export async function skipCandidates(tx: SqlOrTx, selection: CandidateSelection, closing: Closing): Promise<number> {
  return 'ruleId' in selection
    ? closeCandidates(tx, tx`c.rule_id = ${selection.ruleId}`, closing)
    : closeCandidates(tx, tx`c.integration_id = ${selection.integrationId}`, closing, true);
}

/** Asks every reclamation of an integration that waits or runs to stop before its next user. */
export async function stopReclamations(tx: SqlOrTx, integrationId: string, now: Date): Promise<void> {
  await tx`
    update reclamations set stop_requested_at = ${now}
    where integration_id = ${integrationId} and status in ('PENDING', 'RUNNING') and stop_requested_at is null`;
}

/**
 * Erases what was read from Zoom for an integration, what was found by comparing it, and the prices that were entered
 * for its licenses. Rules,
 * exclusions, reclamations, candidates and the audit trail stay.
 */
export async function eraseIntegrationData(tx: SqlOrTx, integrationId: string): Promise<void> {
  // Webhooks and listings that are being written are waited for: what they write is erased as well.
  await lockRosters(tx, integrationId);
  await forgetAsks(tx, integrationId);
  await tx`delete from meeting_participants where integration_id = ${integrationId}`;
  await tx`delete from meetings where integration_id = ${integrationId}`;
  await tx`delete from sign_ins where integration_id = ${integrationId}`;
  await tx`delete from operation_logs where integration_id = ${integrationId}`;
  await tx`delete from cloud_recordings where integration_id = ${integrationId}`;
  await tx`delete from activity_days where integration_id = ${integrationId}`;
  await tx`delete from daily_usage where integration_id = ${integrationId}`;
  await tx`delete from report_coverage where integration_id = ${integrationId}`;
  await tx`delete from host_reports where integration_id = ${integrationId}`;
  await tx`delete from task_parts where integration_id = ${integrationId}`;
  // What waits for a user who is erased here, unless another integration reads the same account.
  await tx`
    delete from webhook_events w using accounts a
    where a.integration_id = ${integrationId} and w.zoom_account_id = a.zoom_account_id and w.applied_at is null
      and not exists (
        select from accounts other where other.zoom_account_id = a.zoom_account_id and other.integration_id <> ${integrationId}
      )`;
  await tx`
    update reclamation_candidates set returned_operator = null
    where integration_id = ${integrationId} and returned_operator is not null`;
  await tx`delete from license_assignments where integration_id = ${integrationId}`;
  await tx`delete from license_days where integration_id = ${integrationId}`;
  await tx`
    delete from reconciliation_lines l using reconciliations r
    where r.id = l.reconciliation_id and r.integration_id = ${integrationId}`;
  await tx`delete from reconciliations where integration_id = ${integrationId}`;
  await tx`delete from entitlements where integration_id = ${integrationId}`;
  await tx`delete from license_mappings where integration_id = ${integrationId}`;
  await tx`delete from licenses where integration_id = ${integrationId}`;
  await tx`delete from user_history where integration_id = ${integrationId}`;
  await tx`delete from offboardings where integration_id = ${integrationId}`;
  await tx`delete from users where integration_id = ${integrationId}`;
  await tx`delete from groups where integration_id = ${integrationId}`;
  await tx`
    delete from roster_listings l using job_runs r where l.job_run_id = r.id and r.integration_id = ${integrationId}`;
  await tx`delete from accounts where integration_id = ${integrationId}`;
}

/** Erases the runs of an integration. */
export async function deleteJobRuns(tx: SqlOrTx, integrationId: string): Promise<void> {
  await tx`delete from job_runs where integration_id = ${integrationId}`;
}
