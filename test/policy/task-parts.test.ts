import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointName } from '#src/datasources/zoom/endpoints.ts';
import { partStates, TASK_PARTS, whyNotRead, whyWithout } from '#src/policy/task-parts.ts';
import { missingScopes } from '#src/policy/task-scopes.ts';
import type { TaskPartName } from '#src/schema.generated.ts';

const PARTS = Object.keys(TASK_PARTS) as TaskPartName[];

describe('the parts and the endpoints that are called', () => {
  const used: [TaskPartName, EndpointName][] = [
    ['GROUPS', 'listGroups'],
    ['GROUP_MEMBERS', 'listGroupMembers'],
    ['ROLES', 'listRoleMembers'],
    ['ACCOUNT_SETTINGS', 'getAccountSettings'],
    ['LOCK_SETTINGS', 'getLockSettings'],
    ['MANAGED_DOMAINS', 'getManagedDomains'],
    ['TRUSTED_DOMAINS', 'getTrustedDomains'],
    ['SIGN_INS', 'listActivities'],
    ['OPERATION_LOGS', 'listOperationLogs'],
    ['DAILY_USAGE', 'getDailyUsage'],
    ['CLOUD_RECORDINGS', 'listAccountRecordings'],
    ['POLLS', 'listPastMeetingPolls'],
    ['REGISTRANTS', 'countMeetingRegistrants'],
    ['WEBINAR_POLLS', 'listPastWebinarPolls'],
    ['WEBINAR_REGISTRANTS', 'countWebinarRegistrants'],
    ['PLAN_USAGE', 'getPlanUsage'],
  ];

  it.each(used)('%s is what %s asks, and takes the scopes that Zoom takes', (part, name) => {
    const { endpoint, requirement } = TASK_PARTS[part];
    expect(endpoint).toBe(`${ENDPOINTS[name].method} ${ENDPOINTS[name].path}`);
    expect([...requirement.anyOf].sort()).toEqual(ENDPOINTS[name].scopes.flat().sort());
    for (const [scope] of ENDPOINTS[name].scopes) expect(missingScopes([requirement], [scope!])).toEqual([]);
    expect(missingScopes([requirement], ['chat_message:read'])).toEqual([requirement.granular]);
  });

  it('are all of them', () => {
    expect(PARTS.sort()).toEqual(used.map(([part]) => part).sort());
  });
});

describe('what is said of a part', () => {
  it('nothing where it may be read, or nobody has consented yet', () => {
    expect(whyNotRead('SIGN_INS', ['report:read:admin'])).toBeNull();
    expect(whyNotRead('SIGN_INS', null)).toBeNull();
  });

  it('the scope that is missing, and what is known without it', () => {
    const words = whyNotRead('SIGN_INS', ['user:read:admin']);
    expect(words).toContain('report:read:user_activities:admin');
    expect(words).toContain('up to three days late');
  });

  it("Zoom's refusal apart from a failure", () => {
    expect(whyWithout('GROUPS', 'SKIPPED', 'No.')).toBe('User groups are not given by Zoom: No.');
    expect(whyWithout('GROUPS', 'FAILED', 'Oops.')).toBe('User groups could not be read: Oops.');
  });

  it('how it stands: not yet, or as it last ended, with the scopes of today', () => {
    const at = new Date('2026-03-01T00:00:00Z');
    const rows = [
      { part: 'GROUPS', status: 'READ' as const, message: null, readAt: at },
      { part: 'LOCK_SETTINGS', status: 'FAILED' as const, message: 'Oops.', readAt: at },
    ];
    const states = partStates('APPLICATION_ROSTER', ['group:read:admin', 'user:read:admin'], rows);
    expect(states.map(({ part }) => part)).toEqual(
      PARTS.filter((part) => TASK_PARTS[part].task === 'APPLICATION_ROSTER').sort(
        (a, b) => Object.keys(TASK_PARTS).indexOf(a) - Object.keys(TASK_PARTS).indexOf(b),
      ),
    );
    const by = Object.fromEntries(states.map((state) => [state.part, state]));
    expect(by['GROUPS']).toMatchObject({ status: 'READ', missingScopes: [], lastReadAt: at });
    expect(by['LOCK_SETTINGS']).toMatchObject({
      status: 'FAILED',
      message: 'Oops.',
      missingScopes: ['account:read:lock_settings:master'],
      lastReadAt: at,
    });
    expect(by['ROLES']).toMatchObject({ status: 'NOT_YET', message: null, lastReadAt: null });
    expect(partStates('RECLAMATION', [], rows)).toEqual([]);
    expect(partStates('APPLICATION_ACCESS', null, []).every((state) => state.missingScopes.length === 0)).toBe(true);
  });
});
