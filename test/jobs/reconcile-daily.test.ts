import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reconcile } from '#src/actions/reconcile-licenses.ts';
import type { IntegrationRow, ReconciliationLineRow, ReconciliationRow } from '#src/db/tables/rows.ts';
import { runSync } from '#src/jobs/run-sync.ts';
import { tick } from '#src/jobs/index.ts';
import { TIMETABLE } from '#src/policy/timetable.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { DAY, makePaid, neverAborted, syncNow } from '../support/worlds.ts';

let house: House;
let integration: IntegrationRow;

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    subAccounts: 2,
    rateLimits: false,
    world: (world) => {
      for (let n = 0; n < 6; n += 1) makePaid(world, `user${n}`, n < 4 ? 1 : 200, { accountId: world.master.id });
      world.master.plans.base.hosts = 8;
      world.subAccounts.forEach((account, n) => {
        for (let of = 0; of <= n; of += 1) makePaid(world, `below-${n}-${of}`, 1, { accountId: account.id });
        account.plans.base.hosts = 2;
      });
    },
  });
  integration = await connectedIntegration(house, { kind: 'TIERED' });
}, 60_000);
afterAll(() => house.close());

const made = () =>
  house.database.sql<Pick<ReconciliationRow, 'id' | 'at' | 'requestedBy'>[]>`
    select id, at, requested_by as "requestedBy" from reconciliations order by at, id`;
const lines = (id: string) =>
  house.database.db.query.reconciliationLines.findMany({ where: (line, { eq }) => eq(line.reconciliationId, id) });
/** Three workers whose timetable strikes at the same moment. */
const ticks = () => Promise.all([1, 2, 3].map(() => tick(house.deps)));

describe('SN-57, SN-70: the timetable reconciles by itself', () => {
  it('not before there is a roster', async () => {
    await ticks();
    expect(await made()).toEqual([]);
  });

  it('not while a sync is open, then once, however many workers look', async () => {
    await syncNow(house, integration);
    await house.database.sql`update job_runs set status = 'RUNNING' where task = 'RECLAMATION'`;
    await ticks();
    expect(await made()).toEqual([]);
    await house.database.sql`update job_runs set status = 'SUCCEEDED'`;
    await ticks();
    await ticks();
    const all = await made();
    expect(all.map(({ requestedBy }) => requestedBy)).toEqual([TIMETABLE]);
    // What Zoom has, account by account, as its billing counts it; the owner of each holds one as well.
    const { master, subAccounts } = house.sandbox.world;
    const accounts = await house.database.db.query.accounts.findMany();
    const found = await lines(all[0]!.id);
    const positions = ['UNDER_USED', 'COMPLIANT', 'OVER_ASSIGNED'];
    for (const [index, account] of [master, ...subAccounts].entries()) {
      const { id } = accounts.find(({ zoomAccountId }) => zoomAccountId === account.id)!;
      const line = found.find(({ accountId, uniqueId }) => accountId === id && uniqueId === 'LICENSED');
      const paid = [...account.users.values()].filter(({ type }) => type === 2).length;
      expect(line).toMatchObject({
        owned: account.plans.base.hosts,
        ownedSource: 'ZOOM',
        assigned: paid,
        inactive: account === master ? 2 : 0,
        zoomAssigned: paid,
        position: positions[index],
      });
      expect(line?.reasons.map(({ code }: { code: string }) => code)).not.toContain('ZOOM_COUNTS_DIFFER');
    }
    const audit = await house.database.sql`
      select actor from audit_events where action = 'integration.reconciled'`;
    expect(audit.map(({ actor }) => actor)).toEqual([TIMETABLE]);
  });

  it('does not take one that a person asks for in its place, and comes back after the next sync', async () => {
    await reconcile(house.deps, { sub: 'somebody', scopes: new Set() }, { integrationId: integration.id });
    house.clock.advance(DAY);
    // First the day's sync is queued; what is owned is compared when it is done.
    await ticks();
    await ticks();
    expect(await made()).toHaveLength(2);
    await runSync(house.deps, integration.id, neverAborted());
    await ticks();
    const all = await made();
    expect(all.map(({ requestedBy }) => requestedBy)).toEqual([TIMETABLE, 'somebody', TIMETABLE]);
    const days = all
      .filter(({ requestedBy }) => requestedBy === TIMETABLE)
      .map(({ at }) => at.toISOString().slice(0, 10));
    expect(new Set(days).size).toBe(2);
  });

  it('lets others have their turn where one fails, and tries again', async () => {
    house.clock.advance(DAY);
    await tick(house.deps);
    await runSync(house.deps, integration.id, neverAborted());
    const before = await made();
    house.logged.length = 0;
    await house.database.sql`alter table license_days add constraint refuses check (assigned < 0) not valid`;
    await tick(house.deps);
    expect(house.logged.join('')).toContain('licenses could not be reconciled');
    // Nothing of it was kept.
    expect(await made()).toEqual(before);
    await house.database.sql`alter table license_days drop constraint refuses`;
    await tick(house.deps);
    expect(await made()).toHaveLength(before.length + 1);
  });

  it('of an integration that has ended does nothing', async () => {
    await house.database.sql`update integrations set status = 'DISCONNECTED'`;
    const before = await made();
    house.clock.advance(3 * DAY);
    await ticks();
    expect(await made()).toEqual(before);
    await house.database.sql`update integrations set status = 'CONNECTED'`;
  });

  it('forgets reconciliations after 400 days, and days of licenses after 1200', async () => {
    const { sql } = house.database;
    const [first, second] = await made();
    const kept = (days: number) => new Date(house.clock.now().getTime() - days * DAY);
    await sql`update reconciliations set at = ${kept(401)} where id = ${first!.id}`;
    await sql`update reconciliations set at = ${kept(399)} where id = ${second!.id}`;
    await sql`
      insert into license_days (license_id, day, integration_id, assigned, active, inactive)
      select 'lic_old', (${kept(0)}::timestamptz at time zone 'UTC')::date - days, ${integration.id}, 1, 1, 0
      from unnest(array[1199, 1201]) days`;
    await sql`update integrations set status = 'DISCONNECTED'`;
    await tick(house.deps);
    expect((await made()).map(({ id }) => id)).not.toContain(first!.id);
    expect((await made()).map(({ id }) => id)).toContain(second!.id);
    const orphans = await sql<ReconciliationLineRow[]>`
      select from reconciliation_lines l where not exists (select from reconciliations r where r.id = l.reconciliation_id)`;
    expect(orphans).toHaveLength(0);
    expect(await lines(second!.id)).not.toEqual([]);
    expect(await sql`select from license_days where license_id = 'lic_old'`).toHaveLength(1);
  });
});
