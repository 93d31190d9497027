import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { FastifyInstance } from 'fastify';
import { deauthorizeIntegration } from '#src/actions/deauthorize-integration.ts';
import { deleteIntegration } from '#src/actions/delete-integration.ts';
import { queueSync, syncIntegration } from '#src/actions/sync-integration.ts';
import { updateIntegration } from '#src/actions/update-integration.ts';
import { validateIntegration } from '#src/actions/validate-integration.ts';
import { auditEventsPage } from '#src/datasources/store/audit.ts';
import { grantById } from '#src/datasources/store/grants.ts';
import { patchIntegration } from '#src/datasources/store/integrations.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import type { IntegrationTask } from '#src/schema.generated.ts';
import { ADA, browserLegs, current, done, draft, refusals, walk } from '../support/consent.ts';
import { openHouse, type House } from '../support/house.ts';

let house: House;
let legs: FastifyInstance;
let integration: IntegrationRow;

beforeAll(async () => {
  house = await openHouse({ users: 5 });
  legs = await browserLegs(house);
});
afterAll(async () => {
  await legs.close();
  await house.close();
});
beforeEach(async () => {
  house.sandbox.faults.clear();
  integration = await draft(house);
  await walk(house, legs, integration);
  integration = await current(house, integration);
  house.sandbox.calls.length = 0;
  return async () => {
    house.sandbox.faults.clear();
    await deleteIntegration(house.deps, ADA, { integrationId: integration.id });
  };
});

/** What is there for an integration, by table. */
async function counts(id: string): Promise<Record<string, number>> {
  const [row] = await house.database.sql<Record<string, number>[]>`
    select (select count(*)::int from users where integration_id = ${id}) as users,
      (select count(*)::int from user_history where integration_id = ${id}) as history,
      (select count(*)::int from licenses where integration_id = ${id}) as licenses,
      (select count(*)::int from license_assignments where integration_id = ${id}) as assignments,
      (select count(*)::int from entitlements where integration_id = ${id}) as entitlements,
      (select count(*)::int from meetings where integration_id = ${id}) as meetings,
      (select count(*)::int from meeting_participants where integration_id = ${id}) as participants,
      (select count(*)::int from groups where integration_id = ${id}) as groups,
      (select count(*)::int from accounts where integration_id = ${id}) as accounts,
      (select count(*)::int from reclamation_rules where integration_id = ${id}) as rules,
      (select count(*)::int from reclamation_candidates where integration_id = ${id} and closed_at is null) as open,
      (select count(*)::int from job_runs where integration_id = ${id}) as runs`;
  return row ?? {};
}

/** One of everything that a sync leaves behind, and a reclamation that waits. */
async function seed(id: string): Promise<void> {
  const { sql } = house.database;
  await sql`insert into users (id, integration_id, account_id, email, status, type, first_seen_at, updated_at)
    values (${`usr_${id}`}, ${id}, 'acc', 'a@example.com', 'ACTIVE', 'LICENSED', now(), now())`;
  await sql`insert into user_history (integration_id, user_id, status, licenses, valid_from) values (${id}, ${`usr_${id}`}, 'ACTIVE', '{}', now())`;
  await sql`insert into licenses (id, integration_id, account_id, unique_id, name, category) values (${`lic_${id}`}, ${id}, ${`acc_${id}`}, 'LICENSED', 'Licensed', 'BASE')`;
  await sql`insert into license_assignments (user_id, license_id, integration_id, since) values (${`usr_${id}`}, ${`lic_${id}`}, ${id}, now())`;
  await sql`insert into entitlements (id, license_id, integration_id, updated_by) values (${`ent_${id}`}, ${`lic_${id}`}, ${id}, 'x')`;
  await sql`insert into meetings (id, integration_id, account_id, uuid, zoom_meeting_id, kind, start_time) values (${`mtg_${id}`}, ${id}, ${`acc_${id}`}, 'u', '1', 'MEETING', now())`;
  await sql`insert into meeting_participants (meeting_id, position, integration_id) values (${`mtg_${id}`}, 0, ${id})`;
  await sql`insert into groups (id, integration_id, account_id, zoom_group_id, name) values (${`grp_${id}`}, ${id}, ${`acc_${id}`}, 'g', 'G')`;
  await sql`insert into reclamation_candidates (id, integration_id, user_id, license_id, rule_id, action, reason, status, inactive_days, evidence, detected_at)
    values (${`can_${id}`}, ${id}, ${`usr_${id}`}, ${`lic_${id}`}, 'rul', 'DOWNGRADE', 'INACTIVE', 'AWAITING_REVOCATION', 80, '{}', now())`;
  await sql`insert into reclamations (id, integration_id, kind, status, dry_run, requested_by, requested_at, input_hash)
    values (${`rec_${id}`}, ${id}, 'RECLAIM', 'RUNNING', false, 'x', now(), 'h')`;
}

