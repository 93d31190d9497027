import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addPastMeeting, type Account, type SandboxUser, type World } from '#sandbox/index.ts';
import { planSync } from '#src/actions/plan-sync.ts';
import { queueSync } from '#src/actions/sync-integration.ts';
import { licensesByAccountIds, licensesOfIntegration } from '#src/datasources/store/licenses.ts';
import { taskPartsByIntegrationIds } from '#src/datasources/store/task-parts.ts';
import type { AccountRow, IntegrationRow } from '#src/db/tables/rows.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { candidateStatus, DAY, makePaid, openCandidates, rosterNames, syncNow, userNamed } from '../support/worlds.ts';

let house: House;
let integration: IntegrationRow;
const people: Record<string, SandboxUser> = {};

const world = () => house.sandbox.world;
const subs = () => world().subAccounts;
/** A paid user of an account, who used Zoom so many days ago. */
function put(to: World, account: Account, name: string, daysAgo: number | null) {
  people[name] = makePaid(to, name, daysAgo, { accountId: account.id });
}
const rows = async (): Promise<Record<string, AccountRow>> => {
  const all = await house.database.db.query.accounts.findMany();
  return Object.fromEntries(all.map((row) => [row.tier === 'MASTER' ? 'master' : row.zoomAccountId, row]));
};
const rowOf = async (account: Account) => (await rows())[account.id]!;
const partOf = async (name: string) => {
  const [parts] = await taskPartsByIntegrationIds(house.database.sql, [integration.id]);
  return parts!.find(({ part }) => part === name);
};
/** Calls that went below the prefix of a sub account. */
const callsTo = (account: Account) =>
  house.sandbox.calls.filter(({ url }) => url.startsWith(`/v2/accounts/${account.id}`));
const sync = (tasks: Parameters<typeof syncNow>[2] = null) => syncNow(house, integration, tasks);

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    subAccounts: 3,
    rateLimits: false,
    world: (made) => {
      made.subAccounts.forEach((account, index) => {
        put(made, account, `idle-${index}`, 200);
        put(made, account, `busy-${index}`, 3);
        addPastMeeting(made, {
          hostId: people[`busy-${index}`]!.id,
          startAt: made.now() - 5 * DAY,
          participants: [{ userId: people[`idle-${index}`]!.id }, { name: 'Guest' }],
        });
      });
      put(made, made.subAccounts[0]!, 'quiet-0', 300);
      put(made, made.master, 'idle-master', 200);
    },
  });
  integration = await connectedIntegration(house, { kind: 'TIERED' });
  const runs = await sync();
  expect(Object.values(runs).map((run) => [run.task, run.status, run.error])).toEqual(
    Object.keys(runs).map((task) => [task, 'SUCCEEDED', null]),
  );
}, 60_000);
afterAll(() => house?.close());
afterEach(() => house.sandbox.faults.clear());

