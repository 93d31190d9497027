import type { IntegrationRow, TaskPartRow } from '../db/tables/rows.ts';
import type { IntegrationTask, TaskPartName, TaskPartStatus } from '../schema.generated.ts';
import {
  inTiers,
  LIST_SUB_ACCOUNTS,
  may,
  mayAdmin,
  missingScopes,
  type ScopeRequirement,
  type TaskSetting,
} from './task-scopes.ts';

/**
 * Something that a task reads on top of what it can't do without. It has a scope of its own, is read where that was
 * granted, and is left out, and said to be, where it wasn't.
 */
export interface TaskPart {
  task: IntegrationTask;
  /** `GET /groups` */
  endpoint: string;
  requirement: ScopeRequirement;
  /** What is read, to begin a sentence with; in the plural. */
  what: string;
  /** What is known without it; null: nothing. */
  otherwise: string | null;
}

/** A task and the integration whose it is. */
export type TaskWithParts = TaskSetting & { integration: IntegrationRow };

/** A part of a task as it stands for an integration. */
export interface TaskPartState {
  part: TaskPartName;
  status: TaskPartStatus;
  message: string | null;
  requiredScopes: string[];
  missingScopes: string[];
  endpoint: string;
  lastReadAt: Date | null;
}

const GROUPS = ['group:read:admin', 'group:write:admin', 'group:master'];
const ROLES = ['role:read:admin', 'role:write:admin', 'role:master'];
const ACCOUNT = ['account:read:admin', 'account:master'];
const RECORDINGS = ['recording:read:admin', 'recording:master'];
const REPORTS = ['report:read:admin', 'report:master'];
const MEETINGS = ['meeting:read:admin', 'meeting:master'];
const WEBINARS = ['webinar:read:admin', 'webinar:master'];

const part = (
  task: IntegrationTask,
  path: string,
  what: string,
  requirement: ScopeRequirement,
  otherwise: string | null = null,
): TaskPart => ({ task, endpoint: `GET ${path}`, what, requirement, otherwise });

const ofRoster = part.bind(null, 'APPLICATION_ROSTER');
const ofActivity = part.bind(null, 'APPLICATION_ACCESS');

/** All parts, those of a task in the order in which they are shown. */
export const TASK_PARTS: Readonly<Record<TaskPartName, TaskPart>> = {
  SUB_ACCOUNTS: ofRoster('/accounts', 'Sub accounts', LIST_SUB_ACCOUNTS),
  GROUPS: ofRoster('/groups', 'User groups', mayAdmin('group:read:list_groups', ...GROUPS)),
  GROUP_MEMBERS: ofRoster(
    '/groups/{groupId}/members',
    'Members of groups',
    mayAdmin('group:read:list_members', ...GROUPS),
    'Members are known as the list of users names their groups.',
  ),
  ROLES: ofRoster(
    '/roles/{roleId}/members',
    'Owners and admins',
    mayAdmin('role:read:list_members', ...ROLES),
    'Roles are known where the list of users or a profile names them.',
  ),
  ACCOUNT_SETTINGS: ofRoster(
    '/accounts/{accountId}/settings',
    'Account settings',
    mayAdmin('account:read:settings', ...ACCOUNT),
  ),
  // These three have no granular scope for the account itself.
  LOCK_SETTINGS: ofRoster(
    '/accounts/{accountId}/lock_settings',
    'Locked settings',
    may('account:read:lock_settings:master', ...ACCOUNT),
  ),
  MANAGED_DOMAINS: ofRoster(
    '/accounts/{accountId}/managed_domains',
    'Managed domains',
    may('account:read:managed_domains:master', ...ACCOUNT),
  ),
  TRUSTED_DOMAINS: ofRoster(
    '/accounts/{accountId}/trusted_domains',
    'Trusted domains',
    may('account:read:trusted_domains:master', ...ACCOUNT),
  ),
  SIGN_INS: ofActivity(
    '/report/activities',
    'Sign-ins and sign-outs',
    mayAdmin('report:read:user_activities', ...REPORTS),
    'The last login is known as the list of users shows it, up to three days late.',
  ),
  OPERATION_LOGS: ofActivity(
    '/report/operationlogs',
    'Operation logs',
    mayAdmin('report:read:operation_logs', ...REPORTS),
  ),
  DAILY_USAGE: ofActivity('/report/daily', 'Daily usage figures', mayAdmin('report:read:daily_usage', ...REPORTS)),
  CLOUD_RECORDINGS: ofActivity(
    '/accounts/{accountId}/recordings',
    'Cloud recordings',
    mayAdmin('cloud_recording:read:list_account_recordings', ...ACCOUNT, ...RECORDINGS),
  ),
  POLLS: ofActivity(
    '/past_meetings/{meetingId}/polls',
    'Polls of meetings',
    mayAdmin('meeting:read:list_past_polls', ...MEETINGS),
  ),
  REGISTRANTS: ofActivity(
    '/meetings/{meetingId}/registrants',
    'Registrations for meetings',
    mayAdmin('meeting:read:list_registrants', ...MEETINGS),
  ),
  WEBINAR_POLLS: ofActivity(
    '/past_webinars/{webinarId}/polls',
    'Polls of webinars',
    mayAdmin('webinar:read:list_past_polls', ...WEBINARS),
  ),
  WEBINAR_REGISTRANTS: ofActivity(
    '/webinars/{webinarId}/registrants',
    'Registrations for webinars',
    mayAdmin('webinar:read:list_registrants', ...WEBINARS),
  ),
  PLAN_USAGE: part(
    'LICENSE_INFORMATION',
    '/accounts/{accountId}/plans/usage',
    'Plans and seats',
    mayAdmin('billing:read:plan_usage', ...ACCOUNT, 'billing:master'),
    'How many seats there are is not known; enter entitlements by hand.',
  ),
};

