import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { changeAccount, leaveMaster, makeWorld, rejoinMaster, setMasterFeature, startSandbox } from '#sandbox/index.ts';
import { treeTruthOf } from '#sandbox/world/tree-truth.ts';
import { connect } from './caller.ts';
import type { AccountTruth, Sandbox, SandboxOptions, TreeTruth } from '#sandbox/index.ts';
import type { Caller } from './caller.ts';

const DAY = 86_400_000;
let now = Date.parse('2026-05-20T10:00:00Z');
const make = (subAccounts: number, treeUsers: number) =>
  treeTruthOf(makeWorld({ users: 0, seed: 1, subAccounts, treeUsers, now: () => now }));

describe('a tree', () => {
  let tree: TreeTruth;
  let subs: AccountTruth[];
  const planOf = (account: AccountTruth, key: string) => account.plans.find((plan) => plan.key === key);
  beforeAll(() => {
    tree = make(60, 3000);
    subs = tree.subAccounts;
  });

  it('has as many users as asked for, in a few large sub accounts and many small ones', () => {
    const sizes = subs.map((sub) => sub.users.all).sort((a, b) => b - a);
    expect(sizes).toHaveLength(60);
    expect(sizes.reduce((sum, size) => sum + size, tree.master.users.all)).toBe(3000);
    expect(sizes[0]).toBeGreaterThan(500);
    expect(sizes[30]).toBeLessThan(50);
    expect(sizes.at(-1)).toBeGreaterThanOrEqual(2);
    const least = make(3, 8);
    expect(least.subAccounts.map((sub) => sub.users.all)).toEqual([2, 2, 2]);
    expect(() => make(3, 7)).toThrow('at least 8 users, not 7');
    expect(make(0, 50).master.users.all).toBe(50);
  });

  it('is the same for the same seed, and leaves the tree of those who ask for none as it was', () => {
    expect(make(60, 3000)).toEqual(tree);
    const plain = treeTruthOf(makeWorld({ users: 200, seed: 1, subAccounts: 5, now: () => now }));
    expect(plain.subAccounts.map((sub) => [sub.accountType, sub.users.all, sub.payMode])).toEqual([
      ['Business', 10, 'master'],
      ['Education', 10, 'master'],
      ['API Partner', 10, 'master'],
      ['Bulk License', 10, 'master'],
      ['Business', 10, 'master'],
    ]);
  });

  it('has sub accounts of every kind, with free, on-premises, invited and deactivated people', () => {
    expect(new Set(subs.map((sub) => sub.accountType))).toEqual(
      new Set(['Business', 'Education', 'Workplace', 'Pro', 'Bulk License', 'Enterprise', 'API Partner', 'Hologram']),
    );
    const codes = new Set(subs.flatMap((sub) => sub.plans.map((plan) => plan.type)));
    for (const code of ['business_yearly', 'edu20', 'monthly', 'hologram_yearly', 'zholo_yearly', 'zroom_yearly'])
      expect(codes, code).toContain(code);
    const bundled = subs.filter((sub) => sub.accountType === 'Workplace');
    expect(bundled.some((sub) => sub.users.byType['2']! > 5)).toBe(true);
    for (const sub of bundled) {
      expect(planOf(sub, 'plan_base')).toBeUndefined();
      expect(planOf(sub, 'plan_zoom_one')!.hosts).toBe(sub.seats);
    }
    for (const type of ['1', '2', '3', '4', '6']) expect(subs.some((sub) => sub.users.byType[type])).toBe(true);
    for (const status of ['active', 'inactive', 'pending'])
      expect(subs.some((sub) => sub.users.byStatus[status])).toBe(true);
  });

  it('has seats to spare, just enough, too few, and such that nobody tells', () => {
    const base = subs.flatMap((sub) => planOf(sub, 'plan_base') ?? []);
    expect(base.some((plan) => plan.hosts > 2 * plan.usage)).toBe(true);
    expect(base.some((plan) => plan.hosts < plan.usage)).toBe(true);
    const all = subs.flatMap((sub) => sub.plans.filter((plan) => ['plan_base', 'plan_zoom_one'].includes(plan.key)));
    expect(all.some((plan) => plan.usage > 0 && plan.hosts === plan.usage + plan.pending)).toBe(true);
    expect(subs.some((sub) => sub.payMode === 'sub')).toBe(true);
    const days = subs.map((sub) => (Date.parse(sub.subscriptionEndAt) - now) / DAY);
    expect(days.some((left) => left < 0)).toBe(true);
    expect(days.some((left) => left > 0 && left < 14)).toBe(true);
    expect(days.some((left) => left > 30)).toBe(true);
  });

  it('of two hundred sub accounts and fifty thousand users is made in seconds', () => {
    const before = performance.now();
    const { subAccounts } = makeWorld({ users: 0, seed: 1, subAccounts: 200, treeUsers: 50_000, now: () => now });
    expect(performance.now() - before).toBeLessThan(20_000);
    expect(subAccounts).toHaveLength(200);
  });
});

