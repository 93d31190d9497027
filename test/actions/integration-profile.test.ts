import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { authorizeIntegration } from '#src/actions/authorize-integration.ts';
import { createIntegration } from '#src/actions/create-integration.ts';
import { deauthorizeIntegration } from '#src/actions/deauthorize-integration.ts';
import { updateIntegration } from '#src/actions/update-integration.ts';
import { validateIntegration } from '#src/actions/validate-integration.ts';
import { auditEventsPage } from '#src/datasources/store/audit.ts';
import { grantById } from '#src/datasources/store/grants.ts';
import { patchIntegration } from '#src/datasources/store/integrations.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import type { CreateIntegrationInput, UpdateIntegrationInput } from '#src/schema.generated.ts';
import { ADA, appWith, browserLegs, current, done, draft, refusals, walk } from '../support/consent.ts';
import { openHouse, type House } from '../support/house.ts';

const DAY = 86_400_000;
const SCOPES = ['user:write:admin', 'meeting:read:admin', 'report:read:admin', 'account:read:admin'];
// One connection each: Zoom keeps one grant a user and app.
const apps = Array.from({ length: 20 }, (_, index) => appWith(`profile-${index}`, SCOPES));
const vendor = appWith('vendor', SCOPES);

let house: House;
let legs: FastifyInstance;
let used = 0;
const app = () => apps[used++]!;

beforeAll(async () => {
  const { name, clientId, clientSecret } = vendor;
  house = await openHouse({
    users: 5,
    apps: [...apps, vendor],
    env: { ZOOM_APPS: JSON.stringify({ EU: { REGULAR: { name, clientId, clientSecret } } }) },
  });
  legs = await browserLegs(house);
});
afterAll(async () => {
  await legs.close();
  await house.close();
});

const create = (input: Partial<CreateIntegrationInput>) =>
  createIntegration(house.deps, ADA, { displayName: 'Zoom', ...input });
const update = ({ id }: IntegrationRow, input: Omit<UpdateIntegrationInput, 'integrationId'>) =>
  updateIntegration(house.deps, ADA, { integrationId: id, ...input });

async function connected(): Promise<IntegrationRow> {
  const integration = await draft(house, app());
  await walk(house, legs, integration);
  return current(house, integration);
}

