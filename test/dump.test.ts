import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorizeIntegration } from '#src/actions/authorize-integration.ts';
import { createLogger } from '#src/log.ts';
import { Secret } from '#src/secret.ts';
import { JWT_SECRET, connectedIntegration, openHouse, type House } from './support/house.ts';
import { leaksIn, leaksSoFar, overhear } from './support/secrets.ts';
import { createServer } from '#src/http/server.ts';

const ROUTER_SECRET = 'a-router-secret-that-was-planted';
const WEBHOOK_SECRET = 'a-webhook-secret-that-was-planted';

let house: House;

beforeAll(async () => {
  house = await openHouse({ users: 12, env: { ROUTER_SECRET, ZOOM_WEBHOOK_SECRET: WEBHOOK_SECRET } });
});
afterAll(() => house.close());

/** Every row of every table as text, as a dump has it. */
async function dump(): Promise<string> {
  const { sql } = house.database;
  const tables = await sql<{ schema: string; name: string }[]>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`;
  const parts = await Promise.all(
    tables.map(async ({ schema, name }) => {
      const [row] = await sql<{ text: string | null }[]>`
        select string_agg(t::text, chr(10)) as text from ${sql(`${schema}.${name}`)} t`;
      return `${name}\n${row?.text ?? ''}`;
    }),
  );
  return parts.join('\n');
}

describe('what is kept and sent', () => {
  it('holds no secret in clear: not in the database, not in addresses, not in the log', async () => {
    const { deps, sandbox, logged } = house;
    const integration = await connectedIntegration(house);
    const { token } = await deps.zoom.tokens.accessToken(integration.id);
    const ada = { sub: 'ada', scopes: new Set(['zoom:admin']) };
    const begun = await authorizeIntegration(deps, ada, { integrationId: integration.id, returnUrl: null });
    if (!begun.ok) throw new Error('The authorization did not begin.');
    const app = await createServer(deps);
    const first = await app.inject(new URL(begun.authorizationUrl).pathname + new URL(begun.authorizationUrl).search);
    expect(first.statusCode).toBe(302);
    const ticket = new URL(begun.authorizationUrl).searchParams.get('ticket')!;
    const { searchParams } = new URL(first.headers.location as string);
    const cookie = /=([^;]+)/.exec(String(first.headers['set-cookie']))![1]!;
    await app.close();

    const text = await dump();
    // It is the database with all of this in it.
    expect(text).toContain(integration.id);
    expect(text).toContain('oauth_flows');
    const secrets = [
      ...[ROUTER_SECRET, WEBHOOK_SECRET, JWT_SECRET, token.reveal(), ticket, searchParams.get('state')!, cookie],
      ...sandbox.apps.map(({ clientSecret }) => clientSecret),
      ...deps.config.tokenKeys.map(({ key }) => key.toString('base64')),
    ];
    const addresses = sandbox.calls.map(({ method, url }) => `${method} ${url}`).join('\n');
    expect(addresses).toContain('/users/me');
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(10);
      for (const form of [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]) {
        expect(text.includes(form), `the database holds ${secret.slice(0, 4)}…`).toBe(false);
        expect(logged.join('\n').includes(form), `the log holds ${secret.slice(0, 4)}…`).toBe(false);
      }
    }
    expect(leaksIn(text)).toEqual([]);
    // Where Zoom's own addresses are concerned: a state has to be in one, a secret never.
    expect(leaksIn(addresses)).toEqual([]);
  });
});

describe('the gate at the end of every test file', () => {
  it('sees what was logged or printed', () => {
    const value = 'a-secret-that-only-the-gate-has-to-find';
    createLogger('info', overhear).info({ note: new Secret(value) }, `password=${new Secret(value).reveal()}`);
    expect(leaksSoFar()).toEqual([]);
    expect(new Secret(value).reveal()).toBe(value);
    overhear(`it was ${value}`);
    process.stderr.write('');
    expect(leaksSoFar()).toEqual([value]);
    overhear('eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlIG9mIGFkYQ');
    expect(leaksSoFar()).toHaveLength(1);
  });
});