describe('a tree of accounts', () => {
  it('is known whole, with what Zoom lists of each sub account', async () => {
    const known = await rows();
    for (const account of subs()) {
      expect(known[account.id]).toMatchObject({
        tier: 'SUB',
        masterId: known['master']!.id,
        name: account.name,
        ownerEmail: account.users.get(account.ownerId)!.email.toLowerCase(),
        plan: account.accountType,
        seats: account.plans.base.hosts,
        isRosterComplete: true,
        rosterProblem: null,
        activityProblem: null,
      });
      expect(known[account.id]!.subscriptionEndAt!.getTime()).toBe(Math.floor(account.subscriptionEndAt / 1000) * 1000);
      expect(known[account.id]!.activityKnownUntil).not.toBeNull();
    }
    expect(known['master']).toMatchObject({ tier: 'MASTER', masterId: null, isRosterComplete: true });
  });

  it('has its people in their own accounts, with what they did there', async () => {
    for (const [index, account] of subs().entries()) {
      const { id } = await rowOf(account);
      const busy = await userNamed(house, `busy-${index}`);
      expect(busy).toMatchObject({ accountId: id, meetingsHosted: 1 });
      expect(await userNamed(house, `idle-${index}`)).toMatchObject({ accountId: id, meetingsJoined: 1 });
      expect(busy.profileReadAt).not.toBeNull();
      expect(busy.settingsReadAt).not.toBeNull();
    }
    const { id } = (await rows())['master']!;
    expect(await userNamed(house, 'idle-master')).toMatchObject({ accountId: id });
  });

  it('is asked below the prefix for sub accounts, by plain paths for the master', () => {
    const paths = (account: Account) => new Set(callsTo(account).map(({ path }) => path));
    for (const account of subs()) {
      const asked = [...paths(account)];
      for (const path of [
        '/users',
        '/users/{userId}',
        '/users/summary',
        '/groups',
        '/report/users',
        '/report/activities',
      ]) {
        expect(asked).toContain(`/accounts/{accountId}${path}`);
      }
      expect(asked).toContain('/accounts/{accountId}/plans/usage');
    }
    const ofMaster = house.sandbox.calls.filter(({ accountId }) => accountId === world().master.id);
    expect(ofMaster.every(({ path }) => !/^\/accounts\/\{accountId\}\/(users|report|groups)/.test(path))).toBe(true);
    expect(ofMaster.map(({ path }) => path)).toContain('/users');
    expect(house.sandbox.calls.filter(({ path }) => path === '/accounts')).toHaveLength(1);
  });

  it('has candidates in every account, and none who was seen', async () => {
    const names = Object.keys(await openCandidates(house)).sort();
    // Who joined a meeting five days ago is no candidate, whatever their account.
    expect(names).toEqual(['idle-master', 'quiet-0']);
  });

  it('has the parts of all accounts read', async () => {
    expect(await partOf('SUB_ACCOUNTS')).toMatchObject({ status: 'READ', message: null });
    expect(await partOf('GROUPS')).toMatchObject({ status: 'READ', message: null });
    expect(await partOf('PLAN_USAGE')).toMatchObject({ status: 'READ', message: null });
  });
});

describe('one account that fails', () => {
  it('spoils no other, is named, and makes no candidates while the others do', async () => {
    const [broken, ...others] = subs();
    const before = (await rowOf(broken!)).rosterCompleteAt;
    house.sandbox.faults.add({
      match: { path: `/accounts/${broken!.id}/users`, query: { status: 'inactive' } },
      times: Infinity,
      action: { status: 400, body: { code: 300, message: 'Oops.' } },
    });
    const fresh = makePaid(world(), 'new-idle-1', 200, { accountId: others[0]!.id });
    makePaid(world(), 'new-idle-0', 200, { accountId: broken!.id });
    house.clock.advance(60_000);
    const runs = await sync();
    const { status, error } = runs['APPLICATION_ROSTER'];
    expect(status).toBe('INCOMPLETE');
    expect(error).toContain(`${broken!.name}: The roster did not arrive whole`);
    expect(error).not.toContain(others[0]!.name);
    expect(await rowOf(broken!)).toMatchObject({ isRosterComplete: false, rosterCompleteAt: before });
    expect((await rowOf(broken!)).rosterProblem).toContain('did not arrive whole');
    for (const other of others)
      expect(await rowOf(other)).toMatchObject({ isRosterComplete: true, rosterProblem: null });
    expect(await rosterNames(house)).toContain('idle-0');
    expect(runs['RECLAMATION']).toMatchObject({ status: 'INCOMPLETE' });
    expect(runs['RECLAMATION'].error).toBe(
      `${broken!.name}: The roster is not complete, so nobody was made a candidate. Sync again.`,
    );
    const found = Object.keys(await openCandidates(house));
    expect(found).toContain('new-idle-1');
    expect(found).not.toContain('new-idle-0');
    expect(await candidateStatus(house, 'quiet-0')).toBe('READY');
    house.sandbox.faults.clear();
    world().accounts.get(fresh.accountId)!.users.delete(fresh.id);
    world().accounts.get(fresh.accountId)!.usersByEmail.delete(fresh.email);
    await sync();
    expect(await rowOf(broken!)).toMatchObject({ isRosterComplete: true, rosterProblem: null });
    expect(Object.keys(await openCandidates(house))).toContain('new-idle-0');
  }, 30_000);

  it('says what of its activity is missing, and which account a part could not be read of', async () => {
    const [, broken, other] = subs();
    house.sandbox.faults.add({
      match: { path: `/accounts/${broken!.id}/report/users` },
      times: Infinity,
      action: { status: 400, body: { code: 300, message: 'Oops.' } },
    });
    house.sandbox.faults.add({
      match: { path: `/accounts/${broken!.id}/report/daily` },
      times: Infinity,
      action: { status: 404, body: { code: 3001, message: 'None.' } },
    });
    const run = (await sync(['APPLICATION_ACCESS']))['APPLICATION_ACCESS'];
    expect(run.status).toBe('INCOMPLETE');
    expect(run.error).toContain(`${broken!.name}: Activity could not be read to the end`);
    expect((await rowOf(broken!)).activityProblem).toContain('Activity could not be read to the end');
    expect(await rowOf(other!)).toMatchObject({ activityProblem: null });
    expect(await partOf('DAILY_USAGE')).toMatchObject({ status: 'SKIPPED' });
    expect((await partOf('DAILY_USAGE'))!.message).toMatch(
      new RegExp(`^${broken!.name}: Daily usage figures are not given`),
    );
    expect(await partOf('SIGN_INS')).toMatchObject({ status: 'READ' });
    house.sandbox.faults.clear();
    await sync(['APPLICATION_ACCESS']);
    expect(await rowOf(broken!)).toMatchObject({ activityProblem: null });
    expect(await partOf('DAILY_USAGE')).toMatchObject({ status: 'READ', message: null });
  }, 30_000);
});