async function accessToken(): Promise<string> {
  const grant = await grantById(house.database.db, integration.id);
  return house.deps.keys.open(grant?.accessToken ?? '', `grants.access_token:${integration.id}`).reveal();
}

async function statusAtZoom(token: string): Promise<number> {
  return (await fetch(`${house.sandbox.apiUrl}/users/me`, { headers: { authorization: `Bearer ${token}` } })).status;
}

describe('deauthorizing', () => {
  it('revokes at Zoom, stops the jobs and keeps the data', async () => {
    await seed(integration.id);
    const before = await counts(integration.id);
    const token = await accessToken();
    expect(await statusAtZoom(token)).toBe(200);

    const { integration: after } = done(
      await deauthorizeIntegration(house.deps, ADA, { integrationId: integration.id }),
    );
    expect(after).toMatchObject({
      status: 'DISCONNECTED',
      grantedScopes: null,
      connectionCheck: null,
      zoomAccountId: integration.zoomAccountId,
    });
    expect(await statusAtZoom(token)).toBe(401);
    expect(await grantById(house.database.db, integration.id)).toBeNull();
    expect(await counts(integration.id)).toEqual(before);
    const runs = await house.database
      .sql`select distinct status, error from job_runs where integration_id = ${integration.id}`;
    expect(runs).toMatchObject([{ status: 'FAILED', error: 'The integration was deauthorized.' }]);
    const [reclamation] = await house.database
      .sql`select stop_requested_at from reclamations where id = ${`rec_${integration.id}`}`;
    expect(reclamation?.['stop_requested_at']).toBeInstanceOf(Date);
    const [event] = await auditEventsPage(house.database.sql, { integrationId: integration.id, first: 1, after: null });
    expect(event).toMatchObject({ action: 'integration.deauthorized', details: { revoked: true, erasedData: false } });
  });

  it('erases the data when asked to; rules stay, open candidates are skipped with a note', async () => {
    await seed(integration.id);
    done(await deauthorizeIntegration(house.deps, ADA, { integrationId: integration.id, eraseData: true }));
    expect(await counts(integration.id)).toEqual({
      users: 0,
      history: 0,
      licenses: 0,
      assignments: 0,
      entitlements: 0,
      meetings: 0,
      participants: 0,
      groups: 0,
      accounts: 0,
      open: 0,
      rules: 1,
      runs: 5,
    });
    expect(await current(house, integration)).toMatchObject({
      zoomAccountId: null,
      authorizedEmail: null,
      authorizedZoomUserId: null,
    });
    const events = await house.database
      .sql`select from_status, to_status, by, note from candidate_events where candidate_id = ${`can_${integration.id}`}`;
    expect(events).toEqual([
      {
        from_status: 'AWAITING_REVOCATION',
        to_status: 'CLOSED_SKIPPED',
        by: ADA.sub,
        note: 'The data of the integration was erased.',
      },
    ]);
  });

  it('touches no other integration', async () => {
    const other = await draft(house);
    await seed(other.id);
    const before = await counts(other.id);
    done(await deauthorizeIntegration(house.deps, ADA, { integrationId: integration.id, eraseData: true }));
    expect(await counts(other.id)).toEqual(before);
    await deleteIntegration(house.deps, ADA, { integrationId: other.id });
  });

  it('erases the tokens also when Zoom can not be told', async () => {
    house.sandbox.faults.add({
      match: { method: 'POST', path: '/oauth/revoke' },
      times: Infinity,
      action: { status: 503, body: 'down' },
    });
    const { integration: after } = done(
      await deauthorizeIntegration(house.deps, ADA, { integrationId: integration.id }),
    );
    expect(after.status).toBe('DISCONNECTED');
    expect(await grantById(house.database.db, integration.id)).toBeNull();
    const [event] = await auditEventsPage(house.database.sql, { integrationId: integration.id, first: 1, after: null });
    expect(event?.details).toMatchObject({ revoked: false });
  });

  it('may be repeated, and undone by a new consent', async () => {
    done(await deauthorizeIntegration(house.deps, ADA, { integrationId: integration.id }));
    done(await deauthorizeIntegration(house.deps, ADA, { integrationId: integration.id }));
    expect((await walk(house, legs, integration)).answer.statusCode).toBe(200);
    expect((await current(house, integration)).status).toBe('CONNECTED');
  });

  it('of what was never authorized, or does not exist', async () => {
    const never = await draft(house);
    expect(refusals(await deauthorizeIntegration(house.deps, ADA, { integrationId: never.id }))).toEqual([
      'NOT_CONNECTED integrationId',
    ]);
    expect(refusals(await deauthorizeIntegration(house.deps, ADA, { integrationId: 'int_none' }))).toEqual([
      'NOT_FOUND integrationId',
    ]);
  });
});

