import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { integrationById, patchIntegration, rememberAccount } from '../datasources/store/integrations.ts';
import { giveBack, whoConsented } from '../datasources/zoom/fresh-tokens.ts';
import type { FreshTokens } from '../datasources/zoom/token-endpoint.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { AuditAction } from '../policy/audit-actions.ts';
import { accountName } from './validate-integration.ts';

/** What became of tokens that Zoom gave for an integration. */
export type Completed =
  | { kind: 'AUTHORIZED'; integration: IntegrationRow }
  /** The integration was deleted while somebody was at Zoom. */
  | { kind: 'GONE' }
  /** Its data is of another Zoom account. Nothing was changed. */
  | { kind: 'WRONG_ACCOUNT'; integration: IntegrationRow };

/**
 * Keeps the tokens of a consent, once it is known whose account they are for. Tokens that can't be kept are taken back
 * at Zoom, and what was there before stays as it was.
 */
export async function completeAuthorization(
  deps: Deps,
  caller: Caller,
  { integrationId, tokens, scopes }: { integrationId: string; tokens: FreshTokens; scopes: string[] },
): Promise<Completed> {
  const { sql } = deps.database;
  const now = deps.now();
  const integration = await integrationById(sql, integrationId);
  if (integration === null) return { kind: 'GONE' };
  const audit = (action: AuditAction, details: Record<string, unknown> = {}) => ({
    at: now,
    actor: caller.sub,
    action,
    integrationId,
    subject: integrationId,
    details,
  });

  const who = await whoConsented(deps, integrationId, tokens);
  const zoomAccountId = who?.account_id ?? null;
  if (zoomAccountId !== null && integration.zoomAccountId !== null && integration.zoomAccountId !== zoomAccountId) {
    await giveBack(deps, integration, tokens);
    await recordAudit(sql, [audit('integration.authorization_refused', { reason: 'WRONG_ACCOUNT' })]);
    return { kind: 'WRONG_ACCOUNT', integration };
  }
  // Zoom keeps one grant a user and app: another integration of theirs may just have died. Its next call will say so.
  await deps.zoom.tokens.saveGrant(integrationId, tokens);
  const saved = await sql.begin(async (tx) => {
    const row = await patchIntegration(
      tx,
      integrationId,
      {
        status: 'AUTHORIZED',
        grantedScopes: scopes,
        authorizedAt: now,
        reauthorizationReason: null,
        ...(who !== null && zoomAccountId !== null
          ? { zoomAccountId, authorizedZoomUserId: who.id, authorizedEmail: who.email.toLowerCase() }
          : {}),
      },
      now,
    );
    if (row === null) return null;
    if (who !== null && zoomAccountId !== null) {
      await rememberAccount(tx, row, { zoomAccountId, name: accountName(who) }, now);
    }
    await recordAudit(tx, [audit('integration.authorized', { scopes, zoomAccountId })]);
    return row;
  });
  if (saved !== null) return { kind: 'AUTHORIZED', integration: saved };
  await giveBack(deps, integration, tokens);
  await deps.zoom.tokens.eraseGrant(integrationId);
  return { kind: 'GONE' };
}
