import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointName } from '#src/datasources/zoom/endpoints.ts';
import { missingScopes, requirementsOf, taskSettings, TASKS, withLocked } from '#src/policy/task-scopes.ts';

const settingsOf = (grantedScopes: string[] | null, kind: 'REGULAR' | 'TIERED' = 'REGULAR') =>
  Object.fromEntries(
    taskSettings({ kind, enabledTasks: [...TASKS], grantedScopes }).map((setting) => [
      setting.task,
      setting.missingScopes,
    ]),
  );
const NONE = {
  APPLICATION_ROSTER: [],
  APPLICATION_ACCESS: [],
  LICENSE_DIFFERENTIATION: [],
  LICENSE_INFORMATION: [],
  RECLAMATION: [],
};

describe('scopes that were granted', () => {
  it('classic only: four cover everything but the plans', () => {
    const missing = settingsOf(['user:read:admin', 'report:read:admin', 'meeting:read:admin', 'user:write:admin']);
    expect(missing).toEqual({ ...NONE, LICENSE_INFORMATION: ['billing:read:plan_usage:admin'] });
  });

  it('classic only: a missing one is named by what is granular', () => {
    expect(settingsOf(['user:read:admin', 'meeting:read:admin', 'account:read:admin'])).toEqual({
      ...NONE,
      APPLICATION_ACCESS: [
        'report:read:list_users:admin',
        'report:read:user:admin',
        'report:read:upcoming_meetings_webinars:admin',
        'report:read:list_webinar_participants:admin',
      ],
      RECLAMATION: [
        'user:update:user:admin',
        'user:update:status:admin',
        'user:update:settings:admin',
        'webinar:read:list_webinars:admin',
      ],
    });
  });

  it('the classic write scope covers reading users', () => {
    expect(settingsOf(['user:write:admin']).APPLICATION_ROSTER).toEqual([]);
  });

  it('granular only: exactly what is required is enough', () => {
    const all = TASKS.flatMap((task) => requirementsOf(task, 'REGULAR').map(({ granular }) => granular));
    expect(settingsOf(all)).toEqual(NONE);
    for (const left of new Set(all)) {
      const missing = settingsOf(all.filter((scope) => scope !== left));
      // One requirement can be met by what another one asks for anyway.
      const isCovered = TASKS.flatMap((task) => requirementsOf(task, 'REGULAR')).some(
        ({ granular, anyOf }) => granular === left && anyOf.some((scope) => scope !== left && all.includes(scope)),
      );
      expect(new Set(Object.values(missing).flat())).toEqual(new Set(isCovered ? [] : [left]));
    }
  });

  it('granular: creating users is not changing them', () => {
    expect(settingsOf(['user:write:user:admin']).RECLAMATION).toContain('user:update:user:admin');
  });

  it('mixed: classic for reading, granular for taking back', () => {
    expect(
      settingsOf([
        'user:read:admin',
        'report:read:admin',
        'meeting:read:admin',
        'billing:read:plan_usage:admin',
        'user:update:user:admin',
        'user:update:status:admin',
        'user:update:settings:admin',
      ]),
    ).toEqual(NONE);
  });

  it('tiered: the classic master scopes, with the admin one for taking back', () => {
    expect(
      settingsOf(['account:master', 'user:master', 'report:master', 'meeting:master', 'user:write:admin'], 'TIERED'),
    ).toEqual(NONE);
  });

  it('tiered: needs the list of sub accounts as well, which a regular one does not', () => {
    const granted = [
      'user:read:admin',
      'report:read:admin',
      'meeting:read:admin',
      'billing:read:plan_usage:admin',
      'user:write:admin',
    ];
    expect(settingsOf(granted)).toEqual(NONE);
    // What reaches the account alone reaches no sub account, but for the classic scope that takes licenses back.
    const missing = settingsOf(granted, 'TIERED');
    expect(missing['APPLICATION_ROSTER']).toEqual([
      'user:read:list_users:master',
      'user:read:user:master',
      'user:read:settings:master',
      'user:read:summary:master',
      'account:read:list_sub_accounts:master',
    ]);
    expect(missing['LICENSE_INFORMATION']).toEqual(['billing:read:plan_usage:master']);
    expect(missing['RECLAMATION']).toEqual(['meeting:read:list_meetings:master', 'webinar:read:list_webinars:master']);
    const shown = taskSettings({ kind: 'TIERED', enabledTasks: [], grantedScopes: null });
    const all = shown.flatMap(({ requiredScopes }) => requiredScopes);
    expect(all.every((scope) => scope.endsWith(':master'))).toBe(true);
    expect(settingsOf(all, 'TIERED')).toEqual(NONE);
  });

  it('before authorization nothing is missing yet', () => {
    expect(settingsOf(null)).toEqual(NONE);
  });

  it('nothing granted: everything is missing', () => {
    for (const { requiredScopes, missingScopes: missing } of taskSettings({
      kind: 'REGULAR',
      enabledTasks: [],
      grantedScopes: [],
    })) {
      expect(missing).toEqual(requiredScopes);
      expect(missing.length).toBeGreaterThan(0);
    }
  });
});

