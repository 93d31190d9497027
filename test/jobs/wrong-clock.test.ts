import { afterEach, describe, expect, it } from 'vitest';
import { addPastMeeting, type SandboxUser } from '#sandbox/index.ts';
import { inactiveDays } from '#src/policy/inactivity.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { DAY, makePaid, openCandidates, syncNow, userNamed } from '../support/worlds.ts';

let house: House;
afterEach(() => house.close());

/** A house whose clock is so far ahead of Zoom's; behind it where the number is negative. */
async function openAhead(aheadMs: number): Promise<void> {
  house = await openHouse({
    users: 0,
    rateLimits: false,
    now: () => Date.now() - aheadMs,
    world: (world) => {
      const host: SandboxUser = makePaid(world, 'host', 200);
      const guest = makePaid(world, 'guest', 200);
      makePaid(world, 'today', 0);
      makePaid(world, 'idle', 200);
      addPastMeeting(world, {
        hostId: host.id,
        startAt: world.now() - DAY / 24,
        participants: [{ userId: guest.id }],
      });
    },
  });
}

describe('a clock that is wrong', () => {
  it.each([
    ['half a day ahead of Zoom', DAY / 2],
    ['half a day behind Zoom', -DAY / 2],
  ])('%s makes nobody inactive who was seen today, and nobody active who was not', async (_, aheadMs) => {
    await openAhead(aheadMs);
    const integration = await connectedIntegration(house);
    await syncNow(house, integration);
    const runs = await syncNow(house, integration);
    expect(runs.APPLICATION_ROSTER.status).toBe('SUCCEEDED');
    const now = house.deps.now();
    // What seems to come from the future counts as now.
    expect(inactiveDays(await userNamed(house, 'today'), now)).toBe(0);
    expect(await userNamed(house, 'host')).toMatchObject({ meetingsHosted: 1 });
    expect(await userNamed(house, 'guest')).toMatchObject({ meetingsJoined: 1 });
    expect(Object.keys(await openCandidates(house))).toEqual(['idle']);
  });

  it('is known by what Zoom says of its own', async () => {
    await openAhead(600_000);
    const integration = await connectedIntegration(house);
    await syncNow(house, integration, ['APPLICATION_ROSTER']);
    expect(Math.abs(house.deps.zoom.clockSkewMs() + 600_000)).toBeLessThan(5_000);
  });
});
