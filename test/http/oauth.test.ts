import { afterAll, beforeAll, expect, it } from 'vitest';
import Fastify from 'fastify';
import { authorizeIntegration } from '#src/actions/authorize-integration.ts';
import { createIntegration } from '#src/actions/create-integration.ts';
import { oauthRoutes } from '#src/http/oauth.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
beforeAll(async () => { house = await openHouse({ users: 20 }); });
afterAll(() => house.close());
it('goes', async () => {
  const app = Fastify({ disableRequestLogging: true });
  await app.register(oauthRoutes(house.deps));
  const caller = { sub: 'ada', scopes: new Set<string>() };
  const made = await createIntegration(house.deps, caller, { displayName: 'X', clientId: house.sandbox.apps[0]!.clientId, clientSecret: house.sandbox.apps[0]!.clientSecret });
  if (!made.ok) throw new Error(JSON.stringify(made));
  const auth = await authorizeIntegration(house.deps, caller, { integrationId: made.integration.id });
  if (!auth.ok) throw new Error(JSON.stringify(auth));
  const u = new URL(auth.authorizationUrl);
  const r = await app.inject(u.pathname + u.search);
  console.log(r.statusCode, r.headers);
  const back = new URL(await house.sandbox.consent(r.headers.location as string));
  const r2 = await app.inject(back.pathname + back.search);
  console.log(r2.statusCode, r2.body.slice(r2.body.indexOf('<main')), house.sandbox.calls.map((c) => c.method + c.path + c.status));
  console.log(house.logged);
  expect(r2.statusCode).toBe(200);
});
