import type { IntegrationRow } from '../db/tables/rows.ts';
import type { IntegrationTask } from '../schema.generated.ts';

/** The tasks in the order in which they are shown. */
export const TASKS: readonly IntegrationTask[] = [
  'APPLICATION_ROSTER',
  'APPLICATION_ACCESS',
  'LICENSE_DIFFERENTIATION',
  'LICENSE_INFORMATION',
  'RECLAMATION',
];

/** Tasks that can't be switched off. */
const LOCKED: ReadonlySet<IntegrationTask> = new Set(['APPLICATION_ROSTER']);

/** Something that a task does at Zoom, and what permits it. */
export interface ScopeRequirement {
  /** The narrowest scope that permits it; the name that is shown. */
  granular: string;
  /** Any one of these is enough: granular or classic, of the account or of its sub accounts. */
  anyOf: readonly string[];
  /** Needed by some accounts only: told when it is missing, but no reason not to connect. */
  isOptional?: true;
}

export interface TaskSetting {
  task: IntegrationTask;
  enabled: boolean;
  locked: boolean;
  requiredScopes: string[];
  missingScopes: string[];
  requiredZoomRole: string;
}

/** A scope, and the broader ones that cover it. */
export const may = (granular: string, ...broader: string[]): ScopeRequirement => ({
  granular,
  anyOf: [granular, ...broader],
});

/** A granular scope of the account, which its `:master` twin and the given classic scopes cover as well. */
export const mayAdmin = (scope: string, ...classic: string[]) => may(`${scope}:admin`, `${scope}:master`, ...classic);

// Zoom's classic write scopes permit reading too; the granular ones do not.
const READ_USERS = ['user:read:admin', 'user:write:admin', 'user:master'];
const WRITE_USERS = ['user:write:admin', 'user:master'];
const READ_REPORTS = ['report:read:admin', 'report:master'];
const READ_MEETINGS = ['meeting:read:admin', 'meeting:master'];

const LIST_MEETINGS = mayAdmin('meeting:read:list_meetings', ...READ_MEETINGS);
const READ_SETTINGS = mayAdmin('user:read:settings', ...READ_USERS);

const REQUIREMENTS: Readonly<Record<IntegrationTask, readonly ScopeRequirement[]>> = {
  APPLICATION_ROSTER: [
    mayAdmin('user:read:list_users', ...READ_USERS),
    mayAdmin('user:read:user', ...READ_USERS),
    READ_SETTINGS,
    // Zoom's own count confirms a roster; without it, the roster stands on its pages alone.
    { ...mayAdmin('user:read:summary', ...READ_USERS), isOptional: true },
  ],
  APPLICATION_ACCESS: [
    mayAdmin('report:read:list_users', ...READ_REPORTS),
    mayAdmin('report:read:user', ...READ_REPORTS),
    LIST_MEETINGS,
    // The one without a twin for sub accounts. The report of a meeting tells the same, at a higher price.
    may(
      'meeting:read:list_past_participants:admin',
      'report:read:list_meeting_participants:admin',
      'report:read:list_meeting_participants:master',
      ...READ_MEETINGS,
      ...READ_REPORTS,
    ),
    // Spares a call for everybody who has been quiet.
    { ...mayAdmin('report:read:upcoming_meetings_webinars', ...READ_REPORTS), isOptional: true },
    // Only who has webinars needs it.
    { ...mayAdmin('report:read:list_webinar_participants', ...READ_REPORTS), isOptional: true },
  ],
  LICENSE_DIFFERENTIATION: [READ_SETTINGS],
  LICENSE_INFORMATION: [mayAdmin('billing:read:plan_usage', 'account:read:admin', 'billing:master', 'account:master')],
  RECLAMATION: [
    mayAdmin('user:update:user', ...WRITE_USERS),
    mayAdmin('user:update:status', ...WRITE_USERS),
    mayAdmin('user:update:settings', ...WRITE_USERS),
    LIST_MEETINGS,
    // To see the webinars ahead of who has some; the report of all that is ahead tells them too.
    {
      ...mayAdmin(
        'webinar:read:list_webinars',
        'webinar:read:admin',
        'webinar:master',
        'report:read:upcoming_meetings_webinars:admin',
        'report:read:upcoming_meetings_webinars:master',
        ...READ_REPORTS,
      ),
      isOptional: true,
    },
  ],
};

/** What a tiered integration needs on top, to know its sub accounts. */
export const LIST_SUB_ACCOUNTS = may('account:read:list_sub_accounts:master', 'account:read:admin', 'account:master');

