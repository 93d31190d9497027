import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPastMeeting, type Account, type SandboxUser } from '#sandbox/index.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { restore } from '#src/actions/restore-license.ts';
import type { Caller } from '#src/caller.ts';
import { callsToday } from '#src/datasources/store/call-plan.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { ended, signedWebhook, userDeactivated, webhookBody } from '../support/webhooks.ts';
import { makePaid, neverAborted, syncNow, userNamed } from '../support/worlds.ts';

const SECRET = 'secret token of the tests';
const caller: Caller = { sub: 'operator', scopes: new Set(['zoom:operate']) };

let house: House;
let server: TestServer;
let integration: IntegrationRow;
const people: Record<string, SandboxUser> = {};
/** Zoom's calls of the first sync alone. */
let synced: { label: string | null }[] = [];

const subs = () => house.sandbox.world.subAccounts;
const bySub = (account: Account) => (url: string) => url.startsWith(`/v2/accounts/${account.id}/`);
async function candidateOf(name: string): Promise<string> {
  const user = await userNamed(house, name);
  const [row] = await house.database.sql<{ id: string }[]>`
    select id from reclamation_candidates where user_id = ${user.id} order by detected_at desc limit 1`;
  return row!.id;
}

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    subAccounts: 2,
    env: { ZOOM_WEBHOOK_SECRET: SECRET },
    world: (world) => {
      for (const [index, account] of world.subAccounts.entries()) {
        const put = (name: string, daysAgo: number) =>
          (people[name] = makePaid(world, name, daysAgo, { accountId: account.id }));
        put(`idle-${index}`, 200);
        put(`lost-${index}`, 200);
        for (let n = 0; n < 15; n += 1) put(`busy-${index}-${n}`, 2);
      }
      // The same address in two accounts: two people.
      for (const account of world.subAccounts) makePaid(world, 'twin', 2, { accountId: account.id });
      makePaid(world, 'top', 2, { accountId: world.master.id });
    },
  });
  integration = await connectedIntegration(house, { kind: 'TIERED' });
  house.sandbox.calls.length = 0;
  const runs = await syncNow(house, integration);
  synced = [...house.sandbox.calls];
  expect(Object.values(runs).map(({ task, error }) => [task, error])).toEqual(
    Object.keys(runs).map((task) => [task, null]),
  );
  const { zoom, queue, now } = house.deps;
  server = await startServer(house.database, {
    config: { zoomWebhookSecret: house.deps.config.zoomWebhookSecret },
    deps: { zoom, queue, now },
  });
}, 60_000);
afterAll(async () => {
  await server?.close();
  await house?.close();
});

describe('the limits of a tree', () => {
  it('are those of the account on top: calls about sub accounts count there, and nowhere else', async () => {
    const rows = await house.database.sql<{ account: string }[]>`
      select distinct zoom_account_id as account from rate_limits where used_today > 0`;
    expect(rows).toEqual([{ account: house.sandbox.world.master.id }]);
    const used = await callsToday(house.database.sql, house.sandbox.world.master.id);
    for (const label of ['LIGHT', 'MEDIUM', 'HEAVY']) {
      const sent = synced.filter((call) => call.label === label).length;
      // Places that were reserved and not needed count as well.
      expect([label, used[label]! >= sent]).toEqual([label, true]);
    }
  });
});

