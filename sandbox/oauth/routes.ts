import { randomBytes } from 'node:crypto';
import { consentPage, errorPage } from './pages.ts';
import { OauthError } from './grants.ts';
import { permission } from './permissions.ts';
import type { Grants } from './grants.ts';
import type { HtmlPage } from './pages.ts';
import type { SandboxApp } from '../types.ts';
import type { World } from '../world/model.ts';

export interface OauthRequest {
  method: string;
  query: URLSearchParams;
  form: URLSearchParams;
  authorization: string | undefined;
}

export type OauthAnswer =
  | { kind: 'page'; status: number; page: HtmlPage }
  | { kind: 'redirect'; location: string }
  | { kind: 'json'; status: number; body: unknown };

interface Asked {
  app: SandboxApp;
  redirectUri: string;
  state: string | null;
  scopes: string[];
  challenge: string | null;
  challengeMethod: 'S256' | 'plain';
}

/** The OAuth side: what browsers see, and what apps get. */
export class Oauth {
  readonly #apps: SandboxApp[];
  readonly #world: World;
  readonly #grants: Grants;
  /** Consent forms that were shown; each can be sent once. */
  readonly #tickets = new Map<string, Asked>();

  constructor(apps: SandboxApp[], world: World, grants: Grants) {
    this.#apps = apps;
    this.#world = world;
    this.#grants = grants;
  }

  /** GET shows the consent page, POST takes the answer. */
  authorize(request: OauthRequest): OauthAnswer {
    return request.method === 'POST' ? this.#decide(request.form) : this.#ask(request.query);
  }

  #ask(query: URLSearchParams): OauthAnswer {
    const app = this.#apps.find((one) => one.clientId === query.get('client_id'));
    if (!app) return refuse(4702, `Invalid client_id: ${query.get('client_id') ?? ''}`);
    const redirectUri = query.get('redirect_uri') ?? app.redirectUris?.[0] ?? '';
    const known = app.redirectUris ? app.redirectUris.includes(redirectUri) : URL.canParse(redirectUri);
    if (!known) return refuse(4709, `Invalid redirect: ${redirectUri}`);
    if (query.get('response_type') !== 'code') return refuse(4700, 'Invalid response_type: it must be code');
    const challengeMethod = query.get('code_challenge_method') ?? 'plain';
    if (challengeMethod !== 'plain' && challengeMethod !== 'S256') return refuse(4700, 'Invalid code_challenge_method');
    const wanted = (query.get('scope') ?? '').split(/[\s,]+/).filter(Boolean);
    const beyond = wanted.filter((scope) => !app.scopes.includes(scope));
    if (beyond.length > 0) return refuse(4700, `Invalid scope: ${beyond.join(' ')}`);

    const asked: Asked = {
      app,
      redirectUri,
      state: query.get('state'),
      scopes: wanted.length > 0 ? app.scopes.filter((scope) => wanted.includes(scope)) : app.scopes,
      challenge: query.get('code_challenge'),
      challengeMethod,
    };
    const ticket = randomBytes(18).toString('base64url');
    this.#tickets.set(ticket, asked);
    const account = app.account === 'MASTER' ? this.#world.master : this.#world.regular;
    return {
      kind: 'page',
      status: 200,
      page: consentPage({
        appName: app.name,
        accountName: account.name,
        userEmail: account.users.get(account.integrationUserId)?.email ?? '',
        redirectOrigin: new URL(redirectUri).host,
        permissions: asked.scopes.map((scope) => ({ scope, words: permission(scope) })),
        action: '/oauth/authorize',
        ticket,
      }),
    };
  }

  #decide(form: URLSearchParams): OauthAnswer {
    const ticket = form.get('ticket') ?? '';
    const asked = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    const decision = form.get('decision');
    if (!asked || (decision !== 'allow' && decision !== 'deny'))
      return refuse(4700, 'This form was sent before, or is unknown');
    const location = new URL(asked.redirectUri);
    if (decision === 'deny') {
      location.searchParams.set('error', 'access_denied');
    } else {
      const account = asked.app.account === 'MASTER' ? this.#world.master : this.#world.regular;
      const grant = {
        app: asked.app,
        accountId: account.id,
        userId: account.integrationUserId,
        scopes: asked.scopes,
        alive: true,
      };
      location.searchParams.set('code', this.#grants.issueCode(grant, asked));
    }
    if (asked.state !== null) location.searchParams.set('state', asked.state);
    return { kind: 'redirect', location: location.href };
  }

  /** The token endpoint: parameters in the query or in the form, the client by Basic or among them. */
  token(request: OauthRequest): OauthAnswer {
    return answerJson(() => {
      const value = (name: string) => request.form.get(name) ?? request.query.get(name);
      const app = this.#client(request);
      switch (value('grant_type')) {
        case 'authorization_code':
          return this.#grants.exchange(app, value('code') ?? '', value('redirect_uri') ?? '', value('code_verifier'));
        case 'refresh_token':
          return this.#grants.refresh(app, value('refresh_token') ?? '');
        default:
          throw new OauthError('unsupported_grant_type', 'unsupported grant type');
      }
    });
  }

  revoke(request: OauthRequest): OauthAnswer {
    return answerJson(() => {
      this.#grants.revoke(this.#client(request), request.form.get('token') ?? request.query.get('token') ?? '');
      return { status: 'success' };
    });
  }

  #client(request: OauthRequest): SandboxApp {
    let id = request.form.get('client_id') ?? request.query.get('client_id') ?? '';
    let secret = request.form.get('client_secret') ?? request.query.get('client_secret') ?? '';
    if (request.authorization?.startsWith('Basic ')) {
      const decoded = Buffer.from(request.authorization.slice(6), 'base64').toString('utf8');
      const colon = decoded.indexOf(':');
      id = decoded.slice(0, colon);
      secret = decoded.slice(colon + 1);
    }
    // Some clients percent-encode the two halves, as the standard asks; both spellings are the same client.
    const same = (given: string, real: string) => given === real || given === encodeURIComponent(real);
    const app = this.#apps.find((one) => same(id, one.clientId) && same(secret, one.clientSecret));
    if (!app) throw new OauthError('invalid_client', 'Invalid client_id or client_secret');
    return app;
  }
}

function refuse(code: number, message: string): OauthAnswer {
  return { kind: 'page', status: 400, page: errorPage(code, message) };
}

function answerJson(work: () => unknown): OauthAnswer {
  try {
    return { kind: 'json', status: 200, body: work() };
  } catch (error) {
    if (!(error instanceof OauthError)) throw error;
    return { kind: 'json', status: 400, body: error.body };
  }
}
