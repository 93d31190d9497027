import { describe, expect, it } from 'vitest';
import { addOnCycleDays, addOnProof, addOnUsage, isExplained, operationsLookback } from '#src/policy/add-on-proof.ts';
import { DAY_MS } from '#src/policy/inactivity.ts';
import { lastPass } from '#src/policy/turns.ts';

const plan = (key: string, type: string | null, usage: number | null, hosts: number | null = 10) => ({
  key,
  type,
  hosts,
  usage,
});

describe('addOnUsage', () => {
  it('counts add-ons by license, whatever plan they were bought under, and what nobody knows by its own name', () => {
    expect(
      addOnUsage([
        plan('plan_base', 'business_yearly', 90),
        plan('plan_zoom_rooms', 'zoomroom_yearly', 3),
        plan('plan_webinar', 'webinar500_yearly', 4),
        plan('plan_webinar', 'webinar500_monthly', 2),
        plan('plan_large_meeting', 'large1000_yearly', 1),
        plan('plan_whiteboard', 'whiteboard_yearly', 7),
      ]),
    ).toEqual({ WEBINAR_500: 6, LARGE_MEETING_1000: 1, 'plan_whiteboard whiteboard_yearly': 7 });
  });

  it('proves nothing where Zoom leaves a count out, unless none were bought', () => {
    expect(addOnUsage([plan('plan_webinar', 'webinar500_yearly', null)])).toBeNull();
    expect(addOnUsage([plan('plan_webinar', 'webinar500_yearly', null, 0)])).toEqual({});
    expect(addOnUsage([plan('plan_recording', 'cmr', null)])).toEqual({});
  });
});

describe('isExplained', () => {
  const proof = addOnProof({ WEBINAR_500: 6, 'plan_whiteboard x': 7 }, { WEBINAR_500: 5 });

  it.each([
    ['nothing changed', { WEBINAR_500: 6, 'plan_whiteboard x': 7 }, { WEBINAR_500: 5 }, true],
    ['we found the one that Zoom counts more', { WEBINAR_500: 7, 'plan_whiteboard x': 7 }, { WEBINAR_500: 6 }, true],
    ['Zoom counts one more than we found', { WEBINAR_500: 7, 'plan_whiteboard x': 7 }, { WEBINAR_500: 5 }, false],
    ['we found one more than Zoom counts', { WEBINAR_500: 6, 'plan_whiteboard x': 7 }, { WEBINAR_500: 6 }, false],
    ['one that we have no count of changed', { WEBINAR_500: 6, 'plan_whiteboard x': 8 }, { WEBINAR_500: 5 }, false],
    ['a plan is gone and those who held it are', { 'plan_whiteboard x': 7 }, {}, false],
    ['a new plan is given out', { WEBINAR_500: 6, 'plan_whiteboard x': 7, WEBINAR_100: 1 }, { WEBINAR_500: 5 }, false],
    ['all were taken back, which we saw', { WEBINAR_500: 1, 'plan_whiteboard x': 7 }, {}, true],
  ])('%s', (_, zooms, ours, expected) => {
    expect(isExplained(proof, zooms as Record<string, number>, ours as Record<string, number>)).toBe(expected);
  });
});

describe('addOnCycleDays', () => {
  const startedAt = new Date('2026-03-10T12:00:00Z');
  const after = new Date('2026-03-09T12:00:00Z');
  const logs = { knownFrom: new Date('2026-01-01T00:00:00Z'), knownUntil: after, hasUnnamed: false };

  it('is a week with logs that are known without a gap and name whom they are about', () => {
    expect(addOnCycleDays(logs, { after, startedAt })).toBe(7);
  });

  it.each([
    ['no logs', { knownFrom: null, knownUntil: null }],
    ['logs that begin too late', { knownFrom: new Date(operationsLookback(after).getTime() + 1) }],
    ['logs that end too early', { knownUntil: new Date(operationsLookback(startedAt).getTime() - 1) }],
    ['a log that names nobody', { hasUnnamed: true }],
  ])('is a day with %s', (_, patch) => {
    expect(addOnCycleDays({ ...logs, ...patch }, { after, startedAt })).toBe(1);
  });
});

describe('lastPass', () => {
  const now = new Date('2026-03-10T12:00:00Z');

  it('is what was noted, also by a clock that was a little ahead; a pass in the future proves nothing', () => {
    expect(lastPass(null, now)).toBeNull();
    for (const ms of [-30 * DAY_MS, 0, DAY_MS / 4]) {
      expect(lastPass(new Date(now.getTime() + ms), now)?.getTime()).toBe(now.getTime() + ms);
    }
    expect(lastPass(new Date(now.getTime() + DAY_MS), now)).toBeNull();
  });
});
