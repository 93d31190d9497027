import { describe, expect, it } from 'vitest';
import { TASK_PARTS } from '#src/policy/task-parts.ts';
import {
  callsByLabel,
  expectedSeconds,
  plannedCalls,
  plannedCallsOf,
  planNote,
  type CallFacts,
} from '#src/policy/call-plan.ts';

const known: CallFacts = {
  kind: 'REGULAR',
  subAccounts: null,
  listsParticipants: true,
  isFirst: false,
  isActivityNew: false,
  users: { active: 900, inactive: 20, pending: 5, licensed: 400 },
  groups: 12,
  groupsThatDiffer: 0,
  rolesUnknown: false,
  profilesDue: 6,
  settingsDue: 3,
  settingsAll: 420,
  includesFree: false,
  hasAddOnProof: true,
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
  grantedScopes: ['billing:read:plan_usage:admin'],
  meetingDetail: 'NONE',
  readsActivity: true,
  extrasDue: { polls: 0, series: 0, webinarPolls: 0, webinarSeries: 0 },
};

const calls = (task: Parameters<typeof plannedCalls>[0], facts: Partial<CallFacts> = {}) =>
  Object.fromEntries(plannedCalls(task, { ...known, ...facts }).map((line) => [line.endpoint, line.calls]));

describe('plannedCalls', () => {
  it('counts the pages of a roster and who is due', () => {
    expect(calls('APPLICATION_ROSTER')).toEqual({
      'GET /users': 3 + 1 + 1,
      'GET /users/summary': 1,
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
      // The deactivated have a profile too.
      calls: 920,
      isEstimate: true,
    });
    expect(calls('APPLICATION_ROSTER', first)['GET /users/{userId}/settings']).toBe(400);
    expect(calls('APPLICATION_ROSTER', { ...first, includesFree: true })['GET /users/{userId}/settings']).toBe(900);
    const small = calls('APPLICATION_ACCESS', first)['GET /report/users/{userId}/meetings']!;
    const double = { ...known.users!, licensed: 800 };
    expect(calls('APPLICATION_ACCESS', { ...first, users: double })['GET /report/users/{userId}/meetings']).toBeCloseTo(
      2 * small,
      -1,
    );
  });

  it('has lines for further reports where their scope was granted, classic or granular', () => {
    for (const scope of ['report:read:admin', 'report:read:user_activities:admin']) {
      const granted = { grantedScopes: [scope] };
      expect(calls('APPLICATION_ACCESS', granted)['GET /report/activities']).toBe(1 + (600 * 3) / 300);
      // Read with the roster, since they tell whose add-ons changed; and not where activity is not read.
      const logs = (facts: Partial<CallFacts>) => calls('APPLICATION_ROSTER', facts)['GET /report/operationlogs'];
      expect(logs(granted)).toBe(scope === 'report:read:admin' ? 1 : undefined);
      expect(logs({ ...granted, readsActivity: false })).toBeUndefined();
    }
    expect(calls('APPLICATION_ACCESS')['GET /report/activities']).toBeUndefined();
    expect(calls('APPLICATION_ROSTER', { grantedScopes: ['account:read:admin', 'group:read:admin'] })).toMatchObject({
      'GET /accounts/{accountId}/settings': 1,
      'GET /accounts/{accountId}/managed_domains': 1,
      'GET /groups': 1,
    });
  });

  it('has a line for every part of a task, with the scope and the endpoint that the part names', () => {
    const busy: Partial<CallFacts> = {
      subAccounts: 3,
      groupsThatDiffer: 2,
      rolesUnknown: true,
      meetingDetail: 'ALL',
      extrasDue: { polls: 9, series: 8, webinarPolls: 7, webinarSeries: 6 },
    };
    for (const { endpoint, requirement } of Object.values(TASK_PARTS)) {
      const planned = (grantedScopes: string[]) => ({
        ...calls('APPLICATION_ROSTER', { ...busy, grantedScopes }),
        ...calls('APPLICATION_ACCESS', { ...busy, grantedScopes }),
        ...calls('LICENSE_INFORMATION', { ...busy, grantedScopes }),
      });
      expect(planned([])[endpoint], endpoint).toBeUndefined();
      for (const scope of requirement.anyOf)
        expect(planned([scope])[endpoint], `${endpoint} ${scope}`).toBeGreaterThan(0);
    }
    const extras = calls('APPLICATION_ACCESS', {
      ...busy,
      grantedScopes: ['meeting:read:admin', 'webinar:read:admin'],
    });
    expect(extras).toMatchObject({
      'GET /past_meetings/{meetingId}/polls': 9,
      'GET /meetings/{meetingId}/registrants': 8,
      'GET /past_webinars/{webinarId}/polls': 7,
      'GET /webinars/{webinarId}/registrants': 6,
    });
    const none = calls('APPLICATION_ACCESS', { ...busy, meetingDetail: 'NONE', grantedScopes: ['meeting:read:admin'] });
    expect(none['GET /past_meetings/{meetingId}/polls']).toBeUndefined();
  });

  it('needs no call for what follows from what is here', () => {
    expect(calls('LICENSE_DIFFERENTIATION')).toEqual({});
    expect(calls('RECLAMATION')).toEqual({});
    expect(calls('LICENSE_INFORMATION')).toEqual({ 'GET /accounts/{accountId}/plans/usage': 1 });
    expect(calls('LICENSE_INFORMATION', { grantedScopes: [] })).toEqual({});
  });
});