describe('creating', () => {
  it('makes a draft with every task on, free and on-premises users out, and the vendor app in', async () => {
    const { integration } = done(await create({ displayName: '  Zoom Europe ' }));
    expect(integration).toMatchObject({
      displayName: 'Zoom Europe',
      kind: 'REGULAR',
      region: 'NA',
      status: 'DRAFT',
      clientId: null,
      clientSecret: null,
      includeFreeUsers: false,
      includeOnPremises: false,
      analyzeActivityFrom: null,
      rateLimitPlan: null,
      enabledTasks: [
        'APPLICATION_ROSTER',
        'APPLICATION_ACCESS',
        'LICENSE_DIFFERENTIATION',
        'LICENSE_INFORMATION',
        'RECLAMATION',
      ],
    });
    expect(integration.id).toMatch(/^int_/);
  });

  it('keeps the roster on whatever was chosen', async () => {
    expect(done(await create({ tasks: [] })).integration.enabledTasks).toEqual(['APPLICATION_ROSTER']);
    expect(
      done(await create({ tasks: ['RECLAMATION', 'APPLICATION_ACCESS', 'RECLAMATION'] })).integration.enabledTasks,
    ).toEqual(['APPLICATION_ROSTER', 'APPLICATION_ACCESS', 'RECLAMATION']);
  });

  it('knows service accounts by the usual addresses until told others, in small letters and each once', async () => {
    expect(done(await create({})).integration.serviceAccountPatterns).toContain('svc-*');
    const serviceAccountPatterns = [' Bot-*@example.com', 'bot-*@EXAMPLE.com', '*.batch@*'];
    expect(done(await create({ serviceAccountPatterns })).integration.serviceAccountPatterns).toEqual([
      'bot-*@example.com',
      '*.batch@*',
    ]);
    expect(done(await create({ serviceAccountPatterns: [] })).integration.serviceAccountPatterns).toEqual([]);
  });

  it('seals the client secret for its own row', async () => {
    const { integration } = done(await create({ clientId: 'an-id', clientSecret: ' a-secret ' }));
    expect(integration.clientSecret).not.toContain('a-secret');
    const open = (id: string) =>
      house.deps.keys.open(integration.clientSecret ?? '', `integrations.client_secret:${id}`);
    expect(open(integration.id).reveal()).toBe('a-secret');
    expect(() => open('int_other')).toThrow();
  });

  it('says everything that is wrong at once', async () => {
    expect(
      refusals(
        await create({
          displayName: '   ',
          clientSecret: 'alone',
          analyzeActivityFrom: new Date(Date.now() + DAY),
          includeOnPremises: true,
        }),
      ).sort(),
    ).toEqual(['INVALID analyzeActivityFrom', 'INVALID clientId', 'INVALID displayName', 'INVALID includeOnPremises']);
  });

  it.each([
    [{ displayName: 'x'.repeat(201) }, 'INVALID displayName'],
    [{ displayName: 'a\u0000b' }, 'INVALID displayName'],
    [{ clientId: 'an-id' }, 'INVALID clientSecret'],
    [{ clientId: 'with blank', clientSecret: 's' }, 'INVALID clientId'],
    [{ clientId: 'with:colon', clientSecret: 's' }, 'INVALID clientId'],
    [{ clientId: 'id', clientSecret: '' }, 'INVALID clientSecret'],
    [{ analyzeActivityFrom: new Date(Date.now() - 367 * DAY) }, 'INVALID analyzeActivityFrom'],
    [{ serviceAccountPatterns: ['svc-*', ' '] }, 'INVALID serviceAccountPatterns'],
    [{ serviceAccountPatterns: ['x'.repeat(101)] }, 'INVALID serviceAccountPatterns'],
    [{ serviceAccountPatterns: ['**'] }, 'INVALID serviceAccountPatterns'],
    [{ serviceAccountPatterns: ['*@*'] }, 'INVALID serviceAccountPatterns'],
    [{ serviceAccountPatterns: Array.from({ length: 101 }, (_, n) => `svc-${n}@*`) }, 'INVALID serviceAccountPatterns'],
  ])('refuses %j', async (input, refusal) => {
    expect(refusals(await create(input))).toEqual([refusal]);
  });

  it('takes activity from now to 365 days back, and on-premises users for tiered ones', async () => {
    for (const analyzeActivityFrom of [new Date(), new Date(Date.now() - 365 * DAY)]) {
      expect(done(await create({ analyzeActivityFrom })).integration.analyzeActivityFrom).toEqual(analyzeActivityFrom);
    }
    expect(done(await create({ kind: 'TIERED', includeOnPremises: true })).integration.includeOnPremises).toBe(true);
  });
});

describe('authorizing', () => {
  it('without an app anywhere names region, kind and both cures', async () => {
    const { integration } = done(await create({ region: 'APAC' }));
    const outcome = await authorizeIntegration(house.deps, ADA, { integrationId: integration.id });
    expect(refusals(outcome)).toEqual(['NO_OAUTH_APP integrationId']);
    expect(outcome.ok ? '' : outcome.refusals[0]?.message).toMatch(/REGULAR.*APAC.*client id and secret.*ZOOM_APPS/);
  });

  it("with the vendor's app of the region connects by it", async () => {
    const { integration } = done(await create({ region: 'EU' }));
    const { answer, consentUrl } = await walk(house, legs, integration);
    expect(new URL(consentUrl).searchParams.get('client_id')).toBe(vendor.clientId);
    expect(answer.statusCode).toBe(200);
    expect(await current(house, integration)).toMatchObject({
      status: 'CONNECTED',
      clientId: null,
      clientSecret: null,
    });
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://localhost/x',
    'http://elsewhere.example.com/',
    'https://user:pass@app.example.com/',
    '/relative',
    '//app.example.com',
    'http://127.0.0.1.example.com/',
  ])('refuses to return to %s', async (returnUrl) => {
    const integration = await draft(house);
    expect(refusals(await authorizeIntegration(house.deps, ADA, { integrationId: integration.id, returnUrl }))).toEqual(
      ['INVALID returnUrl'],
    );
  });

  it('of what does not exist', async () => {
    expect(refusals(await authorizeIntegration(house.deps, ADA, { integrationId: 'int_none' }))).toEqual([
      'NOT_FOUND integrationId',
    ]);
  });
});

