import type { Sandbox, SandboxApp } from '#sandbox/index.ts';

export const REDIRECT = 'http://127.0.0.1:9/callback';

export interface Answer {
  status: number;

  body: any;
  headers: Headers;
}

export interface Tokens {
  access_token: string;
  refresh_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
  api_url: string;
}

/** A plain caller of the sandbox: no retries, no opinions. */
export interface Caller {
  tokens: Tokens;
  get(path: string): Promise<Answer>;
  send(method: string, path: string, body?: unknown): Promise<Answer>;
}

export function authorizeUrl(sandbox: Sandbox, app: SandboxApp, more: Record<string, string> = {}): string {
  const query = { response_type: 'code', client_id: app.clientId, redirect_uri: REDIRECT, state: 'the state', ...more };
  return `${sandbox.oauthUrl}/authorize?${new URLSearchParams(query)}`;
}

export async function tokenCall(sandbox: Sandbox, app: SandboxApp, form: Record<string, string>): Promise<Answer> {
  const response = await fetch(`${sandbox.oauthUrl}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}` },
    body: new URLSearchParams(form),
  });
  return read(response);
}

export async function getCode(sandbox: Sandbox, app: SandboxApp, more: Record<string, string> = {}): Promise<string> {
  return new URL(await sandbox.consent(authorizeUrl(sandbox, app, more))).searchParams.get('code')!;
}

/** Consents with one of the sandbox's apps (0 regular, 1 tiered) and calls with what comes out. */
export async function connect(sandbox: Sandbox, appIndex = 0): Promise<Caller> {
  const app = sandbox.apps[appIndex]!;
  const code = await getCode(sandbox, app);
  const { body } = await tokenCall(sandbox, app, { grant_type: 'authorization_code', code, redirect_uri: REDIRECT });
  return callWith(sandbox, body as Tokens);
}

export function callWith(sandbox: Sandbox, tokens: Tokens): Caller {
  const send = async (method: string, path: string, body?: unknown) =>
    read(
      await fetch(sandbox.apiUrl + path, {
        method,
        headers: {
          authorization: `Bearer ${tokens.access_token}`,
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  return { tokens, send, get: (path) => send('GET', path) };
}

async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = text === '' ? undefined : JSON.parse(text);
  } catch {
    // HTML stays text.
  }
  return { status: response.status, body, headers: response.headers };
}

export const isoDay = (at: number) => new Date(at).toISOString().slice(0, 10);
