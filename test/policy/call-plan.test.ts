import { describe, expect, it } from 'vitest';
import { callsByLabel, expectedSeconds, plannedCalls, planNote, type CallFacts } from '#src/policy/call-plan.ts';

const known: CallFacts = {
  isFirst: false,
  isActivityNew: false,
  users: { active: 900, inactive: 20, pending: 5, licensed: 400 },
  groups: 12,
  rolesUnknown: false,
  profilesDue: 6,
  settingsDue: 3,
  settingsAll: 420,
  hasAddOnProof: true,
  mayReadPlanUsage: true,
  webinarHolders: 7,
  creatorsDue: 4,
  withUpcoming: 30,
  quiet: 50,
  mayReadUpcoming: true,
  unread: { meetings: 2, webinars: 0 },
  windows: [
    { from: '2026-03-08', to: '2026-03-09', hosts: 310 },
    { from: '2026-03-10', to: '2026-03-10', hosts: null },
  ],
  webinarWindows: 1,
  elapsedDays: 0,
  perDay: { changedUsers: 0, hosts: 0, meetings: 0, webinars: 0, signIns: 600, operations: 10, recordings: 2 },
  grantedScopes: [],
  meetingDetail: 'NONE',
  extrasDue: 0,
};

const calls = (task: Parameters<typeof plannedCalls>[0], facts: Partial<CallFacts> = {}) =>
  Object.fromEntries(plannedCalls(task, { ...known, ...facts }).map((line) => [line.endpoint, line.calls]));

describe('plannedCalls', () => {
  it('counts the pages of a roster and who is due', () => {
    expect(calls('APPLICATION_ROSTER')).toEqual({
      'GET /users': 3 + 1 + 1,
      'GET /users/summary': 1,
      'GET /groups': 1,
      'GET /users/{userId}': 6,
      'GET /users/{userId}/settings': 3,
      'GET /accounts/{accountId}/plans/usage': 1,
    });
  });

  it('asks of activity only for what is new, and for who holds webinars', () => {
    expect(calls('APPLICATION_ACCESS')).toEqual({
      'GET /report/users': 2 + 1,
      'GET /report/users/{userId}/meetings': 7,
      'GET /past_meetings/{meetingId}/participants': 2,
      'GET /report/upcoming_events': 1,
      'GET /users/{userId}/meetings': 4,
    });
  });

  it('grows with the time since the last sync', () => {
    const busy = {
      elapsedDays: 0.5,
      perDay: { ...known.perDay, hosts: 100, meetings: 200, webinars: 2, changedUsers: 4 },
    };
    const now = calls('APPLICATION_ACCESS', busy);
    expect(now['GET /past_meetings/{meetingId}/participants']).toBe(2 + 100);
    expect(now['GET /report/webinars/{webinarId}/participants']).toBe(1);
    expect(now['GET /report/users/{userId}/meetings']).toBe(2 * 100 + 7);
    expect(calls('APPLICATION_ROSTER', busy)['GET /users/{userId}']).toBe(6 + 2);
    const later = calls('APPLICATION_ACCESS', { ...busy, elapsedDays: 2 });
    expect(later['GET /past_meetings/{meetingId}/participants']).toBe(2 + 400);
  });

  it('estimates a first sync from the number of users, and says so', () => {
    const first = {
      isFirst: true,
      isActivityNew: true,
      windows: known.windows.map((days) => ({ ...days, hosts: null })),
    };
    const lines = plannedCalls('APPLICATION_ROSTER', { ...known, ...first });
    expect(lines.find(({ endpoint }) => endpoint === 'GET /users/{userId}')).toMatchObject({
      calls: 900,
      isEstimate: true,
    });
    expect(calls('APPLICATION_ROSTER', first)['GET /users/{userId}/settings']).toBe(400);
    const small = calls('APPLICATION_ACCESS', first)['GET /report/users/{userId}/meetings']!;
    const double = { ...known.users!, licensed: 800 };
    expect(calls('APPLICATION_ACCESS', { ...first, users: double })['GET /report/users/{userId}/meetings']).toBeCloseTo(
      2 * small,
      -1,
    );
  });

  it('has lines for further reports where their scope was granted, classic or granular', () => {
    const extra = ['GET /report/activities', 'GET /report/operationlogs'];
    for (const scope of ['report:read:admin', 'report:read:user_activities:admin']) {
      const lines = calls('APPLICATION_ACCESS', { grantedScopes: [scope] });
      expect(lines['GET /report/activities']).toBe(1 + Math.ceil((600 * 3) / 300));
      expect('GET /report/operationlogs' in lines).toBe(scope === 'report:read:admin');
    }
    expect(Object.keys(calls('APPLICATION_ACCESS')).filter((endpoint) => extra.includes(endpoint))).toEqual([]);
    expect(calls('APPLICATION_ROSTER', { grantedScopes: ['account:read:admin'] })).toMatchObject({
      'GET /accounts/{accountId}/settings': 1,
      'GET /accounts/{accountId}/managed_domains': 1,
    });
    const polls = { grantedScopes: ['meeting:read:admin'], extrasDue: 9 };
    expect('GET /past_meetings/{meetingId}/polls' in calls('APPLICATION_ACCESS', polls)).toBe(false);
    const asked = calls('APPLICATION_ACCESS', { ...polls, meetingDetail: 'ALL' });
    expect(asked['GET /past_meetings/{meetingId}/polls']).toBe(9);
  });

  it('needs no call for what follows from what is here', () => {
    expect(calls('LICENSE_DIFFERENTIATION')).toEqual({});
    expect(calls('RECLAMATION')).toEqual({});
    expect(calls('LICENSE_INFORMATION')).toEqual({ 'GET /accounts/{accountId}/plans/usage': 1 });
  });
});

describe('what a plan comes to', () => {
  it('sums calls by label', () => {
    const lines = plannedCalls('APPLICATION_ROSTER', known);
    expect(callsByLabel(lines)).toEqual({ LIGHT: 6, MEDIUM: 5 + 1 + 1 + 3, HEAVY: 1, RESOURCE_INTENSIVE: 0 });
  });

  it('takes as long as the slowest label of each task, one task after the other', () => {
    const task = (LIGHT: number, HEAVY: number) => ({ LIGHT, MEDIUM: 0, HEAVY, RESOURCE_INTENSIVE: 0 });
    const gapMs = (label: string) => (label === 'HEAVY' ? 100 : 10);
    expect(expectedSeconds([task(1000, 20), task(10, 50)], gapMs)).toBe(10 + 5);
    expect(expectedSeconds([], gapMs)).toBe(0);
  });

  it('says what it rests on', () => {
    expect(planNote({ isFirst: true, users: null })).toContain('validate');
    expect(planNote({ ...known, isFirst: true })).toContain('estimate');
    expect(planNote(known)).toContain('what is known');
  });
});