describe('what returns a connected integration to draft', () => {
  it.each<[string, Omit<UpdateIntegrationInput, 'integrationId'>]>([
    ['the display name', { displayName: 'Other' }],
    ['free users', { includeFreeUsers: true }],
    ['the start of activity', { analyzeActivityFrom: new Date(Date.now() - 30 * DAY) }],
    ['the rate-limit plan', { rateLimitPlan: 'PRO' }],
    ['reclamation', { tasks: ['APPLICATION_ACCESS', 'LICENSE_DIFFERENTIATION', 'LICENSE_INFORMATION'] }],
    ['the same values once more', { kind: 'REGULAR', region: 'NA' }],
  ])('not: %s', async (_, input) => {
    const integration = await connected();
    const { integration: after } = done(await update(integration, input));
    expect(after).toMatchObject({ status: 'CONNECTED', grantedScopes: SCOPES });
    await deauthorizeIntegration(house.deps, ADA, { integrationId: integration.id });
  });

  it.each<[string, (to: { clientId: string; clientSecret: string }) => Omit<UpdateIntegrationInput, 'integrationId'>]>([
    ['kind', () => ({ kind: 'TIERED' })],
    ['region', () => ({ region: 'EU' })],
    ['client id and secret', ({ clientId, clientSecret }) => ({ clientId, clientSecret })],
    ['client secret', () => ({ clientSecret: 'rotated' })],
    ["the vendor's app", () => ({ clientId: null })],
  ])('yes, and its grant goes: %s', async (_, input) => {
    const integration = await connected();
    const revokes = house.sandbox.calls.filter(({ path }) => path === '/oauth/revoke').length;
    const { integration: after } = done(
      await update(integration, input({ clientId: 'other', clientSecret: 'other-secret' })),
    );
    expect(after).toMatchObject({
      status: 'DRAFT',
      grantedScopes: null,
      connectionCheck: null,
      // The data is still that account's.
      zoomAccountId: integration.zoomAccountId,
    });
    expect(await grantById(house.database.db, integration.id)).toBeNull();
    expect(house.sandbox.calls.filter(({ path }) => path === '/oauth/revoke')).toHaveLength(revokes + 1);
    expect(refusals(await validateIntegration(house.deps, ADA, { integrationId: integration.id }))).toEqual([
      'NOT_CONNECTED',
    ]);
    const runs = await house.database.sql`select status, error from job_runs where integration_id = ${integration.id}`;
    expect(runs.every(({ status, error }) => status === 'FAILED' && String(error).includes('validated again'))).toBe(
      true,
    );
  });

  it('yes, but its grant stays: activity off, and on again; a validation connects it', async () => {
    const integration = await connected();
    const off = done(await update(integration, { tasks: ['RECLAMATION'] })).integration;
    expect(off).toMatchObject({
      status: 'DRAFT',
      enabledTasks: ['APPLICATION_ROSTER', 'RECLAMATION'],
      grantedScopes: SCOPES,
    });
    const validated = done(await validateIntegration(house.deps, ADA, { integrationId: integration.id }));
    expect(validated.integration.status).toBe('CONNECTED');
    expect(validated.integration.connectionCheck?.checks.map(({ task }) => task)).not.toContain('APPLICATION_ACCESS');
    expect(done(await update(integration, { tasks: ['APPLICATION_ACCESS'] })).integration.status).toBe('DRAFT');
    expect(done(await validateIntegration(house.deps, ADA, { integrationId: integration.id })).integration.status).toBe(
      'CONNECTED',
    );
  });

  it.each(['DRAFT', 'AUTHORIZED', 'REAUTHORIZATION_REQUIRED', 'DISCONNECTED'] as const)(
    'activity off leaves %s what it is',
    async (status) => {
      const integration = await draft(house);
      await patchIntegration(house.database.sql, integration.id, { status }, house.clock.now());
      expect(done(await update(integration, { tasks: [] })).integration.status).toBe(status);
    },
  );
});

