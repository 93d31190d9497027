import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { dayOf, termsByLicenseIds } from '../datasources/store/entitlements.ts';
import { lockIntegration } from '../datasources/store/integrations.ts';
import { mappingsOf } from '../datasources/store/license-mappings.ts';
import { licensesOfIntegration } from '../datasources/store/licenses.ts';
import { accountsToReconcile, hasOpenRun, holdersOfLicenses } from '../datasources/store/reconciliation-facts.ts';
import { lastReconciledAt, saveReconciliation } from '../datasources/store/reconciliations.ts';
import { taskPartsByIntegrationIds } from '../datasources/store/task-parts.ts';
import { plansOf } from '../datasources/zoom/accounts.ts';
import { newId } from '../db/id.ts';
import type { AccountRow, IntegrationRow, LicenseRow, ReconciliationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { usageByLicense } from '../policy/license-names.ts';
import { reconcileLicense, rosterState } from '../policy/reconcile.ts';
import { basisOf } from '../policy/reconciliation-basis.ts';
import { shownLicense } from '../policy/shown-license.ts';
import { countingTerm } from '../policy/terms.ts';
import { isReconciliationDue, TIMETABLE } from '../policy/timetable.ts';
import type { ReconcileInput } from '../schema.generated.ts';
import type { Tx } from './applied.ts';
import { refuse, type Outcome } from './outcome.ts';
import { notConnected } from './sync-integration.ts';

type Reconciled = Outcome<{ reconciliation: ReconciliationRow; integration: IntegrationRow }>;

/**
 * Compares what is owned with what is used, of all managed licenses of an integration, as it is known now. Zoom is not
 * asked. Whoever asks at the same time waits, and then gets a reconciliation of their own.
 */
export function reconcile(deps: Deps, caller: Caller, input: ReconcileInput): Promise<Reconciled> {
  return deps.database.sql.begin((tx) => reconcileIn(deps, tx, input.integrationId, caller.sub));
}

/** The same by itself, unless it is not due any more: of several workers who find it due, one does it. */
export async function reconcileDaily(deps: Deps, integrationId: string): Promise<void> {
  await deps.database.sql.begin(async (tx) => {
    const integration = await lockIntegration(tx, integrationId);
    const last = (await lastReconciledAt(tx, TIMETABLE, integrationId)).get(integrationId);
    if (integration === null || last === undefined || !isReconciliationDue(integration, last, deps.now())) return;
    await reconcileIn(deps, tx, integrationId, TIMETABLE);
  });
}

async function reconcileIn(deps: Deps, tx: Tx, integrationId: string, requestedBy: string): Promise<Reconciled> {
  // One after the other, so that each can be told from the one before; and nothing is erased meanwhile.
  const integration = await lockIntegration(tx, integrationId);
  if (integration === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
  const refusal = notConnected(integration);
  if (refusal !== null) return { ok: false, refusals: [refusal] };
  const accounts = await accountsToReconcile(tx, integrationId);
  if (accounts.every(({ rosterCompleteAt }) => rosterCompleteAt === null)) {
    return refuse(
      'NOTHING_TO_DO',
      'No roster has been read to its end yet, so there is nothing to compare. Wait for the first sync, or start one.',
    );
  }

  const now = deps.now();
  const isSyncing = await hasOpenRun(tx, integrationId);
  const byId = new Map(accounts.map((account) => [account.id, account]));
  const known = (await licensesOfIntegration(tx, integrationId)).flatMap((license) => {
    const account = byId.get(license.accountId);
    return account === undefined ? [] : [{ license: shownLicense(license, integration), account }];
  });
  const managed = known.filter(({ license }) => license.managed);
  const lines = await reconcileAll(tx, integration, managed, now);
  const [parts = []] = await taskPartsByIntegrationIds(tx, [integrationId]);
  const listing = integration.kind === 'TIERED' ? parts.find(({ part }) => part === 'SUB_ACCOUNTS') : undefined;
  const treeProblem = listing === undefined || listing.status === 'READ' ? null : listing.message;
  const basis = basisOf(accounts, { unmanaged: known.length - managed.length, isSyncing, treeProblem }, now);
  const reconciliation = await saveReconciliation(
    tx,
    { id: newId('rcn', now.getTime()), integrationId, requestedBy, at: now, ...basis },
    lines,
    // What is not certain is no history to plan by.
    lines.filter((_, index) => rosterState(managed[index]?.account ?? NO_ROSTER, now) === 'CURRENT'),
  );
  await recordAudit(tx, [
    {
      at: now,
      actor: requestedBy,
      action: 'integration.reconciled',
      integrationId,
      subject: reconciliation.id,
      details: {
        licenses: lines.length,
        unmanaged: known.length - managed.length,
        overAssigned: lines.filter(({ position }) => position === 'OVER_ASSIGNED').length,
        isComplete: basis.isComplete,
      },
    },
  ]);
  return { ok: true, reconciliation, integration };
}

const NO_ROSTER = { isRosterComplete: false, rosterCompleteAt: null };

async function reconcileAll(
  tx: Tx,
  integration: IntegrationRow,
  managed: readonly { license: LicenseRow; account: AccountRow }[],
  now: Date,
) {
  const ids = managed.map(({ license }) => license.id);
  const mapped = await mappingsOf(tx, integration.id);
  const holders = await holdersOfLicenses(tx, ids, now);
  const terms = await termsByLicenseIds(tx, ids);
  const readsActivity = integration.enabledTasks.includes('APPLICATION_ACCESS');
  const usage = new Map<string, ReturnType<typeof usageByLicense>>();
  for (const { account } of managed) {
    if (account.planUsage === null || usage.has(account.id)) continue;
    const plans = plansOf(account.planUsage).map(({ key, plan }) => ({ ...plan, key }));
    usage.set(account.id, usageByLicense(plans, mapped));
  }
  return holders.flatMap((held, index) => {
    const of = managed[index];
    if (of === undefined) return [];
    const { license, account } = of;
    const verdict = reconcileLicense(
      {
        ...held,
        license,
        account,
        terms: terms[index] ?? [],
        price: countingTerm(terms[index] ?? [], dayOf(now)),
        readsActivity,
        zoom: usage.get(account.id)?.get(license.uniqueId) ?? null,
      },
      now,
    );
    const { id: licenseId, accountId, uniqueId, name } = license;
    return [{ licenseId, accountId, uniqueId, name, ...verdict }];
  });
}