const isOfMaster = (scope: string) => scope.endsWith(':master');

/** A scope without its level: what it is about. */
const aboutOf = (scope: string) => scope.replace(/:(admin|master)$/, '');

/** Are two scopes about the same, whichever accounts each reaches? */
export const areAlike = (scope: string, other: string) => aboutOf(scope) === aboutOf(other);

/**
 * The same for a master account and all its sub accounts: only scopes of master accounts reach those. Zoom's documents
 * disagree about whether its classic `user:write:admin` does, so `also` names what may stand in; the check tells.
 */
export function inTiers(requirement: ScopeRequirement, also: readonly string[] = []): ScopeRequirement {
  const anyOf = requirement.anyOf.filter(isOfMaster);
  const twin = `${aboutOf(requirement.granular)}:master`;
  const granular = anyOf.includes(twin) ? twin : (anyOf[0] ?? twin);
  return { ...requirement, granular, anyOf: [...anyOf, ...requirement.anyOf.filter((scope) => also.includes(scope))] };
}

/** What may stand in for a scope of master accounts. */
const ALSO: Partial<Record<IntegrationTask, readonly string[]>> = { RECLAMATION: ['user:write:admin'] };

const ZOOM_ROLE: Readonly<Record<IntegrationTask, string>> = {
  APPLICATION_ROSTER: 'Users: View',
  APPLICATION_ACCESS: 'Usage Reports: View, Meetings: View',
  LICENSE_DIFFERENTIATION: 'Users: View',
  LICENSE_INFORMATION: 'Billing: View, Account Settings: View',
  RECLAMATION: 'Users: Edit, Meetings: View',
};

/** What a task does at Zoom and what permits each of it. */
export function requirementsOf(task: IntegrationTask, kind: IntegrationRow['kind']): readonly ScopeRequirement[] {
  if (kind === 'REGULAR') return REQUIREMENTS[task];
  const requirements = REQUIREMENTS[task].map((one) => inTiers(one, ALSO[task]));
  return task === 'APPLICATION_ROSTER' ? [...requirements, LIST_SUB_ACCOUNTS] : requirements;
}

/** What deleting and unlinking users needs on top of what the task of reclamation does. */
export function removalScope(kind: IntegrationRow['kind']): ScopeRequirement {
  const scope = mayAdmin('user:delete:user', ...WRITE_USERS);
  return kind === 'REGULAR' ? scope : inTiers(scope, ALSO.RECLAMATION);
}

/** Scopes that permit the cheaper list of participants. Of sub accounts, Zoom publishes no granular one. */
const LIST_PARTICIPANTS = ['meeting:read:admin', 'meeting:master', 'meeting:read:list_past_participants:admin'];

/** May that list be tried for an account? Where it may not, the report of a meeting tells the same. */
export function mayListParticipants(isSubAccount: boolean, granted: readonly string[] | null): boolean {
  const wanted = isSubAccount ? LIST_PARTICIPANTS.filter(isOfMaster) : LIST_PARTICIPANTS;
  return granted === null || wanted.some((scope) => granted.includes(scope));
}

/** Names of the requirements that no granted scope meets. */
export function missingScopes(requirements: readonly ScopeRequirement[], granted: readonly string[]): string[] {
  const has = new Set(granted);
  return requirements.filter(({ anyOf }) => !anyOf.some((scope) => has.has(scope))).map(({ granular }) => granular);
}

/** The five tasks of an integration: which are on, what each needs, and what of that Zoom did not grant. */
export function taskSettings(
  integration: Pick<IntegrationRow, 'kind' | 'enabledTasks' | 'grantedScopes'>,
): TaskSetting[] {
  return TASKS.map((task) => {
    const requirements = requirementsOf(task, integration.kind);
    const locked = LOCKED.has(task);
    const role = ZOOM_ROLE[task];
    return {
      task,
      enabled: locked || integration.enabledTasks.includes(task),
      locked,
      requiredScopes: requirements.map(({ granular }) => granular),
      missingScopes: integration.grantedScopes === null ? [] : missingScopes(requirements, integration.grantedScopes),
      requiredZoomRole: integration.kind === 'TIERED' ? `${role}, Sub Accounts: View` : role,
    };
  });
}

/** The tasks that are switched on after somebody chose some: in the order in which they are shown, locked ones always. */
export function withLocked(tasks: readonly IntegrationTask[]): IntegrationTask[] {
  return TASKS.filter((task) => LOCKED.has(task) || tasks.includes(task));
}