describe('the API of a tree', () => {
  let sandbox: Sandbox;
  let zoom: Caller;
  afterEach(() => sandbox.close());
  async function start(options: SandboxOptions = {}) {
    sandbox = await startSandbox({
      users: 0,
      subAccounts: 8,
      treeUsers: 200,
      now: () => now,
      rateLimits: false,
      ...options,
    });
    zoom = await connect(sandbox, 1);
  }
  const listed = async () =>
    (await zoom.get('/accounts?page_size=300')).body.accounts.map((account: { id: string }) => account.id);
  const ids = () => sandbox.world.subAccounts.map((sub) => sub.id);

  it('says of every account what is true of it', async () => {
    await start();
    const { accounts } = (await zoom.get('/accounts?page_size=300')).body;
    const { subAccounts, master } = sandbox.tree();
    expect(accounts.map((account: any) => [account.id, account.account_name, account.owner_email, account.account_type, account.seats, account.subscription_end_time])) // prettier-ignore
      .toEqual(subAccounts.map((sub) => [sub.id, sub.name, sub.ownerEmail, sub.accountType, sub.seats, sub.subscriptionEndAt])); // prettier-ignore
    for (const account of [master, ...subAccounts]) {
      const prefix = account === master ? '/accounts/me' : `/accounts/${account.id}`;
      expect((await zoom.get(`${prefix}/users/summary`)).body).toMatchObject(account.summary);
      const { status, body } = await zoom.get(`${prefix}/plans/usage`);
      if (account.payMode === 'sub') {
        expect([status, body.code, body.message]).toEqual([400, 2100, 'This sub account is on self pay mode.']);
        expect((await zoom.get(`${prefix}/plans`)).body.code).toBe(2100);
        expect((await zoom.get(prefix)).body.options.pay_mode).toBe('sub');
        continue;
      }
      for (const plan of account.plans) {
        const told = [body[plan.key] ?? []].flat().find((one: any) => one.type === plan.type);
        // Zoom speaks of bundles only where somebody has one.
        if (plan.key === 'plan_zoom_one' && plan.usage === 0) continue;
        expect(told, `${account.name} ${plan.type}`).toMatchObject({ hosts: plan.hosts, usage: plan.usage });
      }
    }
    expect(subAccounts.filter((sub) => sub.payMode === 'sub').length).toBeGreaterThan(0);
  });

  it('knows nothing of a sub account that left, and everything when it is back', async () => {
    await start();
    const [first, second, third] = ids();
    leaveMaster(sandbox.world, second!);
    expect(await listed()).toEqual(ids());
    expect(ids()).not.toContain(second);
    for (const path of ['', '/users', '/plans/usage'])
      expect(await zoom.get(`/accounts/${second}${path}`)).toMatchObject({ status: 404, body: { code: 2001 } });
    expect((await zoom.get(`/accounts/${third}/users`)).status).toBe(200);
    expect(sandbox.tree().former.map((account) => account.id)).toEqual([second]);
    expect(sandbox.truth(second).users.length).toBeGreaterThan(0);
    rejoinMaster(sandbox.world, second!);
    rejoinMaster(sandbox.world, second!);
    expect((await listed()).slice(0, 3)).toEqual([first, second, third]);
    expect((await zoom.get(`/accounts/${second}/users`)).status).toBe(200);
    expect(() => leaveMaster(sandbox.world, sandbox.world.master.id)).toThrow('no sub account');
  });

  it('refuses all that is below a master which lost its option, and nothing of its own', async () => {
    await start();
    const [sub] = ids();
    const refusal = {
      status: 400,
      body: { code: 200, message: 'Only available for accounts with the master account option enabled.' },
    };
    setMasterFeature(sandbox.world, false);
    expect(await zoom.get('/accounts')).toMatchObject(refusal);
    expect(await zoom.get(`/accounts/${sub}/users`)).toMatchObject(refusal);
    expect(await zoom.get(`/accounts/${sub}`)).toMatchObject(refusal);
    expect((await zoom.get('/users')).status).toBe(200);
    expect((await zoom.get('/accounts/me/plans/usage')).status).toBe(200);
    setMasterFeature(sandbox.world, true);
    expect(await listed()).toEqual(ids());
    expect((await zoom.get(`/accounts/${sub}/users`)).status).toBe(200);
  });

  it('tells a new name, other plans, other seats, and who pays now', async () => {
    await start();
    const [id] = ids();
    const usage = async () => (await zoom.get(`/accounts/${id}/plans/usage`)).body;
    const dropped = (await usage()).plan_webinar[0].type;
    changeAccount(sandbox.world, id!, {
      name: 'Contoso Renamed',
      accountType: 'Enterprise',
      basePlan: 'enterprise_yearly',
      seats: 7,
      dropPlan: dropped,
      subscriptionEndAt: now - DAY,
    });
    expect((await zoom.get('/accounts')).body.accounts[0]).toMatchObject({
      account_name: 'Contoso Renamed',
      account_type: 'Enterprise',
      seats: 7,
      subscription_end_time: '2026-05-19T10:00:00Z',
    });
    const after = await usage();
    expect(after.plan_base).toMatchObject({ type: 'enterprise_yearly', hosts: 7 });
    expect(after.plan_webinar.map((plan: any) => plan.type)).not.toContain(dropped);
    expect((await zoom.get(`/accounts/${id}/plans`)).body.plan_base.status).toBe('expired');
    changeAccount(sandbox.world, id!, { dropPlan: 'zroom_yearly' });
    expect(await usage()).not.toHaveProperty('plan_zoom_rooms');
    expect(() => changeAccount(sandbox.world, id!, { dropPlan: 'nothing' })).toThrow('no plan nothing');
    changeAccount(sandbox.world, id!, { payMode: 'sub' });
    expect((await usage()).code).toBe(2100);
  });

  it('fails for one sub account and for no other, as long as it is told to', async () => {
    await start();
    const [first, second] = ids();
    sandbox.faults.add({
      match: { path: new RegExp(`^/v2/accounts/${second}(/|$)`) },
      times: Infinity,
      action: { status: 500 },
    });
    for (let i = 0; i < 3; i++)
      for (const path of ['', '/users?status=pending', '/plans/usage', '/report/users?from=2026-05-01&to=2026-05-20'])
        expect((await zoom.get(`/accounts/${second}${path}`)).status).toBe(500);
    expect((await zoom.get(`/accounts/${first}/users`)).status).toBe(200);
    expect((await zoom.get('/users')).status).toBe(200);
    expect(await listed()).toEqual(ids());
    sandbox.faults.clear();
    expect((await zoom.get(`/accounts/${second}/users`)).status).toBe(200);
  });

  it('counts the calls of master and sub accounts together, by second and by day', async () => {
    await start({ rateLimits: true, plan: 'PRO' });
    const [first, second] = ids();
    const report = (id: string) => zoom.get(`/accounts/${id}/report/users?from=2026-05-01&to=2026-05-20`);
    const remaining = async (id: string) => (await report(id)).headers.get('x-ratelimit-remaining');
    expect(await remaining(first!)).toBe('9');
    expect(await remaining(second!)).toBe('8');
    expect((await zoom.get('/accounts/me/plans/usage')).headers.get('x-ratelimit-remaining')).toBe('7');
    for (let i = 0; i < 7; i++) expect((await report(i % 2 ? first! : second!)).status).toBe(200);
    expect((await report(first!)).body.message).toContain('per-second');
    now += 1000;
    sandbox.limits.spend(sandbox.world.master.id, 'HEAVY', 29_998, now);
    expect((await report(first!)).status).toBe(200);
    expect((await report(second!)).status).toBe(200);
    expect((await report(first!)).body.message).toContain('daily');
    expect((await zoom.get('/accounts/me/plans/usage')).body.message).toContain('daily');
    // The regular account is another tree.
    const regular = await connect(sandbox);
    expect((await regular.get('/report/users?from=2026-05-01&to=2026-05-20')).status).toBe(200);
  });

  it('is led over HTTP as well', async () => {
    await start();
    const [id] = ids();
    const post = async (account: string, body: object) =>
      (await fetch(`${sandbox.url}/sandbox/accounts/${account}`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })).status; // prettier-ignore
    const tree = async () => (await (await fetch(`${sandbox.url}/sandbox/tree`)).json()) as TreeTruth;
    expect(await tree()).toEqual(sandbox.tree());
    expect(await post(id!, { name: 'Over HTTP', seats: 3, left: true })).toBe(204);
    expect((await tree()).former).toMatchObject([{ id, name: 'Over HTTP', seats: 3 }]);
    expect(await post(id!, { left: false })).toBe(204);
    expect((await tree()).subAccounts[0]).toMatchObject({ id });
    const master = sandbox.world.master.id;
    expect(await post(master, { masterFeature: false })).toBe(204);
    expect((await tree()).masterFeature).toBe(false);
    expect(await post(id!, { masterFeature: true })).toBe(400);
    expect(await post(master, { left: true })).toBe(400);
    expect(await post(id!, { dropPlan: 'nothing' })).toBe(400);
    expect(await post('none', {})).toBe(404);
  });
});
