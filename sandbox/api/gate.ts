import { setTimeout as sleep } from 'node:timers/promises';
import { Pages } from './pages.ts';
import { noMasterOption, ZoomError } from './errors.ts';
import { userOf } from './endpoint.ts';
import type { Match } from './endpoints.ts';
import type { ApiCall } from './endpoint.ts';
import type { RateLimits } from './limits.ts';
import type { Grant, Grants } from '../oauth/grants.ts';
import type { Account, World } from '../world/model.ts';

export interface ApiRequest {
  method: string;
  /** Below `/v2`, as sent. */
  path: string;
  query: URLSearchParams;
  authorization: string | undefined;
  /** Raw; empty when there was none. */
  body: string;
}

export interface ApiResponse {
  status: number;
  body: unknown;
  headers: Record<string, string>;
  accountId: string | null;
}

/** Everything between the wire and an endpoint: token, scopes, account, limits, one change of a user at a time. */
export class Gate {
  readonly #world: World;
  readonly #grants: Grants;
  readonly #limits: RateLimits;
  readonly #latencyMs: number;
  readonly #emit: ApiCall['emit'];
  readonly #pages = new Pages();
  /** Users with a change in flight. */
  readonly #changing = new Set<string>();

  constructor(world: World, grants: Grants, limits: RateLimits, latencyMs: number, emit: ApiCall['emit']) {
    this.#world = world;
    this.#grants = grants;
    this.#limits = limits;
    this.#latencyMs = latencyMs;
    this.#emit = emit;
  }

  async answer(request: ApiRequest, match: Match | null): Promise<ApiResponse> {
    let headers: Record<string, string> = {};
    let accountId: string | null = null;
    try {
      const grant = this.#authenticate(request.authorization);
      if (!match) throw new ZoomError(404, 404, 'This API endpoint is not recognized.');
      const own = this.#world.accounts.get(grant.accountId)!;
      const account = this.#accountOf(match, own, grant);
      accountId = account.id;
      headers = this.#limits.take(own.id, match.endpoint.label, this.#world.now());
      const call: ApiCall = {
        world: this.#world,
        account,
        caller: own.users.get(grant.userId)!,
        callerAccount: own,
        params: match.params,
        query: request.query,
        body: parse(request.body),
        now: this.#world.now(),
        pages: this.#pages,
        emit: this.#emit,
      };
      const answer = await this.#alone(call, match);
      return { status: answer.status, body: answer.body, headers, accountId };
    } catch (error) {
      if (!(error instanceof ZoomError)) throw error;
      return { status: error.status, body: error.body, headers: { ...headers, ...error.headers }, accountId };
    }
  }

  #authenticate(authorization: string | undefined): Grant {
    const token = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    const grant = token ? this.#grants.read(token) : 'invalid';
    if (grant === 'expired') throw new ZoomError(401, 124, 'Access token is expired.');
    if (grant === 'invalid') throw new ZoomError(401, 124, 'Invalid access token.');
    // Tokens die with the user who gave the consent.
    const user = this.#world.accounts.get(grant.accountId)?.users.get(grant.userId);
    if (user?.status !== 'active') throw new ZoomError(401, 124, 'Invalid access token.');
    return grant;
  }

  /** Whose data the path is about, if the token's scopes reach that far. */
  #accountOf(match: Match, own: Account, grant: Grant): Account {
    const { endpoint, accountId } = match;
    const isOwn = accountId === null || accountId === 'me' || accountId === own.id;
    const wanted = isOwn && !match.prefixed ? endpoint.scopes.own : endpoint.scopes.sub;
    if (!wanted.some((scope) => grant.scopes.includes(scope))) {
      const named = isOwn && !match.prefixed ? wanted.filter((scope) => !scope.endsWith(':master')) : wanted;
      const list = (named.length > 0 ? named : wanted).join(', ');
      throw new ZoomError(400, 4711, `Invalid access token, does not contain scopes:[${list}].`);
    }
    if (isOwn) return own;
    if (own.kind === 'MASTER' && !this.#world.masterFeature) throw noMasterOption();
    const account = own.kind === 'MASTER' ? this.#world.subAccounts.find((sub) => sub.id === accountId) : undefined;
    if (!account) throw new ZoomError(404, 2001, `Account does not exist: ${accountId}.`);
    return account;
  }

  async #alone(call: ApiCall, match: Match) {
    const { endpoint } = match;
    const key = endpoint.method !== 'GET' && call.params.userId ? userOf(call).id : null;
    if (key && this.#changing.has(key)) {
      const verb = endpoint.method === 'DELETE' ? 'disassociate' : 'update';
      throw new ZoomError(
        429,
        429,
        `Too many concurrent requests. A request to ${verb} this user has already been made.`,
      );
    }
    if (key) this.#changing.add(key);
    try {
      if (this.#latencyMs > 0) await sleep(this.#latencyMs);
      return endpoint.handle(call);
    } finally {
      if (key) this.#changing.delete(key);
    }
  }
}

function parse(body: string): Record<string, unknown> {
  if (!body) return {};
  try {
    const value: unknown = JSON.parse(body);
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Falls through: Zoom answers both in the same words.
  }
  throw new ZoomError(400, 300, 'Request Body should be a valid JSON object.');
}
