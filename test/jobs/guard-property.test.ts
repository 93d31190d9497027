import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SandboxUser } from '#sandbox/index.ts';
import { applyReclamation } from '#src/actions/apply-reclamation.ts';
import { confirmReclamation } from '#src/actions/confirm-reclamation.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { restore } from '#src/actions/restore-license.ts';
import { stopReclamation } from '#src/actions/stop-reclamation.ts';
import type { Caller } from '#src/caller.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { guardLimit } from '#src/policy/guard.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { makePaid, neverAborted, syncNow } from '../support/worlds.ts';

const CALLERS: Caller[] = ['ada', 'bob'].map((sub) => ({ sub, scopes: new Set(['zoom:operate']) }));
const HOUR = 3_600_000;
const PEOPLE = 60;

let house: House;
const integrations: IntegrationRow[] = [];
const people: SandboxUser[] = [];

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    world: (world) => {
      world.regular.plans.base.hosts = 1000;
      for (let n = 0; n < PEOPLE; n += 1) people.push(makePaid(world, `idle${n}`, 300));
      for (let n = 0; n < 80; n += 1) makePaid(world, `busy${n}`, 1);
    },
  });
  // Two integrations of one Zoom account: what one may not do, the other may not either.
  for (let n = 0; n < 2; n += 1) {
    const integration = await connectedIntegration(house);
    integrations.push(integration);
    await syncNow(house, integration);
  }
}, 120_000);
afterAll(() => house?.close());

type Step =
  | { do: 'reclaim'; by: number; of: number; users: number[]; dryRun: boolean }
  | { do: 'apply' | 'confirm' | 'stop' | 'restore'; by: number; which: number }
  | { do: 'work' }
  | { do: 'wait'; hours: number };

const by = fc.nat(1);
const which = fc.nat(30);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('reclaim' as const),
      by,
      of: fc.nat(1),
      users: fc.uniqueArray(fc.nat(PEOPLE - 1), { minLength: 1, maxLength: 9 }),
      dryRun: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('apply' as const, 'confirm' as const, 'restore' as const), by, which }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('stop' as const), by, which }) },
  { weight: 3, arbitrary: fc.constant({ do: 'work' as const }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.constantFrom(1, 7, 13) }) },
);

/** What was taken from whom and when, with a second caller or without, as the writes of the house tell. */
interface Written {
  at: number;
  zoomUserId: string;
  isConfirmed: boolean;
}

it('no sequence of requests, plans, confirmations, stops, restores and waiting passes the guard', async () => {
  const { sql } = house.database;
  const requests: string[] = [];
  const candidates = async (integration: IntegrationRow) =>
    sql<{ id: string; zoomUserId: string }[]>`
      select c.id, u.zoom_user_id as "zoomUserId" from reclamation_candidates c join users u on u.id = c.user_id
      where c.integration_id = ${integration.id} and c.closed_at is null and c.status = 'READY'`;
  const play = async (one: Step) => {
    const caller = (index: number) => CALLERS[index]!;
    if (one.do === 'wait') {
      house.clock.advance(one.hours * HOUR);
      // What is known stays fresh, so that nothing but the guard says no.
      await sql`update accounts set activity_known_until = ${house.clock.now()}, roster_complete_at = ${house.clock.now()}`;
      return;
    }
    if (one.do === 'work') {
      for (const id of requests) await runReclamation(house.deps, id, neverAborted());
      return;
    }
    if (one.do === 'reclaim') {
      const open = await candidates(integrations[one.of]!);
      const candidateIds = one.users.flatMap(
        (n) => open.find(({ zoomUserId }) => zoomUserId === people[n]!.id)?.id ?? [],
      );
      if (candidateIds.length === 0) return;
      const outcome = await reclaim(house.deps, caller(one.by), { candidateIds, dryRun: one.dryRun });
      if (outcome.reclamation != null) requests.push(outcome.reclamation.id);
      return;
    }
    const reclamationId = requests[one.which % Math.max(1, requests.length)];
    if (reclamationId === undefined) return;
    const act = { apply: applyReclamation, confirm: confirmReclamation, stop: stopReclamation, restore }[one.do];
    const outcome = await act(house.deps, caller(one.by), { reclamationId });
    if (one.do === 'restore' && outcome.reclamation != null) requests.push(outcome.reclamation.id);
  };
  const written = () => sql<Written[]>`
    select (extract(epoch from i.sent_at) * 1000)::float8 as at, u.zoom_user_id as "zoomUserId", r.confirmed_at is not null as "isConfirmed"
    from reclamation_items i join reclamations r on r.id = i.reclamation_id join users u on u.id = i.user_id
    where r.kind = 'RECLAIM' and i.sent_at is not null`;

  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 22 }), async (steps) => {
      for (const one of steps) await play(one);
      await play({ do: 'work' });
      const all = [...(await written())];
      const limit = guardLimit(PEOPLE + 80);
      for (const { at } of all) {
        const within = all.filter((one) => one.at <= at && one.at > at - 24 * HOUR);
        const alone = new Set(within.filter(({ isConfirmed }) => !isConfirmed).map(({ zoomUserId }) => zoomUserId));
        expect(alone.size).toBeLessThanOrEqual(limit);
      }
      // Everybody who lost something in Zoom stands in the books.
      const lost = people.filter(({ type }) => type === 1).map(({ id }) => id);
      const known = new Set(all.map(({ zoomUserId }) => zoomUserId));
      expect(lost.filter((id) => !known.has(id))).toEqual([]);
      house.clock.advance(30 * HOUR);
      await sql`update accounts set activity_known_until = ${house.clock.now()}, roster_complete_at = ${house.clock.now()}`;
    }),
    { numRuns: 9, seed: 11, endOnFailure: true },
  );
  // It was no test of nothing: things were taken, and some were held back.
  expect((await written()).length).toBeGreaterThan(20);
  const [held] = await sql<
    { count: number }[]
  >`select count(*)::int as count from reclamations where needs_confirmation`;
  expect(held!.count).toBeGreaterThan(3);
}, 180_000);