describe('deleting', () => {
  it('takes the grant back, erases data, secret and jobs, and keeps rules and the trail', async () => {
    await seed(integration.id);
    const token = await accessToken();
    const answer = done(await deleteIntegration(house.deps, ADA, { integrationId: integration.id }));
    expect(answer).toMatchObject({
      integrationId: integration.id,
      integration: { id: integration.id, status: 'CONNECTED' },
    });
    expect(await statusAtZoom(token)).toBe(401);
    const left = await counts(integration.id);
    expect(left).toMatchObject({ users: 0, meetings: 0, licenses: 0, accounts: 0, runs: 0, open: 0, rules: 1 });
    const [row] = await house.database
      .sql`select client_secret, authorized_email, deleted_at from integrations where id = ${integration.id}`;
    expect(row).toMatchObject({ client_secret: null, authorized_email: null, deleted_at: expect.any(Date) });
    await expect(current(house, integration)).rejects.toThrow();
    const [event] = await auditEventsPage(house.database.sql, { integrationId: integration.id, first: 1, after: null });
    expect(event?.action).toBe('integration.deleted');
    expect(refusals(await deleteIntegration(house.deps, ADA, { integrationId: integration.id }))).toEqual([
      'NOT_FOUND integrationId',
    ]);
  });
});

