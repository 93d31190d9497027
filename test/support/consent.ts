import { expect } from 'vitest';
import Fastify, { type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import type { SandboxApp } from '#sandbox/index.ts';
import { authorizeIntegration } from '#src/actions/authorize-integration.ts';
import { createIntegration } from '#src/actions/create-integration.ts';
import type { Outcome } from '#src/actions/outcome.ts';
import type { Caller } from '#src/caller.ts';
import { integrationById } from '#src/datasources/store/integrations.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { oauthRoutes } from '#src/http/oauth.ts';
import type { CreateIntegrationInput } from '#src/schema.generated.ts';
import type { House } from './house.ts';

export const ADA: Caller = { sub: 'ada@example.com', scopes: new Set(['zoom:admin', 'zoom:operate']) };

/** An app that Zoom's regular account consents to, with exactly these scopes. */
export function appWith(name: string, scopes: string[], account: SandboxApp['account'] = 'REGULAR'): SandboxApp {
  return { clientId: `client-${name}`, clientSecret: `secret-of-${name}-never-shown`, name, account, scopes };
}

/** The two browser legs on a server of their own, which logs everything that it can into the house. */
export async function browserLegs(house: House): Promise<FastifyInstance> {
  const app = Fastify({ loggerInstance: house.deps.log as FastifyBaseLogger });
  await app.register(oauthRoutes(house.deps));
  await app.ready();
  return app;
}

/** Unwraps an outcome that has to be a success. */
export function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`refused: ${JSON.stringify(outcome.refusals)}`);
  return outcome;
}

/** The codes and fields of an outcome that has to be a refusal. */
export function refusals(outcome: Outcome<object>): string[] {
  expect(outcome.ok).toBe(false);
  return outcome.ok ? [] : outcome.refusals.map(({ code, field }) => [code, ...(field ?? []).slice(1)].join(' '));
}

/** A draft that uses one of the sandbox's apps. */
export async function draft(
  house: House,
  app: SandboxApp = house.sandbox.apps[0]!,
  input: Partial<CreateIntegrationInput> = {},
): Promise<IntegrationRow> {
  const { clientId, clientSecret } = app;
  const kind = app.account === 'MASTER' ? 'TIERED' : 'REGULAR';
  return done(await createIntegration(house.deps, ADA, { displayName: 'Zoom', kind, clientId, clientSecret, ...input }))
    .integration;
}

/** The integration as it is now. */
export async function current(house: House, { id }: { id: string }): Promise<IntegrationRow> {
  const row = await integrationById(house.deps.database.sql, id);
  if (row === null) throw new Error(`no integration ${id}`);
  return row;
}

export interface Walk {
  /** Address of ours that the browser opened. */
  ticketPath: string;
  /** Address of Zoom's consent page. */
  consentUrl: string;
  cookie: string;
}

/** From the mutation to Zoom's consent page. */
export async function walkToZoom(
  house: House,
  legs: FastifyInstance,
  { id }: { id: string },
  { returnUrl, cookie }: { returnUrl?: string; cookie?: string } = {},
): Promise<Walk> {
  const { authorizationUrl } = done(
    await authorizeIntegration(house.deps, ADA, { integrationId: id, ...(returnUrl !== undefined && { returnUrl }) }),
  );
  const ticketPath = pathOf(authorizationUrl);
  const answer = await legs.inject({ url: ticketPath, headers: cookie === undefined ? {} : { cookie } });
  if (answer.statusCode !== 302) throw new Error(`no way to Zoom: HTTP ${answer.statusCode} ${answer.body}`);
  return {
    ticketPath,
    consentUrl: String(answer.headers.location),
    cookie: String(answer.headers['set-cookie']).split(';')[0] ?? '',
  };
}

/** The whole way, to the last answer that the browser gets. */
export async function walk(
  house: House,
  legs: FastifyInstance,
  integration: { id: string },
  { decision = 'allow', returnUrl }: { decision?: 'allow' | 'deny'; returnUrl?: string } = {},
) {
  const { consentUrl, cookie } = await walkToZoom(
    house,
    legs,
    integration,
    returnUrl === undefined ? {} : { returnUrl },
  );
  const callbackPath = pathOf(await house.sandbox.consent(consentUrl, decision));
  const answer = await legs.inject({ url: callbackPath, headers: { cookie } });
  return { answer, callbackPath, consentUrl };
}

export function pathOf(url: string): string {
  const { pathname, search } = new URL(url);
  return `${pathname}${search}`;
}

/** How often Zoom was asked for tokens. */
export function tokenCalls(house: House): number {
  return house.sandbox.calls.filter(({ method, path }) => method === 'POST' && path === '/oauth/token').length;
}
