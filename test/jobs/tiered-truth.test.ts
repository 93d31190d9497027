import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount, leaveMaster, makeUser, rejoinMaster, removeUser, setMasterFeature } from '#sandbox/index.ts';
import type { Account, Truth, TruthUser } from '#sandbox/index.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { browserLegs, current, draft, walk } from '../support/consent.ts';
import { openHouse, type House } from '../support/house.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { compareTree, knownFrom, shownTree, type ShownTree } from '../support/tree-truth.ts';
import { UNLIMITED } from '../support/unlimited.ts';
import type { Ask } from '../support/user-truth.ts';
import { DAY, syncNow } from '../support/worlds.ts';

let house: House;
let server: TestServer;
let integration: IntegrationRow;

const ask: Ask = async (query, variables = {}) => {
  const { data, errors } = await server.ask(query, variables as Record<string, unknown>);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data;
};
const shown = () => shownTree(ask, integration.id);
const world = () => house.sandbox.world;
const sync = () => syncNow(house, integration);

/** Who is in an account and has not left. */
const peopleOf = (tree: ShownTree, account: Account) =>
  tree.users
    .filter((user) => user.subAccount?.zoomAccountId === account.id && user['removedAt'] === null)
    .map((user) => user.email)
    .sort();

/** What differs from the truth of everything that is not in `except`; those who left are for others to look at. */
async function differences(except: readonly Account[] = []) {
  const tree = await shown();
  const since = knownFrom(tree);
  const users = new Map<string, Truth>();
  for (const { id } of [world().master, ...world().subAccounts])
    users.set(id, house.sandbox.truth(id, Date.parse(since.get(id) ?? house.deps.now().toISOString())));
  const present = { ...tree, users: tree.users.filter((user) => user['removedAt'] === null) };
  const truth = { tree: house.sandbox.tree(), users };
  const compared = compareTree(present, truth, new Set(except.map(({ id }) => id)));
  expect(compared.truthUsers).toBeGreaterThan(50);
  return { differences: compared.differences, examples: compared.examples };
}

/** Holds a paid license (on-premises ones are included), and showed no sign of use for the rule's 60 days and Zoom's three. */
function isIdle(user: TruthUser, knownFromMs: number): boolean {
  if (![2, 3].includes(user.type) || user.status !== 'active' || user.isRoom || user.isApiUser || user.isServiceAccount)
    return false;
  // The list of users shows a login up to three days late; only the report of sign-ins tells the true one.
  const { trueLastLoginAt } = user;
  const signedIn = trueLastLoginAt !== null && Date.parse(trueLastLoginAt) >= knownFromMs ? trueLastLoginAt : null;
  const signs = [
    user.lastLoginAt,
    signedIn,
    user.lastMeetingHostedOfAnySizeAt,
    user.lastMeetingJoinedAt,
    user.lastWebinarHostedAt,
  ].filter((at) => at !== null);
  const last = Math.max(...(signs.length > 0 ? signs : [user.userCreatedAt]).map((at) => Date.parse(at)));
  return house.deps.now().getTime() - last >= 63 * DAY;
}
const NONE = { differences: 0, examples: [] };

beforeAll(async () => {
  house = await openHouse({ users: 0, subAccounts: 5, treeUsers: 90, rateLimits: false, limiter: UNLIMITED });
  const { zoom, queue, now } = house.deps;
  server = await startServer(house.database, { deps: { zoom, queue, now } });
  const legs = await browserLegs(house);
  const analyzeActivityFrom = new Date(Date.now() - 75 * DAY);
  integration = await draft(house, house.sandbox.apps[1]!, { includeOnPremises: true, analyzeActivityFrom });
  await walk(house, legs, integration);
  await legs.close();
  integration = await current(house, integration);
}, 60_000);
afterAll(async () => {
  await server?.close();
  await house?.close();
});

