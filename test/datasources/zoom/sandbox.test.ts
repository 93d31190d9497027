import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '#sandbox/index.ts';
import { openPool, type Database } from '#src/db/client.ts';
import { createLogger } from '#src/log.ts';
import { Secret } from '#src/secret.ts';
import { getAccountSettings, getPlanUsage, listSubAccounts, plansOf } from '#src/datasources/zoom/accounts.ts';
import { openZoom, type Zoom } from '#src/datasources/zoom/client.ts';
import { listGroups } from '#src/datasources/zoom/groups.ts';
import { listPastMeetingParticipants, listScheduledMeetings } from '#src/datasources/zoom/meetings.ts';
import {
  listActiveHosts,
  listActivities,
  listHostedMeetings,
  listJoinedMeetings,
  listMeetingReportParticipants,
  listUpcomingEvents,
} from '#src/datasources/zoom/reports.ts';
import { listRoleMembers, listRoles } from '#src/datasources/zoom/roles.ts';
import {
  getUser,
  getUserSettings,
  getUsersSummary,
  listUsers,
  updateUser,
  updateUserSettings,
  updateUserStatus,
} from '#src/datasources/zoom/users.ts';
import { listWebinars, WEBINAR_TYPES } from '#src/datasources/zoom/webinars.ts';
import { testDatabase } from '#test/support/database.ts';
import { makeIntegration, testConfig, testKeys } from './zoom-server.ts';

let database: Database;
let sandbox: Sandbox;
const opened: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  database = await testDatabase();
  sandbox = await startSandbox({ users: 700, seed: 7, plan: 'PRO' });
});

afterAll(async () => {
  for (const one of opened) await one.close();
  await sandbox.close();
  await database.close();
});

function openOne(): Zoom {
  const pool = openPool(database.connection, { max: 2 });
  const zoom = openZoom({
    config: { ...testConfig(sandbox.url), zoomApiUrl: sandbox.apiUrl, zoomOAuthUrl: sandbox.oauthUrl },
    database: pool,
    keys: testKeys(),
    log: createLogger('silent'),
    now: () => new Date(),
  });
  opened.unshift(zoom);
  opened.push(pool);
  return zoom;
}

