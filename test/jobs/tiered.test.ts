import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addPastMeeting, type Account, type SandboxUser, type World } from '#sandbox/index.ts';
import { accountsByIntegrationIds } from '#src/datasources/store/accounts.ts';
import { licensesByAccountIds, licensesOfIntegration } from '#src/datasources/store/licenses.ts';
import { taskPartsByIntegrationIds } from '#src/datasources/store/task-parts.ts';
import type { AccountRow, IntegrationRow } from '#src/db/tables/rows.ts';
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
    subAccounts: 4,
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
