import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { matchEndpoint } from './api/endpoints.ts';
import type { Faults } from './faults.ts';
import type { Oauth, OauthAnswer } from './oauth/routes.ts';
import type { SandboxCall } from './types.ts';

/** What an endpoint decided to say. */
export interface Outcome {
  status: number;
  body: unknown;
  headers: Record<string, string>;
}

export interface Serving {
  now: () => number;
  calls: SandboxCall[];
  faults: Faults;
  api: (request: FastifyRequest, path: string, query: URLSearchParams, call: SandboxCall) => Promise<Outcome>;
  oauth: Oauth;
  match: typeof matchEndpoint;
  sleep: (ms: number) => Promise<unknown>;
}

/** Puts the API and OAuth on the wire: notes every call, lets the faults have their way, answers. */
export function serve(app: FastifyInstance, serving: Serving): void {
  app.all('/v2/*', (request, reply) => {
    const { path, query } = split(request.raw.url!);
    const below = path.slice(3);
    const match = serving.match(request.method, below);
    const call = note(serving, request, match?.pattern ?? below, match?.endpoint.label ?? null);
    return withFaults(serving, request, reply, call, path, query, () => serving.api(request, below, query, call));
  });

  for (const leg of ['authorize', 'token', 'revoke'] as const) {
    app.all(`/oauth/${leg}`, (request, reply) => {
      const { path, query } = split(request.raw.url!);
      const call = note(serving, request, path, null);
      const form = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
      return withFaults(serving, request, reply, call, path, query, async () =>
        toOutcome(
          serving.oauth[leg]({ method: request.method, query, form, authorization: request.headers.authorization }),
        ),
      );
    });
  }
}

function split(url: string): { path: string; query: URLSearchParams } {
  const mark = url.indexOf('?');
  return mark < 0
    ? { path: url, query: new URLSearchParams() }
    : { path: url.slice(0, mark), query: new URLSearchParams(url.slice(mark + 1)) };
}

function note(serving: Serving, request: FastifyRequest, path: string, label: SandboxCall['label']): SandboxCall {
  const isWrite = request.method !== 'GET' && !path.startsWith('/oauth');
  const call: SandboxCall = {
    at: serving.now(),
    method: request.method,
    path,
    url: blankSecrets(request.raw.url!),
    label,
    status: 0,
    code: null,
    body: isWrite ? readJson(request.body) : null,
    accountId: null,
  };
  serving.calls.push(call);
  return call;
}

function readJson(body: unknown): unknown {
  if (typeof body !== 'string' || body === '') return null;
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

const SECRETS = /([?&](?:access_token|refresh_token|token|code|code_verifier|client_secret|ticket)=)[^&]*/g;

/** A path and query without what nobody should read in a log. */
export function blankSecrets(url: string): string {
  return url.replace(SECRETS, '$1***');
}

async function withFaults(
  serving: Serving,
  request: FastifyRequest,
  reply: FastifyReply,
  call: SandboxCall,
  path: string,
  query: URLSearchParams,
  work: () => Promise<Outcome>,
): Promise<FastifyReply> {
  const fault = serving.faults.take(request.method, path, call.path, query);
  if (fault?.delayMs) await serving.sleep(fault.delayMs);
  if (fault?.hang) return reply.hijack();
  if (fault?.reset === 'before') return drop(request, reply);
  if (fault?.lateMs !== undefined) {
    drop(request, reply);
    await serving.sleep(fault.lateMs);
    await work();
    return reply;
  }

  let outcome: Outcome;
  if (fault && (fault.status !== undefined || fault.body !== undefined)) {
    outcome = {
      status: fault.status ?? 200,
      body: fault.body ?? { code: fault.status, message: 'A fault on demand.' },
      headers: {},
    };
  } else {
    outcome = await work();
  }
  if (fault?.reset === 'after') return drop(request, reply);
  if (fault?.mutateBody) outcome = { ...outcome, body: fault.mutateBody(structuredClone(outcome.body)) };

  call.status = outcome.status;
  const code = (outcome.body as { code?: unknown } | undefined)?.code;
  call.code = typeof code === 'number' ? code : null;
  reply.code(outcome.status).headers({ ...outcome.headers, ...fault?.headers });
  if (outcome.body === undefined) return reply.send();
  if (typeof outcome.body === 'string') {
    if (!reply.hasHeader('content-type')) reply.header('content-type', 'text/html; charset=utf-8');
    return reply.send(outcome.body);
  }
  return reply
    .header('content-type', 'application/json;charset=UTF-8')
    .send(JSON.stringify(outcome.body, withAllDigits));
}

/** Zoom writes 64-bit numbers in full, also those that JavaScript would round on paper: 2^59 ends in 488, not in 500. */
function withAllDigits(_key: string, value: unknown): unknown {
  return typeof value === 'number' && value > Number.MAX_SAFE_INTEGER ? rawJson(BigInt(value).toString()) : value;
}

// Younger than the library of types.
const rawJson = (JSON as unknown as { rawJSON: (text: string) => unknown }).rawJSON;

function drop(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.hijack();
  request.raw.socket.destroy();
  return reply;
}

function toOutcome(answer: OauthAnswer): Outcome {
  if (answer.kind === 'page') return { status: answer.status, body: answer.page.html, headers: answer.page.headers };
  if (answer.kind === 'redirect') return { status: 302, body: undefined, headers: { location: answer.location } };
  return { status: answer.status, body: answer.body, headers: { 'cache-control': 'no-store' } };
}
