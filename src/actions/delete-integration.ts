import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { deleteJobRuns } from '../datasources/store/erasure.ts';
import { integrationById, lockIntegration, patchIntegration } from '../datasources/store/integrations.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { DeleteIntegrationInput } from '../schema.generated.ts';
import { eraseData, stopWork } from './deauthorize-integration.ts';
import { refuse, type Outcome } from './outcome.ts';

/**
 * Deletes an integration with everything that was read for it, its secret and its jobs, after taking its grant back at
 * Zoom. Rules, candidates, reclamations and the audit trail stay.
 *
 * @returns the integration as it was before.
 */
export async function deleteIntegration(
  deps: Deps,
  caller: Caller,
  input: DeleteIntegrationInput,
): Promise<Outcome<{ integrationId: string; integration: IntegrationRow }>> {
  const { sql } = deps.database;
  const integration = await integrationById(sql, input.integrationId);
  if (integration === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);

  await sql.begin(async (tx) => {
    await lockIntegration(tx, integration.id);
    await patchIntegration(tx, integration.id, { status: 'DISCONNECTED' }, deps.now());
    await stopWork(tx, integration.id, 'The integration was deleted.', deps.now());
  });
  const { revoked } = await deps.zoom.tokens.revoke(integration.id);
  const isDeleted = await sql.begin(async (tx) => {
    const now = deps.now();
    const row = await patchIntegration(
      tx,
      integration.id,
      {
        deletedAt: now,
        clientSecret: null,
        grantedScopes: null,
        connectionCheck: null,
        authorizedZoomUserId: null,
        authorizedEmail: null,
      },
      now,
    );
    if (row === null) return false;
    const skipped = await eraseData(tx, integration.id, caller, 'The integration was deleted.', now);
    await deleteJobRuns(tx, integration.id);
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'integration.deleted',
        integrationId: integration.id,
        subject: integration.id,
        details: { displayName: integration.displayName, revoked, skippedCandidates: skipped },
      },
    ]);
    return true;
  });
  if (!isDeleted) return refuse('NOT_FOUND', 'The integration was deleted meanwhile.', ['input', 'integrationId']);
  return { ok: true, integrationId: integration.id, integration };
}