describe('participants of meetings in sub accounts', () => {
  it('are told by the report where Zoom has no other list, which is asked for once', async () => {
    const [account] = subs();
    const place = (days: number) =>
      addPastMeeting(world(), {
        hostId: people['busy-0']!.id,
        startAt: world().now() - days * DAY - 7_200_000,
        participants: [{ userId: people['quiet-0']!.id }, { name: 'Guest' }],
      });
    for (const days of [1, 2, 3]) place(days);
    house.sandbox.faults.add({
      match: { path: new RegExp(`/accounts/${account!.id}/past_meetings/.+/participants`) },
      times: Infinity,
      action: { status: 404, body: { code: 2300, message: 'This API endpoint is not recognized.' } },
    });
    house.sandbox.calls.length = 0;
    await sync(['APPLICATION_ACCESS']);
    const asked = (path: string) => callsTo(account!).filter((call) => call.path === `/accounts/{accountId}${path}`);
    expect(asked('/past_meetings/{meetingId}/participants')).toHaveLength(1);
    expect(asked('/report/meetings/{meetingId}/participants')).toHaveLength(3);
    expect(await userNamed(house, 'quiet-0')).toMatchObject({ meetingsJoined: 3 });
  }, 20_000);
});

describe('the list of sub accounts', () => {
  const refuse = (status: number, body: unknown) =>
    house.sandbox.faults.add({ match: { path: '/accounts' }, times: Infinity, action: { status, body } });

  it('that fails removes nobody: those that are known are read', async () => {
    refuse(400, { code: 300, message: 'Oops.' });
    house.sandbox.calls.length = 0;
    const run = (await sync(['APPLICATION_ROSTER']))['APPLICATION_ROSTER'];
    expect(run.status).toBe('INCOMPLETE');
    expect(run.error).toContain('Sub accounts could not be listed');
    expect(run.error).toContain('none was removed');
    for (const account of subs()) {
      expect(callsTo(account).length).toBeGreaterThan(0);
      expect(await rowOf(account)).toMatchObject({ removedAt: null, isRosterComplete: true });
    }
    expect(await partOf('SUB_ACCOUNTS')).toMatchObject({ status: 'FAILED' });
  });

  it('of which only the first page comes removes nobody either', async () => {
    house.sandbox.faults.add({
      match: { path: '/accounts', query: { next_page_token: 'more' } },
      times: Infinity,
      action: { status: 404, body: { code: 3001, message: 'Gone.' } },
    });
    house.sandbox.faults.add({
      match: { path: '/accounts' },
      times: Infinity,
      action: {
        mutateBody: (body: { accounts: unknown[] }) => ({
          ...body,
          accounts: body.accounts.slice(0, 1),
          next_page_token: 'more',
        }),
      },
    });
    const run = (await sync(['APPLICATION_ROSTER']))['APPLICATION_ROSTER'];
    expect(run.error).toContain('Sub accounts could not be listed');
    for (const account of subs()) expect(await rowOf(account)).toMatchObject({ removedAt: null });
  });

  it('that Zoom does not give any more removes nobody and calls nobody, and says what to do', async () => {
    refuse(400, { code: 200, message: 'Only available for accounts with the master account option enabled.' });
    const before = await rosterNames(house);
    house.sandbox.calls.length = 0;
    const runs = await sync();
    for (const account of subs()) {
      expect(callsTo(account)).toEqual([]);
      const row = await rowOf(account);
      expect(row).toMatchObject({ removedAt: null, isRosterComplete: false });
      for (const words of [row.rosterProblem, row.activityProblem]) {
        expect(words).toContain('Zoom Web Portal > Account Management > Sub Accounts');
        expect(words).toContain('or make the integration REGULAR');
      }
    }
    expect((await rows())['master']).toMatchObject({ isRosterComplete: true, rosterProblem: null });
    expect(house.sandbox.calls.map(({ path }) => path)).toContain('/users');
    for (const task of ['APPLICATION_ROSTER', 'APPLICATION_ACCESS', 'LICENSE_INFORMATION'] as const) {
      expect(runs[task]).toMatchObject({ status: 'INCOMPLETE' });
      expect(runs[task].error).toContain('Master Account feature');
    }
    expect(await rosterNames(house)).toEqual(before);
    expect(await partOf('SUB_ACCOUNTS')).toMatchObject({ status: 'SKIPPED' });
    const { tasks } = await planSync(house.deps, integration);
    const planned = tasks.flatMap(({ lines }) => lines).find(({ endpoint }) => endpoint === 'GET /users/summary');
    expect(planned).toMatchObject({ calls: 1 });
    house.sandbox.faults.clear();
    await sync();
    for (const account of subs()) {
      expect(await rowOf(account)).toMatchObject({
        isRosterComplete: true,
        rosterProblem: null,
        activityProblem: null,
      });
    }
  }, 30_000);

  it('ends a sub account that it no longer names, and takes it back as it was', async () => {
    const { sql } = house.database;
    const gone = subs()[0]!;
    const { id, masterId } = await rowOf(gone);
    const idle = await userNamed(house, 'new-idle-0');
    expect(await candidateStatus(house, 'new-idle-0')).toBe('READY');
    const licenses = await licensesOfIntegration(sql, integration.id);
    expect(licenses.some(({ accountId }) => accountId === id)).toBe(true);
    world().subAccounts.shift();
    const run = (await sync(['APPLICATION_ROSTER']))['APPLICATION_ROSTER'];
    expect(run).toMatchObject({ status: 'SUCCEEDED', error: null });

    const row = await rowOf(gone);
    expect(row).toMatchObject({ isRosterComplete: false, rosterProblem: 'Zoom no longer lists this sub account.' });
    expect(row.removedAt).not.toBeNull();
    expect((await rosterNames(house)).filter((name) => name.endsWith('-0'))).toEqual([]);
    expect((await rosterNames(house)).filter((name) => name.endsWith('-1'))).toHaveLength(2);
    expect(await candidateStatus(house, 'new-idle-0')).toBe('CLOSED_SKIPPED');
    const [step] = await sql`
      select note from candidate_events e join reclamation_candidates c on c.id = e.candidate_id
      where c.user_id = ${idle.id} order by e.seq desc limit 1`;
    expect(step).toEqual({ note: 'Zoom no longer lists this sub account.' });
    const [history] = await sql`
      select is_removal from user_history where user_id = ${idle.id} order by valid_from desc limit 1`;
    expect(history).toEqual({ is_removal: true });
    const [audit] = await sql`select subject, details from audit_events where action = 'sub-account.removed'`;
    expect(audit).toMatchObject({ subject: id, details: { zoomAccountId: gone.id } });
    // Its licenses are in no list, and those of the master's other accounts are.
    const left = await licensesOfIntegration(sql, integration.id);
    expect(left).toEqual(licenses.filter(({ accountId }) => accountId !== id));
    const [ofMaster] = await licensesByAccountIds(sql, [masterId!]);
    expect(new Set(ofMaster!.map((one) => one.id))).toEqual(new Set(left.map((one) => one.id)));

    world().subAccounts.unshift(gone);
    await sync();
    expect(await rowOf(gone)).toMatchObject({ id, removedAt: null, isRosterComplete: true, rosterProblem: null });
    expect(await userNamed(house, 'new-idle-0')).toMatchObject({ id: idle.id, removedAt: null });
    expect(await candidateStatus(house, 'new-idle-0')).toBe('READY');
    expect((await rowOf(gone)).activityKnownFrom).not.toBeNull();
  }, 30_000);
});

