import type { MeetingHistory } from './history.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export type UserStatus = 'active' | 'inactive' | 'pending';
export type AccountKind = 'REGULAR' | 'MASTER' | 'SUB';

/** A user of the world. Plain and mutable: what a test writes here, the API answers at once. */
export interface SandboxUser {
  /** Place in `account.people`; meetings name people by it. Stays when the user is deleted. */
  index: number;
  /** Zoom's id. Pending users have one here, but the API never shows it. */
  id: string;
  accountId: string;
  email: string;
  firstName: string;
  lastName: string;
  displayName: string;
  status: UserStatus;
  /** 1 Basic, 2 Licensed, 3 On-prem, 4 no meeting license, 99 none; anything else plays a type of the future. */
  type: number;
  /** `0` owner, `1` admin, `2` member, or the id of a role of the account. */
  roleId: string;
  isRoom: boolean;
  /** Something that signs in like a person and is none: backups, monitoring. Nothing in the API says so but its address. */
  isServiceAccount: boolean;
  /** 1 Google, 99 API user, 100 work e-mail, 101 SSO … */
  loginTypes: number[];
  /** The type that the SAML response mapping gives at every single sign-on; null: the mapping says nothing of it. */
  ssoType: number | null;
  department: string;
  jobTitle: string;
  costCenter: string;
  /** E-mail of the manager. */
  manager: string;
  location: string;
  company: string;
  timezone: string;
  language: string;
  pmi: number;
  employeeUniqueId: string | null;
  clientVersion: string | null;
  /** When the user was created, ms. */
  userCreatedAt: number;
  /** When the latest login type was created, ms: later than `userCreatedAt` for many. */
  createdAt: number;
  /** The true last login, ms; null: never. Zoom shows it late, see `shownLastLogin`. */
  lastLoginAt: number | null;
  /** The login that Zoom shows: it only moves when a newer one is three days younger. */
  shownLastLoginAt: number | null;
  /** Days between the logins before the last one, for the sign-in report; 0: only the last one is known. */
  loginEveryDays: number;
  /** Hours from a sign-in to the sign-out; 0: stays signed in. */
  signsOutAfterHours: number;
  groupIds: string[];
  customAttributes: { key: string; name: string; value: string }[];
  /** Workplace bundle (bit of Zoom's `zoom_one_type`); 0: none. */
  zoomOneType: number;
  /** Empty for most. */
  licenseInfos: LicenseInfo[];
  /** United bundle; '' : none. */
  planUnitedType: string;
  meetingCapacity: number;
  /** 0: no webinar license, otherwise its capacity. */
  webinarCapacity: number;
  /** 0: no large meeting license, otherwise its capacity. */
  largeMeetingCapacity: number;
  /** 0: no Zoom Events license, otherwise its capacity. */
  zoomEventsCapacity: number;
  concurrentMeeting: 'Basic' | 'Plus' | 'None';
  zoomPhone: boolean;
  /** Other feature flags that are on, by Zoom's name (`zoom_whiteboard` …). */
  otherFeatures: string[];
  /** Has a Zoom Event ahead: may not lose the license or be deactivated. */
  hasUpcomingEvent: boolean;
  /** Why this user was made: the class of behavior, for reading. Nothing depends on it. */
  behavior: string;
  /** Past instances this user hosted, places in `account.history`. */
  hosted: number[];
  /** Participant rows of this user, places in `account.history`. */
  joined: number[];
  /** Meetings and webinars this user scheduled, places in `account.history`. */
  scheduled: number[];
}

/** One entry of Zoom's `license_info_list`, for accounts whose subscriptions hold the same license twice. */
export interface LicenseInfo {
  /** `MEETING`, `ZOOM_WORKPLACE_BUNDLE`, or one of the future. */
  licenseType: string;
  /** 2 for a meeting license, the bit of `zoom_one_type` for a bundle. */
  licenseOption: number;
  subscriptionId: string;
}

export interface Group {
  id: string;
  name: string;
}

export interface Role {
  id: string;
  name: string;
  description: string;
}

/** Seats bought. How many are used is always counted, never stored. */
export interface Plan {
  /** Zoom's plan string, `business_yearly`. */
  type: string;
  hosts: number;
}

export interface CapacityPlan extends Plan {
  capacity: number;
}

export interface Plans {
  /** A `type` of '': no base plan, everybody is licensed by bundles. */
  base: Plan;
  webinar: CapacityPlan[];
  largeMeeting: CapacityPlan[];
  /** Workplace bundle and the `zoom_one_type` it stands for. */
  zoomOne: (Plan & { zoomOneType: number })[];
  rooms: Plan;
  /** Plans under keys of their own, `plan_…`: Zoom sells more than anybody has a name for. */
  others: (Plan & { key: string })[];
}

export interface OperationLog {
  at: number;
  operator: string;
  category: 'user' | 'user_settings' | 'account' | 'role';
  action: string;
  detail: string;
}

/** A meeting that is going on. */
export interface LiveMeeting {
  series: number;
  startedAt: number;
}

export interface Account {
  id: string;
  /** Small number that meeting numbers and uuids carry. */
  ordinal: number;
  /** Zoom's account number. */
  number: number;
  kind: AccountKind;
  name: string;
  domain: string;
  /** The kind of plan, as a list of sub accounts names it: Business, Education, API Partner … */
  accountType: string;
  ownerId: string;
  /** Whose consent an app gets by default: `integration@…`. */
  integrationUserId: string;
  createdAt: number;
  subscriptionStartAt: number;
  subscriptionEndAt: number;
  /** Who pays a sub account: what pays itself (`sub`) does not tell its master about plans. */
  payMode: 'master' | 'sub';
  managedDomains: { domain: string; status: string }[];
  trustedDomains: string[];
  /** Everybody that ever was, in order of making; `users` are those who are still there. */
  people: SandboxUser[];
  users: Map<string, SandboxUser>;
  /** By lower-case e-mail. */
  usersByEmail: Map<string, SandboxUser>;
  groups: Group[];
  roles: Role[];
  plans: Plans;
  history: MeetingHistory;
  live: LiveMeeting[];
  operationLogs: OperationLog[];
}

export interface World {
  seed: number;
  now: () => number;
  regular: Account;
  master: Account;
  /** The sub accounts of `master`, as it sees them now: one that left it is only in `accounts`. */
  subAccounts: Account[];
  /** Whether Zoom lets `master` have sub accounts; without it, whatever is below it can't be reached. */
  masterFeature: boolean;
  /** All that ever were, by id. */
  accounts: Map<string, Account>;
}
