import { afterEach, describe, expect, inject, it, vi } from 'vitest';
import { lookAtAsk } from '#src/actions/answer-ask.ts';
import { answerLink } from '#src/actions/answer-token.ts';
import { applyReclamation } from '#src/actions/apply-reclamation.ts';
import { confirmReclamation } from '#src/actions/confirm-reclamation.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import type { Caller } from '#src/caller.ts';
import { dueCandidates } from '#src/datasources/store/asks.ts';
import { itemsOf } from '#src/datasources/store/reclaim.ts';
import { openClock, type Clock } from '#src/db/clock.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import type { Deps } from '#src/deps.ts';
import { lookAfterAsks } from '#src/jobs/index.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { startHookReceiver } from '../support/receivers.ts';
import { DAY, makePaid, neverAborted, openCandidates, syncNow } from '../support/worlds.ts';

/** Clocks that are wrong where somebody's time to answer is counted, or a plan's. */

const SECRET = 'a secret that both sides know, long enough';
const DAYS = 1;
const caller: Caller = { sub: 'operator', scopes: new Set(['zoom:operate']) };
const another: Caller = { sub: 'another', scopes: new Set(['zoom:operate']) };

let house: House;
let hooks: Awaited<ReturnType<typeof startHookReceiver>>;
let integration: IntegrationRow;
let clock: Clock | null = null;

/** A house with an idle user; `zoomBehindMs`: so far is Zoom's clock behind. */
async function open({ notifyUser, zoomBehindMs = 0 }: { notifyUser: boolean; zoomBehindMs?: number }) {
  hooks = await startHookReceiver(SECRET);
  house = await openHouse({
    users: 0,
    rateLimits: false,
    now: () => Date.now() - zoomBehindMs,
    world: (world) => {
      makePaid(world, 'boss', 1);
      makePaid(world, 'idle', 200);
    },
    env: { NOTIFY_WEBHOOK_URL: hooks.url, NOTIFY_WEBHOOK_SECRET: SECRET },
  });
  integration = await connectedIntegration(house);
  await house.database
    .sql`update reclamation_rules set notify_user = ${notifyUser}, days_before_auto_reclamation = ${DAYS}`;
  await syncNow(house, integration);
}

afterEach(async () => {
  vi.useRealTimers();
  clock?.close();
  await house?.close();
  await hooks?.close();
});

const candidateId = async () =>
  (await house.database.sql<{ id: string }[]>`select id from reclamation_candidates where closed_at is null`)[0]!.id;
const writes = () => house.sandbox.calls.filter((call) => call.label !== null && call.method !== 'GET');

/** The house as it is on a machine whose clock is so far ahead. */
async function onMachine(aheadMs: number): Promise<Deps> {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + aheadMs });
  clock = await openClock(house.database, house.deps.log);
  return { ...house.deps, now: clock.now };
}

// The embedded database runs in this process, so its clock is this one.
describe.skipIf(inject('template').kind !== 'postgres')('a machine (only with TEST_DATABASE_URL)', () => {
  it('whose clock is ahead takes nothing from who still has time to answer, and opens their link', async () => {
    await open({ notifyUser: true });
    await reclaim(house.deps, caller, { candidateIds: [await candidateId()] });
    await lookAfterAsks(house.deps, neverAborted());
    expect(hooks.received.map(({ body }) => body.kind)).toEqual(['ASK']);
    const [ask] = await house.database.sql<{ id: string }[]>`select id from candidate_asks`;
    const token = new URL(answerLink(house.deps, ask!.id)).pathname.replace('/answers/', '');

    const deps = await onMachine((DAYS + 0.1) * DAY);
    expect(await dueCandidates(house.database.sql, new Date()), 'by the machine, the time is over').toHaveLength(1);
    await lookAfterAsks(deps, neverAborted());
    expect((await openCandidates(house))['idle']?.status).toBe('AWAITING_USER');
    vi.setSystemTime(Date.now() + 60 * DAY);
    expect(await lookAtAsk(deps, token)).toMatchObject({ kind: 'OPEN' });
    expect(hooks.received.map(({ body }) => body.kind)).toEqual(['ASK']);
  });

  it('whose clock is ahead begins the time to answer when the others do', async () => {
    await open({ notifyUser: true });
    await reclaim(house.deps, caller, { candidateIds: [await candidateId()] });
    const startedAt = Date.now();
    for (const awayMs of [40 * DAY, -40 * DAY]) {
      await lookAfterAsks(await onMachine(awayMs), neverAborted());
      vi.useRealTimers();
      clock?.close();
      const [row] = await house.database.sql<{ dueAt: Date }[]>`select due_at as "dueAt" from reclamation_candidates`;
      expect(Math.abs(row!.dueAt.getTime() - startedAt - DAYS * DAY)).toBeLessThan(60_000);
    }
  });

  it('whose clock is behind neither applies nor confirms what is too old', async () => {
    await open({ notifyUser: false });
    const plan = await reclaim(house.deps, caller, { candidateIds: [await candidateId()], dryRun: true });
    if (!plan.ok) throw new Error(JSON.stringify(plan.refusals));
    const { id: reclamationId } = plan.reclamation;
    await house.database.sql`update reclamations set expires_at = clock_timestamp() - interval '1 hour'`;
    const deps = await onMachine(-DAY);
    const expired = { ok: false, refusals: [{ code: 'PLAN_EXPIRED' }] };
    expect(await applyReclamation(deps, caller, { reclamationId })).toMatchObject(expired);
    await house.database
      .sql`update reclamations set dry_run = false, needs_confirmation = true, applied_by = 'operator'`;
    expect(await confirmReclamation(deps, another, { reclamationId })).toMatchObject(expired);
  });
});

describe('a database whose clock is ahead of Zoom’s', () => {
  it('takes nothing from anybody: days can not be counted', async () => {
    await open({ notifyUser: false, zoomBehindMs: 2 * DAY });
    const asked = await reclaim(house.deps, caller, { candidateIds: [await candidateId()] });
    if (!asked.ok) throw new Error(JSON.stringify(asked.refusals));
    await runReclamation(house.deps, asked.reclamation.id, neverAborted());
    const [item] = await itemsOf(house.database.sql, asked.reclamation.id);
    expect(item).toMatchObject({
      status: 'SKIPPED',
      error: { code: 'STALE_DATA', message: expect.stringContaining('48 hours ahead of Zoom') },
    });
    expect(writes()).toEqual([]);
  });

  it('ends nobody’s time to answer', async () => {
    await open({ notifyUser: true, zoomBehindMs: 2 * DAY });
    await reclaim(house.deps, caller, { candidateIds: [await candidateId()] });
    await lookAfterAsks(house.deps, neverAborted());
    house.clock.advance((DAYS + 1) * DAY);
    await lookAfterAsks(house.deps, neverAborted());
    expect((await openCandidates(house))['idle']?.status).toBe('AWAITING_USER');
    expect(house.logged.join('\n')).toContain('what is due waits');
    expect(writes()).toEqual([]);
  });
});