describe('what a plan comes to', () => {
  it('sums calls by label', () => {
    const lines = plannedCalls('APPLICATION_ROSTER', known);
    expect(callsByLabel(lines)).toEqual({ LIGHT: 6, MEDIUM: 5 + 1 + 3, HEAVY: 1, RESOURCE_INTENSIVE: 0 });
  });

  it('takes as long as the slowest label of each task, one task after the other', () => {
    const task = (LIGHT: number, HEAVY: number) => ({ LIGHT, MEDIUM: 0, HEAVY, RESOURCE_INTENSIVE: 0 });
    const gapMs = (label: string) => (label === 'HEAVY' ? 100 : 10);
    expect(expectedSeconds([task(1000, 20), task(10, 50)], gapMs)).toBe(10 + 5);
    expect(expectedSeconds([], gapMs)).toBe(0);
  });

  it('says what it rests on', () => {
    expect(planNote([{ isFirst: true, users: null, subAccounts: null }])).toContain('validate');
    expect(planNote([{ ...known, isFirst: true }])).toContain('estimate');
    expect(planNote([known])).toContain('what is known');
  });
});

describe('plannedCallsOf', () => {
  const master: CallFacts = { ...known, kind: 'TIERED', subAccounts: 2, grantedScopes: null };
  const sub: CallFacts = { ...master, subAccounts: null };
  const by = (accounts: CallFacts[]) =>
    new Map(plannedCallsOf('APPLICATION_ROSTER', accounts).map((line) => [line.endpoint, line]));

  it('sums over accounts, one line an endpoint, and lists sub accounts once', () => {
    const one = by([sub]);
    const all = by([master, sub, sub]);
    expect(all.get('GET /accounts')).toMatchObject({ calls: 1, label: 'MEDIUM' });
    expect(one.get('GET /accounts')).toBeUndefined();
    for (const [endpoint, { calls: count }] of one) expect(all.get(endpoint)!.calls, endpoint).toBe(3 * count);
    expect(by([{ ...master, subAccounts: 301 }]).get('GET /accounts')).toMatchObject({ calls: 2 });
  });

  it('explains what differs by the account that takes most of it', () => {
    const large = { ...sub, settingsAll: 4000, settingsDue: 900, hasAddOnProof: true };
    const line = by([{ ...master, hasAddOnProof: true }, large]).get('GET /users/{userId}/settings')!;
    expect(line.why).toMatch(/^Of 2 accounts; of the one that takes most: .*all 4000 are asked for/);
    expect(by([master, sub]).get('GET /users/summary')!.why).toBe("Zoom's own count, to compare the listings with.");
  });

  it('counts the report of participants where the cheaper list may not be tried', () => {
    const planned = (facts: CallFacts) => plannedCallsOf('APPLICATION_ACCESS', [facts]).map(({ endpoint }) => endpoint);
    expect(planned(sub)).toContain('GET /past_meetings/{meetingId}/participants');
    expect(planned({ ...sub, listsParticipants: false })).toContain('GET /report/meetings/{meetingId}/participants');
    expect(planned({ ...sub, listsParticipants: false })).not.toContain('GET /past_meetings/{meetingId}/participants');
  });

  it('says what of the tree is not known yet', () => {
    expect(planNote([{ ...master, isFirst: true, subAccounts: 0 }])).toContain('what they take comes on top');
    expect(planNote([master, sub, { ...sub, isFirst: true }])).toContain('Not read yet: 1 of the sub accounts');
    expect(planNote([master, sub])).not.toContain('Not read yet');
  });
});
