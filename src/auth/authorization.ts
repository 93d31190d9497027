import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { FLOW_LIFE_MS } from '../actions/authorize-integration.ts';
import { completeAuthorization } from '../actions/complete-authorization.ts';
import { validateIntegration } from '../actions/validate-integration.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import {
  claimCallback,
  flowByStateHash,
  flowByTicketHash,
  takeFirstLeg,
  type FoundFlow,
} from '../datasources/store/oauth-flows.ts';
import { clientCredentials } from '../datasources/zoom/token.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { AuditAction } from '../policy/audit-actions.ts';
import { clientIdInUse, redirectUrl } from '../policy/oauth-app.ts';
import { Secret } from '../secret.ts';
import type { Caller } from '../caller.ts';
import { beginAuthorization, exchangeCode, type ExchangeFailure, type OauthParty, type OauthSession } from './oauth.ts';

/** Why a leg ended before anybody was asked for tokens. */
export type DeadEnd =
  | 'NO_TICKET'
  | 'UNKNOWN_TICKET'
  | 'USED_TICKET'
  | 'NO_APP'
  | 'NO_STATE'
  | 'UNKNOWN_STATE'
  | 'OTHER_BROWSER'
  | 'USED_STATE'
  | 'SUPERSEDED'
  | 'EXPIRED'
  | 'GONE';

export type FirstLeg = { kind: 'REDIRECT'; location: string; browser: string } | { kind: 'DEAD_END'; reason: DeadEnd };

/** Who came back from Zoom, and where the browser wants to end. */
interface Return {
  integration: IntegrationRow;
  returnUrl: string | null;
}

export type SecondLeg =
  | { kind: 'DEAD_END'; reason: DeadEnd }
  | ({ kind: 'DENIED' } & Return)
  | ({ kind: 'NO_TOKENS'; failure: ExchangeFailure | 'ZOOM_ERROR'; zoomCode: number | null } & Return)
  | ({ kind: 'WRONG_ACCOUNT' } & Return)
  /** Tokens are kept; what the check says is in `integration.connectionCheck`, unless Zoom could not be asked. */
  | ({ kind: 'AUTHORIZED'; problem: string | null } & Return)
  | ({ kind: 'CONNECTED' } & Return);