/** Goes the way of a browser, and saves what Zoom gives. */
async function authorize(zoom: Zoom, account: 'REGULAR' | 'MASTER'): Promise<string> {
  const app = sandbox.apps.find((one) => one.account === account);
  if (app === undefined) throw new Error('the sandbox has no such app');
  const redirect = 'http://127.0.0.1/callback';
  const page = new URL(`${sandbox.oauthUrl}/authorize`);
  page.search = new URLSearchParams({
    response_type: 'code',
    client_id: app.clientId,
    redirect_uri: redirect,
    state: 's',
  }).toString();
  const code = new URL(await sandbox.consent(page.toString())).searchParams.get('code') ?? '';
  const answer = await fetch(`${sandbox.oauthUrl}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${app.clientId}:${app.clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirect }),
  });
  const tokens = (await answer.json()) as { access_token: string; refresh_token: string; expires_in: number };
  const id = await makeIntegration(database, {
    rateLimitPlan: 'PRO',
    zoomAccountId: `sandbox-${account}`,
    clientId: app.clientId,
  });
  await database.sql`update integrations set client_secret = ${testKeys().seal(
    new Secret(app.clientSecret),
    `integrations.client_secret:${id}`,
  )} where id = ${id}`;
  await zoom.tokens.saveGrant(id, {
    accessToken: new Secret(tokens.access_token),
    refreshToken: new Secret(tokens.refresh_token),
    expiresInSeconds: tokens.expires_in,
  });
  return id;
}

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const all = async <T>(pages: AsyncGenerator<T[]>) => (await Array.fromAsync(pages)).flat();

describe('the sandbox, through the client', () => {
  it('is read whole and written to, by every function', async () => {
    const zoom = openOne();
    const client = zoom.forIntegration(await authorize(zoom, 'REGULAR'));
    const roster = (
      await Promise.all((['active', 'inactive', 'pending'] as const).map((status) => all(listUsers(client, status))))
    ).flat();
    const summary = await getUsersSummary(client);
    expect(roster.length).toBeGreaterThan(600);
    expect(summary.total_users_count).toBeGreaterThan(600);

    const host = (await all(listActiveHosts(client, { from: day(-29), to: day(0) }))).at(0)?.id ?? '';
    // A room is listed like a person and can't be changed.
    const people = roster.filter((user) => user.type === 2 && user.role_id === '2' && !user.email.startsWith('room'));
    const licensed = people.find((user) => user.status === 'active')?.id ?? '';
    const window = { from: day(-29), to: day(0) };
    expect((await getUser(client, 'me')).account_id).not.toBeNull();
    expect((await getUserSettings(client, licensed)).feature).toHaveProperty('webinar');
    const hosted = await all(listHostedMeetings(client, host, window));
    const uuid = hosted.find((meeting) => !WEBINAR_TYPES.has(meeting.type))?.uuid ?? '';
    expect((await all(listPastMeetingParticipants(client, uuid))).length).toBeGreaterThan(1);
    expect((await all(listMeetingReportParticipants(client, uuid))).length).toBeGreaterThan(1);
    await all(listJoinedMeetings(client, host, window));
    await all(listScheduledMeetings(client, host, 'scheduled'));
    await all(listWebinars(client, host, 'scheduled'));
    await all(listUpcomingEvents(client, { from: day(0), to: day(29) }));
    expect((await all(listActivities(client, window))).length).toBeGreaterThan(0);
    expect((await all(listGroups(client))).length).toBeGreaterThan(0);
    expect((await all(listRoles(client))).map((role) => role.name)).toContain('Owner');
    expect(await all(listRoleMembers(client, '0'))).toHaveLength(1);
    expect(plansOf(await getPlanUsage(client)).map(({ key }) => key)).toContain('plan_base');
    await getAccountSettings(client);

    await updateUserSettings(client, licensed, { feature: { webinar: false } });
    await updateUser(client, licensed, { type: 1 });
    expect((await getUser(client, licensed)).type).toBe(1);
    await updateUserStatus(client, licensed, 'deactivate');
    expect((await getUser(client, licensed)).status).toBe('inactive');
  });

  it('is read below a master account', async () => {
    const zoom = openOne();
    const id = await authorize(zoom, 'MASTER');
    const [sub] = await all(listSubAccounts(zoom.forIntegration(id)));
    const users = await all(listUsers(zoom.forIntegration(id, { subAccountId: sub?.id ?? '' }), 'active'));
    expect(users.length).toBeGreaterThan(0);
  });

  it('never refuses a call for its rate, however many processes press', async () => {
    const zooms = [openOne(), openOne(), openOne()];
    const id = await authorize(openOne(), 'REGULAR');
    const before = sandbox.calls.length;
    await Promise.all(
      Array.from({ length: 90 }, (_, i) =>
        zooms[i % 3]!.forIntegration(id).call({
          endpoint: { method: 'GET', path: '/users/summary', label: 'MEDIUM', scopes: [] },
          schema: null,
        }),
      ),
    );
    const calls = sandbox.calls.slice(before);
    expect(calls.filter((call) => call.status === 429)).toEqual([]);
    expect(calls.filter((call) => call.status === 200)).toHaveLength(90);
  });

  it('gives a new token when the old one is forgotten, once for all', async () => {
    const zoom = openOne();
    const id = await authorize(zoom, 'REGULAR');
    await zoom.tokens.accessToken(id);
    sandbox.expireAccessTokens();
    const before = sandbox.calls.length;
    await Promise.all(Array.from({ length: 10 }, () => getUsersSummary(zoom.forIntegration(id))));
    expect(sandbox.calls.slice(before).filter((call) => call.url.includes('/oauth/token'))).toHaveLength(1);
  });
});
