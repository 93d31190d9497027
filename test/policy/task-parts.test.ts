import { describe, expect, it } from 'vitest';
import { ENDPOINTS, type EndpointName } from '#src/datasources/zoom/endpoints.ts';
import { partStates, TASK_PARTS, whyNotRead, whyWithout } from '#src/policy/task-parts.ts';
import { missingScopes } from '#src/policy/task-scopes.ts';
import type { TaskPartName } from '#src/schema.generated.ts';

const PARTS = Object.keys(TASK_PARTS) as TaskPartName[];

const regular = (grantedScopes: string[] | null) => ({ kind: 'REGULAR', grantedScopes }) as const;

describe('the parts and the endpoints that are called', () => {
  const used: [TaskPartName, EndpointName][] = [
    ['SUB_ACCOUNTS', 'listSubAccounts'],
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

describe('the parts of a tiered integration', () => {
  const tiered = (grantedScopes: string[] | null) => ({ kind: 'TIERED', grantedScopes }) as const;

  it('take scopes of master accounts only, granular or classic', () => {
    for (const task of ['APPLICATION_ROSTER', 'APPLICATION_ACCESS', 'LICENSE_INFORMATION'] as const) {
      for (const state of partStates(task, tiered([]), [])) {
        expect(
          state.requiredScopes.every((scope) => scope.endsWith(':master')),
          state.part,
        ).toBe(true);
        expect(state.missingScopes).toEqual(state.requiredScopes);
        expect(
          partStates(task, tiered(state.requiredScopes), []).find(({ part }) => part === state.part)!.missingScopes,
        ).toEqual([]);
      }
    }
    expect(whyNotRead('SIGN_INS', ['report:read:admin'], 'TIERED')).toContain('report:read:user_activities:master');
    expect(whyNotRead('SIGN_INS', ['report:master'], 'TIERED')).toBeNull();
  });

  it('begin with the sub accounts, which a regular one has none of', () => {
    expect(partStates('APPLICATION_ROSTER', tiered(null), [])[0]).toMatchObject({
      part: 'SUB_ACCOUNTS',
      endpoint: 'GET /accounts',
      status: 'NOT_YET',
    });
    expect(partStates('APPLICATION_ROSTER', regular(null), []).map(({ part }) => part)).not.toContain('SUB_ACCOUNTS');
  });
});

describe('what is said of a part', () => {
  it('nothing where it may be read, or nobody has consented yet', () => {
    expect(whyNotRead('SIGN_INS', ['report:read:admin'], 'REGULAR')).toBeNull();
    expect(whyNotRead('SIGN_INS', null, 'REGULAR')).toBeNull();
  });

  it('the scope that is missing, and what is known without it', () => {
    const words = whyNotRead('SIGN_INS', ['user:read:admin'], 'REGULAR');
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
    const states = partStates('APPLICATION_ROSTER', regular(['group:read:admin', 'user:read:admin']), rows);
    expect(states.map(({ part }) => part)).toEqual(
      PARTS.filter((part) => TASK_PARTS[part].task === 'APPLICATION_ROSTER' && part !== 'SUB_ACCOUNTS').sort(
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
    expect(partStates('RECLAMATION', regular([]), rows)).toEqual([]);
    expect(partStates('APPLICATION_ACCESS', regular(null), []).every((state) => state.missingScopes.length === 0)).toBe(
      true,
    );
  });
});