describe('tasks', () => {
  it('the roster is on and locked whatever was chosen', () => {
    const [roster, ...others] = taskSettings({ kind: 'REGULAR', enabledTasks: [], grantedScopes: null });
    expect(roster).toMatchObject({ task: 'APPLICATION_ROSTER', enabled: true, locked: true });
    expect(others.every(({ enabled, locked }) => !enabled && !locked)).toBe(true);
    expect(withLocked([])).toEqual(['APPLICATION_ROSTER']);
    expect(withLocked(['RECLAMATION', 'APPLICATION_ACCESS'])).toEqual([
      'APPLICATION_ROSTER',
      'APPLICATION_ACCESS',
      'RECLAMATION',
    ]);
  });

  it('say which Zoom role they need', () => {
    const roles = Object.fromEntries(
      taskSettings({ kind: 'REGULAR', enabledTasks: [], grantedScopes: null }).map((one) => [
        one.task,
        one.requiredZoomRole,
      ]),
    );
    expect(roles).toMatchObject({
      APPLICATION_ROSTER: 'Users: View',
      RECLAMATION: expect.stringContaining('Users: Edit'),
    });
  });
});

describe('the requirements and the endpoints that are called', () => {
  const used: [EndpointName | [EndpointName, EndpointName], string][] = [
    ['listUsers', 'user:read:list_users:admin'],
    ['getUser', 'user:read:user:admin'],
    ['getUserSettings', 'user:read:settings:admin'],
    ['getUsersSummary', 'user:read:summary:admin'],
    ['listActiveHosts', 'report:read:list_users:admin'],
    ['listHostedMeetings', 'report:read:user:admin'],
    ['listScheduledMeetings', 'meeting:read:list_meetings:admin'],
    [['listPastMeetingParticipants', 'listMeetingReportParticipants'], 'meeting:read:list_past_participants:admin'],
    ['listWebinarReportParticipants', 'report:read:list_webinar_participants:admin'],
    ['listUpcomingEvents', 'report:read:upcoming_meetings_webinars:admin'],
    [['listWebinars', 'listUpcomingEvents'], 'webinar:read:list_webinars:admin'],
    ['getPlanUsage', 'billing:read:plan_usage:admin'],
    ['listSubAccounts', 'account:read:list_sub_accounts:master'],
    ['updateUser', 'user:update:user:admin'],
    ['updateUserStatus', 'user:update:status:admin'],
    ['updateUserSettings', 'user:update:settings:admin'],
  ];
  const requirements = [
    ...TASKS.flatMap((task) => requirementsOf(task, 'REGULAR')),
    ...requirementsOf('APPLICATION_ROSTER', 'TIERED').filter(({ granular }) => granular.includes('sub_accounts')),
  ];

  it.each(used)('%s: any scope that Zoom takes meets %s, and no other does', (names, granular) => {
    const taken = new Set([names].flat().flatMap((name) => ENDPOINTS[name].scopes.flat()));
    const requirement = requirements.find((one) => one.granular === granular);
    expect([...(requirement?.anyOf ?? [])].sort()).toEqual([...taken].sort());
    expect(missingScopes(requirement ? [requirement] : [], ['chat_message:read'])).toEqual([granular]);
  });

  it('are all of them', () => {
    expect(new Set(requirements.map(({ granular }) => granular))).toEqual(
      new Set(used.map(([, granular]) => granular)),
    );
  });
});
