import { createHash, randomBytes } from 'node:crypto';
import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { integrationById, lockIntegration } from '../datasources/store/integrations.ts';
import { endFlows, forgetFlows, insertFlow } from '../datasources/store/oauth-flows.ts';
import { newId } from '../db/id.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import { clientIdInUse, isReturnUrl } from '../policy/oauth-app.ts';
import type { AuthorizeIntegrationInput } from '../schema.generated.ts';
import { refuse, type Outcome } from './outcome.ts';

/** How long a person has to open the address, and then again to come back from Zoom. */
export const FLOW_LIFE_MS = 10 * 60_000;

/**
 * Starts an authorization: an address for the browser of the person who consents, good once and for ten minutes. One
 * that was started before for the same integration ends. Nothing else changes until somebody comes back from Zoom.
 */
export async function authorizeIntegration(
  deps: Deps,
  caller: Caller,
  input: AuthorizeIntegrationInput,
): Promise<Outcome<{ authorizationUrl: string; expiresAt: Date; integration: IntegrationRow }>> {
  const { config, database } = deps;
  const integration = await integrationById(database.sql, input.integrationId);
  if (integration === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
  if (clientIdInUse(config, integration) === null) {
    const { region, kind } = integration;
    return refuse(
      'NO_OAUTH_APP',
      `There is no vendor app for ${kind} integrations in region ${region}. Give the integration a client id and secret of your own, or have that app added to ZOOM_APPS.`,
      ['input', 'integrationId'],
    );
  }
  // The scalar may hand over a URL object.
  const returnUrl = input.returnUrl == null ? null : String(input.returnUrl);
  if (returnUrl !== null && !isReturnUrl(returnUrl, config)) {
    return refuse(
      'INVALID',
      'Must be an https address, or http on localhost or on the host of PUBLIC_URL, without a user name in it.',
      ['input', 'returnUrl'],
    );
  }

  const now = deps.now();
  const ticket = randomBytes(32).toString('base64url');
  const expiresAt = new Date(now.getTime() + FLOW_LIFE_MS);
  await database.sql.begin(async (tx) => {
    // Two that start at the same time take turns, so that one of them ends the other.
    await lockIntegration(tx, integration.id);
    await endFlows(tx, integration.id, now);
    await forgetFlows(tx, new Date(now.getTime() - DAY_MS));
    await insertFlow(tx, {
      id: newId('flw', now.getTime()),
      integrationId: integration.id,
      ticketHash: createHash('sha256').update(ticket).digest('base64url'),
      returnUrl,
      requestedBy: caller.sub,
      expiresAt,
      createdAt: now,
    });
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'integration.authorization_started',
        integrationId: integration.id,
        subject: integration.id,
      },
    ]);
  });
  return { ok: true, authorizationUrl: `${config.publicUrl}/oauth/zoom?ticket=${ticket}`, expiresAt, integration };
}