const NAMES = Object.keys(TASK_PARTS) as TaskPartName[];

type Kind = IntegrationRow['kind'];

/** What permits a part; in a tiered integration, of the sub accounts too. */
export function requirementOf(name: TaskPartName, kind: Kind): ScopeRequirement {
  const { requirement } = TASK_PARTS[name];
  // It is asked of the master alone.
  return kind === 'TIERED' && name !== 'SUB_ACCOUNTS' ? inTiers(requirement) : requirement;
}

/** Why a part may not be asked for, in words; null when it may. Before authorization nothing is known to be missing. */
export function whyNotRead(name: TaskPartName, granted: readonly string[] | null, kind: Kind): string | null {
  const { what, otherwise } = TASK_PARTS[name];
  const requirement = requirementOf(name, kind);
  if (granted === null || missingScopes([requirement], granted).length === 0) return null;
  const words = `${what} were not asked for: the scope ${requirement.granular} was not granted. Add it to the Zoom app and authorize again.`;
  return otherwise === null ? words : `${words} ${otherwise}`;
}

/** What to say of a part that Zoom refused, or that could not be read. */
export function whyWithout(name: TaskPartName, ended: 'SKIPPED' | 'FAILED', reason: string): string {
  const { what, otherwise } = TASK_PARTS[name];
  const words = `${what} ${ended === 'SKIPPED' ? 'are not given by Zoom' : 'could not be read'}: ${reason}`;
  return otherwise === null ? words : `${words} ${otherwise}`;
}

/** The parts of a task, with how reading each last ended. Only tiered integrations have sub accounts. */
export function partStates(
  task: IntegrationTask,
  { kind, grantedScopes: granted }: Pick<IntegrationRow, 'kind' | 'grantedScopes'>,
  rows: readonly Pick<TaskPartRow, 'part' | 'status' | 'message' | 'readAt'>[],
): TaskPartState[] {
  const names = NAMES.filter(
    (name) => TASK_PARTS[name].task === task && (name !== 'SUB_ACCOUNTS' || kind === 'TIERED'),
  );
  return names.map((name) => {
    const { endpoint } = TASK_PARTS[name];
    const requirement = requirementOf(name, kind);
    const row = rows.find((one) => one.part === name);
    return {
      part: name,
      status: row?.status ?? 'NOT_YET',
      message: row?.message ?? null,
      requiredScopes: [requirement.granular],
      missingScopes: granted === null ? [] : missingScopes([requirement], granted),
      endpoint,
      lastReadAt: row?.readAt ?? null,
    };
  });
}
