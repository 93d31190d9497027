import { recordAudit } from '../datasources/store/audit.ts';
import { forgetGrant } from '../datasources/store/grants.ts';
import { authorizedIntegrations, lockIntegration, patchIntegration } from '../datasources/store/integrations.ts';
import type { DeauthorizedEvent } from '../datasources/zoom/webhook-payloads.ts';
import type { Deps } from '../deps.ts';
import { clientIdInUse } from '../policy/oauth-app.ts';
import type { Tx } from './applied.ts';
import { eraseData, stopWork } from './deauthorize-integration.ts';

const WORDS = 'An administrator removed the app at Zoom. Authorize again to go on.';
const ZOOM = { sub: 'zoom', scopes: new Set<never>() };

/**
 * Ends the integrations of an account that use an app which was removed at Zoom: tokens gone, jobs stopped, data erased
 * unless the integration keeps it. Zoom is not asked anything. A removal from before the consent that holds now, and one
 * that was heard of already, change nothing.
 *
 * @returns which integrations were ended.
 */
export async function applyDeauthorization(
  deps: Deps,
  tx: Tx,
  zoomAccountId: string,
  event: DeauthorizedEvent,
): Promise<string[]> {
  const now = deps.now();
  const ended: string[] = [];
  for (const { id } of await authorizedIntegrations(tx, zoomAccountId)) {
    const integration = await lockIntegration(tx, id);
    if (integration === null || integration.authorizedAt === null || integration.status === 'DISCONNECTED') continue;
    if (clientIdInUse(deps.config, integration) !== event.clientId) continue;
    // Our own clock told when the consent came; Zoom's told when it ended.
    if (event.atMs <= integration.authorizedAt.getTime() + deps.zoom.clockSkewMs()) continue;
    const erase = integration.eraseOnDeauthorization;
    await patchIntegration(
      tx,
      id,
      {
        status: 'DISCONNECTED',
        reauthorizationReason: WORDS,
        grantedScopes: null,
        connectionCheck: null,
        authorizedAt: null,
        ...(erase && { zoomAccountId: null, authorizedZoomUserId: null, authorizedEmail: null }),
      },
      now,
    );
    await stopWork(tx, id, WORDS, now);
    await forgetGrant(tx, id);
    const skipped = erase ? await eraseData(tx, id, ZOOM, 'The data of the integration was erased.', now) : 0;
    await recordAudit(tx, [
      {
        at: now,
        actor: ZOOM.sub,
        action: 'integration.deauthorized-at-zoom',
        integrationId: id,
        subject: id,
        details: {
          deauthorizedAt: new Date(event.atMs).toISOString(),
          tokensErased: true,
          jobsStopped: true,
          erasedData: erase,
          skippedCandidates: skipped,
        },
      },
    ]);
    ended.push(id);
  }
  return ended;
}