describe('validating', () => {
  const validate = () => validateIntegration(house.deps, ADA, { integrationId: integration.id });

  it('makes read calls only, one or two a task, and none for taking back', async () => {
    const { integration: after, jobRuns } = done(await validate());
    expect(after.connectionCheck).toMatchObject({ ok: true });
    expect(after.connectionCheck?.checks.map(({ task, endpoint, ok }) => `${task} ${endpoint} ${ok}`)).toEqual([
      'APPLICATION_ROSTER GET /users/me true',
      'APPLICATION_ROSTER GET /users true',
      'APPLICATION_ROSTER GET /users/summary true',
      'APPLICATION_ACCESS GET /report/users true',
      'LICENSE_DIFFERENTIATION GET /users/me/settings true',
      'LICENSE_INFORMATION GET /accounts/me/plans/usage true',
    ]);
    expect(house.sandbox.calls.every(({ method }) => method === 'GET')).toBe(true);
    expect(house.sandbox.calls).toHaveLength(6);
    // It was connected already: nothing begins anew.
    expect(jobRuns).toEqual([]);
  });

  it.each([
    ['/accounts/{accountId}/plans/usage', 'GET /accounts/me/plans/usage'],
    ['/users/summary', 'GET /users/summary'],
  ])('a refusal of %s is told and forgiven', async (path, endpoint) => {
    house.sandbox.faults.add({
      match: { path },
      action: { status: 400, body: { code: 200, message: 'Only available for paid account' } },
    });
    const { integration: after } = done(await validate());
    expect(after).toMatchObject({ status: 'CONNECTED', connectionCheck: { ok: true } });
    expect(after.connectionCheck?.checks.find((check) => check.endpoint === endpoint)).toMatchObject({
      ok: false,
      message: expect.stringContaining('works without it'),
    });
  });

  it.each([
    ['/users', 'GET /users'],
    ['/report/users', 'GET /report/users'],
  ])('a refusal of %s takes a connected one back to authorized, and its jobs end', async (path, endpoint) => {
    house.sandbox.faults.add({
      match: { method: 'GET', path },
      action: { status: 400, body: { code: 200, message: 'No permission.' } },
    });
    const { integration: after } = done(await validate());
    expect(after).toMatchObject({ status: 'AUTHORIZED', connectionCheck: { ok: false } });
    expect(after.connectionCheck?.checks.filter(({ ok }) => !ok).map((check) => check.endpoint)).toEqual([endpoint]);
    const runs = await house.database
      .sql`select distinct status from job_runs where integration_id = ${integration.id}`;
    expect(runs).toMatchObject([{ status: 'FAILED' }]);
    const again = done(await validate());
    expect(again.integration.status).toBe('CONNECTED');
    expect(again.jobRuns).toHaveLength(5);
  });

  it('while Zoom is down: says so and changes the record only', async () => {
    house.sandbox.faults.add({
      match: { path: /^\/v2\// },
      times: Infinity,
      action: { status: 503, body: { code: 503, message: 'down' } },
    });
    const outcome = await validate();
    expect(refusals(outcome)).toEqual(['ZOOM_REFUSED']);
    // The payload carries what was recorded, though nothing else changed.
    expect(outcome).toMatchObject({ integration: { connectionCheck: { ok: false } } });
    expect(await current(house, integration)).toMatchObject({ status: 'CONNECTED', connectionCheck: { ok: false } });
  });

  it('a dead grant says that it must be authorized again', async () => {
    house.sandbox.revokeGrant();
    house.sandbox.expireAccessTokens();
    expect(refusals(await validate())).toEqual(['REAUTHORIZATION_REQUIRED']);
    expect((await current(house, integration)).status).toBe('REAUTHORIZATION_REQUIRED');
    expect(refusals(await validate())).toEqual(['REAUTHORIZATION_REQUIRED']);
    expect(refusals(await syncIntegration(house.deps, ADA, { integrationId: integration.id }))).toEqual([
      'REAUTHORIZATION_REQUIRED',
    ]);
    expect((await walk(house, legs, integration)).answer.statusCode).toBe(200);
    expect(await current(house, integration)).toMatchObject({ status: 'CONNECTED', reauthorizationReason: null });
  });

  it('proves nothing when the integration was changed while it ran', async () => {
    house.sandbox.faults.add({ match: { method: 'GET', path: '/users/summary' }, action: { delayMs: 400 } });
    const checking = validate();
    await new Promise((resolve) => setTimeout(resolve, 100));
    done(await updateIntegration(house.deps, ADA, { integrationId: integration.id, tasks: [] }));
    done(await checking);
    expect((await current(house, integration)).status).toBe('DRAFT');
  });
});

describe('syncing', () => {
  const sync = (tasks?: IntegrationTask[] | null) =>
    syncIntegration(house.deps, ADA, { integrationId: integration.id, ...(tasks !== undefined && { tasks }) });
  const finishAll = () =>
    house.database.sql`update job_runs set status = 'SUCCEEDED' where integration_id = ${integration.id}`;

  it('queues what is switched on in order, with a look for candidates at the end, also when reclamation is off', async () => {
    await finishAll();
    done(
      await updateIntegration(house.deps, ADA, {
        integrationId: integration.id,
        tasks: ['APPLICATION_ACCESS', 'LICENSE_DIFFERENTIATION'],
      }),
    );
    const { jobRuns } = done(await sync());
    expect(jobRuns.map(({ task, status, requestedBy }) => `${task} ${status} ${requestedBy}`)).toEqual([
      `APPLICATION_ROSTER QUEUED ${ADA.sub}`,
      `APPLICATION_ACCESS QUEUED ${ADA.sub}`,
      `LICENSE_DIFFERENTIATION QUEUED ${ADA.sub}`,
      `RECLAMATION QUEUED ${ADA.sub}`,
    ]);
    expect(house.woken.syncs.at(-1)).toBe(integration.id);
  });

  it('a task alone comes after the roster', async () => {
    await finishAll();
    expect(done(await sync(['LICENSE_INFORMATION'])).jobRuns.map(({ task }) => task)).toEqual([
      'APPLICATION_ROSTER',
      'LICENSE_INFORMATION',
    ]);
    await finishAll();
    expect(done(await sync(['RECLAMATION', 'RECLAMATION'])).jobRuns.map(({ task }) => task)).toEqual([
      'APPLICATION_ROSTER',
      'RECLAMATION',
    ]);
  });

  it('what waits already is answered, also to many at once', async () => {
    const ids = (runs: { id: string }[]) => runs.map(({ id }) => id);
    await finishAll();
    const answers = await Promise.all(Array.from({ length: 5 }, () => sync()));
    const [first, ...others] = answers.map((answer) => ids(done(answer).jobRuns));
    for (const other of others) expect(other).toEqual(first);
    const [{ count = 0 } = {}] = await house.database.sql<{ count: number }[]>`
      select count(*)::int as count from job_runs where integration_id = ${integration.id} and status = 'QUEUED'`;
    expect(count).toBe(5);
    expect(ids(await queueSync(house.deps, integration, null, 'timetable'))).toEqual(first);
  });

  it('refuses tasks that are off, and an empty list', async () => {
    done(await updateIntegration(house.deps, ADA, { integrationId: integration.id, tasks: ['APPLICATION_ACCESS'] }));
    expect(refusals(await sync(['LICENSE_INFORMATION']))).toEqual(['TASK_DISABLED tasks']);
    expect(refusals(await sync([]))).toEqual(['INVALID tasks']);
  });

  it.each(['DRAFT', 'AUTHORIZED', 'DISCONNECTED'] as const)('refuses while %s', async (status) => {
    await patchIntegration(house.database.sql, integration.id, { status }, house.clock.now());
    expect(refusals(await sync())).toEqual(['NOT_CONNECTED']);
  });
});