/** What is sealed in the flow between the legs. */
interface SealedSession {
  oauth: OauthSession;
  /** SHA-256 of the cookie of the browser that took the first leg. */
  browser: string;
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64url');
const sealContext = (flowId: string) => `oauth_flows.session:${flowId}`;
const isToken = (text: string | undefined): text is string => text !== undefined && /^[\w-]{20,200}$/.test(text);

const partyOf = (deps: Deps, integration: IntegrationRow): OauthParty => ({
  oauthUrl: deps.config.zoomOAuthUrl,
  redirectUrl: redirectUrl(deps.config),
  credentials: clientCredentials(deps, integration),
});

/** From our ticket to Zoom: makes state and PKCE verifier and says where to send the browser. Works once. */
export async function firstLeg(
  deps: Deps,
  { ticket, browser: known }: { ticket: string | undefined; browser: string | undefined },
): Promise<FirstLeg> {
  const { sql } = deps.database;
  const end = (reason: DeadEnd): FirstLeg => ({ kind: 'DEAD_END', reason });
  if (ticket === undefined || ticket === '') return end('NO_TICKET');
  const flow = isToken(ticket) ? await flowByTicketHash(sql, sha256(ticket)) : null;
  if (flow === null) return end('UNKNOWN_TICKET');
  const now = deps.now();
  if (flow.usedAt !== null || flow.stateHash !== null) return end(flow.isSuperseded ? 'SUPERSEDED' : 'USED_TICKET');
  if (flow.expiresAt <= now) return end('EXPIRED');
  const integration = await integrationById(sql, flow.integrationId);
  if (integration === null) return end('GONE');
  if (clientIdInUse(deps.config, integration) === null) return end('NO_APP');

  const { location, session } = await beginAuthorization(partyOf(deps, integration));
  // A browser that has a value keeps it, so that authorizations of several integrations can go on side by side.
  const browser = isToken(known) ? known : randomBytes(32).toString('base64url');
  const kept: SealedSession = { oauth: session, browser: sha256(browser) };
  const isOurs = await takeFirstLeg(
    sql,
    flow.id,
    {
      stateHash: sha256(session.state),
      session: deps.keys.seal(new Secret(JSON.stringify(kept)), sealContext(flow.id)),
      // Signing in at Zoom, with a second factor and a colleague to ask, gets the whole time again.
      expiresAt: new Date(now.getTime() + FLOW_LIFE_MS),
    },
    now,
  );
  return isOurs ? { kind: 'REDIRECT', location, browser } : end('USED_TICKET');
}

export interface Callback {
  state: string | undefined;
  code: string | undefined;
  error: string | undefined;
  browser: string | undefined;
}

/**
 * From Zoom back to us. Nothing is believed without a state of ours that is fresh and was never used; it is used up in
 * one statement before Zoom is asked for tokens, so that a replay, a double click and a second tab find it used.
 */
export async function secondLeg(deps: Deps, callback: Callback): Promise<SecondLeg> {
  const { sql } = deps.database;
  const end = (reason: DeadEnd): SecondLeg => ({ kind: 'DEAD_END', reason });
  const { state } = callback;
  // Somebody began at Zoom's marketplace, where nobody knows for which integration.
  if (state === undefined || state === '') return end('NO_STATE');
  const flow = isToken(state) ? await flowByStateHash(sql, sha256(state)) : null;
  if (flow === null) return end('UNKNOWN_STATE');
  const now = deps.now();
  if (flow.usedAt !== null || flow.session === null) return end(flow.isSuperseded ? 'SUPERSEDED' : 'USED_STATE');
  if (flow.expiresAt <= now) return end('EXPIRED');
  const session = JSON.parse(deps.keys.open(flow.session, sealContext(flow.id)).reveal()) as SealedSession;
  // The gate is the state: unguessable, single-use, bound to the flow. The cookie only adds that a browser which took
  // another first leg can't be talked into finishing this one. A browser without it is let through: some drop cookies on
  // the way back from another site, and people open the address in one program and consent in another.
  if (callback.browser !== undefined && !isEqual(sha256(callback.browser), session.browser))
    return end('OTHER_BROWSER');
  if (!(await claimCallback(sql, flow.id, now))) return end('USED_STATE');
  const integration = await integrationById(sql, flow.integrationId);
  if (integration === null) return end('GONE');
  return claimed(deps, flow, session.oauth, integration, { ...callback, state });
}

async function claimed(
  deps: Deps,
  flow: FoundFlow,
  session: OauthSession,
  integration: IntegrationRow,
  { code, error, state }: Callback & { state: string },
): Promise<SecondLeg> {
  const caller: Caller = { sub: flow.requestedBy, scopes: new Set() };
  const { returnUrl } = flow;
  const back = { integration, returnUrl };
  const audit = (action: AuditAction, details: Record<string, unknown> = {}) =>
    recordAudit(deps.database.sql, [
      { at: deps.now(), actor: caller.sub, action, integrationId: integration.id, subject: integration.id, details },
    ]);

  if (error === 'access_denied') {
    await audit('integration.authorization_denied');
    return { kind: 'DENIED', ...back };
  }
  if (error !== undefined || code === undefined || code === '' || code.length > 4000) {
    await audit('integration.authorization_failed', { reason: 'ZOOM_ERROR' });
    return { kind: 'NO_TOKENS', failure: 'ZOOM_ERROR', zoomCode: null, ...back };
  }
  if (clientIdInUse(deps.config, integration) === null) return { kind: 'DEAD_END', reason: 'NO_APP' };
  const exchange = await exchangeCode(partyOf(deps, integration), session, { code, state });
  if (!exchange.ok) {
    const { failure, zoomCode } = exchange;
    deps.log.warn({ integrationId: integration.id, failure, zoomCode }, 'Zoom gave no tokens for a code');
    await audit('integration.authorization_failed', { reason: failure, zoomCode });
    return { kind: 'NO_TOKENS', failure, zoomCode, ...back };
  }

  const completed = await completeAuthorization(deps, caller, { integrationId: integration.id, ...exchange });
  switch (completed.kind) {
    case 'GONE':
      return { kind: 'DEAD_END', reason: 'GONE' };
    case 'WRONG_ACCOUNT':
      return { ...completed, returnUrl };
    case 'AUTHORIZED':
      return checked(deps, caller, { integration: completed.integration, returnUrl });
  }
}

async function checked(deps: Deps, caller: Caller, back: Return): Promise<SecondLeg> {
  const outcome = await validateIntegration(deps, caller, { integrationId: back.integration.id });
  if (!outcome.ok) return { kind: 'AUTHORIZED', problem: outcome.refusals[0]?.message ?? null, ...back };
  const { integration } = outcome;
  return integration.status === 'CONNECTED'
    ? { kind: 'CONNECTED', integration, returnUrl: back.returnUrl }
    : { kind: 'AUTHORIZED', problem: null, integration, returnUrl: back.returnUrl };
}

function isEqual(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