describe('taking back in a sub account', () => {
  it.each(['DOWNGRADE', 'DEACTIVATE'] as const)(
    '%s and giving back go through the master, to that account',
    async (action) => {
      const index = action === 'DOWNGRADE' ? 0 : 1;
      const account = subs()[index]!;
      const user = people[`idle-${index}`]!;
      const candidateId = await candidateOf(`idle-${index}`);
      await house.database.sql`update reclamation_candidates set action = ${action} where id = ${candidateId}`;
      house.sandbox.calls.length = 0;
      const taken = await reclaim(house.deps, caller, { candidateIds: [candidateId] });
      expect(taken).toMatchObject({ ok: true });
      await runReclamation(house.deps, taken.reclamation!.id, neverAborted());
      expect(account.users.get(user.id)).toMatchObject(action === 'DOWNGRADE' ? { type: 1 } : { status: 'inactive' });
      expect((await userNamed(house, `idle-${index}`)).status).toBe(action === 'DOWNGRADE' ? 'ACTIVE' : 'INACTIVE');

      const given = await restore(house.deps, caller, { reclamationId: taken.reclamation!.id });
      expect(given).toMatchObject({ ok: true });
      await runReclamation(house.deps, given.reclamation!.id, neverAborted());
      expect(account.users.get(user.id)).toMatchObject({ type: 2, status: 'active' });
      expect(await userNamed(house, `idle-${index}`)).toMatchObject({ type: 'LICENSED', status: 'ACTIVE' });

      const writes = house.sandbox.calls.filter(({ method }) => method !== 'GET');
      const [status, type] = [
        'PUT /accounts/{accountId}/users/{userId}/status',
        'PATCH /accounts/{accountId}/users/{userId}',
      ];
      expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
        ...(action === 'DOWNGRADE' ? [type, type] : [status, status, type]),
        // Of the features, how many meetings at once is what a Basic user has none of.
        `${type}/settings`,
      ]);
      expect(house.sandbox.calls.every(({ url }) => bySub(account)(url))).toBe(true);
    },
    30_000,
  );

  it('leaves alone whose sub account has vanished since', async () => {
    const candidateId = await candidateOf('lost-1');
    const taken = await reclaim(house.deps, caller, { candidateIds: [candidateId] });
    expect(taken).toMatchObject({ ok: true });
    const gone = subs().pop()!;
    house.sandbox.world.accounts.delete(gone.id);
    await runReclamation(house.deps, taken.reclamation!.id, neverAborted());
    const [item] = await house.database.sql`
      select status, error ->> 'code' as code from reclamation_items where reclamation_id = ${taken.reclamation!.id}`;
    expect(item).toEqual({ status: 'SKIPPED', code: 'NOT_FOUND' });
    expect(gone.users.get(people['lost-1']!.id)).toMatchObject({ type: 2, status: 'active' });
    house.sandbox.world.accounts.set(gone.id, gone);
    subs().push(gone);
  }, 30_000);
});

describe('webhooks of sub accounts', () => {
  async function tell(body: unknown) {
    const { headers, body: payload } = signedWebhook(SECRET, body, { at: house.clock.now().getTime() });
    const answer = await server.app.inject({ method: 'POST', url: '/webhooks/zoom', headers, payload });
    expect(answer.statusCode).toBeLessThan(300);
  }
  const twins = async () => {
    const rows = await house.database.sql<{ zoom: string; status: string; hosted: Date | null }[]>`
      select a.zoom_account_id as zoom, u.status, u.last_meeting_hosted_at as hosted
      from users u join accounts a on a.id = u.account_id where u.email = 'twin@example.com'`;
    return new Map(rows.map((row) => [row.zoom, row]));
  };

  it('are applied to that account and to no other', async () => {
    const [first, second] = subs();
    const twin = first!.usersByEmail.get('twin@example.com')!;
    const startAt = house.clock.now().getTime() - 3_600_000;
    const { uuid } = addPastMeeting(house.sandbox.world, {
      hostId: twin.id,
      startAt,
      participants: [{ name: 'Guest' }],
    });
    await tell(ended(first!, uuid));
    await tell(userDeactivated(twin, { at: house.clock.now().getTime() }));
    const after = await twins();
    expect(after.get(first!.id)).toMatchObject({
      status: 'INACTIVE',
      hosted: new Date(Math.floor(startAt / 1000) * 1000),
    });
    expect(after.get(second!.id)).toMatchObject({ status: 'ACTIVE', hosted: null });
  });

  it('about accounts themselves are taken and change nothing: the next roster tells', async () => {
    const before = await house.database.db.query.accounts.findMany();
    for (const event of ['account.created', 'account.updated', 'account.disassociated']) {
      const object = { id: subs()[0]!.id, owner_email: 'owner@example.com', account_name: 'Other' };
      await tell(webhookBody(event, house.sandbox.world.master.id, object, { at: house.clock.now().getTime() }));
    }
    expect(await house.database.db.query.accounts.findMany()).toEqual(before);
  });
});

