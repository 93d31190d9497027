import { randomBytes } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import fc from 'fast-check';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SCOPES } from '#src/caller.ts';
import { createServer } from '#src/http/server.ts';
import { buildSubgraph } from '#src/schema.ts';
import { connectedIntegration, JWT_SECRET, openHouse, type House } from '../support/house.ts';
import { oneOfEach } from '../support/one-of-each.ts';
import { mutated, randomDocument, withVariables } from '../support/random-documents.ts';

/** How many requests; FUZZ_REQUESTS=10000 for a longer walk, FUZZ_SEED for another one. */
const REQUESTS = Number(process.env['FUZZ_REQUESTS'] ?? 4_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_301);

const ROUTER_SECRET = `router-${randomBytes(12).toString('hex')}`;
const WEBHOOK_SECRET = `webhook-${randomBytes(12).toString('hex')}`;
const { schema } = buildSubgraph();

let house: House;
let app: FastifyInstance;
let ids: string[];
let planted: string[];
const tokens: string[] = [];

beforeAll(async () => {
  house = await openHouse({ users: 12, env: { ROUTER_SECRET, ZOOM_WEBHOOK_SECRET: WEBHOOK_SECRET } });
  app = await createServer(house.deps);
  const integration = await connectedIntegration(house);
  const { references } = await oneOfEach(house.database);
  ids = [integration.id, ...Object.values(references).flatMap((keys) => keys.flatMap((key) => Object.values(key)))];
  const access = await house.deps.zoom.tokens.accessToken(integration.id);
  planted = [
    ...[ROUTER_SECRET, WEBHOOK_SECRET, JWT_SECRET],
    access.token.reveal(),
    ...house.sandbox.apps.map(({ clientSecret }) => clientSecret),
    ...house.deps.config.tokenKeys.map(({ key }) => key.toString('base64')),
  ];
  for (const scopes of [
    [],
    ['zoom:read'],
    ['zoom:read', 'zoom:meetings'],
    ['zoom:operate'],
    SCOPES,
    SCOPES,
    SCOPES,
    SCOPES,
  ]) {
    const claims = { sub: 'fuzz', scope: scopes.join(' '), exp: Math.floor(Date.now() / 1000) + 3_600 };
    tokens.push(await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(JWT_SECRET)));
  }
});
afterAll(async () => {
  await app.close();
  await house.close();
});

/** Sends a body and says what is wrong with how it was answered; null where nothing is. */
async function wrongWith(payload: string, who: number, type = 'application/json'): Promise<string | null> {
  const token = tokens[who % tokens.length]!;
  const headers = { 'content-type': type, 'x-router-secret': ROUTER_SECRET, authorization: `Bearer ${token}` };
  const { statusCode, body } = await app.inject({ method: 'POST', url: '/graphql', headers, payload });
  const leak = [...planted, ...tokens].find((secret) => body.includes(secret));
  const answer = JSON.parse(body) as {
    errors?: { extensions: { code?: string; requestId?: string }; path?: unknown }[];
  };
  const failed = answer.errors?.find(
    ({ extensions }) => extensions.code === 'INTERNAL' || extensions.code === undefined,
  );
  if (leak !== undefined) return 'an answer holds a secret';
  if (statusCode >= 500) return `status ${statusCode}`;
  if (failed === undefined) return null;
  return `${JSON.stringify(failed)} ${house.logged.find((line) => line.includes(failed.extensions.requestId ?? '?')) ?? ''}`;
}

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const runs = { seed: SEED, numRuns: Math.ceil(REQUESTS / 3), endOnFailure: true } as const;

describe('whatever is sent', () => {
  it('is answered, where the schema allows it, without a failure of ours', { timeout: 600_000 }, async () => {
    let valid = 0;
    await fc.assert(
      fc.asyncProperty(seeds, fc.nat(9), async (seed, who) => {
        house.logged.length = 0;
        const query = randomDocument(schema, ids, seed);
        // Reads that come again may be answered by a statement of their own.
        for (let time = query.startsWith('mutation') ? 2 : 1; time <= 2; time += 1) {
          const wrong = await wrongWith(JSON.stringify({ query }), who);
          if (wrong !== null) throw new Error(`${query}\n${wrong}`);
        }
        valid += 1;
      }),
      runs,
    );
    expect(valid).toBe(runs.numRuns);
  });

  it('is answered where its texts are variables, of whatever letters', { timeout: 600_000 }, async () => {
    let taken = 0;
    await fc.assert(
      fc.asyncProperty(seeds, async (seed) => {
        house.logged.length = 0;
        const asked = withVariables(schema, randomDocument(schema, ids, seed), seed + 1);
        // With all scopes: what is refused before it is read finds nothing.
        const wrong = await wrongWith(JSON.stringify(asked), tokens.length - 1);
        if (wrong !== null) throw new Error(`${JSON.stringify(asked)}\n${wrong}`);
        if (Object.keys(asked.variables).length > 0) taken += 1;
      }),
      runs,
    );
    expect(taken).toBeGreaterThan(runs.numRuns / 4);
  });

  it('is answered where its text was damaged', { timeout: 600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.nat(9), async (seed, who) => {
        house.logged.length = 0;
        const query = mutated(randomDocument(schema, ids, seed), seed + 1);
        const wrong = await wrongWith(JSON.stringify({ query }), who);
        if (wrong !== null) throw new Error(`${query}\n${wrong}`);
      }),
      runs,
    );
  });

  it('is answered where its bytes are anything', { timeout: 600_000 }, async () => {
    const body = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc
        .record({ query: fc.anything(), variables: fc.anything(), extensions: fc.anything() })
        .map((x) => JSON.stringify(x) ?? ''),
      fc.tuple(seeds, seeds).map(([a, b]) => mutated(JSON.stringify({ query: randomDocument(schema, ids, a) }), b)),
    );
    await fc.assert(
      fc.asyncProperty(body, fc.nat(9), async (payload, who) => {
        house.logged.length = 0;
        const wrong = await wrongWith(payload, who);
        if (wrong !== null) throw new Error(`${payload}\n${wrong}`);
      }),
      runs,
    );
  });

  it('left the server as it was, and nothing secret in its logs', async () => {
    const query = '{ integrations { id } }';
    expect(await wrongWith(JSON.stringify({ query }), tokens.length - 1)).toBeNull();
    expect((await app.inject('/readyz')).statusCode).toBe(200);
    for (const secret of planted) expect(house.logged.join('\n').includes(secret)).toBe(false);
  });
});
