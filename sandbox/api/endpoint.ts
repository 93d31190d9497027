import { badRequest, invalidField, userNotFound } from './errors.ts';
import type { Pages } from './pages.ts';
import type { WebhookBody } from '../webhooks.ts';
import type { Account, SandboxUser, World } from '../world/model.ts';

export type RateLabel = 'LIGHT' | 'MEDIUM' | 'HEAVY' | 'RESOURCE_INTENSIVE';

/** One call that got through the gate. */
export interface ApiCall {
  world: World;
  /** Whose data are asked for: the token's account, or a sub account by the `/accounts/{accountId}` prefix. */
  account: Account;
  /** Who gave the consent. */
  caller: SandboxUser;
  callerAccount: Account;
  params: Record<string, string>;
  query: URLSearchParams;
  /** Parsed JSON; `{}` when there was none. */
  body: Record<string, unknown>;
  now: number;
  pages: Pages;
  /** Tells what happened to whoever listens. */
  emit: (body: WebhookBody) => void;
}

/** Which scopes open an endpoint. One is enough. */
export interface Scopes {
  /** For the token's own account; the first ones are named when all are missing. */
  own: string[];
  /** For sub accounts. */
  sub: string[];
}

export interface Endpoint {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Zoom's own template, `/users/{userId}/settings`. */
  path: string;
  label: RateLabel;
  scopes: Scopes;
  /** May be called as `/accounts/{accountId}/…` for a sub account. Paths that begin with `/accounts` say it themselves. */
  prefixable: boolean;
  /** What was done, answered as 200 (an object), 201, or 204 (nothing). */
  handle: (call: ApiCall) => Answer;
}

export interface Answer {
  status: number;
  body?: unknown;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const done: Answer = { status: 204 };

/**
 * The scopes of an endpoint from Zoom's names: classic ones without their level (`user:read`), the granular one without
 * its level (`user:read:list_users`). `onlyMaster`: Zoom has no `:admin` variant of the granular scope.
 */
export function scopes(
  classic: string[],
  granular: string,
  more: { onlyMaster?: boolean; own?: string[] } = {},
): Scopes {
  const nouns = [...new Set(classic.map((scope) => scope.split(':')[0]!))];
  const sub = [...nouns.map((noun) => `${noun}:master`), `${granular}:master`];
  const admin = classic.map((scope) => `${scope}:admin`);
  return { own: [...admin, ...(more.onlyMaster ? [] : [`${granular}:admin`]), ...(more.own ?? []), ...sub], sub };
}

/** The user that a path names by id, by e-mail or as `me`. Pending users have no id, so only their e-mail finds them. */
export function userOf(call: ApiCall): SandboxUser {
  const wanted = call.params.userId!;
  if (wanted === 'me') {
    if (call.account !== call.callerAccount) throw userNotFound(wanted);
    return call.caller;
  }
  const byId = call.account.users.get(wanted);
  const user =
    (byId && byId.status !== 'pending' ? byId : undefined) ?? call.account.usersByEmail.get(wanted.toLowerCase());
  if (!user) throw userNotFound(wanted);
  return user;
}

export const iso = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
export const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** One of a few words. */
export function choice<T extends string>(call: ApiCall, name: string, allowed: readonly T[], otherwise: T): T {
  const value = call.query.get(name);
  if (value === null || value === '') return otherwise;
  if (!allowed.includes(value as T)) throw invalidField(name, `Invalid field: ${value}.`);
  return value as T;
}

const DAY = 86_400_000;

/** A span of whole days, UTC, one month at most. What the caller leaves out is as given, or else missed. */
export function span(call: ApiCall, otherwise: { from: number; to: number } | null): { from: number; to: number } {
  const read = (name: 'from' | 'to'): number => {
    const value = call.query.get(name);
    if (!value) {
      if (otherwise) return otherwise[name];
      throw invalidField(name, 'Field is required.');
    }
    const at = /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(`${value.slice(0, 10)}T00:00:00Z`) : NaN;
    if (Number.isNaN(at)) throw invalidField(name, `Invalid field: ${value}.`);
    return at;
  };
  const from = read('from');
  const to = read('to');
  if (to < from) throw badRequest('The start date must be earlier than the end date.');
  // Zoom says "a month"; nobody knows what it does with the 31st day, so none is allowed.
  if (to - from > 30 * DAY) throw badRequest('The time range of the report is limited to one month.');
  return { from, to: to + DAY };
}

/** The span of a report: at most a month, in the last six months. */
export function reportSpan(call: ApiCall, optional = false): { from: number; to: number } {
  const today = Math.floor(call.now / DAY) * DAY;
  const { from, to } = span(call, optional ? { from: today - 30 * DAY, to: today } : null);
  const oldest = new Date(today);
  oldest.setUTCMonth(oldest.getUTCMonth() - 6);
  if (from < oldest.getTime() - DAY) throw badRequest('The report can only be provided for the last six months.');
  return { from, to };
}