describe('a worker that dies', () => {
  it('leaves the accounts that it has read to nobody', async () => {
    const stop = new AbortController();
    const [run] = await queueSync(house.deps, integration, ['APPLICATION_ROSTER'], 'test');
    house.sandbox.calls.length = 0;
    const last = subs().at(-1)!;
    // The last account hangs at its list of users until the worker is gone.
    house.sandbox.faults.add({
      match: { path: `/accounts/${last.id}/users` },
      times: 3,
      action: { delayMs: 700 },
    });
    const isEnded = async () => {
      const [row] = await house.database.sql<
        { checkpoint: object }[]
      >`select checkpoint from job_runs where id = ${run!.id}`;
      return Object.keys(row!.checkpoint).filter((key) => key.startsWith('ended:')).length >= 3;
    };
    const dying = runSync(house.deps, integration.id, stop.signal).catch(() => undefined);
    while (!(await isEnded())) await new Promise((resolve) => setTimeout(resolve, 20));
    stop.abort();
    await dying;
    house.sandbox.faults.clear();
    house.sandbox.calls.length = 0;
    await runSync(house.deps, integration.id, new AbortController().signal);
    expect(house.sandbox.calls.filter(({ path }) => path === '/accounts')).toEqual([]);
    expect(house.sandbox.calls.filter(({ accountId }) => accountId === world().master.id)).toEqual([]);
    for (const account of subs()) {
      expect(callsTo(account).length > 0, account.name).toBe(account === last);
    }
    const [done] = await house.database.sql`select status, error from job_runs where id = ${run!.id}`;
    expect(done).toEqual({ status: 'SUCCEEDED', error: null });
    expect(await partOf('GROUPS')).toMatchObject({ status: 'READ' });
  }, 30_000);
});

describe('an integration that is made regular', () => {
  it('looks at its sub accounts no more, and says so of each', async () => {
    await house.database.sql`update integrations set kind = 'REGULAR' where id = ${integration.id}`;
    house.sandbox.calls.length = 0;
    const run = (await sync(['APPLICATION_ROSTER']))['APPLICATION_ROSTER'];
    expect(run).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(house.sandbox.calls.filter(({ path }) => path === '/accounts')).toEqual([]);
    for (const account of subs()) {
      expect(callsTo(account)).toEqual([]);
      expect((await rowOf(account)).rosterProblem).toBe('The integration no longer looks at sub accounts.');
    }
    const master = world().master;
    expect((await rosterNames(house)).length).toBe(master.users.size);
  }, 20_000);
});