describe('a tiered integration', () => {
  it('shows the master and every sub account as they are', async () => {
    const runs = await sync();
    expect(runs.APPLICATION_ROSTER).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(runs.APPLICATION_ACCESS).toMatchObject({ status: 'SUCCEEDED', error: null });
    expect(await differences()).toEqual(NONE);
  }, 60_000);

  it('makes candidates of exactly those in every account whose license nobody used for 63 days', async () => {
    const { reclamationCandidates } = await ask<{ reclamationCandidates: { nodes: { user: { email: string } }[] } }>(
      'query ($id: ID!) { reclamationCandidates(integrationId: $id, first: 500) { nodes { user { email } } } }',
      { id: integration.id },
    );
    const found = new Set(reclamationCandidates.nodes.map(({ user }) => user.email));
    const since = knownFrom(await shown());
    for (const account of [world().master, ...world().subAccounts]) {
      const { users } = house.sandbox.truth(account.id);
      const from = Date.parse(since.get(account.id)!);
      const idle = users.filter((user) => isIdle(user, from)).map((user) => user.email.toLowerCase());
      const ours = users.map((user) => user.email.toLowerCase()).filter((email) => found.has(email));
      expect([account.name, ours.sort()]).toEqual([account.name, idle.sort()]);
    }
    expect(found.size).toBeGreaterThan(5);
  });

  it('completes all others when one sub account fails for good, and takes nothing from it', async () => {
    const [first, failing, third] = world().subAccounts as [Account, Account, Account];
    const before = peopleOf(await shown(), failing);
    house.sandbox.faults.add({
      match: { path: new RegExp(`^/v2/accounts/${failing.id}(/|$)`) },
      times: Infinity,
      action: { status: 500 },
    });
    // Somebody comes, somebody goes, and one whom nobody can see go.
    makeUser(world(), { accountId: first.id, email: 'new@sub1.contoso.example' });
    for (const account of [third, failing]) removeUser(account, [...account.users.values()].at(-1)!);
    const runs = await sync();
    expect(runs.APPLICATION_ROSTER.status).toBe('INCOMPLETE');
    expect(runs.APPLICATION_ROSTER.error).toContain(failing.name);
    const tree = await shown();
    expect(peopleOf(tree, failing)).toEqual(before);
    expect(peopleOf(tree, first)).toContain('new@sub1.contoso.example');
    expect(tree.subAccounts.map(({ zoomAccountId }) => zoomAccountId)).toContain(failing.id);
    expect(await differences([failing])).toEqual(NONE);
  }, 60_000);

  it('learns what it missed as soon as Zoom answers again, while another sub account leaves and comes back', async () => {
    const [, failing, , left] = world().subAccounts as [Account, Account, Account, Account];
    const before = await shown();
    house.sandbox.faults.clear();
    leaveMaster(world(), left.id);
    await sync();
    expect(await differences()).toEqual(NONE);
    const without = await shown();
    expect(peopleOf(without, failing)).toHaveLength(peopleOf(before, failing).length - 1);
    expect(peopleOf(before, left).length).toBeGreaterThan(2);
    expect(peopleOf(without, left)).toEqual([]);
    rejoinMaster(world(), left.id);
    await sync();
    expect(await differences()).toEqual(NONE);
    expect(peopleOf(await shown(), left)).toEqual(peopleOf(before, left));
  }, 60_000);

  it('keeps everything when the master may not have sub accounts any more', async () => {
    const before = await shown();
    setMasterFeature(world(), false);
    const runs = await sync();
    expect(runs.APPLICATION_ROSTER.status).not.toBe('SUCCEEDED');
    expect(runs.APPLICATION_ROSTER.error).toMatch(/master|sub account/i);
    const tree = await shown();
    expect(tree.subAccounts.map(({ zoomAccountId }) => zoomAccountId)).toEqual(
      before.subAccounts.map(({ zoomAccountId }) => zoomAccountId),
    );
    for (const account of world().subAccounts) expect(peopleOf(tree, account)).toEqual(peopleOf(before, account));
    // What was bought meanwhile is known when the master may look again.
    const [first] = world().subAccounts as [Account];
    const dropped = first.plans.webinar[0]!.type;
    changeAccount(world(), first.id, { name: 'Contoso Renamed', basePlan: 'enterprise_yearly', accountType: 'Enterprise', seats: 5, dropPlan: dropped }); // prettier-ignore
    setMasterFeature(world(), true);
    await sync();
    expect(await differences()).toEqual(NONE);
    expect((await shown()).subAccounts.map(({ name }) => name)).toContain('Contoso Renamed');
  }, 60_000);
});