describe('what the graph says of a tree', () => {
  it('sub account by sub account, and summed up above them', async () => {
    const { data, errors } = await server.ask(
      `query ($id: ID!) {
        integration(id: $id) {
          outOfReach
          tasks { task parts { part status requiredScopes } }
          account {
            tier rosterProblem rosterCompleteAt activityProblem
            users { totalCount } licenses { uniqueId account { tier } subAccount { name } }
            groups(first: 500) { totalCount }
            subAccounts {
              nodes {
                id zoomAccountId name ownerEmail plan seats subscriptionStartAt removedAt
                rosterProblem rosterCompleteAt activityProblem
                summary { total complete } master { tier } users { totalCount } licenses { uniqueId assigned }
                groups { totalCount } settings managedDomains { domain } dailyUsage { day }
              }
            }
          }
        }
        usersBy(integrationId: $id, field: SUB_ACCOUNT) { facets { value label count } }
      }`,
      { id: integration.id },
    );
    expect(errors).toEqual(undefined);
    const { account, outOfReach } = data.integration;
    expect(outOfReach[0]).toContain('three tiers');
    expect(account).toMatchObject({ tier: 'MASTER', rosterProblem: null, activityProblem: null });
    const nodes = account.subAccounts.nodes as Record<string, any>[];
    expect(nodes.map(({ zoomAccountId }) => zoomAccountId).sort()).toEqual(
      subs()
        .map(({ id }) => id)
        .sort(),
    );
    for (const node of nodes) {
      const sub = house.sandbox.world.accounts.get(node['zoomAccountId'])!;
      expect(node).toMatchObject({
        name: sub.name,
        plan: sub.accountType,
        seats: sub.plans.base.hosts,
        removedAt: null,
        rosterProblem: null,
        summary: { total: sub.users.size, complete: true },
        master: { tier: 'MASTER' },
        users: { totalCount: sub.users.size },
        groups: { totalCount: sub.groups.length },
        managedDomains: sub.managedDomains.map(({ domain }) => ({ domain })),
      });
      expect(node['dailyUsage'].length).toBeGreaterThan(0);
      const licensed = node['licenses'].find(({ uniqueId }: { uniqueId: string }) => uniqueId === 'LICENSED');
      expect(licensed.assigned).toBeGreaterThan(10);
      const page = await server.ask(
        `query ($id: ID!, $sub: ID!) {
          users(integrationId: $id, filter: { subAccount: { eq: $sub } }, first: 3) {
            totalCount nodes { account { tier } subAccount { id } licenses { subAccount { id } } }
          }
        }`,
        { id: integration.id, sub: node['id'] },
      );
      expect(page.errors).toBeUndefined();
      expect(page.data.users.totalCount).toBe(sub.users.size);
      for (const user of page.data.users.nodes) {
        expect(user).toMatchObject({ account: { tier: 'MASTER' }, subAccount: { id: node['id'] } });
        for (const license of user.licenses) expect(license.subAccount.id).toBe(node['id']);
      }
    }
    const all = [house.sandbox.world.master, ...subs()].reduce((sum, { users }) => sum + users.size, 0);
    expect(account.users.totalCount).toBe(all);
    expect(account.groups.totalCount).toBe(3 * subs()[0]!.groups.length);
    const named = account.licenses.map((one: { subAccount: { name: string } | null }) => one.subAccount?.name ?? 'top');
    expect(new Set(named)).toEqual(new Set(['top', ...subs().map(({ name }) => name)]));
    const facets = data.usersBy.facets as { value: string; label: string; count: number }[];
    for (const node of nodes) {
      expect(facets.find(({ value }) => value === node['id'])).toMatchObject({
        label: node['name'],
        count: node['users'].totalCount,
      });
    }
    const roster = data.integration.tasks.find(({ task }: { task: string }) => task === 'APPLICATION_ROSTER');
    expect(roster.parts[0]).toEqual({
      part: 'SUB_ACCOUNTS',
      status: 'READ',
      requiredScopes: ['account:read:list_sub_accounts:master'],
    });
  });
});

// The last one: who consents anew ends the consent before.
describe('the limits of a tree', () => {
  it('are shared by two integrations of the same master', async () => {
    const other = await connectedIntegration(house, { kind: 'TIERED' });
    const before = await callsToday(house.database.sql, house.sandbox.world.master.id);
    await syncNow(house, other, ['APPLICATION_ROSTER']);
    const after = await callsToday(house.database.sql, house.sandbox.world.master.id);
    expect(after['MEDIUM']! - before['MEDIUM']!).toBeGreaterThan(20);
    expect(await house.database.sql`select count(distinct zoom_account_id)::int as count from rate_limits`).toEqual([
      { count: 1 },
    ]);
    await house.database
      .sql`update integrations set deleted_at = now(), status = 'DISCONNECTED' where id = ${other.id}`;
    for (const table of ['users', 'accounts', 'licenses', 'license_assignments']) {
      await house.database.sql`delete from ${house.database.sql(table)} where integration_id = ${other.id}`;
    }
  }, 30_000);
});
