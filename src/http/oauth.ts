import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { firstLeg, secondLeg, type SecondLeg } from '../auth/authorization.ts';
import type { Deps } from '../deps.ts';
import { redirectUrl, returnAddress, type AuthorizationOutcome } from '../policy/oauth-app.ts';
import { deadEndPage, OUR_FAILURE, resultOf, type OauthPage } from './oauth-pages.ts';
import { PAGE_HEADERS, resultPage } from './pages.ts';

const PATH = '/oauth/zoom';
const COOKIE = 'zoom_oauth';
const COOKIE_SECONDS = 20 * 60;

/** The two browser legs of an authorization. Their addresses hold secrets: nothing here logs one. */
export function oauthRoutes(deps: Deps): FastifyPluginAsync {
  const isHttps = deps.config.publicUrl.startsWith('https:');
  const cookie = (value: string) =>
    `${COOKIE}=${value}; Path=${PATH}; Max-Age=${COOKIE_SECONDS}; HttpOnly; SameSite=Lax${isHttps ? '; Secure' : ''}`;

  return async (app) => {
    app.setErrorHandler((error: Error, request, reply) => {
      // The path as it is declared: the address holds ticket, state and code.
      deps.log.error({ err: error, route: request.routeOptions.url }, 'A leg of an authorization failed');
      return show(reply, OUR_FAILURE);
    });

    // A look at the head alone must not use up a ticket or a state: mail scanners do that.
    app.get(PATH, { exposeHeadRoute: false, logLevel: 'silent' }, async (request, reply) => {
      const leg = await firstLeg(deps, { ticket: parameter(request, 'ticket'), browser: browserOf(request) });
      if (leg.kind === 'DEAD_END') return show(reply, deadEndPage(leg.reason));
      return reply
        .header('set-cookie', cookie(leg.browser))
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(leg.location, 302);
    });

    app.get(`${PATH}/callback`, { exposeHeadRoute: false, logLevel: 'silent' }, async (request, reply) => {
      const end = await secondLeg(deps, {
        state: parameter(request, 'state'),
        code: parameter(request, 'code'),
        error: parameter(request, 'error'),
        browser: browserOf(request),
      });
      if (end.kind === 'DEAD_END') return show(reply, deadEndPage(end.reason));
      if (end.returnUrl === null) return show(reply, resultOf(end, redirectUrl(deps.config)));
      return reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .redirect(returnAddress(end.returnUrl, end.integration.id, OUTCOMES[end.kind]), 302);
    });
  };
}

const OUTCOMES: Readonly<Record<Exclude<SecondLeg['kind'], 'DEAD_END'>, AuthorizationOutcome>> = {
  CONNECTED: 'connected',
  DENIED: 'denied',
  // Access without a connection that works is not what was asked for.
  AUTHORIZED: 'failed',
  NO_TOKENS: 'failed',
  WRONG_ACCOUNT: 'failed',
};

function show(reply: FastifyReply, { status, page }: OauthPage): FastifyReply {
  return reply.code(status).headers(PAGE_HEADERS).send(resultPage(page));
}

/** One value of the query; given twice it is no value that can be trusted. */
function parameter(request: FastifyRequest, name: string): string | undefined {
  const value = (request.query as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : undefined;
}

function browserOf(request: FastifyRequest): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=');
    if (name === COOKIE && value !== undefined && value !== '') return value;
  }
  return undefined;
}
