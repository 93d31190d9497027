import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { grantById } from '../datasources/store/grants.ts';
import {
  integrationById,
  lockIntegration,
  patchIntegration,
  rememberAccount,
  type IntegrationPatch,
} from '../datasources/store/integrations.ts';
import { failOpenRuns } from '../datasources/store/job-runs.ts';
import { hasHadRules, insertRule } from '../datasources/store/rules.ts';
import { saveFirstSummary } from '../datasources/store/sync-accounts.ts';
import type { SqlOrTx } from '../datasources/store/writes.ts';
import { newId } from '../db/id.ts';
import type { IntegrationRow, JobRunRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { DEFAULT_THRESHOLD_DAYS } from '../policy/inactivity.ts';
import type { IntegrationIdInput } from '../schema.generated.ts';
import { checkConnection, type Checked } from './check-connection.ts';
import { refuse, type Outcome } from './outcome.ts';
import { queueSync } from './sync-integration.ts';

/** The statuses out of which a check may lead. */
const CHECKABLE: readonly IntegrationRow['status'][] = ['DRAFT', 'AUTHORIZED', 'CONNECTED'];

/** What a check is about: when one of them changed while it ran, it proves nothing. */
const CHECKED_FIELDS = [
  'status',
  'kind',
  'region',
  'clientId',
  'clientSecret',
  'enabledTasks',
  'grantedScopes',
] as const;

/**
 * Checks the connection with read calls only. A success makes the integration connected; the first one makes its rule,
 * and every one that connects it queues a sync. A failure takes a connected one back to authorized. While Zoom can't be
 * asked only the record of the check changes.
 */
export async function validateIntegration(
  deps: Deps,
  caller: Caller,
  input: IntegrationIdInput,
): Promise<Outcome<{ integration: IntegrationRow; jobRuns: JobRunRow[] }>> {
  const { sql, db } = deps.database;
  const integration = await integrationById(sql, input.integrationId);
  if (integration === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
  const grant = await grantById(db, integration.id);
  if (integration.status === 'REAUTHORIZATION_REQUIRED' || (grant !== null && grant.deadAt !== null)) {
    return refuse('REAUTHORIZATION_REQUIRED', integration.reauthorizationReason ?? 'Authorize the integration again.');
  }
  if (grant === null || !CHECKABLE.includes(integration.status)) {
    return refuse('NOT_CONNECTED', 'The integration is not authorized at Zoom. Authorize it first.');
  }

  let checked: Checked;
  try {
    checked = await checkConnection(deps, integration);
  } catch (error) {
    if (error instanceof AppError && error.code === 'REAUTHORIZATION_REQUIRED') {
      return refuse('REAUTHORIZATION_REQUIRED', error.message);
    }
    throw error;
  }
  const after = await sql.begin((tx) => saveCheck(deps, tx, caller, integration, checked));
  if (after === null) return refuse('NOT_FOUND', 'The integration was deleted meanwhile.', ['input', 'integrationId']);
  if (checked.unreachable !== null) {
    const refusal = refuse('ZOOM_REFUSED', `Zoom could not be asked: ${checked.unreachable} Validate again later.`);
    return Object.assign(refusal, { integration: after.integration });
  }
  const jobRuns = after.becameConnected ? await queueSync(deps, after.integration, null, caller.sub) : [];
  return { ok: true, integration: after.integration, jobRuns };
}

/** Writes the check down with what follows from it, unless the integration was taken elsewhere while it ran. */
async function saveCheck(
  deps: Deps,
  tx: SqlOrTx,
  caller: Caller,
  asked: IntegrationRow,
  { record, authorizedBy, summary, unreachable }: Checked,
): Promise<{ integration: IntegrationRow; becameConnected: boolean } | null> {
  const now = deps.now();
  const before = await lockIntegration(tx, asked.id);
  if (before === null) return null;
  const patch: IntegrationPatch = { connectionCheck: record };
  const isStill =
    unreachable === null && CHECKED_FIELDS.every((field) => String(before[field]) === String(asked[field]));
  if (isStill) patch.status = record.ok ? 'CONNECTED' : 'AUTHORIZED';
  if (isStill && before.zoomAccountId === null && authorizedBy !== null && authorizedBy.account_id !== null) {
    patch.zoomAccountId = authorizedBy.account_id;
    patch.authorizedZoomUserId = authorizedBy.id;
    patch.authorizedEmail = authorizedBy.email.toLowerCase();
    await rememberAccount(tx, before, { zoomAccountId: authorizedBy.account_id, name: accountName(authorizedBy) }, now);
  }
  const integration = await patchIntegration(tx, asked.id, patch, now);
  if (integration === null) return null;
  if (isStill && summary !== null) await saveFirstSummary(tx, asked.id, summary, now);

  const becameConnected = integration.status === 'CONNECTED' && before.status !== 'CONNECTED';
  if (becameConnected && !(await hasHadRules(tx, asked.id))) await insertFirstRule(tx, asked.id, now);
  if (before.status === 'CONNECTED' && integration.status !== 'CONNECTED') {
    await failOpenRuns(tx, asked.id, 'The connection did not pass its check.', now);
  }
  await recordAudit(tx, [
    {
      at: now,
      actor: caller.sub,
      action: 'integration.validated',
      integrationId: asked.id,
      subject: asked.id,
      details: {
        ok: record.ok,
        status: integration.status,
        failed: record.checks.filter(({ ok }) => !ok).map(({ task, endpoint }) => `${task} ${endpoint}`),
      },
    },
  ]);
  return { integration, becameConnected };
}

/** Zoom has no cheap name of an account: the company that the user gives, or the domain of the address. */
export function accountName({ company, email }: { company: string | null; email: string }): string {
  return company?.trim() || email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

async function insertFirstRule(tx: SqlOrTx, integrationId: string, now: Date): Promise<void> {
  const rule = await insertRule(tx, {
    id: newId('rul', now.getTime()),
    integrationId,
    name: `Inactive for ${DEFAULT_THRESHOLD_DAYS} days`,
    autoGenerated: true,
    action: 'DOWNGRADE',
    inactivityThresholdDays: DEFAULT_THRESHOLD_DAYS,
    createdAt: now,
  });
  await recordAudit(tx, [
    {
      at: now,
      actor: 'system',
      action: 'rule.created',
      integrationId,
      subject: rule.id,
      details: { name: rule.name, autoGenerated: true },
    },
  ]);
}
