import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { eraseIntegrationData, skipCandidates, stopReclamations } from '../datasources/store/erasure.ts';
import { grantById } from '../datasources/store/grants.ts';
import { integrationById, lockIntegration, patchIntegration } from '../datasources/store/integrations.ts';
import { failOpenRuns } from '../datasources/store/job-runs.ts';
import { endFlows } from '../datasources/store/oauth-flows.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { DeauthorizeIntegrationInput } from '../schema.generated.ts';
import { refuse, type Outcome } from './outcome.ts';

/**
 * Disconnects an integration: its jobs stop, its tokens are taken back at Zoom and erased here, and its data is erased
 * or stays as it was last seen. When Zoom can't be told, the tokens are erased all the same. May be repeated.
 */
export async function deauthorizeIntegration(
  deps: Deps,
  caller: Caller,
  input: DeauthorizeIntegrationInput,
): Promise<Outcome<{ integration: IntegrationRow }>> {
  const { sql, db } = deps.database;
  const integration = await integrationById(sql, input.integrationId);
  if (integration === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
  const erase = input.eraseData ?? false;
  if (
    integration.status === 'DRAFT' &&
    integration.zoomAccountId === null &&
    (await grantById(db, integration.id)) === null
  ) {
    return refuse('NOT_CONNECTED', 'The integration was never authorized.', ['input', 'integrationId']);
  }

  // In this order: first nobody begins anything new, then Zoom is told, and what is erased is not written again.
  await sql.begin(async (tx) => {
    await lockIntegration(tx, integration.id);
    await patchIntegration(tx, integration.id, { status: 'DISCONNECTED' }, deps.now());
    await stopWork(tx, integration.id, 'The integration was deauthorized.', deps.now());
  });
  const { revoked } = await deps.zoom.tokens.revoke(integration.id);
  const after = await sql.begin(async (tx) => {
    const now = deps.now();
    const row = await patchIntegration(
      tx,
      integration.id,
      {
        grantedScopes: null,
        connectionCheck: null,
        authorizedAt: null,
        reauthorizationReason: null,
        ...(erase && { zoomAccountId: null, authorizedZoomUserId: null, authorizedEmail: null }),
      },
      now,
    );
    const skipped = erase
      ? await eraseData(tx, integration.id, caller, 'The data of the integration was erased.', now)
      : 0;
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'integration.deauthorized',
        integrationId: integration.id,
        subject: integration.id,
        details: { revoked, erasedData: erase, skippedCandidates: skipped },
      },
    ]);
    return row;
  });
  if (after === null) return refuse('NOT_FOUND', 'The integration was deleted meanwhile.', ['input', 'integrationId']);
  return { ok: true, integration: after };
}

type Tx = Parameters<typeof lockIntegration>[0];

/** Ends what waits or runs for an integration: authorizations, jobs, and reclamations before their next user. */
export async function stopWork(tx: Tx, integrationId: string, words: string, now: Date): Promise<void> {
  await endFlows(tx, integrationId, now);
  await failOpenRuns(tx, integrationId, words, now);
  await stopReclamations(tx, integrationId, now);
}

/** Erases what was read from Zoom and closes the candidates that it made. @returns how many were closed. */
export async function eraseData(
  tx: Tx,
  integrationId: string,
  caller: Caller,
  note: string,
  now: Date,
): Promise<number> {
  await eraseIntegrationData(tx, integrationId);
  return skipCandidates(tx, { integrationId }, { by: caller.sub, note, now });
}