describe('updating', () => {
  it('of which meetings polls and registrations are read leaves the integration connected', async () => {
    const integration = await connected();
    expect(integration.meetingDetail).toBe('WHERE_DECISIVE');
    const changed = done(await update(integration, { meetingDetail: 'ALL' })).integration;
    expect([changed.meetingDetail, changed.status]).toEqual(['ALL', 'CONNECTED']);
    expect(done(await update(integration, { displayName: 'Other' })).integration.meetingDetail).toBe('ALL');
    expect(done(await create({ meetingDetail: 'NONE' })).integration.meetingDetail).toBe('NONE');
  });

  it('on-premises users go with the tiered kind', async () => {
    const { integration } = done(await create({ kind: 'TIERED', includeOnPremises: true }));
    expect(done(await update(integration, { kind: 'REGULAR' })).integration.includeOnPremises).toBe(false);
    expect(refusals(await update(integration, { includeOnPremises: true }))).toEqual(['INVALID includeOnPremises']);
  });

  it.each<[Omit<UpdateIntegrationInput, 'integrationId'>, string[]]>([
    [{ displayName: '' }, ['INVALID displayName']],
    [{ clientId: 'new' }, ['INVALID clientSecret']],
    [{ clientSecret: null }, ['INVALID clientSecret']],
    [{ clientId: null, clientSecret: 'x' }, ['INVALID clientSecret']],
    [{ displayName: '', analyzeActivityFrom: new Date(0) }, ['INVALID displayName', 'INVALID analyzeActivityFrom']],
  ])('refuses %j and changes nothing', async (input, expected) => {
    const integration = await draft(house);
    expect(refusals(await update(integration, input))).toEqual(expected);
    expect(await current(house, integration)).toEqual(integration);
  });

  it('a client secret needs a client id', async () => {
    const { integration } = done(await create({}));
    expect(refusals(await update(integration, { clientSecret: 'x' }))).toEqual(['INVALID clientId']);
  });

  it('null clears what can be cleared, and is no change elsewhere', async () => {
    const { integration } = done(
      await create({ analyzeActivityFrom: new Date(), rateLimitPlan: 'PRO', includeFreeUsers: true }),
    );
    const after = done(
      await update(integration, {
        analyzeActivityFrom: null,
        rateLimitPlan: null,
        includeFreeUsers: null,
        tasks: null,
      }),
    );
    expect(after.integration).toMatchObject({ analyzeActivityFrom: null, rateLimitPlan: null, includeFreeUsers: true });
    expect(after.integration.enabledTasks).toHaveLength(5);
  });

  it('is audited with before and after, and never with a secret', async () => {
    const integration = await draft(house);
    await update(integration, { displayName: 'After', clientSecret: 'the-new-secret' });
    const [event] = await auditEventsPage(house.database.sql, { integrationId: integration.id, first: 1, after: null });
    expect(event).toMatchObject({
      action: 'integration.updated',
      actor: ADA.sub,
      details: { displayName: { from: 'Zoom', to: 'After' }, clientSecret: 'changed' },
    });
    expect(JSON.stringify(event)).not.toContain('the-new-secret');
  });

  it('of what does not exist', async () => {
    expect(refusals(await updateIntegration(house.deps, ADA, { integrationId: 'int_none', displayName: 'x' }))).toEqual(
      ['NOT_FOUND integrationId'],
    );
  });
});
