import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { IntegrationRow, JobRunRow, AccountRow, GroupRow, UserRow, MeetingRow, ParticipantRow, SignInRow, OperationLogRow, DailyUsageRow, LicenseRow, EntitlementRow, ExchangeRateRow, CandidateRow, MessageRow, RuleRow, ReclamationRow, ReclamationItemRow, OffboardingRow, HoldRow, ExclusionRow, ReconciliationRow, ReconciliationLineRow, AuditEventRow } from './db/tables/rows.ts';
import type { TaskWithParts } from './policy/task-parts.ts';
import type { AccountPlan } from './policy/plan-information.ts';
import type { MessagePage, AccountPage, UserPage, GroupPage, JobRunPage, MeetingPage, ParticipantPage, SignInPage, OperationLogPage, CandidatePage, ReclamationPage, ItemPage, ExclusionPage, ReconciliationPage, ReconciliationLinePage, AuditEventPage, SavingsEntryPage } from './datasources/store/page.ts';
import type { RulePreviewFacts, RuleMatchPage } from './actions/preview-reclamation-rule.ts';
import type { RuleMatchFacts } from './actions/judge-rule.ts';
import type { CapacityProposalFacts, CapacityProposalPage } from './actions/propose-capacities.ts';
import type { PlanRecord } from './db/tables/reclamations.ts';
import type { StaleFacts } from './datasources/store/plans.ts';
import type { HiddenFacts } from './actions/hidden-by-exclusions.ts';
import type { CurrencyTotal } from './datasources/store/reconciliations.ts';
import type { Change } from './policy/reconciliation-changes.ts';
import type { SavingsEntryFacts } from './policy/savings-figures.ts';
import type { SavingsFacts, LicenseSavingsFacts } from './actions/settle-savings.ts';
import type { RenewalFacts, RenewalsPage } from './actions/plan-renewals.ts';
import type { SeatPoolFacts, PooledLicenseFacts, PooledSeatsPage, SeatMoveFacts, SeatMovesPage, AssignAnswerFacts } from './actions/pool-seats.ts';
import type { PooledSeats as PooledSeatsFacts } from './policy/seat-pool.ts';
import type { SyncPlanFacts } from './actions/plan-sync.ts';
import type { Compliance } from './policy/compliance.ts';
import type { Provisioned } from './policy/provisioned-display.ts';
import type { CandidateEventRow } from './datasources/store/candidates.ts';
import type { FacetRow } from './datasources/store/user-facets.ts';
import type { UserHistoryRow } from './datasources/store/users.ts';
import type { Context } from './context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** An ISO 4217 currency code, for example `EUR`. */
  Currency: { input: string; output: string; }
  /** A calendar day, ISO 8601, for example `2026-03-01`. */
  Date: { input: string; output: string; }
  /** An instant in UTC, ISO 8601, for example `2026-03-01T09:30:00.000Z`. */
  DateTime: { input: Date; output: Date; }
  /** An exact decimal number, as a string, for example `"149.90"`. Numbers are accepted as input too. */
  Decimal: { input: string; output: string; }
  /** A JSON value, kept as it came from Zoom. */
  JSON: { input: unknown; output: unknown; }
  /** An absolute URL. */
  URL: { input: string; output: string; }
  _FieldSet: { input: unknown; output: unknown; }
};

/** A Zoom account that an integration is authorized for. */
export type Account = {
  __typename?: 'Account';
  /** What kept the latest reading of its activity from being whole, and what to do; null when nothing did. */
  activityProblem: Maybe<Scalars['String']['output']>;
  /** What its licenses, with those of its sub accounts, cost a year, a currency each, as `License.annualCosts` counts: what is bought, in use or not. Without what is kept out of cost, and without licenses that have no price. */
  annualCost: Array<Money>;
  /** Zoom's own count of every day that was read, oldest first; days that were not read are missing. At most 400 days at once. */
  dailyUsage: Array<DailyUsage>;
  /** Its user groups, with those of its sub accounts, by name. */
  groups: GroupConnection;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** When the plans were last read, once every 24 hours: until the next time they may not match Zoom's portal. Null: never, or Zoom does not give them. */
  informationAt: Maybe<Scalars['DateTime']['output']>;
  /** The integration that reads it. */
  integration: Integration;
  /** Its licenses, with those of its sub accounts. */
  licenses: Array<License>;
  /** Which settings users can't change, as Zoom sends them; null until read. */
  lockSettings: Maybe<Scalars['JSON']['output']>;
  /** Domains whose users the account may manage; null until read. */
  managedDomains: Maybe<Array<ManagedDomain>>;
  /** Name for people. */
  name: Scalars['String']['output'];
  /** What was done to the account, its users and their settings, newest first. Zoom remembers six months; what was read stays. */
  operationLogs: OperationLogConnection;
  /** Zoom's code of the account's own plan; null where Zoom tells none. */
  plan: Maybe<Scalars['String']['output']>;
  /** What that plan is called; null where Zoom tells none. A code that nobody knows is said to be unknown. */
  planName: Maybe<Scalars['String']['output']>;
  /** Every plan that Zoom names of the account, also those that are no license of ours; empty until it was read, or where Zoom does not give it. */
  plans: Array<Plan>;
  /** What the inactive ones of them cost a year, a currency each, as `License.reclaimableAnnualCost` counts. */
  reclaimableAnnualCost: Array<Money>;
  /** When its last whole roster was read; null: never. */
  rosterCompleteAt: Maybe<Scalars['DateTime']['output']>;
  /** What kept its latest roster from arriving whole, and what to do; null when nothing did. Such a roster removes nobody and makes no candidates. */
  rosterProblem: Maybe<Scalars['String']['output']>;
  /** Zoom's account settings as they came; null until read. */
  settings: Maybe<Scalars['JSON']['output']>;
  /** Sub accounts of a master, by name; empty for a regular account. */
  subAccounts: SubAccountConnection;
  /** Zoom's own count of its users; null until it was read. */
  summary: Maybe<AccountSummary>;
  /** Regular, or master of sub accounts. */
  tier: AccountTier;
  /** Domains that the account trusts; null until read. */
  trustedDomains: Maybe<Array<Scalars['String']['output']>>;
  /** Its users, with those of its sub accounts, without those who left. */
  users: UserConnection;
  /** Zoom's id of the account. */
  zoomAccountId: Scalars['String']['output'];
};


/** A Zoom account that an integration is authorized for. */
export type AccountAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** A Zoom account that an integration is authorized for. */
export type AccountDailyUsageArgs = {
  from?: InputMaybe<Scalars['Date']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
};


/** A Zoom account that an integration is authorized for. */
export type AccountGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A Zoom account that an integration is authorized for. */
export type AccountOperationLogsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A Zoom account that an integration is authorized for. */
export type AccountReclaimableAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** A Zoom account that an integration is authorized for. */
export type AccountSubAccountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A Zoom account that an integration is authorized for. */
export type AccountUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<Array<UserOrder>>;
};

/** Zoom's own count of an account's users. */
export type AccountSummary = {
  __typename?: 'AccountSummary';
  /** When Zoom said so. */
  asOf: Scalars['DateTime']['output'];
  /** Basic users. */
  basic: Maybe<Scalars['Int']['output']>;
  /** Was the latest roster complete? Only a complete one removes anybody or makes candidates. */
  complete: Scalars['Boolean']['output'];
  /** Licensed users. */
  licensed: Maybe<Scalars['Int']['output']>;
  /** On-premises users. */
  onPrem: Maybe<Scalars['Int']['output']>;
  /** Invited users who have not accepted. */
  pending: Maybe<Scalars['Int']['output']>;
  /** Zoom Rooms. */
  rooms: Maybe<Scalars['Int']['output']>;
  /** All of them. */
  total: Maybe<Scalars['Int']['output']>;
};

/** Place of an account in a tree of accounts. */
export type AccountTier =
  /** An account that has sub accounts. */
  | 'MASTER'
  /** An account without sub accounts, or whose sub accounts are not looked at. */
  | 'REGULAR';

/** Returns to acknowledge. */
export type AcknowledgeReturnsInput = {
  /** Candidates, 1 to 500: those whose license came back, or open ones that are blocked by it. */
  candidateIds: Array<Scalars['ID']['input']>;
  /** What was changed, for the history. */
  note?: InputMaybe<Scalars['String']['input']>;
};

/** What users did in a stretch of days. Users are counted once, however many days they were active in. */
export type ActivityPoint = {
  __typename?: 'ActivityPoint';
  /** Users who signed in, hosted or joined a meeting, or hosted or attended a webinar. */
  activeUsers: Scalars['Int']['output'];
  /** Recordings in the cloud. */
  cloudRecordings: Scalars['Int']['output'];
  /** Last day. */
  end: Scalars['Date']['output'];
  /** Users who hosted a meeting. */
  hosts: Scalars['Int']['output'];
  /** Does all of it lie within the time of which meetings are known, in every account of the integration? Where it doesn't, there may have been more. */
  isComplete: Scalars['Boolean']['output'];
  /** Users who joined a meeting of somebody else. */
  joiners: Scalars['Int']['output'];
  /** Those that took over 40 minutes with two people or more. */
  longMeetingsHosted: Scalars['Int']['output'];
  /** Meetings hosted. */
  meetingsHosted: Scalars['Int']['output'];
  /** Meetings of others joined, each once a user; webinars that were attended are not in it. */
  meetingsJoined: Scalars['Int']['output'];
  /** Sign-ins, by the report of sign-ins. */
  signIns: Scalars['Int']['output'];
  /** Users who signed in, by the report of sign-ins. */
  signedInUsers: Scalars['Int']['output'];
  /** First day. */
  start: Scalars['Date']['output'];
  /** Users who hosted a webinar. */
  webinarHosts: Scalars['Int']['output'];
  /** Webinars hosted. */
  webinarsHosted: Scalars['Int']['output'];
};

/** A sign of use. A sign-in that Zoom shows late is waited for, whatever the rule counts. */
export type ActivitySign =
  /** Recorded in the cloud. Counts only where recordings may be read; otherwise the rule finds nobody. */
  | 'CLOUD_RECORDED'
  /** Hosted a meeting over 40 minutes with two or more people, which a Basic user can't. */
  | 'LONG_MEETING_HOSTED'
  /** Created a meeting that still stands. */
  | 'MEETING_CREATED'
  /** Hosted a meeting. */
  | 'MEETING_HOSTED'
  /** Joined a meeting, or attended a webinar, of somebody else. */
  | 'MEETING_JOINED'
  /** Signed in. */
  | 'SIGNED_IN'
  /** Hosted a webinar. */
  | 'WEBINAR_HOSTED';

/** The span of time whose activity is asked for, can be told by Zoom, and is known. */
export type ActivityWindow = {
  __typename?: 'ActivityWindow';
  /** Is less known than was asked for because Zoom doesn't reach back as far? */
  isCutByZoom: Scalars['Boolean']['output'];
  /** Is it known back to what was asked for? */
  isWhole: Scalars['Boolean']['output'];
  /** Start of what is known without a gap; null before the first sync. */
  knownFrom: Maybe<Scalars['DateTime']['output']>;
  /** End of what is known, as far as the day is over in every time zone; null before the first sync. */
  knownUntil: Maybe<Scalars['DateTime']['output']>;
  /** Zoom's limits, in words. */
  limits: Array<Scalars['String']['output']>;
  /** Start of what Zoom's reports can still tell. */
  reachableFrom: Scalars['DateTime']['output'];
  /** Start of what is asked for. */
  requestedFrom: Scalars['DateTime']['output'];
};

/** What was bought, as one more term. */
export type AddEntitlementInput = {
  /** Price of one license for one payment period; not negative, at most 10 digits before the point. Needs a currency and a payment frequency. */
  cost?: InputMaybe<Scalars['Decimal']['input']>;
  /** Currency of the price. */
  currency?: InputMaybe<Scalars['Currency']['input']>;
  /** First day, from 2011-01-01 to 2099-12-31; left out, since ever. */
  effectiveDate?: InputMaybe<Scalars['Date']['input']>;
  /** Last day, not before the first and to 2099-12-31; left out, without an end. */
  expirationDate?: InputMaybe<Scalars['Date']['input']>;
  /** Which license. */
  licenseId: Scalars['ID']['input'];
  /** How often the price is paid. */
  paymentFrequency?: InputMaybe<PaymentFrequency>;
  /** Number of the purchase. */
  purchaseIdentifier?: InputMaybe<Scalars['String']['input']>;
  /** Seats bought, 1 to 10000000. */
  quantity?: InputMaybe<Scalars['Int']['input']>;
  /** Are as many seats bought as anybody likes? Not with a quantity. */
  unlimited?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Answer of `addEntitlement`. */
export type AddEntitlementPayload = {
  __typename?: 'AddEntitlementPayload';
  /** The term that was added; null when none was. */
  entitlement: Maybe<Entitlement>;
  /** The license as it is now; null when there is none. */
  license: Maybe<License>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Names a plan to carry out. */
export type ApplyReclamationInput = {
  /** `planHash` as it was shown; when it is sent, no other plan is applied. */
  planHash?: InputMaybe<Scalars['String']['input']>;
  /** Which one. */
  reclamationId: Scalars['ID']['input'];
};

/** Which licenses may be kept. */
export type ApproveKeepInput = {
  /** Candidates, 1 to 500. */
  candidateIds: Array<Scalars['ID']['input']>;
  /** Days in which they are not found again; left out, as many as the rule's threshold. */
  coolDownDays?: InputMaybe<Scalars['Int']['input']>;
  /** Why, for the history. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** Can a license be given to somebody? */
export type AssignAnswer = {
  __typename?: 'AssignAnswer';
  /** The answer. */
  answer: AssignVerdict;
  /** Those of them that would give the seats back, the least active first; at most 100 are named. */
  candidates: Array<ReclamationCandidate>;
  /** Free in the account itself; null when not known, or unlimited. */
  free: Maybe<Scalars['Int']['output']>;
  /** What other accounts could give, as much as is needed. */
  from: Array<SeatOffer>;
  /** The seats in the account that asks; null where the account has no such license. */
  here: Maybe<PooledSeats>;
  /** What is not known: it makes the answer `UNKNOWN`, or may make it better than it looks. */
  missing: Array<Scalars['String']['output']>;
  /** How many candidates are ready in the account. */
  readyCandidates: Scalars['Int']['output'];
  /** Why, with the figures. */
  reason: Scalars['String']['output'];
  /** How many would have to be bought. */
  toBuy: Scalars['Int']['output'];
  /** What these cost a year; null without a price, and where none has to be bought. */
  toBuyAnnualAmount: Maybe<Money>;
  /** How many would have to be taken back first. */
  toReclaim: Scalars['Int']['output'];
};

/** Whether a license can be given to somebody. */
export type AssignVerdict =
  /** Some have to be bought. */
  | 'BUY'
  /** Enough are free in other accounts; they have to be moved first. */
  | 'MOVE'
  /** None are free, and enough candidates are ready whose seats would come back. */
  | 'RECLAIM'
  /** Too little is known. */
  | 'UNKNOWN'
  /** Enough are free in the account. */
  | 'YES';

/**
 * Something that was decided or done. Never changed afterwards: every event holds the hash of the one before, so that a change
 * or a gap shows (`npm run cli -- audit verify`).
 */
export type AuditEvent = {
  __typename?: 'AuditEvent';
  /** What, for example `integration.authorized`. */
  action: Scalars['String']['output'];
  /** Who: the caller's `sub`, or `system`. */
  actor: Scalars['String']['output'];
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Facts of the case, with what was before and after. Of people only ids; no secrets. */
  details: Scalars['JSON']['output'];
  /** SHA-256 over `previousHash` and everything that the event says; hexadecimal. */
  hash: Scalars['String']['output'];
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Id of the integration that it is about; null when it is about none. */
  integrationId: Maybe<Scalars['ID']['output']>;
  /** Place in the chain of all events, 1 for the first. */
  position: Scalars['Int']['output'];
  /** Hash of the event before it, of whatever integration; 64 zeros for the first. */
  previousHash: Scalars['String']['output'];
  /** Id of the HTTP request (`x-request-id`), job run or reclamation that it was done in; null where it is not known. */
  requestId: Maybe<Scalars['ID']['output']>;
  /** Id of what it was done to; null when there is none. */
  subject: Maybe<Scalars['String']['output']>;
};

/** A page of audit events. */
export type AuditEventConnection = {
  __typename?: 'AuditEventConnection';
  /** Events with their cursors. */
  edges: Array<AuditEventEdge>;
  /** The events alone. */
  nodes: Array<AuditEvent>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** An audit event with its cursor. */
export type AuditEventEdge = {
  __typename?: 'AuditEventEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The event. */
  node: AuditEvent;
};

/** Conditions on audit events; all that are given must hold. */
export type AuditEventFilter = {
  /** What was done; `startsWith` finds everything of a noun, for example `rule.`. */
  action?: InputMaybe<StringFilter>;
  /** Who did it. */
  actor?: InputMaybe<StringFilter>;
  /** When. */
  at?: InputMaybe<DateTimeFilter>;
  /** The request that it was done in. */
  requestId?: InputMaybe<IdFilter>;
  /** What it was done to, by id. */
  subject?: InputMaybe<IdFilter>;
};

/** Starts an authorization. */
export type AuthorizeIntegrationInput = {
  /** Which one. */
  integrationId: Scalars['ID']['input'];
  /** Where the browser ends, with `integrationId` and `outcome` (`connected`, `denied` or `failed`) added; left out, on a page of ours. */
  returnUrl?: InputMaybe<Scalars['URL']['input']>;
};

/** Answer of `authorizeIntegration`. */
export type AuthorizeIntegrationPayload = {
  __typename?: 'AuthorizeIntegrationPayload';
  /** Address to open in the browser of the person who consents; works once. */
  authorizationUrl: Maybe<Scalars['URL']['output']>;
  /** After this the address no longer works. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** The integration. */
  integration: Maybe<Integration>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Something that a Basic user can't do. */
export type BasicInsufficiency =
  /** Recorded in the cloud. */
  | 'CLOUD_RECORDING'
  /** Hosted a meeting with more than 100 people. */
  | 'LARGE_MEETING'
  /** Hosted a meeting over 40 minutes with two or more people. */
  | 'LONG_MEETING'
  /** Held a poll. */
  | 'POLL'
  /** Let people register. */
  | 'REGISTRATION'
  /** Hosted a webinar. */
  | 'WEBINAR';

/** Would a Basic user have been enough, and what does that rest on? A Basic user's meetings end after 40 minutes unless the user is alone, hold 100 people, and come without webinars, cloud recordings, polls and registration. */
export type BasicSufficiency = {
  __typename?: 'BasicSufficiency';
  /** Meetings and webinars recorded in the cloud. */
  cloudRecordings: Scalars['Int']['output'];
  /** Most people in a meeting hosted; null for none hosted, or where Zoom tells no number. */
  largestMeeting: Maybe<Scalars['Int']['output']>;
  /** Start of the last one of them; null for none seen. */
  lastLongMeetingHostedAt: Maybe<Scalars['DateTime']['output']>;
  /** Meetings over 40 minutes with two or more people. */
  longMeetingsHosted: Scalars['Int']['output'];
  /** What could not be looked at for all of the window, so that it may have happened unseen; empty when everything was. */
  notLookedAt: Array<BasicInsufficiency>;
  /** Polls held. */
  pollsHeld: Scalars['Int']['output'];
  /** What needed more than a Basic user; empty for nothing seen. */
  reasons: Array<BasicInsufficiency>;
  /** People who registered. */
  registrants: Scalars['Int']['output'];
  /** True: nothing that was seen needed more. False: something did, see `reasons`. Null: not known. */
  verdict: Maybe<Scalars['Boolean']['output']>;
  /** Webinars hosted. */
  webinarsHosted: Scalars['Int']['output'];
  /** Since when was looked without a gap; null before the first look. */
  windowFrom: Maybe<Scalars['DateTime']['output']>;
  /** Up to when was looked; null before the first look. */
  windowUntil: Maybe<Scalars['DateTime']['output']>;
};

/** Why nothing may be done to somebody now. */
export type Blocker = {
  __typename?: 'Blocker';
  /** For programs. */
  code: BlockerCode;
  /** For people. */
  message: Scalars['String']['output'];
  /** Until when; null when it doesn't end by itself. */
  until: Maybe<Scalars['DateTime']['output']>;
};

/** Why nothing may be done to somebody. */
export type BlockerCode =
  /** Was active in the meantime, or after the day that they are said to have left on. */
  | 'ACTIVE_AGAIN'
  /** Has an admin role. */
  | 'ADMIN'
  /** Gave the consent that this integration lives on. */
  | 'AUTHORIZING_USER'
  /** Is no longer reported as having left. */
  | 'BACK_AGAIN'
  /** Was taken back before and came back without a restore. */
  | 'BOOMERANG'
  /** Holds a bundle that this action does not free. */
  | 'BUNDLE'
  /** Has changed in Zoom since the roster was read. */
  | 'CHANGED_IN_ZOOM'
  /** Is excluded. */
  | 'EXCLUDED'
  /** Is in a meeting of their own right now. */
  | 'LIVE_MEETING'
  /** The user was to be asked, and no message got through. */
  | 'NOT_REACHED'
  /** The rule asks first, and there is no way to: no channel is configured. */
  | 'NO_CHANNEL'
  /** The rule asks first, and the user has no e-mail address. */
  | 'NO_EMAIL'
  /** Owns the account. */
  | 'OWNER'
  /** Not yet accepted the invitation; Zoom gives no id to act on. */
  | 'PENDING_USER'
  /** Is an API user or a service account, not a person. */
  | 'SERVICE_ACCOUNT'
  /** The roster or the activity is not complete or too old. */
  | 'STALE_DATA'
  /** Zoom refused when it was to be taken; somebody has to look, and then to resume it or ask for it again. */
  | 'TAKING_FAILED'
  /** Is to be removed, and what they have can't be handed over. */
  | 'TRANSFER_IMPOSSIBLE'
  /** Role could not be read, so that an admin can't be told from others. */
  | 'UNKNOWN_ROLE'
  /** Has a meeting or webinar ahead. */
  | 'UPCOMING_MEETING'
  /** Is a Zoom Room, not a person. */
  | 'ZOOM_ROOM';

/** Conditions on a yes or no; all that are given must hold. */
export type BooleanFilter = {
  /** Equal to. */
  eq?: InputMaybe<Scalars['Boolean']['input']>;
  /** One of. */
  in?: InputMaybe<Array<Scalars['Boolean']['input']>>;
  /** Unknown (true) or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Other than; unknown counts as other. */
  ne?: InputMaybe<Scalars['Boolean']['input']>;
  /** None of; unknown counts as none. */
  notIn?: InputMaybe<Array<Scalars['Boolean']['input']>>;
};

/** Conditions on a candidate's action; all that are given must hold. */
export type CandidateActionFilter = {
  /** Equal to. */
  eq?: InputMaybe<ReclamationAction>;
  /** One of. */
  in?: InputMaybe<Array<ReclamationAction>>;
  /** Unknown (true) or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Other than. */
  ne?: InputMaybe<ReclamationAction>;
  /** None of. */
  notIn?: InputMaybe<Array<ReclamationAction>>;
};

/** What a finding rests on. */
export type CandidateEvidence = {
  __typename?: 'CandidateEvidence';
  /** Up to when activity was known; null when it was not. */
  activityKnownUntil: Maybe<Scalars['DateTime']['output']>;
  /** The signs that the rule counted. */
  countedSigns: Array<ActivitySign>;
  /** The complete roster that it rests on. */
  rosterAt: Maybe<Scalars['DateTime']['output']>;
  /** Each sign of use with its last time, whether the rule counts it or not. */
  signs: Array<CandidateSign>;
  /** Since when meetings were looked at without a gap; null when they were not. */
  windowFrom: Maybe<Scalars['DateTime']['output']>;
};

/** One step of a candidate. */
export type CandidateHistoryEntry = {
  __typename?: 'CandidateHistoryEntry';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Who, or `system`. */
  by: Scalars['String']['output'];
  /** Status before; null when it was found. */
  from: Maybe<ReclamationCandidateStatus>;
  /** Why, in words; null when there is nothing to say. */
  note: Maybe<Scalars['String']['output']>;
  /** Status after. */
  to: ReclamationCandidateStatus;
};

/** Something that was said, or is to be, about a candidate. */
export type CandidateMessage = {
  __typename?: 'CandidateMessage';
  /** When it was queued. */
  at: Scalars['DateTime']['output'];
  /** How often it was tried. */
  attempts: Scalars['Int']['output'];
  /** Which way it goes. */
  channel: CandidateMessageChannel;
  /** Why the last attempt failed, or why nothing was said; null when neither. */
  error: Maybe<Scalars['String']['output']>;
  /** Opaque id; the same however often it is sent, for the receiver to tell repetitions by. */
  id: Scalars['ID']['output'];
  /** What it says. */
  kind: CandidateMessageKind;
  /** When it left; null when it has not. */
  sentAt: Maybe<Scalars['DateTime']['output']>;
  /** How far it is. */
  status: CandidateMessageStatus;
};

/** Which way a message goes. */
export type CandidateMessageChannel =
  /** An e-mail by the server of SMTP_URL. */
  | 'EMAIL'
  /** A signed webhook to NOTIFY_WEBHOOK_URL. */
  | 'WEBHOOK';

/** A page of messages. */
export type CandidateMessageConnection = {
  __typename?: 'CandidateMessageConnection';
  /** Messages with their cursors. */
  edges: Array<CandidateMessageEdge>;
  /** The messages alone. */
  nodes: Array<CandidateMessage>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A message with its cursor. */
export type CandidateMessageEdge = {
  __typename?: 'CandidateMessageEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The message. */
  node: CandidateMessage;
};

/** What a message says. */
export type CandidateMessageKind =
  /** Asks the manager whether the holder may keep it. */
  | 'APPROVAL'
  /** Asks the holder whether they still need the license. */
  | 'ASK'
  /** Tells the holder that it stays with them because they used it again. */
  | 'CANCELED'
  /** Tells the holder that it stays with them. */
  | 'KEPT'
  /** Asks again, because there was no answer. */
  | 'REMINDER'
  /** Tells the holder that it was taken. */
  | 'TAKEN';

/** How far a message is. */
export type CandidateMessageStatus =
  /** Not sent, because there was nothing to say any more. */
  | 'DROPPED'
  /** Given up. */
  | 'FAILED'
  /** To be sent, for the first time or again. */
  | 'QUEUED'
  /** Taken by the receiver or the mail server. */
  | 'SENT';

/** Conditions on a candidate's reason; all that are given must hold. */
export type CandidateReasonFilter = {
  /** Equal to. */
  eq?: InputMaybe<ReclamationReason>;
  /** One of. */
  in?: InputMaybe<Array<ReclamationReason>>;
  /** Unknown (true) or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Other than. */
  ne?: InputMaybe<ReclamationReason>;
  /** None of. */
  notIn?: InputMaybe<Array<ReclamationReason>>;
};

/** A sign of use with its last time. */
export type CandidateSign = {
  __typename?: 'CandidateSign';
  /** Last time; null for never. */
  lastAt: Maybe<Scalars['DateTime']['output']>;
  /** Name of the sign. */
  sign: Scalars['String']['output'];
};

/** Conditions on a candidate's status; all that are given must hold. */
export type CandidateStatusFilter = {
  /** Equal to. */
  eq?: InputMaybe<ReclamationCandidateStatus>;
  /** One of. */
  in?: InputMaybe<Array<ReclamationCandidateStatus>>;
  /** Unknown (true) or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Other than. */
  ne?: InputMaybe<ReclamationCandidateStatus>;
  /** None of. */
  notIn?: InputMaybe<Array<ReclamationCandidateStatus>>;
};

/** Answer of mutations about candidates. */
export type CandidatesPayload = {
  __typename?: 'CandidatesPayload';
  /** The candidates as they are now; empty when it was not done. */
  reclamationCandidates: Array<ReclamationCandidate>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** What is proposed for an add-on. */
export type CapacityAction =
  /** A smaller one would have been enough. */
  | 'REDUCE'
  /** It was not needed at all. */
  | 'REMOVE';

/** An add-on with a capacity. */
export type CapacityAddOn =
  /** Large meetings. */
  | 'LARGE_MEETING'
  /** Webinars. */
  | 'WEBINAR';

/** An add-on that is larger than anything its holder needed. */
export type CapacityProposal = {
  __typename?: 'CapacityProposal';
  /** What is proposed. */
  action: CapacityAction;
  /** Which add-on. */
  addOn: CapacityAddOn;
  /** How many people it lets in now; null where Zoom told none. */
  capacity: Maybe<Scalars['Int']['output']>;
  /** What a year of it saves, where the prices of both are entered in one currency; null otherwise. */
  estimatedAnnualSavings: Maybe<Money>;
  /** Webinars or meetings that were hosted in the time that was looked at. */
  held: Scalars['Int']['output'];
  /** Since when use is known without a gap. */
  knownFrom: Scalars['DateTime']['output'];
  /** Until when. */
  knownUntil: Scalars['DateTime']['output'];
  /** Most people in one of them; null when there was none. */
  peak: Maybe<Scalars['Int']['output']>;
  /** How many would be enough; null when it can go. */
  proposedCapacity: Maybe<Scalars['Int']['output']>;
  /** Room above the fullest one that the proposal leaves, in percent. */
  reservePercent: Scalars['Int']['output'];
  /** Who holds it. */
  user: User;
};

/** A page of proposals. */
export type CapacityProposalConnection = {
  __typename?: 'CapacityProposalConnection';
  /** Proposals with their cursors. */
  edges: Array<CapacityProposalEdge>;
  /** The proposals alone. */
  nodes: Array<CapacityProposal>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A proposal with its cursor. */
export type CapacityProposalEdge = {
  __typename?: 'CapacityProposalEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The proposal. */
  node: CapacityProposal;
};

/** How sure something is. */
export type Certainty =
  /** Zoom says so. */
  | 'KNOWN'
  /** It fits what is known, and nothing speaks against it. */
  | 'LIKELY'
  /** Nothing is known. */
  | 'UNKNOWN';

/** What the comparison of owned and assigned says. */
export type CompliancePosition =
  /** As many are assigned as are owned, and all are used; or there is no limit. */
  | 'COMPLIANT'
  /** More are assigned than owned. */
  | 'OVER_ASSIGNED'
  /** Some are unassigned or not used. */
  | 'UNDER_USED'
  /** Not known how many are owned. */
  | 'UNKNOWN';

/** Conditions on a position; all that are given must hold. */
export type CompliancePositionFilter = {
  /** Equal to. */
  eq?: InputMaybe<CompliancePosition>;
  /** One of. */
  in?: InputMaybe<Array<CompliancePosition>>;
  /** Unknown (true) or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Other than. */
  ne?: InputMaybe<CompliancePosition>;
  /** None of. */
  notIn?: InputMaybe<Array<CompliancePosition>>;
};

/** Names a reclamation to confirm. */
export type ConfirmReclamationInput = {
  /** `planHash` as it was shown; when it is sent, nothing else is confirmed. */
  planHash?: InputMaybe<Scalars['String']['input']>;
  /** Which one. */
  reclamationId: Scalars['ID']['input'];
};

/** Result of a check of the connection. */
export type ConnectionCheck = {
  __typename?: 'ConnectionCheck';
  /** When it was made. */
  checkedAt: Scalars['DateTime']['output'];
  /** Each call that was tried. */
  checks: Array<ConnectionCheckResult>;
  /** Did all that was needed work? */
  ok: Scalars['Boolean']['output'];
};

/** One call of a connection check. */
export type ConnectionCheckResult = {
  __typename?: 'ConnectionCheckResult';
  /** Zoom endpoint that was called. */
  endpoint: Scalars['String']['output'];
  /** What happened, in words. */
  message: Scalars['String']['output'];
  /** Did it work? */
  ok: Scalars['Boolean']['output'];
  /** Task that needs it. */
  task: IntegrationTask;
};

/** Exactly one of user, e-mail pattern, license, group, department, role and sub account. */
export type CreateExclusionInput = {
  /** A department. */
  department?: InputMaybe<Scalars['String']['input']>;
  /** Whole e-mail addresses, `*` for anything (at most ten times), whatever the case of letters. */
  emailPattern?: InputMaybe<Scalars['String']['input']>;
  /** When it ends; left out, never. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Members of a group, by id. */
  groupId?: InputMaybe<Scalars['ID']['input']>;
  /** The integration that it is for; left out, all (user, license, group and sub account know their own). */
  integrationId?: InputMaybe<Scalars['ID']['input']>;
  /** A license, by id. */
  licenseId?: InputMaybe<Scalars['ID']['input']>;
  /** Who answers for it; left out, the caller. */
  owner?: InputMaybe<Scalars['String']['input']>;
  /** Why. */
  reason: Scalars['String']['input'];
  /** Holders of a role, by Zoom's id: 0 owner, 1 admin, 2 member, or what Zoom lists for roles of your own. */
  roleId?: InputMaybe<Scalars['String']['input']>;
  /** Out of what. */
  scope?: InputMaybe<ExclusionScope>;
  /** Everybody in a sub account, by id. */
  subAccountId?: InputMaybe<Scalars['ID']['input']>;
  /** A user, by id. */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

/** Profile of a new integration. */
export type CreateIntegrationInput = {
  /** Start of the activity to look at, at most 365 days back; left out, 60 days. */
  analyzeActivityFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Client id of an OAuth app of your own; left out, the vendor's app of the region is used. */
  clientId?: InputMaybe<Scalars['String']['input']>;
  /** Client secret of that app. Stored encrypted, never shown again. */
  clientSecret?: InputMaybe<Scalars['String']['input']>;
  /** Name for people, 1 to 200 characters. */
  displayName: Scalars['String']['input'];
  /** Erase users, meetings and licenses when an administrator removes the app at Zoom. */
  eraseDataOnDeauthorization?: InputMaybe<Scalars['Boolean']['input']>;
  /** Count Basic users in licenses, activity and candidates. Switched on, the next sync asks for what is known of counted users only: settings, and meetings that they created. */
  includeFreeUsers?: InputMaybe<Scalars['Boolean']['input']>;
  /** Count on-premises users; tiered integrations only. Switched on, the next sync asks for the meetings that they created. */
  includeOnPremises?: InputMaybe<Scalars['Boolean']['input']>;
  /** A regular account, or a master account with sub accounts. */
  kind?: IntegrationKind;
  /** Of which meetings polls and registrations are read. */
  meetingDetail?: InputMaybe<MeetingDetail>;
  /** Which of Zoom's rate limits apply; left out, learned. */
  rateLimitPlan?: InputMaybe<RateLimitPlan>;
  /** Region of the vendor's OAuth app. */
  region?: Region;
  /** Addresses of users that are programs, at most 100, each with up to 100 characters; `*` stands for anything. Left out, the usual ones such as `svc-*`. */
  serviceAccountPatterns?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Tasks to switch on; left out, all. The roster is always on. */
  tasks?: InputMaybe<Array<IntegrationTask>>;
};

/** A new rule. */
export type CreateReclamationRuleInput = {
  /** What is to happen. */
  action?: ReclamationAction;
  /** Unique id of the license that it looks at; left out, every paid base license. */
  appliesTo?: InputMaybe<Scalars['String']['input']>;
  /** Narrows it down. */
  condition?: InputMaybe<RuleConditionInput>;
  /** Yes, over half of the paid users are meant: without it a rule that is switched on and finds so many is refused (`TOO_BROAD`). */
  confirmBroad?: InputMaybe<Scalars['Boolean']['input']>;
  /** Days that the user has to answer, 0 to 365. */
  daysBeforeAutoReclamation?: InputMaybe<Scalars['Int']['input']>;
  /** Does it find candidates? */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Days without activity, 1 to 3650. */
  inactivityThresholdDays?: InputMaybe<Scalars['Int']['input']>;
  /** The integration that it looks at. */
  integrationId: Scalars['ID']['input'];
  /** Name for people, 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** Ask the user first. */
  notifyUser?: InputMaybe<Scalars['Boolean']['input']>;
  /** Goes before rules with a lower one, -1000 to 1000. */
  priority?: InputMaybe<Scalars['Int']['input']>;
  /** Signs of use that count, at least one; left out, the usual ones: signed in, hosted or joined a meeting, hosted a webinar. */
  signs?: InputMaybe<Array<ActivitySign>>;
};

/** A daily limit of Zoom's, by the account's rate-limit plan. */
export type DailyCap = {
  __typename?: 'DailyCap';
  /** Do the planned calls fit? */
  fits: Scalars['Boolean']['output'];
  /** Label whose calls it limits; heavy and resource-intensive calls share one. */
  label: ZoomRateLabel;
  /** Calls that a sync may still make today; a fifth of the day is left to people. */
  left: Scalars['Int']['output'];
  /** Calls that a day (UTC) has. */
  limit: Scalars['Int']['output'];
  /** Calls of today that we know of. */
  usedToday: Scalars['Int']['output'];
};

/** Zoom's own count of one day (UTC). The figures of today still grow. */
export type DailyUsage = {
  __typename?: 'DailyUsage';
  /** Which day. */
  day: Scalars['Date']['output'];
  /** Minutes that meetings took. */
  meetingMinutes: Scalars['Int']['output'];
  /** Meetings that were held. */
  meetings: Scalars['Int']['output'];
  /** Users who were added. */
  newUsers: Scalars['Int']['output'];
  /** Participants of meetings. */
  participants: Scalars['Int']['output'];
};

/** Conditions on an instant; all that are given must hold. */
export type DateTimeFilter = {
  /** Equal to. */
  eq?: InputMaybe<Scalars['DateTime']['input']>;
  /** After. */
  gt?: InputMaybe<Scalars['DateTime']['input']>;
  /** After or at. */
  gte?: InputMaybe<Scalars['DateTime']['input']>;
  /** One of. */
  in?: InputMaybe<Array<Scalars['DateTime']['input']>>;
  /** Unknown or never (true), or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Before. */
  lt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Before or at. */
  lte?: InputMaybe<Scalars['DateTime']['input']>;
  /** Other than; unknown values count as other. */
  ne?: InputMaybe<Scalars['DateTime']['input']>;
  /** None of; unknown values count as none. */
  notIn?: InputMaybe<Array<Scalars['DateTime']['input']>>;
};

/** Ends an authorization. */
export type DeauthorizeIntegrationInput = {
  /** Erase users, meetings and licenses too; otherwise they stay as they were last seen. */
  eraseData?: InputMaybe<Scalars['Boolean']['input']>;
  /** Which one. */
  integrationId: Scalars['ID']['input'];
};

/** Which exchange rate to delete. */
export type DeleteExchangeRateInput = {
  /** Its id. */
  exchangeRateId: Scalars['ID']['input'];
};

/** Answer of `deleteExchangeRate`. */
export type DeleteExchangeRatePayload = {
  __typename?: 'DeleteExchangeRatePayload';
  /** Id of the rate that was deleted; null when none was. */
  deletedExchangeRateId: Maybe<Scalars['ID']['output']>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Names an exclusion to lift. */
export type DeleteExclusionInput = {
  /** Which one. */
  exclusionId: Scalars['ID']['input'];
};

/** Answer of `deleteExclusion`. */
export type DeleteExclusionPayload = {
  __typename?: 'DeleteExclusionPayload';
  /** Id of the lifted exclusion; null when nothing was lifted. */
  deletedExclusionId: Maybe<Scalars['ID']['output']>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Names an integration to delete. */
export type DeleteIntegrationInput = {
  /** Which one. */
  integrationId: Scalars['ID']['input'];
};

/** Answer of `deleteIntegration`. */
export type DeleteIntegrationPayload = {
  __typename?: 'DeleteIntegrationPayload';
  /** Id of the deleted integration; null when nothing was deleted. */
  deletedIntegrationId: Maybe<Scalars['ID']['output']>;
  /** The integration as it was before it was deleted; null when nothing was deleted. */
  integration: Maybe<Integration>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Names a rule to delete. */
export type DeleteReclamationRuleInput = {
  /** Which one. */
  ruleId: Scalars['ID']['input'];
};

/** Answer of `deleteReclamationRule`. */
export type DeleteReclamationRulePayload = {
  __typename?: 'DeleteReclamationRulePayload';
  /** Id of the deleted rule; null when nothing was deleted. */
  deletedRuleId: Maybe<Scalars['ID']['output']>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Which candidates to close, and why. */
export type DismissCandidatesInput = {
  /** Candidates, 1 to 500. */
  candidateIds: Array<Scalars['ID']['input']>;
  /** Why, for the history. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** Answer of `dismissCandidates`. */
export type DismissCandidatesPayload = {
  __typename?: 'DismissCandidatesPayload';
  /** The candidates as they are now. */
  reclamationCandidates: Array<ReclamationCandidate>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Calls of a run to one endpoint. */
export type EndpointCalls = {
  __typename?: 'EndpointCalls';
  /** The endpoint, as `GET /users`. */
  endpoint: Scalars['String']['output'];
  /** Its rate-limit label; null when we no longer call it. */
  label: Maybe<ZoomRateLabel>;
  /** Calls that were planned; null when the run had no plan. */
  planned: Maybe<Scalars['Int']['output']>;
  /** Calls that were sent, repetitions included. */
  spent: Scalars['Int']['output'];
  /** Why so many were planned, in words; null when none were. */
  why: Maybe<Scalars['String']['output']>;
};

/** What was bought for a time, entered by hand. */
export type Entitlement = {
  __typename?: 'Entitlement';
  /** What its seats cost a year: those that it stands for today, or, while it does not count, its own quantity. Null without a price, where it has no quantity and does not count, and where the license is kept out of cost. */
  annualCost: Maybe<Money>;
  /** What one license costs a year by this term; null without a price, and for a price paid once where the dates don't say for how long. */
  annualCostPerLicense: Maybe<Money>;
  /** Price of one license for one payment period; null when not entered. */
  cost: Maybe<Scalars['Decimal']['output']>;
  /** Seats that it stands for today in the cost of its license, without those kept out of cost; none where it does not count today. */
  countedSeats: Scalars['Int']['output'];
  /** Currency of the price; null when not entered. */
  currency: Maybe<Scalars['Currency']['output']>;
  /** First day; null when not entered, which is since ever. */
  effectiveDate: Maybe<Scalars['Date']['output']>;
  /** Last day; null when not entered, which is without an end. */
  expirationDate: Maybe<Scalars['Date']['output']>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** How often the price is paid; null when not entered. */
  paymentFrequency: Maybe<PaymentFrequency>;
  /** Number of the purchase; null when not entered. */
  purchaseIdentifier: Maybe<Scalars['String']['output']>;
  /** Seats bought by this term; null when not entered, or unlimited. */
  quantity: Maybe<Scalars['Int']['output']>;
  /** Does it count today (UTC)? */
  status: EntitlementStatus;
  /** Are as many seats bought as anybody likes? One such term in force makes all of the license unlimited. */
  unlimited: Scalars['Boolean']['output'];
  /** When that was. */
  updatedAt: Scalars['DateTime']['output'];
  /** Who entered it, or changed it last. */
  updatedBy: Scalars['String']['output'];
};


/** What was bought for a time, entered by hand. */
export type EntitlementAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** What was bought for a time, entered by hand. */
export type EntitlementAnnualCostPerLicenseArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};

/** Something about the terms of a license that makes its cost less certain than it looks. */
export type EntitlementIssue = {
  __typename?: 'EntitlementIssue';
  /** What it is, for programs. */
  code: EntitlementIssueCode;
  /** The terms that it is about. */
  entitlements: Array<Entitlement>;
  /** First day that it is about; null for since ever. */
  from: Maybe<Scalars['Date']['output']>;
  /** What it is, what it means and what to do, for people. */
  message: Scalars['String']['output'];
  /** Last day that it is about; null for without an end. */
  to: Maybe<Scalars['Date']['output']>;
};

/** What can be wrong with the terms of a license. */
export type EntitlementIssueCode =
  /** The last term has ended; its price still stands in. */
  | 'ENDED'
  /** No term counts for some days between two. */
  | 'GAP'
  /** The first term has not begun; its price stands in already. */
  | 'NOT_BEGUN'
  /** A term has no price. */
  | 'NO_PRICE'
  /** A term is paid once, and its dates don't say for how long. */
  | 'ONCE_WITHOUT_DATES'
  /** Two terms count at once, without quantities that tell them apart, or in different currencies. */
  | 'OVERLAP';

/** Where today (UTC) lies of a term. */
export type EntitlementStatus =
  /** It begins after today. Its price stands in while no other term was ever in force. */
  | 'AHEAD'
  /** It ended before today. Its price stands in while no term is in force. */
  | 'ENDED'
  /** It counts: today is one of its days, of which the first and the last are two. */
  | 'IN_FORCE';

/** What money of one currency is worth in another, entered by hand. */
export type ExchangeRate = {
  __typename?: 'ExchangeRate';
  /** When it was entered. */
  createdAt: Scalars['DateTime']['output'];
  /** Who entered it. */
  createdBy: Scalars['String']['output'];
  /** Currency that is converted. */
  from: Scalars['Currency']['output'];
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Is it the one that counts today (UTC)? */
  inUse: Scalars['Boolean']['output'];
  /** So many of `to` for one of `from`, exact, as a decimal number in text. */
  rate: Scalars['String']['output'];
  /** Currency that it is converted into. */
  to: Scalars['Currency']['output'];
  /** First day (UTC) that it counts for; it counts until the next one's. */
  validFrom: Scalars['Date']['output'];
};

/** What is kept out of the cost of a license by exclusions from cost; all of it while the license is not managed. */
export type ExcludedFromCost = {
  __typename?: 'ExcludedFromCost';
  /** How many of the assigned are kept out. */
  assigned: Scalars['Int']['output'];
  /** How many of the inactive are kept out. */
  inactive: Scalars['Int']['output'];
  /** Is the license itself kept out, with all of its holders? */
  license: Scalars['Boolean']['output'];
};

/** Keeps somebody or something out of candidates, of cost, or of both. */
export type Exclusion = {
  __typename?: 'Exclusion';
  /** Does it hold now? */
  active: Scalars['Boolean']['output'];
  /** The department kept out; null when it is about something else. */
  department: Maybe<Scalars['String']['output']>;
  /** E-mail addresses kept out, `*` for anything; null when it is about something else. */
  emailPattern: Maybe<Scalars['String']['output']>;
  /** When it ends; null for never. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** The group whose members are kept out; null when it is about something else. */
  group: Maybe<Group>;
  /** What it keeps out of candidates right now: whom the next look would find without it. Nothing while it is about cost only. */
  hides: HiddenByExclusion;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** The integration that it is for; null for all. */
  integration: Maybe<Integration>;
  /** The license kept out; null when it is about something else. */
  license: Maybe<License>;
  /** Who answers for it. */
  owner: Scalars['String']['output'];
  /** Why. */
  reason: Scalars['String']['output'];
  /** Zoom's id of the role whose holders are kept out; null when it is about something else. */
  roleId: Maybe<Scalars['String']['output']>;
  /** Out of what. */
  scope: ExclusionScope;
  /** The sub account that is kept out with everybody in it; null when it is about something else. */
  subAccount: Maybe<SubAccount>;
  /** The user kept out; null when it is about something else. */
  user: Maybe<User>;
};

/** A page of exclusions. */
export type ExclusionConnection = {
  __typename?: 'ExclusionConnection';
  /** Exclusions with their cursors. */
  edges: Array<ExclusionEdge>;
  /** The exclusions alone. */
  nodes: Array<Exclusion>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** An exclusion with its cursor. */
export type ExclusionEdge = {
  __typename?: 'ExclusionEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The exclusion. */
  node: Exclusion;
};

/** Answer of `createExclusion` and `updateExclusion`. */
export type ExclusionPayload = {
  __typename?: 'ExclusionPayload';
  /** The exclusion; null when none was made or changed. */
  exclusion: Maybe<Exclusion>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** What an exclusion keeps out of. */
export type ExclusionScope =
  /** Out of both. */
  | 'BOTH'
  /** Out of candidates. */
  | 'CANDIDATES'
  /** Out of cost. */
  | 'COST';

/** Where a seat that was taken back has ended. */
export type FreedSeatState =
  /** It idles in the pool, or nothing more can be proven of it. */
  | 'FREED'
  /** It was given up: fewer seats are owned. */
  | 'REALIZED'
  /** Its user has it again. */
  | 'RETURNED'
  /** Somebody else was given it when otherwise none would have been free. */
  | 'REUSED';

/** A Zoom user group. */
export type Group = {
  __typename?: 'Group';
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Zoom's own count of its members. */
  memberCount: Scalars['Int']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Its members on the roster. */
  users: UserConnection;
};


/** A Zoom user group. */
export type GroupUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of groups. */
export type GroupConnection = {
  __typename?: 'GroupConnection';
  /** Groups with their cursors. */
  edges: Array<GroupEdge>;
  /** The groups alone. */
  nodes: Array<Group>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A group with its cursor. */
export type GroupEdge = {
  __typename?: 'GroupEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The group. */
  node: Group;
};

/** What an exclusion keeps out of candidates. */
export type HiddenByExclusion = {
  __typename?: 'HiddenByExclusion';
  /** What those licenses cost a year, a currency each; of what has no price nothing. Also where it is kept out of cost. */
  annualCost: Array<Money>;
  /** Licenses of users that a rule would find; what another exclusion hides too counts with each. */
  candidates: Scalars['Int']['output'];
  /** Their users. */
  users: Scalars['Int']['output'];
};


/** What an exclusion keeps out of candidates. */
export type HiddenByExclusionAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};

/** What to hold, and why. */
export type HoldReclamationsInput = {
  /** Only this integration; left out, every one. */
  integrationId?: InputMaybe<Scalars['ID']['input']>;
  /** Why, 1 to 200 characters. */
  reason: Scalars['String']['input'];
};

/** Conditions on an id; all that are given must hold. */
export type IdFilter = {
  /** Equal to. */
  eq?: InputMaybe<Scalars['ID']['input']>;
  /** One of. */
  in?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** There is none (true) or some (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Other than; none counts as other. */
  ne?: InputMaybe<Scalars['ID']['input']>;
  /** None of. */
  notIn?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** Conditions on a whole number; all that are given must hold. */
export type IntFilter = {
  /** Equal to. */
  eq?: InputMaybe<Scalars['Int']['input']>;
  /** Greater than. */
  gt?: InputMaybe<Scalars['Int']['input']>;
  /** Greater than or equal. */
  gte?: InputMaybe<Scalars['Int']['input']>;
  /** One of. */
  in?: InputMaybe<Array<Scalars['Int']['input']>>;
  /** Unknown (true) or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Less than. */
  lt?: InputMaybe<Scalars['Int']['input']>;
  /** Less than or equal. */
  lte?: InputMaybe<Scalars['Int']['input']>;
  /** Other than; unknown values count as other. */
  ne?: InputMaybe<Scalars['Int']['input']>;
  /** None of; unknown values count as none. */
  notIn?: InputMaybe<Array<Scalars['Int']['input']>>;
};

/** One connection to one Zoom account: its profile, its authorization and its jobs. */
export type Integration = {
  __typename?: 'Integration';
  /** The Zoom account; null before authorization. */
  account: Maybe<Account>;
  /** What of its activity is known, of a tree of all its accounts, and why it isn't more. */
  activityWindow: ActivityWindow;
  /** Start of the activity that is looked at; null means 60 days before the first sync. */
  analyzeActivityFrom: Maybe<Scalars['DateTime']['output']>;
  /** What the licenses of its accounts cost a year, a currency each, as `Account.annualCost` counts; empty while there is no account. */
  annualCost: Array<Money>;
  /** Client id of the OAuth app in use; null when there is none yet. */
  clientId: Maybe<Scalars['String']['output']>;
  /** Result of the latest check of the connection; null before the first. */
  connectionCheck: Maybe<ConnectionCheck>;
  /** When it was created. */
  createdAt: Scalars['DateTime']['output'];
  /** Name for people. */
  displayName: Scalars['String']['output'];
  /** Are users, meetings and licenses erased when an administrator removes the app at Zoom? Otherwise they stay as they were last seen. */
  eraseDataOnDeauthorization: Scalars['Boolean']['output'];
  /** Scopes that Zoom granted; null before authorization. */
  grantedScopes: Maybe<Array<Scalars['String']['output']>>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Do Basic users count in licenses, activity and candidates? */
  includeFreeUsers: Scalars['Boolean']['output'];
  /** Do on-premises users count? Tiered integrations only. */
  includeOnPremises: Scalars['Boolean']['output'];
  /** Runs of its tasks, newest first. */
  jobRuns: JobRunConnection;
  /** A regular account, or a master account with sub accounts. */
  kind: IntegrationKind;
  /** The latest comparison of what is owned with what is used; null before the first. */
  latestReconciliation: Maybe<Reconciliation>;
  /** Of which meetings polls and registrations are read. */
  meetingDetail: MeetingDetail;
  /** What of its tree of accounts Zoom does not show it, and what to do about that; empty for a regular account. */
  outOfReach: Array<Scalars['String']['output']>;
  /** Kind of profile, always `Zoom Subscription`. */
  profileType: Scalars['String']['output'];
  /** Which of Zoom's rate limits apply; null until set or learned, then Zoom's headers rule. */
  rateLimitPlan: Maybe<RateLimitPlan>;
  /** Why it must be authorized again; null when it needn't. */
  reauthorizationReason: Maybe<Scalars['String']['output']>;
  /** What the inactive ones of them cost a year, a currency each; empty while there is no account. */
  reclaimableAnnualCost: Array<Money>;
  /** The hold that keeps anything from being taken or given back; null when none does. */
  reclamationHold: Maybe<ReclamationHold>;
  /** Redirect URL to enter in the Zoom app. */
  redirectUrl: Scalars['URL']['output'];
  /** Region of the vendor's OAuth app. */
  region: Region;
  /** What runs by itself, and when next. */
  scheduledJobs: Array<ScheduledJob>;
  /** Addresses of users that are programs, not people; `*` stands for anything. They are never candidates. */
  serviceAccountPatterns: Array<Scalars['String']['output']>;
  /** Where it stands between draft and connected. */
  status: IntegrationStatus;
  /** The five tasks, with what each needs and what is missing. */
  tasks: Array<TaskSetting>;
};


/** One connection to one Zoom account: its profile, its authorization and its jobs. */
export type IntegrationAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** One connection to one Zoom account: its profile, its authorization and its jobs. */
export type IntegrationJobRunsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** One connection to one Zoom account: its profile, its authorization and its jobs. */
export type IntegrationReclaimableAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};

/** Names an integration. */
export type IntegrationIdInput = {
  /** Which one. */
  integrationId: Scalars['ID']['input'];
};

/** A regular account, or a master account with sub accounts. */
export type IntegrationKind =
  /** An account without sub accounts, or whose sub accounts are not looked at. */
  | 'REGULAR'
  /** A master account with its sub accounts. */
  | 'TIERED';

/** Answer of mutations about an integration. */
export type IntegrationPayload = {
  __typename?: 'IntegrationPayload';
  /** The integration as it is now; null when there is none. */
  integration: Maybe<Integration>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Where an integration stands between draft and connected. */
export type IntegrationStatus =
  /** Consent was given; the connection has not passed its check yet. */
  | 'AUTHORIZED'
  /** Checked and working. */
  | 'CONNECTED'
  /** Deauthorized on purpose, here or at Zoom. */
  | 'DISCONNECTED'
  /** Created or changed; not authorized, or to be validated again. */
  | 'DRAFT'
  /** Zoom no longer accepts the grant; somebody must authorize again. */
  | 'REAUTHORIZATION_REQUIRED';

/** What an integration can do. */
export type IntegrationTask =
  /** Who uses it: logins, meetings, webinars. */
  | 'APPLICATION_ACCESS'
  /** Who is on the account, in every status. Always on. */
  | 'APPLICATION_ROSTER'
  /** Which licenses everybody holds, and who uses which. */
  | 'LICENSE_DIFFERENTIATION'
  /** Plan names and seat counts from Zoom's billing. */
  | 'LICENSE_INFORMATION'
  /** Taking licenses back. */
  | 'RECLAMATION';

/** What a plan says of one user, as it was when it was made. */
export type ItemPlan = {
  __typename?: 'ItemPlan';
  /** What a year without it saves; null when nobody entered a cost. */
  estimatedAnnualSavings: Maybe<Money>;
  /** What that rests on. */
  evidence: CandidateEvidence;
  /** Whole days without any sign that the rule counts. */
  inactiveDays: Scalars['Int']['output'];
  /** Last sign that the rule counts; null for never. */
  lastActivityAt: Maybe<Scalars['DateTime']['output']>;
  /** What the user loses, in words. */
  loses: Array<Scalars['String']['output']>;
  /** Why. */
  reason: ReclamationReason;
  /** Name of the rule that found them. */
  rule: Scalars['String']['output'];
  /** What could go wrong, worst first. */
  warnings: Array<PlanWarning>;
};

/** How much of a run is done. */
export type JobProgress = {
  __typename?: 'JobProgress';
  /** Steps done. */
  done: Scalars['Int']['output'];
  /** Steps known so far; grows while the work is being discovered. */
  total: Scalars['Int']['output'];
};

/** One run of one task. */
export type JobRun = {
  __typename?: 'JobRun';
  /** What was planned and what was spent, endpoint by endpoint. */
  callsByEndpoint: Array<EndpointCalls>;
  /** What went wrong or is missing, in words; null when nothing is. */
  error: Maybe<Scalars['String']['output']>;
  /** When it ended; null before. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Whose run it is. */
  integration: Integration;
  /** Calls that were planned when it began, and refined where it found more to do; null when none were planned. */
  plannedCalls: Maybe<ZoomCalls>;
  /** How much of it is done. */
  progress: JobProgress;
  /** When it was queued. */
  queuedAt: Scalars['DateTime']['output'];
  /** Who or what asked for it. */
  requestedBy: Scalars['String']['output'];
  /** When a worker took it up; null while queued. */
  startedAt: Maybe<Scalars['DateTime']['output']>;
  /** How far it is. */
  status: JobRunStatus;
  /** What it does. */
  task: IntegrationTask;
  /** Users that Zoom named in this run. */
  usersSeen: Scalars['Int']['output'];
  /** Calls to Zoom that it spent, by rate-limit label. */
  zoomCalls: ZoomCalls;
};

/** A page of job runs. */
export type JobRunConnection = {
  __typename?: 'JobRunConnection';
  /** Runs with their cursors. */
  edges: Array<JobRunEdge>;
  /** The runs alone. */
  nodes: Array<JobRun>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A job run with its cursor. */
export type JobRunEdge = {
  __typename?: 'JobRunEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The run. */
  node: JobRun;
};

/** How far a run is. */
export type JobRunStatus =
  /** Ended without a result. */
  | 'FAILED'
  /** Finished, but something is missing; what is missing is said, and nothing was concluded from it. */
  | 'INCOMPLETE'
  /** Waiting for a worker. */
  | 'QUEUED'
  /** A worker is at it. */
  | 'RUNNING'
  /** Finished; all of it is true. */
  | 'SUCCEEDED';

/** A thing that users hold: a user type of the plan, or an add-on in one capacity. */
export type License = {
  __typename?: 'License';
  /** The account that holds it, or the master account above the sub account. */
  account: Account;
  /** Holders with activity within the rule's threshold and Zoom's three days. */
  active: Scalars['Int']['output'];
  /** What it costs a year, in the currency of the term that counts today: each term in force by its own seats and price, a term without a quantity for the provisioned licenses that no other term counts (for the assigned ones where it is not known how many there are). Without those kept out of cost. Null without a price, and where the license is kept out of cost. */
  annualCost: Maybe<Money>;
  /** The same for terms of all currencies, an amount each; amounts of different currencies are never added. */
  annualCosts: Array<Money>;
  /** How many users hold it. Free and on-premises users count only where the integration includes them, and so below. */
  assigned: Scalars['Int']['output'];
  /** How many Zoom itself counts as given out; null where it counts none. Never how many are owned. */
  assignedByZoom: Maybe<ZoomCount>;
  /** Do name and count come from Zoom? */
  autoPopulated: Scalars['Boolean']['output'];
  /** Base license or add-on. */
  category: LicenseCategory;
  /** Owned against assigned. */
  compliance: LicenseCompliance;
  /** The term of what was bought whose price is that of one license today: of those in force the one that began last, otherwise the one that ended last, otherwise the first one to come. Null when nothing was entered. */
  entitlement: Maybe<Entitlement>;
  /** What makes the cost less certain than it looks: terms that overlap, gaps between them, prices that are missing or have ended. */
  entitlementIssues: Array<EntitlementIssue>;
  /** Everything that was bought, term by term, the one that begins first before the others. */
  entitlements: Array<Entitlement>;
  /** What is kept out of every cost of the license, by exclusions or because it is not managed. */
  excludedFromCost: ExcludedFromCost;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Holders without: those who were active before, and the never active. */
  inactive: Scalars['Int']['output'];
  /** When Zoom's plan usage of the account was last read, once every 24 hours: until the next time it may not match Zoom's portal. Null: never, or Zoom does not give it. */
  informationAt: Maybe<Scalars['DateTime']['output']>;
  /** What the latest reconciliation of the integration found of it; null where there was none, or where it was left out. Its position is that of `compliance` at that moment, but `UNKNOWN` where the data did not prove it. */
  latestReconciliationLine: Maybe<ReconciliationLine>;
  /** Is it managed here? One that isn't is shown, and has no costs and no candidates. */
  managed: Scalars['Boolean']['output'];
  /** Name for people: Zoom's, or the one that was entered where the integration does not read licenses from Zoom. */
  name: Scalars['String']['output'];
  /** Those of the inactive who never showed a sign of use. */
  neverActive: Scalars['Int']['output'];
  /** Zoom's plan code that provides it, several joined by a plus sign; null where Zoom names none, or none any more. */
  plan: Maybe<Scalars['String']['output']>;
  /** Since when Zoom's plan usage names no plan for it any more; null while it does, or never did. Its holders stay. */
  planGoneAt: Maybe<Scalars['DateTime']['output']>;
  /** What that plan is called; null where Zoom names none. A code that nobody knows is said to be unknown. */
  planName: Maybe<Scalars['String']['output']>;
  /** What somebody should look at; empty when nothing is odd. */
  problems: Array<LicenseProblem>;
  /** How many may be assigned. */
  provisioned: ProvisionedLicenses;
  /** What may be entered as provisioned where the integration does not read it from Zoom, by the user type. */
  provisionedEntry: ProvisionedEntry;
  /** Fields that can't be entered now: all of them while the integration reads them from Zoom (task `LICENSE_INFORMATION`). */
  readOnlyFields: Array<LicenseField>;
  /** What the inactive ones cost a year, each at the price of `entitlement`, without those kept out of cost. Null without a price, and where the license is kept out of cost. */
  reclaimableAnnualCost: Maybe<Money>;
  /** The sub account that holds it; null for licenses of the account itself. */
  subAccount: Maybe<SubAccount>;
  /** Owned and not assigned; null where it is not known how many are owned, or they are unlimited. */
  unassigned: Maybe<Scalars['Int']['output']>;
  /** Stable within the account, for example `LICENSED` or `WEBINAR_500`. */
  uniqueId: Scalars['String']['output'];
  /** For base licenses, whose type it is; null for add-ons. */
  userType: Maybe<UserType>;
  /** Who holds it. */
  users: UserConnection;
};


/** A thing that users hold: a user type of the plan, or an add-on in one capacity. */
export type LicenseAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** A thing that users hold: a user type of the plan, or an add-on in one capacity. */
export type LicenseAnnualCostsArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** A thing that users hold: a user type of the plan, or an add-on in one capacity. */
export type LicenseReclaimableAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** A thing that users hold: a user type of the plan, or an add-on in one capacity. */
export type LicenseUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<Array<UserOrder>>;
};

/** Base license or add-on. */
export type LicenseCategory =
  /** Something on top, for example webinars. */
  | 'ADD_ON'
  /** The license that makes the user what it is. */
  | 'BASE';

/** Owned against assigned. */
export type LicenseCompliance = {
  __typename?: 'LicenseCompliance';
  /** Owned minus assigned; null when unknown, or when there is no limit. */
  delta: Maybe<Scalars['Int']['output']>;
  /** What the comparison says. */
  position: CompliancePosition;
};

/** A field of a license that can be entered where Zoom does not say it. */
export type LicenseField =
  /** The name. */
  | 'NAME'
  /** How many may be assigned. */
  | 'PROVISIONED'
  /** The user type. */
  | 'USER_TYPE';

/** Something about a license that somebody should look at. */
export type LicenseProblem = {
  __typename?: 'LicenseProblem';
  /** What it is. */
  code: LicenseProblemCode;
  /** What it means and what to do, in words. */
  message: Scalars['String']['output'];
};

/** What is odd about a license. */
export type LicenseProblemCode =
  /** It is an on-premises license, and the account's plan has no On-Premises Meeting Connector: only Enterprise, Business and Education have. */
  | 'ON_PREMISES_NOT_IN_PLAN'
  /** Zoom's plan usage named a plan for it, and does not any more. */
  | 'PLAN_GONE';

/** Who or what gave a license back that was taken. */
export type LicenseReturnCause = {
  __typename?: 'LicenseReturnCause';
  /** What it was. */
  cause: LicenseReturnCauseKind;
  /** How sure that is. */
  certainty: Certainty;
  /** What it rests on, and what to change so that it doesn't come back again. */
  message: Scalars['String']['output'];
  /** Who, by the address in Zoom's webhook or operation log; null when neither says. */
  operator: Maybe<Scalars['String']['output']>;
};

/** What gave a license back. */
export type LicenseReturnCauseKind =
  /** Somebody, or a program that somebody lets act in Zoom. */
  | 'PERSON'
  /** The mapping that Zoom applies at every single sign-on. */
  | 'SSO_MAPPING'
  /** Nobody knows. */
  | 'UNKNOWN';

/** What taking one license back has saved. */
export type LicenseSavings = {
  __typename?: 'LicenseSavings';
  /** Idle in the pool. */
  freed: SavingsFigure;
  /** The license. */
  license: License;
  /** Open candidates. */
  potential: SavingsFigure;
  /** Given up: money saved. */
  realized: SavingsFigure;
  /** With their users again: no saving. */
  returned: SavingsFigure;
  /** Given to somebody else: a purchase was avoided. */
  reused: SavingsFigure;
};

/** What Zoom says of a user this very moment. */
export type LiveUser = {
  __typename?: 'LiveUser';
  /** Department; null where Zoom tells none. */
  department: Maybe<Scalars['String']['output']>;
  /** Client that was last used to sign in; null where Zoom tells none. */
  lastClientVersion: Maybe<Scalars['String']['output']>;
  /** Last sign-in as Zoom shows it, up to three days late; null for never. */
  lastLoginAt: Maybe<Scalars['DateTime']['output']>;
  /** When Zoom was asked. */
  readAt: Scalars['DateTime']['output'];
  /** Active, deactivated or invited. */
  status: UserStatus;
  /** What kind of user it is. */
  type: UserType;
  /** Zoom's number for the type; null where Zoom sent none. */
  typeCode: Maybe<Scalars['Int']['output']>;
};

/** Which licenses are managed. */
export type ManageLicensesInput = {
  /** Licenses to be managed from now on. */
  add?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Of which integration, with all its sub accounts. */
  integrationId: Scalars['ID']['input'];
  /** Licenses that are no longer managed. Their open candidates are closed, but for those that are being taken back right now. */
  remove?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** Answer of `manageLicenses`. */
export type ManageLicensesPayload = {
  __typename?: 'ManageLicensesPayload';
  /** The licenses that were named, as they are now, those to be added first; null when nothing was done. */
  licenses: Maybe<Array<License>>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** A domain whose users the account may manage. */
export type ManagedDomain = {
  __typename?: 'ManagedDomain';
  /** The domain. */
  domain: Scalars['String']['output'];
  /** Where it stands, as Zoom names it, for example `verified`; null where Zoom doesn't say. */
  status: Maybe<Scalars['String']['output']>;
};

/** Says which license an identifier stands for: `licenseId` or `licenseName`, not both. */
export type MapUnrecognizedSubscriptionInput = {
  /** Identifier, as `unrecognizedSubscriptions` names it. */
  identifier: Scalars['String']['input'];
  /** The integration that it was sent to. */
  integrationId: Scalars['ID']['input'];
  /** A license of the integration that it stands for. */
  licenseId?: InputMaybe<Scalars['ID']['input']>;
  /** Name of a license of its own, 1 to 200 characters. */
  licenseName?: InputMaybe<Scalars['String']['input']>;
};

/** A meeting or webinar that took place; one of a series is one of these. */
export type Meeting = {
  __typename?: 'Meeting';
  /** Was it recorded in the cloud? Null where recordings were not read for its time. */
  cloudRecorded: Maybe<Scalars['Boolean']['output']>;
  /** When it was created; null where Zoom tells none. */
  createdAt: Maybe<Scalars['DateTime']['output']>;
  /** How long it took, in minutes; null where Zoom tells none. */
  durationMinutes: Maybe<Scalars['Int']['output']>;
  /** When it ended; null where Zoom tells none. */
  endTime: Maybe<Scalars['DateTime']['output']>;
  /** Who hosted it; null when the host is not on the roster. */
  host: Maybe<User>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Meeting or webinar. */
  kind: MeetingKind;
  /** How many people were in it; null where Zoom tells none. */
  participantCount: Maybe<Scalars['Int']['output']>;
  /** Who was in it. Somebody who left and came back has two entries. */
  participants: ParticipantConnection;
  /** How many polls were answered; null until read. Read once, for the meetings that `meetingDetail` of the integration names. */
  pollCount: Maybe<Scalars['Int']['output']>;
  /** How many people registered for it, with its whole series; null until read. Read once a series, for the meetings that `meetingDetail` of the integration names. */
  registrantCount: Maybe<Scalars['Int']['output']>;
  /** When it started. */
  startTime: Scalars['DateTime']['output'];
  /** What it was about; null where Zoom tells none. */
  topic: Maybe<Scalars['String']['output']>;
  /** Zoom's id of this instance. */
  uuid: Scalars['String']['output'];
  /** Zoom's meeting number, which all instances of a series share. */
  zoomMeetingId: Scalars['String']['output'];
};


/** A meeting or webinar that took place; one of a series is one of these. */
export type MeetingParticipantsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of meetings. */
export type MeetingConnection = {
  __typename?: 'MeetingConnection';
  /** Meetings with their cursors. */
  edges: Array<MeetingEdge>;
  /** The meetings alone. */
  nodes: Array<Meeting>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** Of which meetings polls and registrations are read: a call or two for each, once ever. */
export type MeetingDetail =
  /** Of all. Costs the most calls. */
  | 'ALL'
  /** Of none. */
  | 'NONE'
  /** Of those whose hosts hold a paid license that nothing else that was seen has needed. */
  | 'WHERE_DECISIVE';

/** A meeting with its cursor. */
export type MeetingEdge = {
  __typename?: 'MeetingEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The meeting. */
  node: Meeting;
};

/** Meeting or webinar. */
export type MeetingKind =
  /** A meeting. */
  | 'MEETING'
  /** A webinar. */
  | 'WEBINAR';

/** A currency of prices that has no rate into another one. */
export type MissingExchangeRate = {
  __typename?: 'MissingExchangeRate';
  /** Currency of the prices. */
  from: Scalars['Currency']['output'];
  /** How many licenses have a price in it that counts today. */
  licenses: Scalars['Int']['output'];
  /** Currency that there is no rate into. */
  to: Scalars['Currency']['output'];
};

/** An exact amount of money in one currency. */
export type Money = {
  __typename?: 'Money';
  /** The amount in the currency's main unit. */
  amount: Scalars['Decimal']['output'];
  /** ISO 4217 code. */
  currency: Scalars['Currency']['output'];
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Says that what gave licenses back by themselves is mended: they may be taken again at once, instead of after 30 days. */
  acknowledgeReturns: CandidatesPayload;
  /** Enters one more term of what was bought of a license. */
  addEntitlement: AddEntitlementPayload;
  /** Lets a plan (`reclaim` with `dryRun`) be carried out exactly as it was shown. One that is too old, or of which something is not so any more, is refused as a whole. */
  applyReclamation: ReclamationPayload;
  /** Lets holders keep licenses that they want to keep (`AWAITING_APPROVAL`). Nobody decides about their own. */
  approveKeep: CandidatesPayload;
  /** Starts an authorization at Zoom. Open the URL in a browser before it expires. */
  authorizeIntegration: AuthorizeIntegrationPayload;
  /** Confirms a reclamation that the guard holds back, or that deletes somebody. Somebody else than who planned or applied it must do it. */
  confirmReclamation: ReclamationPayload;
  /** Keeps somebody or something out. Open candidates that it names are closed at once, unless somebody is acting on them. */
  createExclusion: ExclusionPayload;
  /** Creates an integration as a draft. Authorize it next. */
  createIntegration: IntegrationPayload;
  /** Creates a rule; it applies from the next look for candidates. */
  createReclamationRule: ReclamationRulePayload;
  /** Revokes the grant at Zoom, erases the tokens and stops the jobs. */
  deauthorizeIntegration: IntegrationPayload;
  /** Deletes an exchange rate; the one before it counts again. */
  deleteExchangeRate: DeleteExchangeRatePayload;
  /** Lifts an exclusion; the next look for candidates finds again whom it kept out. */
  deleteExclusion: DeleteExclusionPayload;
  /** Deletes an integration with its users, licenses and jobs, after revoking its grant at Zoom. Open candidates are closed as skipped; rules, reclamations and the audit trail stay. */
  deleteIntegration: DeleteIntegrationPayload;
  /** Deletes a rule; its open candidates are closed as skipped. */
  deleteReclamationRule: DeleteReclamationRulePayload;
  /** Closes candidates as skipped, without touching anybody. */
  dismissCandidates: DismissCandidatesPayload;
  /** Stops everything at once: nothing more is sent to Zoom to take or to give back until it is released. What is on its way is looked after. */
  holdReclamations: ReclamationHoldPayload;
  /** Says which licenses are managed: the others are still shown, and have no costs and no candidates. */
  manageLicenses: ManageLicensesPayload;
  /** Says which license an identifier stands for. Who holds it holds that license right away, and a plan gives it its seats. */
  mapUnrecognizedSubscription: UnrecognizedSubscriptionPayload;
  /** Plans taking licenses back, and queues it unless it is a dry run. Nothing is sent to Zoom inside the request. */
  reclaim: ReclamationPayload;
  /** Compares what is owned with what is assigned and used, as it is known now; Zoom is not asked. It also runs once a day by itself, after the sync. */
  reconcile: ReconcilePayload;
  /** Takes licenses back that their holders want to keep (`AWAITING_APPROVAL`), by the way of every reclamation. */
  rejectKeep: ReclamationPayload;
  /** Lets things be sent again. What a hold has stopped has to be asked for anew. */
  releaseReclamations: ReclamationHoldPayload;
  /** Removes a term of what was bought of a license. */
  removeEntitlement: RemoveEntitlementPayload;
  /** Says who has left the company, or will: licensed people among them become candidates with the reason `OFFBOARDED` without waiting for a rule's threshold. Candidates are looked for at once, in the background. Saying the same again changes nothing. */
  reportOffboarding: ReportOffboardingPayload;
  /** Queues giving back what a reclamation took. */
  restore: ReclamationPayload;
  /** Makes candidates ready again that need somebody's attention, after everything was checked once more; all of them or none. */
  resumeCandidates: CandidatesPayload;
  /** Notes that somebody has looked at a generated rule; who looked first stays. */
  reviewReclamationRule: ReclamationRulePayload;
  /** Enters what was bought in the place of a term of a license: dates, seats, price and purchase. */
  setEntitlement: SetEntitlementPayload;
  /** Enters what money of one currency is worth in another from a day on, in the place of what was entered for the same day. Only the direction that is entered is ever used. */
  setExchangeRate: SetExchangeRatePayload;
  /** Stops a reclamation before its next item; an item on its way is finished. */
  stopReclamation: ReclamationPayload;
  /** Queues a sync and answers at once; watch the job runs. */
  syncIntegration: SyncIntegrationPayload;
  /** Takes back what was said of an identifier. Who holds it holds a license of its own again right away. */
  unmapUnrecognizedSubscription: UnrecognizedSubscriptionPayload;
  /** Changes why, for how long and out of what an exclusion keeps; open candidates that it names now are closed at once. */
  updateExclusion: ExclusionPayload;
  /** Changes an integration. What was validated returns to draft when the change touches it. */
  updateIntegration: IntegrationPayload;
  /** Enters name, user type and seats of a license by hand, where the integration does not read them from Zoom. */
  updateLicense: UpdateLicensePayload;
  /** Changes a rule. Its open candidates are judged by it at once: those that it would not find any more are closed as skipped. */
  updateReclamationRule: ReclamationRulePayload;
  /** Checks the connection with read calls only; a success makes an authorized integration connected. */
  validateIntegration: IntegrationPayload;
  /** Takes back that people have left: they are back, or it was a mistake. Candidates that rest on it are closed, and nothing more is sent to Zoom because of it. */
  withdrawOffboarding: WithdrawOffboardingPayload;
};


export type MutationAcknowledgeReturnsArgs = {
  input: AcknowledgeReturnsInput;
};


export type MutationAddEntitlementArgs = {
  input: AddEntitlementInput;
};


export type MutationApplyReclamationArgs = {
  input: ApplyReclamationInput;
};


export type MutationApproveKeepArgs = {
  input: ApproveKeepInput;
};


export type MutationAuthorizeIntegrationArgs = {
  input: AuthorizeIntegrationInput;
};


export type MutationConfirmReclamationArgs = {
  input: ConfirmReclamationInput;
};


export type MutationCreateExclusionArgs = {
  input: CreateExclusionInput;
};


export type MutationCreateIntegrationArgs = {
  input: CreateIntegrationInput;
};


export type MutationCreateReclamationRuleArgs = {
  input: CreateReclamationRuleInput;
};


export type MutationDeauthorizeIntegrationArgs = {
  input: DeauthorizeIntegrationInput;
};


export type MutationDeleteExchangeRateArgs = {
  input: DeleteExchangeRateInput;
};


export type MutationDeleteExclusionArgs = {
  input: DeleteExclusionInput;
};


export type MutationDeleteIntegrationArgs = {
  input: DeleteIntegrationInput;
};


export type MutationDeleteReclamationRuleArgs = {
  input: DeleteReclamationRuleInput;
};


export type MutationDismissCandidatesArgs = {
  input: DismissCandidatesInput;
};


export type MutationHoldReclamationsArgs = {
  input: HoldReclamationsInput;
};


export type MutationManageLicensesArgs = {
  input: ManageLicensesInput;
};


export type MutationMapUnrecognizedSubscriptionArgs = {
  input: MapUnrecognizedSubscriptionInput;
};


export type MutationReclaimArgs = {
  input: ReclaimInput;
};


export type MutationReconcileArgs = {
  input: ReconcileInput;
};


export type MutationRejectKeepArgs = {
  input: RejectKeepInput;
};


export type MutationReleaseReclamationsArgs = {
  input: ReleaseReclamationsInput;
};


export type MutationRemoveEntitlementArgs = {
  input: RemoveEntitlementInput;
};


export type MutationReportOffboardingArgs = {
  input: ReportOffboardingInput;
};


export type MutationRestoreArgs = {
  input: RestoreInput;
};


export type MutationResumeCandidatesArgs = {
  input: ResumeCandidatesInput;
};


export type MutationReviewReclamationRuleArgs = {
  input: ReviewReclamationRuleInput;
};


export type MutationSetEntitlementArgs = {
  input: SetEntitlementInput;
};


export type MutationSetExchangeRateArgs = {
  input: SetExchangeRateInput;
};


export type MutationStopReclamationArgs = {
  input: ReclamationIdInput;
};


export type MutationSyncIntegrationArgs = {
  input: SyncIntegrationInput;
};


export type MutationUnmapUnrecognizedSubscriptionArgs = {
  input: UnmapUnrecognizedSubscriptionInput;
};


export type MutationUpdateExclusionArgs = {
  input: UpdateExclusionInput;
};


export type MutationUpdateIntegrationArgs = {
  input: UpdateIntegrationInput;
};


export type MutationUpdateLicenseArgs = {
  input: UpdateLicenseInput;
};


export type MutationUpdateReclamationRuleArgs = {
  input: UpdateReclamationRuleInput;
};


export type MutationValidateIntegrationArgs = {
  input: IntegrationIdInput;
};


export type MutationWithdrawOffboardingArgs = {
  input: WithdrawOffboardingInput;
};

/** Something of a before-image that Zoom did not give back. */
export type NotRestored = {
  __typename?: 'NotRestored';
  /** What: `status`, `type`, `bundle`, `united`, the name of a feature of Zoom's settings, or `group` with its id. */
  part: Scalars['String']['output'];
  /** Why, in words. */
  reason: Scalars['String']['output'];
};

/** Somebody who has left, or will. */
export type OffboardedPersonInput = {
  /** E-mail address, in any case. */
  email: Scalars['String']['input'];
  /** When; left out, what was said before, or now. At most a year ahead. */
  leftAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Who knows it, for example `Workday`; left out, the caller. */
  source?: InputMaybe<Scalars['String']['input']>;
};

/** That somebody has left the company, or will. By address, whether or not somebody on the roster has it. */
export type Offboarding = {
  __typename?: 'Offboarding';
  /** Whose address, in lower case. */
  email: Scalars['String']['output'];
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** When they left or will leave. */
  leftAt: Scalars['DateTime']['output'];
  /** When it was reported like this. */
  reportedAt: Scalars['DateTime']['output'];
  /** Who reported it. */
  reportedBy: Scalars['String']['output'];
  /** Who knows it, for example `Workday`. */
  source: Scalars['String']['output'];
};

/** Something that was done to the account, its users or their settings. */
export type OperationLog = {
  __typename?: 'OperationLog';
  /** What was done, as Zoom names it; null where Zoom doesn't say. */
  action: Maybe<Scalars['String']['output']>;
  /** When. */
  at: Scalars['DateTime']['output'];
  /** What kind of thing it is about, as Zoom names it; null where Zoom doesn't say. */
  category: Maybe<Scalars['String']['output']>;
  /** What exactly was done, in Zoom's words; null where Zoom doesn't say. */
  detail: Maybe<Scalars['String']['output']>;
  /** Who did it, an e-mail address as a rule; null where Zoom doesn't say. */
  operator: Maybe<Scalars['String']['output']>;
};

/** A page of operation logs. */
export type OperationLogConnection = {
  __typename?: 'OperationLogConnection';
  /** Operation logs with their cursors. */
  edges: Array<OperationLogEdge>;
  /** The operation logs alone. */
  nodes: Array<OperationLog>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** An operation log with its cursor. */
export type OperationLogEdge = {
  __typename?: 'OperationLogEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The operation log. */
  node: OperationLog;
};

/** Direction of an order. */
export type OrderDirection =
  /** Smallest, earliest or first letter first; unknown values last. */
  | 'ASC'
  /** Largest, latest or last letter first; unknown values last. */
  | 'DESC';

/** Where a page of a connection lies within the whole list. */
export type PageInfo = {
  __typename?: 'PageInfo';
  /** Cursor of the last item of the page, for `after`; null on an empty page. */
  endCursor: Maybe<Scalars['String']['output']>;
  /** Is there a page after this one? */
  hasNextPage: Scalars['Boolean']['output'];
  /** Is there a page before this one? Only told when known without another statement. */
  hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item of the page; null on an empty page. */
  startCursor: Maybe<Scalars['String']['output']>;
};

/** One stay of one person in a meeting. */
export type Participant = {
  __typename?: 'Participant';
  /** How long they stayed, in seconds; null where Zoom doesn't say. */
  durationSeconds: Maybe<Scalars['Int']['output']>;
  /** E-mail address in lower case; null where Zoom hides it. */
  email: Maybe<Scalars['String']['output']>;
  /** When they came; null where Zoom doesn't say. */
  joinedAt: Maybe<Scalars['DateTime']['output']>;
  /** When they left; null where Zoom doesn't say. */
  leftAt: Maybe<Scalars['DateTime']['output']>;
  /** Name shown in the meeting; null where Zoom hides it. */
  name: Maybe<Scalars['String']['output']>;
  /** The person on the roster; null for guests and where Zoom doesn't say. */
  user: Maybe<User>;
};

/** A page of participants. */
export type ParticipantConnection = {
  __typename?: 'ParticipantConnection';
  /** Participants with their cursors. */
  edges: Array<ParticipantEdge>;
  /** The participants alone. */
  nodes: Array<Participant>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A participant with their cursor. */
export type ParticipantEdge = {
  __typename?: 'ParticipantEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The participant. */
  node: Participant;
};

/** How often a price is paid. */
export type PaymentFrequency =
  /** Every year. */
  | 'ANNUALLY'
  /** Every two years. */
  | 'BIANNUALLY'
  /** Every eighteen months. */
  | 'EVERY_18_MONTHS'
  /** Every month. */
  | 'MONTHLY'
  /** Once, for the whole term; spread over its days, 365 of them a year, where both of its dates are known. */
  | 'ONCE'
  /** Every three months. */
  | 'QUARTERLY'
  /** Every six months. */
  | 'SEMI_ANNUALLY'
  /** Every three years. */
  | 'TRIENNIALLY';

/** A plan that Zoom names of an account: what is sold, and how many of it. Plans that differ only in how they are paid are one. */
export type Plan = {
  __typename?: 'Plan';
  /** When Zoom said so. It is read once every 24 hours: until the next time it may not match Zoom's portal. */
  asOf: Scalars['DateTime']['output'];
  /** How many Zoom counts as given out; null where it counts none. */
  assigned: Maybe<Scalars['Int']['output']>;
  /** How often the code says that it is paid; null where it does not say. */
  billingPeriod: Maybe<PaymentFrequency>;
  /** Zoom's code, several joined by a plus sign; null where Zoom sends none. */
  code: Maybe<Scalars['String']['output']>;
  /** What it is sold as; null for what is no edition, and where the code does not say. */
  edition: Maybe<PlanEdition>;
  /** Is the code known here? */
  isKnown: Scalars['Boolean']['output'];
  /** Where it stands in Zoom's answer, for example `plan_base` or `plan_phone.plan_calling`. */
  key: Scalars['String']['output'];
  /** The license that it provides; null for what is no license of ours, for example rooms and phones. */
  license: Maybe<License>;
  /** Name for people; of a code that nobody knows, Zoom's own words or the code itself, said to be unknown. */
  name: Scalars['String']['output'];
  /** How many are promised to people who have not accepted their invitation; null where Zoom counts none. */
  pending: Maybe<Scalars['Int']['output']>;
  /** How many were bought; null where Zoom counts none, or says a number that can't be one. */
  seats: Maybe<Scalars['Int']['output']>;
  /** For how many months the code says that it was bought; null where it does not say. */
  termMonths: Maybe<Scalars['Int']['output']>;
  /** Stays when the plan is paid at other times or for longer, for example `plan_webinar:webinar500`. Another product or size has another one. */
  uniqueId: Scalars['String']['output'];
};

/** What a plan is sold as. */
export type PlanEdition =
  /** Business, also as a Workplace plan. */
  | 'BUSINESS'
  /** Education, also as a Workplace plan. */
  | 'EDUCATION'
  /** Enterprise, also as a Workplace plan. */
  | 'ENTERPRISE'
  /** Basic, or a free trial. */
  | 'FREE'
  /** Pro. */
  | 'PRO';

/** Something that could go wrong. */
export type PlanWarning = {
  __typename?: 'PlanWarning';
  /** For programs. */
  code: PlanWarningCode;
  /** For people. */
  message: Scalars['String']['output'];
};

/** What could go wrong when something is taken. */
export type PlanWarningCode =
  /** They can't sign in any more. */
  | 'ACCESS_LOST'
  /** Single sign-on may hand the license out again. */
  | 'MAY_RETURN'
  /** Things of theirs are handed over to nobody. */
  | 'NOT_HANDED_OVER'
  /** Nothing can give it back. */
  | 'NO_UNDO'
  /** They use Zoom Phone. */
  | 'PHONE_LOST'
  /** Cloud recordings may be removed by Zoom. */
  | 'RECORDINGS_AT_RISK';

/** Calls to one endpoint that are expected. */
export type PlannedCalls = {
  __typename?: 'PlannedCalls';
  /** How many. */
  calls: Scalars['Int']['output'];
  /** The endpoint, as `GET /users`. */
  endpoint: Scalars['String']['output'];
  /** Estimated from what was seen before, or counted? */
  isEstimate: Scalars['Boolean']['output'];
  /** Its rate-limit label. */
  label: ZoomRateLabel;
  /** Why so many, in words. */
  why: Scalars['String']['output'];
};

/** One license over all accounts of the tree. */
export type PooledLicense = {
  __typename?: 'PooledLicense';
  /** The same account by account: the account itself, then its sub accounts by name. */
  accounts: PooledSeatsConnection;
  /** Given out in all accounts, invitations included. */
  assigned: Scalars['Int']['output'];
  /** Owned and not given out, in those accounts where that is known. */
  free: Scalars['Int']['output'];
  /** Of these kept for invitations that nobody has accepted. */
  invited: Scalars['Int']['output'];
  /** Owned in those accounts where it is known. */
  knownOwned: Scalars['Int']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Given out over what is owned, in those accounts where that is known. */
  overAssigned: Scalars['Int']['output'];
  /** Owned in all accounts; null when it is not known, or not limited, in one of them. */
  owned: Maybe<Scalars['Int']['output']>;
  /** What would remain to be bought after the moves. */
  toBuy: Scalars['Int']['output'];
  /** What that costs a year, a currency each; what has no price is not in it. */
  toBuyAnnualAmounts: Array<Money>;
  /** Its unique id. */
  uniqueId: Scalars['String']['output'];
  /** In how many accounts it is not known how many are owned. */
  unknownAccounts: Scalars['Int']['output'];
};


/** One license over all accounts of the tree. */
export type PooledLicenseAccountsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** Who says how many seats are owned. */
export type PooledSeatSource =
  /** A number that was entered for the license. */
  | 'ENTERED'
  /** Terms of entitlements that were entered. */
  | 'ENTITLEMENT'
  /** The sub account's subscription, as Zoom lists it. */
  | 'SUBSCRIPTION'
  /** Nobody. */
  | 'UNKNOWN'
  /** Nobody has to: there is no limit. */
  | 'UNLIMITED'
  /** Zoom's plan usage. */
  | 'ZOOM';

/** The seats of one license in one account. */
export type PooledSeats = {
  __typename?: 'PooledSeats';
  /** The account, or the master account above the sub account. */
  account: Account;
  /** Given out, invitations included. */
  assigned: Scalars['Int']['output'];
  /** Owned and not given out; null when not known, or unlimited. */
  free: Maybe<Scalars['Int']['output']>;
  /** Of these kept for invitations that nobody has accepted. */
  invited: Scalars['Int']['output'];
  /** The license. */
  license: License;
  /** Given out over what is owned; null when not known, or unlimited. */
  overAssigned: Maybe<Scalars['Int']['output']>;
  /** How many are owned; null when not known, or unlimited. */
  owned: Maybe<Scalars['Int']['output']>;
  /** What the plan is, whatever it is paid by; null where Zoom tells none. Seats move only between plans of one family. */
  planFamily: Maybe<Scalars['String']['output']>;
  /** Why the number of those assigned is not sure; null when it is. Such an account takes no part in moves. */
  rosterProblem: Maybe<Scalars['String']['output']>;
  /** Who says how many are owned. */
  source: PooledSeatSource;
  /** The sub account; null for seats of the account itself. */
  subAccount: Maybe<SubAccount>;
  /** May as many be assigned as anybody likes? */
  unlimited: Scalars['Boolean']['output'];
};

/** A page of accounts with their seats. */
export type PooledSeatsConnection = {
  __typename?: 'PooledSeatsConnection';
  /** Accounts with their cursors. */
  edges: Array<PooledSeatsEdge>;
  /** The accounts alone. */
  nodes: Array<PooledSeats>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** An account with its cursor. */
export type PooledSeatsEdge = {
  __typename?: 'PooledSeatsEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The account. */
  node: PooledSeats;
};

/** What may be entered as provisioned. */
export type ProvisionedEntry =
  /** Nothing: on-premises licenses of an integration that does not include on-premises users. */
  | 'NOTHING'
  /** A number. */
  | 'NUMBER'
  /** A number, or Unlimited: Basic licenses, and all three types of an integration that includes on-premises users. */
  | 'NUMBER_OR_UNLIMITED';

/** How many licenses may be assigned. */
export type ProvisionedLicenses = {
  __typename?: 'ProvisionedLicenses';
  /** The real number, also where they are shown as unlimited: by Zoom, entered by hand, or by the entitlement; null where there is none. */
  count: Maybe<Scalars['Int']['output']>;
  /** Who says so. */
  source: ProvisionedSource;
  /** Are they to be shown as unlimited? */
  unlimited: Scalars['Boolean']['output'];
};

/** Who says how many licenses there are. */
export type ProvisionedSource =
  /** Somebody who entered it for the license. */
  | 'ENTERED'
  /** Seats of the entitlements that are in force. */
  | 'ENTITLEMENT'
  /** Nobody. */
  | 'UNKNOWN'
  /** Nobody has to: it takes no seat, or an entitlement is unlimited. */
  | 'UNLIMITED'
  /** Zoom's plan usage. */
  | 'ZOOM';

export type Query = {
  __typename?: 'Query';
  /** One account; null when unknown. */
  account: Maybe<Account>;
  /** What users did in each day, week or month, without gaps. At most 400 points. */
  activitySeries: Array<ActivityPoint>;
  /** The audit trail of one integration or of all, newest first. */
  auditEvents: AuditEventConnection;
  /** Can a license be given to somebody, and if not, what has to be done first? By what is known; nothing is asked of Zoom. */
  canAssign: AssignAnswer;
  /** Add-ons that are larger than anything their holder needed: a proposal, which nobody carries out by itself. Only where use is known without a gap for 60 days and of every event Zoom told how many people came. */
  capacityProposals: CapacityProposalConnection;
  /** Every exchange rate that was entered, by currencies, the newest of a pair before the others. */
  exchangeRates: Array<ExchangeRate>;
  /** Exclusions of one integration (with those for all), or every one, newest first. */
  exclusions: ExclusionConnection;
  /** One integration; null when unknown. */
  integration: Maybe<Integration>;
  /** Every integration that has not been deleted, oldest first. */
  integrations: Array<Integration>;
  /** One license; null when unknown. */
  license: Maybe<License>;
  /** Licenses of one integration or of all, base licenses first. */
  licenses: Array<License>;
  /** One meeting; null when unknown. */
  meeting: Maybe<Meeting>;
  /** Currencies of prices that count today and have no rate into another one today, so that costs in it are not known or not whole; empty when nothing is missing. */
  missingExchangeRates: Array<MissingExchangeRate>;
  /** What a rule would do at the next look for candidates if it were saved now, and were switched on. Nothing is written and Zoom is not asked. For a rule as it is, name it in `update` and change nothing. */
  previewReclamationRule: ReclamationRulePreviewPayload;
  /** One reclamation; null when unknown. */
  reclamation: Maybe<Reclamation>;
  /** Candidates of one integration or of all, newest first. */
  reclamationCandidates: ReclamationCandidateConnection;
  /** Holds that are in force: the one for all integrations first. */
  reclamationHolds: Array<ReclamationHold>;
  /** Rules of one integration or of all. */
  reclamationRules: Array<ReclamationRule>;
  /** Reclamations and restores of one integration or of all, newest first. */
  reclamations: ReclamationConnection;
  /** One reconciliation; null when unknown. */
  reconciliation: Maybe<Reconciliation>;
  /** Reconciliations of one integration or of all, newest first. They are kept for 400 days. */
  reconciliations: ReconciliationConnection;
  /** What ends when, soonest first, with how many seats will be needed and what that says. What has ended and was not followed is told too. */
  renewals: RenewalConnection;
  /** What taking licenses back has saved: what might be, what is idle, what avoided a purchase and what was really given up, kept apart. */
  savings: Savings;
  /** The seats of all accounts of the tree as one pool, and which moves between accounts would spare purchases. */
  seatPool: SeatPool;
  /** One sub account; null when unknown. */
  subAccount: Maybe<SubAccount>;
  /** What a sync would cost now, before anything is asked of Zoom; null when there is no such integration. */
  syncPlan: Maybe<SyncPlan>;
  /** License identifiers that Zoom sent and nobody knows, in the order of their names. What they stand for can be said with `mapUnrecognizedSubscription`. */
  unrecognizedSubscriptions: Array<UnrecognizedSubscription>;
  /** One user by id or by e-mail address; null when unknown. Where several integrations know the address, the user of the integration that was connected first. */
  user: Maybe<User>;
  /** Users, of one integration or of all, without those who left. */
  users: UserConnection;
  /** How many users share a value, how many of them are active, and what their licenses cost, value by value. */
  usersBy: UserFacets;
};


export type QueryAccountArgs = {
  id: Scalars['ID']['input'];
};


export type QueryActivitySeriesArgs = {
  by: SeriesInterval;
  department?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['Date']['input']>;
  groupId?: InputMaybe<Scalars['ID']['input']>;
  integrationId: Scalars['ID']['input'];
  licenseId?: InputMaybe<Scalars['ID']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
};


export type QueryAuditEventsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<AuditEventFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  integrationId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryCanAssignArgs = {
  accountId?: InputMaybe<Scalars['ID']['input']>;
  count?: InputMaybe<Scalars['Int']['input']>;
  integrationId: Scalars['ID']['input'];
  licenseUniqueId: Scalars['String']['input'];
  subAccountId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryCapacityProposalsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  integrationId: Scalars['ID']['input'];
};


export type QueryExchangeRatesArgs = {
  from?: InputMaybe<Scalars['Currency']['input']>;
  to?: InputMaybe<Scalars['Currency']['input']>;
};


export type QueryExclusionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  integrationId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryIntegrationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryLicenseArgs = {
  id: Scalars['ID']['input'];
};


export type QueryLicensesArgs = {
  integrationId?: InputMaybe<Scalars['ID']['input']>;
  managed?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QueryMeetingArgs = {
  id: Scalars['ID']['input'];
};


export type QueryMissingExchangeRatesArgs = {
  integrationId?: InputMaybe<Scalars['ID']['input']>;
  to: Scalars['Currency']['input'];
};


export type QueryPreviewReclamationRuleArgs = {
  create?: InputMaybe<CreateReclamationRuleInput>;
  update?: InputMaybe<UpdateReclamationRuleInput>;
};


export type QueryReclamationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryReclamationCandidatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ReclamationCandidateFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  integrationId?: InputMaybe<Scalars['ID']['input']>;
  orderBy?: InputMaybe<Array<ReclamationCandidateOrder>>;
};


export type QueryReclamationRulesArgs = {
  integrationId?: InputMaybe<Scalars['ID']['input']>;
  needsReview?: InputMaybe<Scalars['Boolean']['input']>;
};


export type QueryReclamationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  integrationId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryReconciliationArgs = {
  id: Scalars['ID']['input'];
};


export type QueryReconciliationsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  integrationId?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryRenewalsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  integrationId: Scalars['ID']['input'];
  withinDays?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySavingsArgs = {
  from?: InputMaybe<Scalars['Date']['input']>;
  integrationId: Scalars['ID']['input'];
  to?: InputMaybe<Scalars['Date']['input']>;
};


export type QuerySeatPoolArgs = {
  integrationId: Scalars['ID']['input'];
  keepFree?: InputMaybe<Scalars['Int']['input']>;
};


export type QuerySubAccountArgs = {
  id: Scalars['ID']['input'];
};


export type QuerySyncPlanArgs = {
  integrationId: Scalars['ID']['input'];
};


export type QueryUnrecognizedSubscriptionsArgs = {
  includeMapped?: Scalars['Boolean']['input'];
  integrationId: Scalars['ID']['input'];
};


export type QueryUserArgs = {
  email?: InputMaybe<Scalars['String']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
};


export type QueryUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  integrationId?: InputMaybe<Scalars['ID']['input']>;
  orderBy?: InputMaybe<Array<UserOrder>>;
};


export type QueryUsersByArgs = {
  field: UserFacetField;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  integrationId: Scalars['ID']['input'];
};

/** Which of Zoom's rate limits apply to the account. */
export type RateLimitPlan =
  /** Business, Education, Enterprise and partner accounts. */
  | 'BUSINESS'
  /** Free accounts. */
  | 'FREE'
  /** Pro accounts. */
  | 'PRO';

/** From whom to take licenses back, how and why. */
export type ReclaimInput = {
  /** What to do; left out, each candidate's own action. */
  action?: InputMaybe<ReclamationAction>;
  /** Candidates of one integration, 1 to 500. */
  candidateIds: Array<Scalars['ID']['input']>;
  /** Only plan, and answer with what would be done. */
  dryRun?: InputMaybe<Scalars['Boolean']['input']>;
  /** The same key with the same input gives the same answer. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why, for the audit trail. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** What becomes of the user's things; for DELETE and UNLINK only. */
  transfer?: InputMaybe<TransferInput>;
};

/** One request to take licenses back, or to give them back. */
export type Reclamation = {
  __typename?: 'Reclamation';
  /** When it was applied. */
  appliedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who applied the plan; null when nobody has, or it was no plan first. */
  appliedBy: Maybe<Scalars['String']['output']>;
  /** The second caller; null when there was none. */
  confirmedBy: Maybe<Scalars['String']['output']>;
  /** How many items are in which status. */
  counts: ReclamationCounts;
  /** Is it a plan only? `applyReclamation` carries it out. */
  dryRun: Scalars['Boolean']['output'];
  /** What a year without all that is planned saves, one amount a currency. */
  estimatedAnnualSavings: Array<Money>;
  /** Until when a plan can be applied, or what waits for a second caller be confirmed. */
  expiresAt: Maybe<Scalars['DateTime']['output']>;
  /** When it ended; null before. */
  finishedAt: Maybe<Scalars['DateTime']['output']>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Its items, in the order of work. */
  items: ReclamationItemConnection;
  /** Taking back or giving back. */
  kind: ReclamationKind;
  /** Does it need a second caller: over the guard, or deleting somebody? */
  needsConfirmation: Scalars['Boolean']['output'];
  /** Names the plan by what it does, as 64 hex digits; null for a restore and for what was asked before plans had one. */
  planHash: Maybe<Scalars['String']['output']>;
  /** Why; null when nothing was said. */
  reason: Maybe<Scalars['String']['output']>;
  /** When. */
  requestedAt: Scalars['DateTime']['output'];
  /** Who asked. */
  requestedBy: Scalars['String']['output'];
  /** Items of a plan of whom something is not so any more as when it was made; empty once it is applied. */
  staleItems: Array<StaleItem>;
  /** How far it is. */
  status: ReclamationStatus;
  /** Who gets the things of users who are deleted or unlinked, and which; null when nothing is handed over. */
  transfer: Maybe<Transfer>;
};


/** One request to take licenses back, or to give them back. */
export type ReclamationItemsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What is done to take a license back. */
export type ReclamationAction =
  /** Deactivate the user: no sign-in, all licenses are freed. */
  | 'DEACTIVATE'
  /** Delete the user with their data. */
  | 'DELETE'
  /** Make the user Basic: sign-in stays, the paid license is freed. */
  | 'DOWNGRADE'
  /** Take an add-on, keep the rest. */
  | 'REMOVE_ADD_ON'
  /** Remove the user from the account; they keep a free account of their own. */
  | 'UNLINK';

/** A license that may be taken back, and why. */
export type ReclamationCandidate = {
  __typename?: 'ReclamationCandidate';
  /** What is to happen. */
  action: ReclamationAction;
  /** Why nothing may be done now; empty when something may. */
  blockers: Array<Blocker>;
  /** When it was found. */
  detectedAt: Scalars['DateTime']['output'];
  /** When it is taken without an answer; null when that is not planned. */
  dueAt: Maybe<Scalars['DateTime']['output']>;
  /** What a year without it saves: the price of `License.entitlement` today for open candidates, that of when it was found for closed ones. Null when nobody entered a cost, and where user or license are kept out of cost. */
  estimatedAnnualSavings: Maybe<Money>;
  /** What the finding rests on. */
  evidence: CandidateEvidence;
  /** Every step, oldest first. */
  history: Array<CandidateHistoryEntry>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Whole days without any sign that the rule counts, today for open candidates, at the end for closed ones. */
  inactiveDays: Scalars['Int']['output'];
  /** Last sign of use that the rule counts; null for never. */
  lastActivityAt: Maybe<Scalars['DateTime']['output']>;
  /** What may be taken back; null when the integration was deleted. */
  license: Maybe<License>;
  /** What was said to the holder and to their manager, newest first. No message is shown itself: it holds the link to answer by. */
  messages: CandidateMessageConnection;
  /** Not to be done before; null for any time. */
  notBefore: Maybe<Scalars['DateTime']['output']>;
  /** Rules that would find it as well, and came second, in their order. */
  otherRules: Array<ReclamationRule>;
  /** Why. */
  reason: ReclamationReason;
  /** When it was given back; null when it was not. */
  restoredAt: Maybe<Scalars['DateTime']['output']>;
  /** When somebody said that what gave it back is mended; null when nobody did. */
  returnAcknowledgedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who said so. */
  returnAcknowledgedBy: Maybe<Scalars['String']['output']>;
  /** Since when its user has been seen holding it again without a restore; null when they don't. */
  returnedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who or what gave it back; null when it did not come back. */
  returnedBy: Maybe<LicenseReturnCause>;
  /** The rule that found it; of several, the one that goes first: by priority, then the most specific, then the oldest. */
  rule: Maybe<ReclamationRule>;
  /** How far it is. */
  status: ReclamationCandidateStatus;
  /** Who holds it; null when the integration was deleted. */
  user: Maybe<User>;
};


/** A license that may be taken back, and why. */
export type ReclamationCandidateEstimatedAnnualSavingsArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** A license that may be taken back, and why. */
export type ReclamationCandidateMessagesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** A page of candidates. */
export type ReclamationCandidateConnection = {
  __typename?: 'ReclamationCandidateConnection';
  /** Candidates with their cursors. */
  edges: Array<ReclamationCandidateEdge>;
  /** The candidates alone. */
  nodes: Array<ReclamationCandidate>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A candidate with its cursor. */
export type ReclamationCandidateEdge = {
  __typename?: 'ReclamationCandidateEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The candidate. */
  node: ReclamationCandidate;
};

/** Conditions on candidates; all that are given must hold. */
export type ReclamationCandidateFilter = {
  /** What is to happen. */
  action?: InputMaybe<CandidateActionFilter>;
  /** All of these hold. */
  and?: InputMaybe<Array<ReclamationCandidateFilter>>;
  /** When it was found. */
  detectedAt?: InputMaybe<DateTimeFilter>;
  /** Whole days without activity when found. */
  inactiveDays?: InputMaybe<IntFilter>;
  /** Id of the license. */
  license?: InputMaybe<IdFilter>;
  /** At least one of these holds. */
  or?: InputMaybe<Array<ReclamationCandidateFilter>>;
  /** Why. */
  reason?: InputMaybe<CandidateReasonFilter>;
  /** Since when it is back by itself; `isNull: false` finds all of these. */
  returnedAt?: InputMaybe<DateTimeFilter>;
  /** Id of the rule. */
  rule?: InputMaybe<IdFilter>;
  /** How far it is. */
  status?: InputMaybe<CandidateStatusFilter>;
  /** Id of the user. */
  user?: InputMaybe<IdFilter>;
};

/** An order of candidates. */
export type ReclamationCandidateOrder = {
  /** In which direction. */
  direction?: OrderDirection;
  /** By what. */
  field: ReclamationCandidateOrderField;
};

/** What candidates can be ordered by. */
export type ReclamationCandidateOrderField =
  /** When it was found. */
  | 'DETECTED_AT'
  /** Whole days without activity when found. */
  | 'INACTIVE_DAYS'
  /** Last sign of use. */
  | 'LAST_ACTIVITY_AT'
  /** Estimated savings as they were when it was last looked at, one currency after the other: amounts of different currencies have no order. */
  | 'SAVINGS'
  /** How far it is. */
  | 'STATUS';

/** How far a candidate is. */
export type ReclamationCandidateStatus =
  /** Something failed; somebody has to look. */
  | 'ATTENTION_REQUIRED'
  /** The user wants to keep it; somebody has to decide. */
  | 'AWAITING_APPROVAL'
  /** On its way. */
  | 'AWAITING_REVOCATION'
  /** The user was asked. */
  | 'AWAITING_USER'
  /** The user became active again. */
  | 'CLOSED_CANCELED'
  /** Taken back. */
  | 'CLOSED_COMPLETE'
  /** Kept, dismissed, or gone by itself. */
  | 'CLOSED_SKIPPED'
  /** May be taken back. */
  | 'READY';

/** A page of reclamations. */
export type ReclamationConnection = {
  __typename?: 'ReclamationConnection';
  /** Reclamations with their cursors. */
  edges: Array<ReclamationEdge>;
  /** The reclamations alone. */
  nodes: Array<Reclamation>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** How many items are in which status. */
export type ReclamationCounts = {
  __typename?: 'ReclamationCounts';
  /** Done, and seen in Zoom. */
  confirmed: Scalars['Int']['output'];
  /** Refused by Zoom. */
  failed: Scalars['Int']['output'];
  /** Not begun. */
  planned: Scalars['Int']['output'];
  /** Done, and given back since. */
  restored: Scalars['Int']['output'];
  /** On their way. */
  sent: Scalars['Int']['output'];
  /** Left alone on purpose. */
  skipped: Scalars['Int']['output'];
  /** All items. */
  total: Scalars['Int']['output'];
  /** Sent, with an unclear answer; read before anything else. */
  unknown: Scalars['Int']['output'];
};

/** A reclamation with its cursor. */
export type ReclamationEdge = {
  __typename?: 'ReclamationEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The reclamation. */
  node: Reclamation;
};

/** While it is in force, nothing is sent to Zoom to take or to give back. */
export type ReclamationHold = {
  __typename?: 'ReclamationHold';
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** The integration; null for every one. */
  integration: Maybe<Integration>;
  /** When. */
  placedAt: Scalars['DateTime']['output'];
  /** Who placed it. */
  placedBy: Scalars['String']['output'];
  /** Why. */
  reason: Scalars['String']['output'];
};

/** Answer of mutations about holds. */
export type ReclamationHoldPayload = {
  __typename?: 'ReclamationHoldPayload';
  /** The hold that is in force now; null when none is. */
  reclamationHold: Maybe<ReclamationHold>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Names a reclamation. */
export type ReclamationIdInput = {
  /** Which one. */
  reclamationId: Scalars['ID']['input'];
};

/** One user of a reclamation. */
export type ReclamationItem = {
  __typename?: 'ReclamationItem';
  /** What is done. */
  action: ReclamationAction;
  /** When the status last changed. */
  at: Scalars['DateTime']['output'];
  /** The user as Zoom showed them right before; null before that. */
  before: Maybe<UserImage>;
  /** The candidate. */
  candidate: Maybe<ReclamationCandidate>;
  /** What went wrong, or why it was left alone; null when neither. */
  error: Maybe<ReclamationItemError>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Of a restore: parts of the before-image that Zoom did not give back, and why. */
  notRestored: Array<NotRestored>;
  /** Who loses what and why, as it was when it was planned; null for a restore. */
  plan: Maybe<ItemPlan>;
  /** How far it is. */
  status: ReclamationItemStatus;
  /** The user; null when the integration was deleted. */
  user: Maybe<User>;
};

/** A page of items. */
export type ReclamationItemConnection = {
  __typename?: 'ReclamationItemConnection';
  /** Items with their cursors. */
  edges: Array<ReclamationItemEdge>;
  /** The items alone. */
  nodes: Array<ReclamationItem>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** An item with its cursor. */
export type ReclamationItemEdge = {
  __typename?: 'ReclamationItemEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The item. */
  node: ReclamationItem;
};

/** Why an item failed or was left alone. */
export type ReclamationItemError = {
  __typename?: 'ReclamationItemError';
  /** For programs. */
  code: Scalars['String']['output'];
  /** For people. */
  message: Scalars['String']['output'];
  /** Zoom's own error code; null when Zoom gave none. */
  zoomCode: Maybe<Scalars['Int']['output']>;
};

/** How far an item is. */
export type ReclamationItemStatus =
  /** Done, and seen in Zoom. */
  | 'CONFIRMED'
  /** Refused by Zoom. */
  | 'FAILED'
  /** Not begun. */
  | 'PLANNED'
  /** Done, and given back since. */
  | 'RESTORED'
  /** Written down as sent; on its way. */
  | 'SENT'
  /** Left alone on purpose. */
  | 'SKIPPED'
  /** Sent, with an unclear answer; read before anything else. */
  | 'UNKNOWN';

/** Taking back or giving back. */
export type ReclamationKind =
  /** Takes licenses back. */
  | 'RECLAIM'
  /** Gives licenses back. */
  | 'RESTORE';

/** Answer of mutations about a reclamation. */
export type ReclamationPayload = {
  __typename?: 'ReclamationPayload';
  /** The reclamation as it is now; null when there is none. */
  reclamation: Maybe<Reclamation>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Why somebody is a candidate. */
export type ReclamationReason =
  /** The add-on is not used. */
  | 'ADD_ON_UNUSED'
  /** Active before, not any more. */
  | 'INACTIVE'
  /** None of the signs that the rule counts was ever seen. */
  | 'NEVER_ACTIVE'
  /** Has left the company. */
  | 'OFFBOARDED';

/** What makes somebody a candidate, and what is to happen then. */
export type ReclamationRule = {
  __typename?: 'ReclamationRule';
  /** What is to happen. */
  action: ReclamationAction;
  /** Unique id of the license that it looks at; null for every paid base license. */
  appliesTo: Maybe<Scalars['String']['output']>;
  /** Was it made by the service? Such rules are to be reviewed. */
  autoGenerated: Scalars['Boolean']['output'];
  /** Narrows it down; null for everybody. */
  condition: Maybe<RuleCondition>;
  /** Days that the user has to answer, from when the message left; then it is taken. With 0 nobody is asked. */
  daysBeforeAutoReclamation: Scalars['Int']['output'];
  /** Does it find candidates? */
  enabled: Scalars['Boolean']['output'];
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Days without activity that make a candidate, Zoom's three days not counted. */
  inactivityThresholdDays: Scalars['Int']['output'];
  /** The integration it looks at; null when that was deleted. */
  integration: Maybe<Integration>;
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Was it generated, and did nobody look at it yet? */
  needsReview: Scalars['Boolean']['output'];
  /** Is the user asked first? Only with at least one day to answer. */
  notifyUser: Scalars['Boolean']['output'];
  /** Of several rules that find the same license of a user, the one with the highest goes first; then the most specific, then the oldest. */
  priority: Scalars['Int']['output'];
  /** How many of those came back without a restore. Many of them mean that something outside gives them back. */
  returned: Scalars['Int']['output'];
  /** When somebody looked at it; null when nobody did. */
  reviewedAt: Maybe<Scalars['DateTime']['output']>;
  /** Who looked at it; null when nobody did. */
  reviewedBy: Maybe<Scalars['String']['output']>;
  /** Signs of use that count; null for the usual ones: signed in, hosted or joined a meeting, hosted a webinar. */
  signs: Maybe<Array<ActivitySign>>;
  /** How many of the licenses that it found were taken back. */
  taken: Scalars['Int']['output'];
};

/** Answer of mutations about a rule. */
export type ReclamationRulePayload = {
  __typename?: 'ReclamationRulePayload';
  /** The rule as it is now; null when there is none. */
  reclamationRule: Maybe<ReclamationRule>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** What a rule would do at the next look for candidates. */
export type ReclamationRulePreview = {
  __typename?: 'ReclamationRulePreview';
  /** What the licenses that become its candidates, blocked or not, cost a year: a currency each. Nothing of users and licenses that are kept out of cost. */
  annualCost: Array<Money>;
  /** What speaks against those that are blocked, the most frequent first; one may be blocked by several. */
  blockedBy: Array<RuleBlockerCount>;
  /** Does it find over half of the paid users, and more than five? Then saving it switched on asks for `confirmBroad`. */
  broad: Scalars['Boolean']['output'];
  /** Paid users whom it finds, without those who are excluded. */
  foundPaidUsers: Scalars['Int']['output'];
  /** Licenses of users that it matches, by user. */
  matches: RuleMatchConnection;
  /** What keeps it from finding more, in words: what is not known, and what to do; and what else to know before it is saved. */
  notes: Array<Scalars['String']['output']>;
  /** Licenses of users that it matches, by what becomes of them; every outcome is listed. */
  outcomes: Array<RuleOutcomeCount>;
  /** Paid users of the integration. */
  paidUsers: Scalars['Int']['output'];
  /** Share of the paid users whom it finds, 0 to 1; null where there are none. */
  shareOfPaidUsers: Maybe<Scalars['Float']['output']>;
  /** Users whom it matches, whatever becomes of them. */
  users: Scalars['Int']['output'];
  /** How many of the licenses that become its candidates have no cost, or are kept out of cost. */
  withoutCost: Scalars['Int']['output'];
};


/** What a rule would do at the next look for candidates. */
export type ReclamationRulePreviewAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** What a rule would do at the next look for candidates. */
export type ReclamationRulePreviewMatchesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  outcome?: InputMaybe<RuleOutcome>;
};

/** Answer of `previewReclamationRule`. */
export type ReclamationRulePreviewPayload = {
  __typename?: 'ReclamationRulePreviewPayload';
  /** What the rule would do; null where it could not be saved like this. */
  preview: Maybe<ReclamationRulePreview>;
  /** What would keep it from being saved; empty when nothing would, but for the confirmation of a broad rule. */
  userErrors: Array<UserError>;
};

/** How far a reclamation is. */
export type ReclamationStatus =
  /** No item was done. */
  | 'FAILED'
  /** Some items failed. */
  | 'PARTIALLY_FAILED'
  /** Waiting for a worker or for a second caller; a dry run ends here. */
  | 'PENDING'
  /** A worker is at it. */
  | 'RUNNING'
  /** Stopped before the end. */
  | 'STOPPED'
  /** Every item was done or had no need. */
  | 'SUCCEEDED';

/** Which integration to reconcile. */
export type ReconcileInput = {
  /** Which one; it must be connected, and one roster must have been read to its end. */
  integrationId: Scalars['ID']['input'];
};

/** Answer of `reconcile`. */
export type ReconcilePayload = {
  __typename?: 'ReconcilePayload';
  /** The integration; null when nothing was compared. */
  integration: Maybe<Integration>;
  /** What was found; null when nothing was compared. */
  reconciliation: Maybe<Reconciliation>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** One comparison of what is owned with what is assigned and used. Never changed afterwards. */
export type Reconciliation = {
  __typename?: 'Reconciliation';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** What stands otherwise than in the one before; empty for the first. */
  changes: Array<ReconciliationChange>;
  /** How many licenses stand where. */
  counts: ReconciliationCounts;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Whose licenses were compared. */
  integration: Integration;
  /** Was the roster of every account complete and not older than two days, and were all sub accounts listed? */
  isComplete: Scalars['Boolean']['output'];
  /** What was found of each managed license. */
  lines: ReconciliationLineConnection;
  /** What is missing or unsure, and how many licenses were left out because they are not managed; null when there is nothing to say. */
  note: Maybe<Scalars['String']['output']>;
  /** The one before it of the same integration; null for the first. */
  previous: Maybe<Reconciliation>;
  /** Who asked: the caller's `sub`, or `timetable`. */
  requestedBy: Scalars['String']['output'];
  /** What the lines add up to, a currency each; what has no price comes last, under no currency. */
  totals: Array<ReconciliationTotal>;
};


/** One comparison of what is owned with what is assigned and used. Never changed afterwards. */
export type ReconciliationLinesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<ReconciliationLineFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<Array<ReconciliationLineOrder>>;
};

/** A license that stands otherwise than in the reconciliation before. */
export type ReconciliationChange = {
  __typename?: 'ReconciliationChange';
  /** As it was; null for a license that was added. */
  before: Maybe<ReconciliationLine>;
  /** What is different. */
  kinds: Array<ReconciliationChangeKind>;
  /** As it is; null for a license that is gone. */
  now: Maybe<ReconciliationLine>;
};

/** What is different of a license. */
export type ReconciliationChangeKind =
  /** How many are assigned. */
  | 'ASSIGNED_CHANGED'
  /** Price or costs. */
  | 'COST_CHANGED'
  /** It was not compared before. */
  | 'LICENSE_ADDED'
  /** It is not compared any more. */
  | 'LICENSE_GONE'
  /** It is over-assigned, and was not known to be before. */
  | 'NEWLY_OVER_ASSIGNED'
  /** It is under-used, and was not known to be before. */
  | 'NEWLY_UNDER_USED'
  /** Nothing can be concluded any more. */
  | 'NEWLY_UNKNOWN'
  /** It was over-assigned, and is known not to be any more. */
  | 'NO_LONGER_OVER_ASSIGNED'
  /** It was under-used, and is known not to be any more. */
  | 'NO_LONGER_UNDER_USED'
  /** Nothing could be concluded before. */
  | 'NO_LONGER_UNKNOWN'
  /** How many are owned, or who says so. */
  | 'OWNED_CHANGED'
  /** How many holders don't use it. */
  | 'USE_CHANGED';

/** A page of reconciliations. */
export type ReconciliationConnection = {
  __typename?: 'ReconciliationConnection';
  /** Reconciliations with their cursors. */
  edges: Array<ReconciliationEdge>;
  /** The reconciliations alone. */
  nodes: Array<Reconciliation>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** How many licenses of a reconciliation stand where. */
export type ReconciliationCounts = {
  __typename?: 'ReconciliationCounts';
  /** As many are assigned as are owned, and all are used; or there is no limit. */
  compliant: Scalars['Int']['output'];
  /** More are assigned than owned. */
  overAssigned: Scalars['Int']['output'];
  /** All that were compared. */
  total: Scalars['Int']['output'];
  /** Some are unassigned or not used. */
  underUsed: Scalars['Int']['output'];
  /** Where nothing could be concluded. */
  unknown: Scalars['Int']['output'];
};

/** A reconciliation with its cursor. */
export type ReconciliationEdge = {
  __typename?: 'ReconciliationEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The reconciliation. */
  node: Reconciliation;
};

/** What a reconciliation found of one license, as it was then. */
export type ReconciliationLine = {
  __typename?: 'ReconciliationLine';
  /** The account that holds it, or the master account above the sub account. */
  account: Maybe<Account>;
  /** Holders with activity within the rule's threshold and Zoom's three days. */
  active: Scalars['Int']['output'];
  /** What one costs a year; null without a price. */
  annualCost: Maybe<Money>;
  /** How many users hold it, of the types that the integration counts, and so below. */
  assigned: Scalars['Int']['output'];
  /** Holders whom an exclusion keeps out of cost. */
  excludedFromCost: Scalars['Int']['output'];
  /** Holders without: those who were active before, and the never active. */
  inactive: Scalars['Int']['output'];
  /** The license; null when it is not known any more. */
  license: Maybe<License>;
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Those of the inactive who never showed a sign of use. */
  neverActive: Scalars['Int']['output'];
  /** What to do next, the most pressing first; empty when there is nothing to do. */
  nextSteps: Array<RemediationStep>;
  /** How many of its holders are open candidates now. */
  openCandidates: Scalars['Int']['output'];
  /** Assigned and not owned; null when it is unknown or unlimited how many are owned. */
  overAssigned: Maybe<Scalars['Int']['output']>;
  /** How many are owned; null when unknown or unlimited. */
  owned: Maybe<Scalars['Int']['output']>;
  /** Where `owned` comes from. */
  ownedSource: ProvisionedSource;
  /** What the comparison says. */
  position: CompliancePosition;
  /** Why. */
  reasons: Array<ReconciliationReason>;
  /** The sub account that holds it; null for licenses of the account itself. */
  subAccount: Maybe<SubAccount>;
  /** What is assigned over what is owned costs a year, without who is excluded from cost; null when unknown. */
  trueUpCost: Maybe<Money>;
  /** Owned and not assigned; null when it is unknown or unlimited how many are owned. */
  unassigned: Maybe<Scalars['Int']['output']>;
  /** What is owned and not assigned costs a year; null when unknown. */
  unassignedCost: Maybe<Money>;
  /** Stable within the account, for example `LICENSED` or `WEBINAR_500`. */
  uniqueId: Scalars['String']['output'];
  /** What is assigned and not used costs a year, without who is excluded from cost; null when unknown. */
  unusedCost: Maybe<Money>;
  /** How many Zoom's billing counts as assigned, the invited with them; null where it tells none. */
  zoomAssigned: Maybe<Scalars['Int']['output']>;
};

/** A page of lines of a reconciliation. */
export type ReconciliationLineConnection = {
  __typename?: 'ReconciliationLineConnection';
  /** Lines with their cursors. */
  edges: Array<ReconciliationLineEdge>;
  /** The lines alone. */
  nodes: Array<ReconciliationLine>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A line of a reconciliation with its cursor. */
export type ReconciliationLineEdge = {
  __typename?: 'ReconciliationLineEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The line. */
  node: ReconciliationLine;
};

/** Conditions on lines of a reconciliation; all that are given must hold. */
export type ReconciliationLineFilter = {
  /** Id of the account or sub account that holds it. */
  account?: InputMaybe<IdFilter>;
  /** ISO 4217 code of its price; unknown without one. */
  currency?: InputMaybe<StringFilter>;
  /** Id of the license. */
  license?: InputMaybe<IdFilter>;
  /** What the comparison says. */
  position?: InputMaybe<CompliancePositionFilter>;
  /** Has at least one of these reasons. */
  reasons?: InputMaybe<Array<ReconciliationReasonCode>>;
};

/** An order of lines of a reconciliation. */
export type ReconciliationLineOrder = {
  /** In which direction. */
  direction?: OrderDirection;
  /** By what. */
  field: ReconciliationLineOrderField;
};

/** What lines of a reconciliation can be ordered by. Amounts are compared as numbers, whatever their currency. */
export type ReconciliationLineOrderField =
  /** How many are assigned. */
  | 'ASSIGNED'
  /** True-up, unassigned and unused costs together. */
  | 'COST'
  /** How many holders don't use it. */
  | 'INACTIVE'
  /** Name for people. */
  | 'NAME'
  /** How many are owned. */
  | 'OWNED'
  /** What is assigned over what is owned costs. */
  | 'TRUE_UP_COST'
  /** What is owned and not assigned costs. */
  | 'UNASSIGNED_COST'
  /** What is assigned and not used costs. */
  | 'UNUSED_COST';

/** Why a license stands where it does. */
export type ReconciliationReason = {
  __typename?: 'ReconciliationReason';
  /** For programs. */
  code: ReconciliationReasonCode;
  /** How many licenses or holders it is about, or days; null where it is about none. */
  count: Maybe<Scalars['Int']['output']>;
  /** For people, with figures. */
  message: Scalars['String']['output'];
};

/** Why a license stands where it does, or what is to be known about it. */
export type ReconciliationReasonCode =
  /** Activity is not known without a gap over the threshold, so nobody knows who uses it. */
  | 'ACTIVITY_UNKNOWN'
  /** The roster of the account is older than two days. */
  | 'DATA_OLD'
  /** What was bought has ended; the count is days since then. */
  | 'ENTITLEMENT_ENDED'
  /** What was bought ends within 90 days, and what follows is less; the count is days until then. */
  | 'ENTITLEMENT_ENDS_SOON'
  /** Holders, or the license as a whole, are excluded from cost. */
  | 'EXCLUDED_FROM_COST'
  /** Some who hold it don't use it, those who never did with them. */
  | 'INACTIVE_HOLDERS'
  /** Some who hold it never showed a sign of use. */
  | 'NEVER_ACTIVE_HOLDERS'
  /** No price for a year is known. */
  | 'NO_PRICE'
  /** Something else, which the message says. */
  | 'OTHER'
  /** More are assigned than owned. */
  | 'OVER_ASSIGNED'
  /** Nobody knows how many are owned. */
  | 'OWNED_UNKNOWN'
  /** Zoom's billing no longer names a plan that provides it. */
  | 'PLAN_GONE'
  /** The roster of the account is not complete. */
  | 'ROSTER_INCOMPLETE'
  /** Some are owned and not assigned. */
  | 'UNASSIGNED'
  /** Zoom's billing counts others than hold it by the roster. */
  | 'ZOOM_COUNTS_DIFFER'
  /** Zoom's billing counts fewer, by as many as are Zoom Rooms or hold it by a bundle: Zoom counts those apart. */
  | 'ZOOM_COUNTS_ELSEWHERE';

/** What the lines of a reconciliation add up to, of the licenses whose price is in one currency. */
export type ReconciliationTotal = {
  __typename?: 'ReconciliationTotal';
  /** Seats assigned. */
  assigned: Scalars['Int']['output'];
  /** ISO 4217 code; null: of the licenses without a price. */
  currency: Maybe<Scalars['Currency']['output']>;
  /** How many licenses. */
  licenses: Scalars['Int']['output'];
  /** Seats owned, of those of which it is known and limited. */
  owned: Scalars['Int']['output'];
  /** What is assigned over what is owned, a year; null where none of the lines says. */
  trueUpCost: Maybe<Scalars['Decimal']['output']>;
  /** What is owned and not assigned, a year; null where none of the lines says. */
  unassignedCost: Maybe<Scalars['Decimal']['output']>;
  /** What is assigned and not used, a year; null where none of the lines says. */
  unusedCost: Maybe<Scalars['Decimal']['output']>;
  /** Seats whose holders use them. */
  used: Scalars['Int']['output'];
};

/** Region of the vendor's OAuth app. */
export type Region =
  /** Asia and the Pacific. */
  | 'APAC'
  /** Europe. */
  | 'EU'
  /** North America. */
  | 'NA';

/** Which licenses may not be kept. */
export type RejectKeepInput = {
  /** Candidates of one integration, 1 to 500. */
  candidateIds: Array<Scalars['ID']['input']>;
  /** The same key with the same input gives the same answer. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Why, for the history. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** What to release. */
export type ReleaseReclamationsInput = {
  /** The hold of this integration; left out, the one of all. */
  integrationId?: InputMaybe<Scalars['ID']['input']>;
};

/** What can be done about what a reconciliation found. */
export type RemediationAction =
  /** Buy less at the next renewal, or give what is free to who needs it. */
  | 'BUY_LESS'
  /** Buy more, or take some back. */
  | 'BUY_OR_RECLAIM'
  /** Look at the plans in Zoom's billing. */
  | 'COMPARE_WITH_ZOOM'
  /** Enter how many are owned. */
  | 'ENTER_OWNED'
  /** Enter what one costs. */
  | 'ENTER_PRICE'
  /** Find candidates: no rule has made one of who does not use it. */
  | 'FIND_CANDIDATES'
  /** Renew what ends, or enter what follows. */
  | 'RENEW'
  /** Look at the open candidates and take back what is not used. */
  | 'REVIEW_CANDIDATES'
  /** Sync, then reconcile again. */
  | 'SYNC';

/** Something to do about a license. */
export type RemediationStep = {
  __typename?: 'RemediationStep';
  /** For programs. */
  action: RemediationAction;
  /** How many licenses or holders it is about; null where it is about none. */
  count: Maybe<Scalars['Int']['output']>;
  /** For people. */
  message: Scalars['String']['output'];
};

/** Which term to remove. */
export type RemoveEntitlementInput = {
  /** Which of its terms. */
  entitlementId: Scalars['ID']['input'];
  /** Which license. */
  licenseId: Scalars['ID']['input'];
};

/** Answer of `removeEntitlement`. */
export type RemoveEntitlementPayload = {
  __typename?: 'RemoveEntitlementPayload';
  /** The license as it is now; null when there is none. */
  license: Maybe<License>;
  /** Id of the term that was removed; null when none was. */
  removedEntitlementId: Maybe<Scalars['ID']['output']>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** A term or a subscription that ends, and what to do about its seats. */
export type Renewal = {
  __typename?: 'Renewal';
  /** The account, or the master account above the sub account. */
  account: Account;
  /** Holders with activity within the rule's threshold and Zoom's three days. */
  active: Scalars['Int']['output'];
  /** What the figures say. */
  advice: RenewalAdvice;
  /** How many users hold it. */
  assigned: Scalars['Int']['output'];
  /** Last day. */
  date: Scalars['Date']['output'];
  /** Days until then; below zero when it has ended. */
  daysLeft: Scalars['Int']['output'];
  /** The term; null for a subscription. */
  entitlement: Maybe<Entitlement>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Does another term that was entered go on where this one ends? */
  isFollowed: Scalars['Boolean']['output'];
  /** Has it ended? */
  isOverdue: Scalars['Boolean']['output'];
  /** What ends. */
  kind: RenewalKind;
  /** Of which license; null for a subscription of a sub account whose license no sync has seen. */
  license: Maybe<License>;
  /** Seats that will be needed on that day; null where that can't be told, and `advice` says why. */
  need: Maybe<SeatNeed>;
  /** Seats of the license that are owned in the account; null when not known, or unlimited. */
  owned: Maybe<Scalars['Int']['output']>;
  /** Seats that end with it; null where nobody told. */
  seats: Maybe<Scalars['Int']['output']>;
  /** Who says how many are owned. */
  source: PooledSeatSource;
  /** The sub account; null for what is the account's own. */
  subAccount: Maybe<SubAccount>;
  /** May as many be assigned as anybody likes? */
  unlimited: Scalars['Boolean']['output'];
};

/** What the figures of a renewal say. */
export type RenewalAdvice = {
  __typename?: 'RenewalAdvice';
  /** What these cost a year; null without a price, and where there is nothing to give up or to buy. */
  annualAmount: Maybe<Money>;
  /** Why, with the figures. */
  reason: Scalars['String']['output'];
  /** How many to give up or to buy; 0 otherwise. */
  seats: Scalars['Int']['output'];
  /** To give up, to hold or to buy. */
  verdict: RenewalVerdict;
};

/** A page of renewals. */
export type RenewalConnection = {
  __typename?: 'RenewalConnection';
  /** Renewals with their cursors. */
  edges: Array<RenewalEdge>;
  /** The renewals alone. */
  nodes: Array<Renewal>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A renewal with its cursor. */
export type RenewalEdge = {
  __typename?: 'RenewalEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The renewal. */
  node: Renewal;
};

/** What ends. */
export type RenewalKind =
  /** The subscription of a sub account, as Zoom tells it. */
  | 'SUBSCRIPTION'
  /** A term that was entered for a license. */
  | 'TERM';

/** What the figures of a renewal say. */
export type RenewalVerdict =
  /** Fewer are owned than are most likely needed. */
  | 'BUY'
  /** More are owned than even the high end needs. */
  | 'CUT'
  /** What is owned fits. */
  | 'HOLD'
  /** Too little is known. */
  | 'UNKNOWN';

/** Who has left, of one integration. */
export type ReportOffboardingInput = {
  /** On whose roster they are. */
  integrationId: Scalars['ID']['input'];
  /** Each once, 1 to 1,000. */
  people: Array<OffboardedPersonInput>;
};

/** Answer of `reportOffboarding`. */
export type ReportOffboardingPayload = {
  __typename?: 'ReportOffboardingPayload';
  /** The search for candidates that was queued; null when nothing has changed, or the integration is not connected. */
  jobRun: Maybe<JobRun>;
  /** Addresses that nobody on the roster has. They are kept: who turns up later is found then. */
  notOnRoster: Array<Scalars['String']['output']>;
  /** What is known now of those who were named, in their order. */
  offboardings: Array<Offboarding>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** What to give back. */
export type RestoreInput = {
  /** The same key with the same input gives the same answer. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Only these items; left out, every confirmed one. */
  itemIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The reclamation that took it. */
  reclamationId: Scalars['ID']['input'];
};

/** Which candidates to make ready again. */
export type ResumeCandidatesInput = {
  /** Candidates, 1 to 500. */
  candidateIds: Array<Scalars['ID']['input']>;
  /** Why, for the history. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** Names a rule that was looked at. */
export type ReviewReclamationRuleInput = {
  /** Which one. */
  ruleId: Scalars['ID']['input'];
};

/** How many are blocked by one thing. */
export type RuleBlockerCount = {
  __typename?: 'RuleBlockerCount';
  /** What speaks against them. */
  code: BlockerCode;
  /** Licenses of users. */
  licenses: Scalars['Int']['output'];
};

/** Narrows a rule down; all that are given must hold. */
export type RuleCondition = {
  __typename?: 'RuleCondition';
  /** Only these cost centers. */
  costCenters: Maybe<Array<Scalars['String']['output']>>;
  /** None of these cost centers; nobody either whose profile was not read. */
  costCentersNotIn: Maybe<Array<Scalars['String']['output']>>;
  /** Only users who were created before. */
  createdBefore: Maybe<Scalars['DateTime']['output']>;
  /** Only these departments. */
  departments: Maybe<Array<Scalars['String']['output']>>;
  /** None of these departments. */
  departmentsNotIn: Maybe<Array<Scalars['String']['output']>>;
  /** Only members of these groups, by id. */
  groupIds: Maybe<Array<Scalars['ID']['output']>>;
  /** No members of these groups, by id. */
  groupIdsNotIn: Maybe<Array<Scalars['ID']['output']>>;
  /** Only users who hold one of these licenses, by unique id. */
  licenses: Maybe<Array<Scalars['String']['output']>>;
  /** Nobody who holds one of these licenses, by unique id. */
  licensesNotIn: Maybe<Array<Scalars['String']['output']>>;
  /** Only users who never showed a sign of use that the rule counts. */
  neverActiveOnly: Maybe<Scalars['Boolean']['output']>;
  /** Only holders of these roles, by Zoom's id. */
  roleIds: Maybe<Array<Scalars['String']['output']>>;
  /** No holders of these roles, by Zoom's id; nobody either whose role is not known. */
  roleIdsNotIn: Maybe<Array<Scalars['String']['output']>>;
  /** Only users in these accounts of the tree, by id. */
  subAccountIds: Maybe<Array<Scalars['ID']['output']>>;
  /** Nobody in these accounts of the tree, by id. */
  subAccountIdsNotIn: Maybe<Array<Scalars['ID']['output']>>;
};

/** Narrows a rule down; all that are given must hold. */
export type RuleConditionInput = {
  /** Only these cost centers. */
  costCenters?: InputMaybe<Array<Scalars['String']['input']>>;
  /** None of these cost centers; nobody either whose profile was not read. */
  costCentersNotIn?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only users who were created before. */
  createdBefore?: InputMaybe<Scalars['DateTime']['input']>;
  /** Only these departments. */
  departments?: InputMaybe<Array<Scalars['String']['input']>>;
  /** None of these departments. */
  departmentsNotIn?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only members of these groups, by id. */
  groupIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** No members of these groups, by id. */
  groupIdsNotIn?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Only users who hold one of these licenses, by unique id. */
  licenses?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Nobody who holds one of these licenses, by unique id. */
  licensesNotIn?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only users who never showed a sign of use that the rule counts. */
  neverActiveOnly?: InputMaybe<Scalars['Boolean']['input']>;
  /** Only holders of these roles, by Zoom's id. */
  roleIds?: InputMaybe<Array<Scalars['String']['input']>>;
  /** No holders of these roles, by Zoom's id; nobody either whose role is not known. */
  roleIdsNotIn?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Only users in these accounts of the tree, by id. */
  subAccountIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Nobody in these accounts of the tree, by id. */
  subAccountIdsNotIn?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** A license of a user that a rule matches, and why. */
export type RuleMatch = {
  __typename?: 'RuleMatch';
  /** What a year of it costs; null when nobody entered a cost, and where user or license are kept out of cost. */
  annualCost: Maybe<Money>;
  /** What speaks against taking it now, by this rule; empty when nothing does. */
  blockers: Array<Blocker>;
  /** What that rests on. */
  evidence: CandidateEvidence;
  /** The exclusions that hide it. */
  exclusions: Array<Exclusion>;
  /** Whole days without any sign that the rule counts. */
  inactiveDays: Scalars['Int']['output'];
  /** Last sign of use that the rule counts; null for never. */
  lastActivityAt: Maybe<Scalars['DateTime']['output']>;
  /** What they hold. */
  license: License;
  /** What becomes of it. */
  outcome: RuleOutcome;
  /** Why the rule matches. */
  reason: ReclamationReason;
  /** The rule that goes first; null unless another one does. */
  takenBy: Maybe<ReclamationRule>;
  /** Who holds it. */
  user: User;
};

/** A page of what a rule matches. */
export type RuleMatchConnection = {
  __typename?: 'RuleMatchConnection';
  /** Matches with their cursors. */
  edges: Array<RuleMatchEdge>;
  /** The matches alone. */
  nodes: Array<RuleMatch>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A match with its cursor. */
export type RuleMatchEdge = {
  __typename?: 'RuleMatchEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The match. */
  node: RuleMatch;
};

/** What becomes of a license that a rule matches. */
export type RuleOutcome =
  /** It becomes a candidate of this rule, and something speaks against taking it. */
  | 'BLOCKED'
  /** An exclusion hides it. */
  | 'EXCLUDED'
  /** Its candidate was dismissed, its user may keep it, or it was given back lately: it is left alone for now. */
  | 'LEFT_ALONE'
  /** Another rule goes first. */
  | 'OTHER_RULE'
  /** It becomes a candidate of this rule that may be taken back. */
  | 'READY'
  /** Its user was asked already, or it is being taken: that goes on as it is. */
  | 'UNDERWAY';

/** How many licenses and users have an outcome. */
export type RuleOutcomeCount = {
  __typename?: 'RuleOutcomeCount';
  /** Licenses of users. */
  licenses: Scalars['Int']['output'];
  /** What becomes of them. */
  outcome: RuleOutcome;
  /** Their users. */
  users: Scalars['Int']['output'];
};

/** What taking licenses back has saved. The figures are of different seats and never to be added up: only `realized` is money that is no longer paid. */
export type Savings = {
  __typename?: 'Savings';
  /** How things stood at this moment is what is told. */
  asOf: Scalars['DateTime']['output'];
  /** The same by license, base licenses first; licenses without any of it are missing. */
  byLicense: Array<LicenseSavings>;
  /** Every freed seat that the figures are made of, the one that was freed last before the others. */
  entries: SavingsEntryConnection;
  /** Seats that were taken back, which Zoom confirmed, and that idle in the pool: not money yet. */
  freed: SavingsFigure;
  /** First day; null: since ever. */
  from: Maybe<Scalars['Date']['output']>;
  /** The integration. */
  integration: Integration;
  /** Open candidates: what a year without them would save. An estimate, whatever `from` says. */
  potential: SavingsFigure;
  /** Freed seats that were given up: fewer are owned, as could not have been without what was taken back. */
  realized: SavingsFigure;
  /** Freed seats whose users have them again, by a restore or by themselves: no saving. */
  returned: SavingsFigure;
  /** Freed seats that somebody else was given when otherwise none would have been free: a purchase was avoided. */
  reused: SavingsFigure;
  /** Last day; null: until now. */
  to: Maybe<Scalars['Date']['output']>;
};


/** What taking licenses back has saved. The figures are of different seats and never to be added up: only `realized` is money that is no longer paid. */
export type SavingsEntriesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  licenseId?: InputMaybe<Scalars['ID']['input']>;
  state?: InputMaybe<FreedSeatState>;
};

/** One seat of one license that was taken back, and what became of it. */
export type SavingsEntry = {
  __typename?: 'SavingsEntry';
  /** What it cost a year by the price of the day on which it was freed; null without a price. */
  annualAmount: Maybe<Money>;
  /** Why it was taken back. */
  candidate: Maybe<ReclamationCandidate>;
  /** What proves the state, or what is missing to claim more. */
  evidence: Scalars['String']['output'];
  /** When Zoom confirmed that it was free. */
  freedAt: Scalars['DateTime']['output'];
  /** Who was given it; null unless it was reused. */
  givenTo: Maybe<User>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** What took it back. */
  item: Maybe<ReclamationItem>;
  /** Of which license; one that went with another, as add-ons do with a deactivated user, has an entry of its own. */
  license: Maybe<License>;
  /** Why there is no amount, or why it is not the price of that day; null when there is nothing to say. */
  priceNote: Maybe<Scalars['String']['output']>;
  /** Where it has ended. */
  state: FreedSeatState;
  /** Since when. */
  stateAt: Scalars['DateTime']['output'];
  /** From whom; null when the integration was deleted. */
  user: Maybe<User>;
};

/** A page of freed seats. */
export type SavingsEntryConnection = {
  __typename?: 'SavingsEntryConnection';
  /** Freed seats with their cursors. */
  edges: Array<SavingsEntryEdge>;
  /** The freed seats alone. */
  nodes: Array<SavingsEntry>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A freed seat with its cursor. */
export type SavingsEntryEdge = {
  __typename?: 'SavingsEntryEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The freed seat. */
  node: SavingsEntry;
};

/** Seats of one kind, and what they cost a year. */
export type SavingsFigure = {
  __typename?: 'SavingsFigure';
  /** What those with a price cost a year, a currency each; nothing is converted. */
  annualAmounts: Array<Money>;
  /** How many seats. */
  seats: Scalars['Int']['output'];
  /** How many of them are in no amount: they have no price, or are kept out of cost while they are candidates. */
  seatsWithoutPrice: Scalars['Int']['output'];
};

/** Something that runs by itself. */
export type ScheduledJob = {
  __typename?: 'ScheduledJob';
  /** When it runs, as a cron expression in UTC. */
  cron: Scalars['String']['output'];
  /** Does it run? */
  enabled: Scalars['Boolean']['output'];
  /** Name for people. */
  name: Scalars['String']['output'];
  /** Next run; null while disabled. */
  nextRunAt: Maybe<Scalars['DateTime']['output']>;
  /** What it does. */
  task: IntegrationTask;
};

/** Seats that one account could give to another. */
export type SeatMove = {
  __typename?: 'SeatMove';
  /** What buying them there would cost a year; null without a price. */
  avoidedAnnualAmount: Maybe<Money>;
  /** How many. */
  count: Scalars['Int']['output'];
  /** From where. */
  from: PooledSeats;
  /** To where: the same license, and a plan of the same family. */
  to: PooledSeats;
  /** Why, with the figures. */
  why: Scalars['String']['output'];
};

/** A page of moves. */
export type SeatMoveConnection = {
  __typename?: 'SeatMoveConnection';
  /** Moves with their cursors. */
  edges: Array<SeatMoveEdge>;
  /** The moves alone. */
  nodes: Array<SeatMove>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A move with its cursor. */
export type SeatMoveEdge = {
  __typename?: 'SeatMoveEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The move. */
  node: SeatMove;
};

/** Seats that will be needed: a band, not a number. */
export type SeatNeed = {
  __typename?: 'SeatNeed';
  /** Where these weeks come from. */
  basis: SeatNeedBasis;
  /** Most likely. */
  expected: Scalars['Int']['output'];
  /** At most, as far as the weeks tell. */
  high: Scalars['Int']['output'];
  /** At least. */
  low: Scalars['Int']['output'];
  /** How many of these are kept although no use speaks for them: for who is invited, excluded from candidates, no person, or not counted by the integration. */
  reserved: Scalars['Int']['output'];
  /** How many more are used every week; below zero for fewer. */
  trendPerWeek: Scalars['Float']['output'];
  /** How many weeks it rests on, 4 to 26. */
  weeks: Scalars['Int']['output'];
};

/** Where the weeks of a need come from. */
export type SeatNeedBasis =
  /** Activity of today's holders, week by week: it tells only how use develops, from who is active now. */
  | 'ACTIVITY'
  /** Reconciliations: the most who were active on a day of each week, by the rule's threshold. */
  | 'RECONCILIATIONS';

/** Seats that another account could give. */
export type SeatOffer = {
  __typename?: 'SeatOffer';
  /** How many of them. */
  count: Scalars['Int']['output'];
  /** The seats there. */
  seats: PooledSeats;
};

/** The seats of all accounts of the tree as one pool. */
export type SeatPool = {
  __typename?: 'SeatPool';
  /** When it was so. */
  asOf: Scalars['DateTime']['output'];
  /** The integration. */
  integration: Integration;
  /** Every license that takes a seat, over all accounts, base licenses first. */
  licenses: Array<PooledLicense>;
  /** Moves of seats that would spare purchases: a proposal, which nobody carries out. */
  moves: SeatMoveConnection;
  /** What a move is, and who has to make it. */
  note: Scalars['String']['output'];
};


/** The seats of all accounts of the tree as one pool. */
export type SeatPoolMovesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  licenseUniqueId?: InputMaybe<Scalars['String']['input']>;
};

/** How long a point of a series is. Days are UTC. */
export type SeriesInterval =
  /** A day. */
  | 'DAY'
  /** A calendar month. */
  | 'MONTH'
  /** A week from Monday to Sunday. */
  | 'WEEK';

/** What was bought, in the place of what a term said before. */
export type SetEntitlementInput = {
  /** Price of one license for one payment period; not negative, at most 10 digits before the point. Needs a currency and a payment frequency. */
  cost?: InputMaybe<Scalars['Decimal']['input']>;
  /** Currency of the price. */
  currency?: InputMaybe<Scalars['Currency']['input']>;
  /** First day, from 2011-01-01 to 2099-12-31; left out, since ever. */
  effectiveDate?: InputMaybe<Scalars['Date']['input']>;
  /** Which of its terms; left out, the one that `License.entitlement` is, or the first one of a license that has none. */
  entitlementId?: InputMaybe<Scalars['ID']['input']>;
  /** Last day, not before the first and to 2099-12-31; left out, without an end. */
  expirationDate?: InputMaybe<Scalars['Date']['input']>;
  /** Which license. */
  licenseId: Scalars['ID']['input'];
  /** How often the price is paid. */
  paymentFrequency?: InputMaybe<PaymentFrequency>;
  /** Number of the purchase. */
  purchaseIdentifier?: InputMaybe<Scalars['String']['input']>;
  /** Seats bought, 1 to 10000000. */
  quantity?: InputMaybe<Scalars['Int']['input']>;
  /** Are as many seats bought as anybody likes? Not with a quantity. */
  unlimited?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Answer of `setEntitlement`. */
export type SetEntitlementPayload = {
  __typename?: 'SetEntitlementPayload';
  /** The term as it is now; null when it was removed, or nothing was done. */
  entitlement: Maybe<Entitlement>;
  /** The license as it is now; null when there is none. */
  license: Maybe<License>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** An exchange rate. */
export type SetExchangeRateInput = {
  /** Currency that is converted. */
  from: Scalars['Currency']['input'];
  /** So many of `to` for one of `from`: more than 0, at most 1000000000, with at most 12 digits behind the point, for example `"0.92"`. */
  rate: Scalars['String']['input'];
  /** Currency that it is converted into; another one. */
  to: Scalars['Currency']['input'];
  /** First day (UTC) that it counts for, from 2011-01-01 to today; left out, today. */
  validFrom?: InputMaybe<Scalars['Date']['input']>;
};

/** Answer of `setExchangeRate`. */
export type SetExchangeRatePayload = {
  __typename?: 'SetExchangeRatePayload';
  /** The rate as it is now; null when it was not entered. */
  exchangeRate: Maybe<ExchangeRate>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** A sign-in or sign-out. */
export type SignIn = {
  __typename?: 'SignIn';
  /** When. */
  at: Scalars['DateTime']['output'];
  /** Kind of client as Zoom names it, for example `Browser` or `Windows`; null where Zoom doesn't say. */
  clientType: Maybe<Scalars['String']['output']>;
  /** Version of the client; null where Zoom doesn't say. */
  clientVersion: Maybe<Scalars['String']['output']>;
  /** In or out. */
  kind: SignInKind;
};

/** A page of sign-ins. */
export type SignInConnection = {
  __typename?: 'SignInConnection';
  /** Sign-ins with their cursors. */
  edges: Array<SignInEdge>;
  /** The sign-ins alone. */
  nodes: Array<SignIn>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A sign-in with its cursor. */
export type SignInEdge = {
  __typename?: 'SignInEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The sign-in. */
  node: SignIn;
};

/** In or out. */
export type SignInKind =
  /** Somebody signed in. */
  | 'SIGN_IN'
  /** Somebody signed out. */
  | 'SIGN_OUT';

/** An item of a plan of whom something is not so any more as when the plan was made. */
export type StaleItem = {
  __typename?: 'StaleItem';
  /** Names of the facts that changed: `status`, `type`, `email`, `licenses`, `lastSignAt`, `candidate`. */
  changed: Array<Scalars['String']['output']>;
  /** Id of the item. */
  itemId: Scalars['ID']['output'];
  /** The user; null when they are gone. */
  user: Maybe<User>;
};

/** Conditions on a text; all that are given must hold. Letters compare without regard to case. */
export type StringFilter = {
  /** Contains. */
  contains?: InputMaybe<Scalars['String']['input']>;
  /** Equal to. */
  eq?: InputMaybe<Scalars['String']['input']>;
  /** One of. */
  in?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Unknown (true) or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Other than; unknown values count as other. */
  ne?: InputMaybe<Scalars['String']['input']>;
  /** None of; unknown values count as none. */
  notIn?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Starts with. */
  startsWith?: InputMaybe<Scalars['String']['input']>;
};

/** A sub account below a master account. */
export type SubAccount = {
  __typename?: 'SubAccount';
  /** What kept the latest reading of its activity from being whole, and what to do; null when nothing did. */
  activityProblem: Maybe<Scalars['String']['output']>;
  /** What its licenses cost a year, a currency each, as `License.annualCosts` counts: what is bought, in use or not. Without what is kept out of cost, and without licenses that have no price. */
  annualCost: Array<Money>;
  /** Zoom's own count of every day that was read, oldest first; days that were not read are missing. At most 400 days at once. */
  dailyUsage: Array<DailyUsage>;
  /** Its user groups, by name. */
  groups: GroupConnection;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** When the plans were last read, once every 24 hours: until the next time they may not match Zoom's portal. Null: never, or Zoom does not give them. */
  informationAt: Maybe<Scalars['DateTime']['output']>;
  /** Its licenses. */
  licenses: Array<License>;
  /** Which settings users can't change, as Zoom sends them; null until read. */
  lockSettings: Maybe<Scalars['JSON']['output']>;
  /** Domains whose users the account may manage; null until read. */
  managedDomains: Maybe<Array<ManagedDomain>>;
  /** The account above it. */
  master: Account;
  /** Name for people. */
  name: Scalars['String']['output'];
  /** What was done to the account, its users and their settings, newest first. Zoom remembers six months; what was read stays. */
  operationLogs: OperationLogConnection;
  /** E-mail address of the owner; null where Zoom tells none. */
  ownerEmail: Maybe<Scalars['String']['output']>;
  /** Plan as Zoom names it; null where Zoom tells none. */
  plan: Maybe<Scalars['String']['output']>;
  /** What that plan is called; null where Zoom tells none. What nobody knows is said to be unknown. */
  planName: Maybe<Scalars['String']['output']>;
  /** Every plan that Zoom names of the sub account, also those that are no license of ours; empty until it was read, or where Zoom does not give it. */
  plans: Array<Plan>;
  /** What the inactive ones of them cost a year, a currency each, as `License.reclaimableAnnualCost` counts. */
  reclaimableAnnualCost: Array<Money>;
  /** When Zoom stopped listing it below its master; null while it is listed. Its users count as gone since then, and its licenses are in no list and no sum. */
  removedAt: Maybe<Scalars['DateTime']['output']>;
  /** When its last whole roster was read; null: never. */
  rosterCompleteAt: Maybe<Scalars['DateTime']['output']>;
  /** What kept its latest roster from arriving whole, and what to do; null when nothing did. Such a roster removes nobody and makes no candidates. */
  rosterProblem: Maybe<Scalars['String']['output']>;
  /** Seats that were bought; null where Zoom tells none. */
  seats: Maybe<Scalars['Int']['output']>;
  /** Zoom's account settings as they came; null until read. */
  settings: Maybe<Scalars['JSON']['output']>;
  /** End of the subscription; null where Zoom tells none. */
  subscriptionEndAt: Maybe<Scalars['DateTime']['output']>;
  /** Start of the subscription; null where Zoom tells none. */
  subscriptionStartAt: Maybe<Scalars['DateTime']['output']>;
  /** Zoom's own count of its users; null until it was read. */
  summary: Maybe<AccountSummary>;
  /** Domains that the account trusts; null until read. */
  trustedDomains: Maybe<Array<Scalars['String']['output']>>;
  /** Its users, without those who left. */
  users: UserConnection;
  /** Zoom's id of the account. */
  zoomAccountId: Scalars['String']['output'];
};


/** A sub account below a master account. */
export type SubAccountAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** A sub account below a master account. */
export type SubAccountDailyUsageArgs = {
  from?: InputMaybe<Scalars['Date']['input']>;
  to?: InputMaybe<Scalars['Date']['input']>;
};


/** A sub account below a master account. */
export type SubAccountGroupsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A sub account below a master account. */
export type SubAccountOperationLogsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A sub account below a master account. */
export type SubAccountReclaimableAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** A sub account below a master account. */
export type SubAccountUsersArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<UserFilter>;
  first?: InputMaybe<Scalars['Int']['input']>;
  orderBy?: InputMaybe<Array<UserOrder>>;
};

/** A page of sub accounts. */
export type SubAccountConnection = {
  __typename?: 'SubAccountConnection';
  /** Sub accounts with their cursors. */
  edges: Array<SubAccountEdge>;
  /** The sub accounts alone. */
  nodes: Array<SubAccount>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A sub account with its cursor. */
export type SubAccountEdge = {
  __typename?: 'SubAccountEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The sub account. */
  node: SubAccount;
};

export type Subscription = {
  __typename?: 'Subscription';
  /**
   * Candidates of an integration that are found, or whose status changes, from the moment on that it is asked for. What changed
   * more often than it could be sent is told in its latest state.
   */
  candidatesChanged: ReclamationCandidate;
  /**
   * Runs of an integration as they go on: first those that wait or run now, then each whose state changed. What changed more
   * often than it could be sent is told in its latest state.
   */
  jobRunProgress: JobRun;
};


export type SubscriptionCandidatesChangedArgs = {
  integrationId: Scalars['ID']['input'];
};


export type SubscriptionJobRunProgressArgs = {
  integrationId: Scalars['ID']['input'];
};

/** Where an identifier stood in what Zoom sent. */
export type SubscriptionSource =
  /** A feature that is switched on for a user. */
  | 'FEATURE'
  /** An entry of a user's `license_info_list`. */
  | 'LICENSE_INFO'
  /** A plan of the account's usage. */
  | 'PLAN_USAGE'
  /** A user's United plan, `plan_united_type`. */
  | 'UNITED_PLAN'
  /** A user's type. */
  | 'USER_TYPE'
  /** A user's Workplace bundle, `zoom_one_type`. */
  | 'WORKPLACE_BUNDLE';

/** Starts a sync. */
export type SyncIntegrationInput = {
  /** Which one. */
  integrationId: Scalars['ID']['input'];
  /** Which tasks; left out, all that are switched on. The roster always comes first. */
  tasks?: InputMaybe<Array<IntegrationTask>>;
};

/** Answer of `syncIntegration`. */
export type SyncIntegrationPayload = {
  __typename?: 'SyncIntegrationPayload';
  /** The integration. */
  integration: Maybe<Integration>;
  /** The queued runs, in the order in which they run; one that is already queued is answered instead of a second one. */
  jobRuns: Array<JobRun>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Calls that a sync is expected to take. Each run keeps the plan it began with, so that it can be compared afterwards. */
export type SyncPlan = {
  __typename?: 'SyncPlan';
  /** All of it together. */
  calls: ZoomCalls;
  /** When it was computed. */
  computedAt: Scalars['DateTime']['output'];
  /** Zoom's daily limits of the account; empty where it has none that matter. */
  dailyCaps: Array<DailyCap>;
  /** How long it takes at Zoom's rate limits: tasks one after the other, labels of a task side by side. */
  expectedSeconds: Scalars['Int']['output'];
  /** Do all calls fit into what is left of today? What doesn't fit waits for tomorrow by itself. */
  fitsToday: Scalars['Boolean']['output'];
  /** Whose sync. */
  integration: Integration;
  /** What the figures rest on, in words. */
  note: Scalars['String']['output'];
  /** What each task that is switched on is expected to spend, in the order in which they run. */
  tasks: Array<TaskPlan>;
};

/** Something that a task reads on top of what it can't do without; it has a scope of its own. */
export type TaskPart = {
  __typename?: 'TaskPart';
  /** Zoom endpoint that is asked. */
  endpoint: Scalars['String']['output'];
  /** When it was last read; null: never. */
  lastReadAt: Maybe<Scalars['DateTime']['output']>;
  /** Why it was left out or failed, in words; null when it was read, and before the first sync. */
  message: Maybe<Scalars['String']['output']>;
  /** Those of `requiredScopes` that were not granted; empty before authorization. The connection works without them. */
  missingScopes: Array<Scalars['String']['output']>;
  /** Which part. */
  part: TaskPartName;
  /** Granular scopes that it needs; the classic scope that covers one counts as well. */
  requiredScopes: Array<Scalars['String']['output']>;
  /** How reading it last ended. */
  status: TaskPartStatus;
};

/** What a task can read on top of what it can't do without. */
export type TaskPartName =
  /** Settings of the account. */
  | 'ACCOUNT_SETTINGS'
  /** Which meetings were recorded in the cloud. */
  | 'CLOUD_RECORDINGS'
  /** Zoom's own count of every day. */
  | 'DAILY_USAGE'
  /** User groups. */
  | 'GROUPS'
  /** Members of groups: asked for only where Zoom's count of a group differs from ours. */
  | 'GROUP_MEMBERS'
  /** Settings that users can't change. */
  | 'LOCK_SETTINGS'
  /** Domains whose users the account manages. */
  | 'MANAGED_DOMAINS'
  /** What admins did. Read with the roster, since it tells whose add-ons changed; once more with activity where that failed. */
  | 'OPERATION_LOGS'
  /** Which plans were bought, with how many seats. */
  | 'PLAN_USAGE'
  /** Polls held in meetings. */
  | 'POLLS'
  /** How many people registered for meetings. */
  | 'REGISTRANTS'
  /** Owners and admins: asked for only where neither list nor profiles name roles. */
  | 'ROLES'
  /** Sign-ins and sign-outs with client and version. */
  | 'SIGN_INS'
  /** Which sub accounts a master account has. Tiered integrations only; where Zoom refuses it, no sub account is read. */
  | 'SUB_ACCOUNTS'
  /** Domains that the account trusts. */
  | 'TRUSTED_DOMAINS'
  /** Polls held in webinars. */
  | 'WEBINAR_POLLS'
  /** How many people registered for webinars. */
  | 'WEBINAR_REGISTRANTS';

/** How reading a part of a task ended. */
export type TaskPartStatus =
  /** It could not be read; what was known before stays known. */
  | 'FAILED'
  /** There was no sync yet that reads it. */
  | 'NOT_YET'
  /** It was read. */
  | 'READ'
  /** It was left out: its scope was not granted, it is switched off, or Zoom does not give it to this account. `message` says which. */
  | 'SKIPPED';

/** What one task of a sync is expected to spend. */
export type TaskPlan = {
  __typename?: 'TaskPlan';
  /** Calls by label. */
  calls: ZoomCalls;
  /** Calls by endpoint; endpoints that need none are left out. */
  lines: Array<PlannedCalls>;
  /** Which task. */
  task: IntegrationTask;
};

/** One task of an integration, with what it needs. */
export type TaskSetting = {
  __typename?: 'TaskSetting';
  /** Is it switched on? */
  enabled: Scalars['Boolean']['output'];
  /** Can it not be switched off? */
  locked: Scalars['Boolean']['output'];
  /** Those of `requiredScopes` that were not granted; empty before authorization. */
  missingScopes: Array<Scalars['String']['output']>;
  /** What it reads beyond that, each where its scope was granted, and what was left out. */
  parts: Array<TaskPart>;
  /** Granular scopes that the task needs; the classic scope that covers one counts as well. */
  requiredScopes: Array<Scalars['String']['output']>;
  /** Permission that the authorizing person's Zoom role needs. */
  requiredZoomRole: Scalars['String']['output'];
  /** Which task. */
  task: IntegrationTask;
};

/** What becomes of the things of users who are deleted or unlinked. */
export type Transfer = {
  __typename?: 'Transfer';
  /** E-mail address of the user who gets them. */
  email: Scalars['String']['output'];
  /** What is handed over, by the names of Zoom's parameters without `transfer_`. */
  parts: Array<Scalars['String']['output']>;
};

/** What becomes of the things of a user who is deleted or unlinked. */
export type TransferInput = {
  /** Hand over clips. */
  clips?: InputMaybe<Scalars['Boolean']['input']>;
  /** Hand over documents. */
  docs?: InputMaybe<Scalars['Boolean']['input']>;
  /** E-mail address of the user who gets them. */
  email: Scalars['String']['input'];
  /** Hand over upcoming meetings. */
  meetings?: InputMaybe<Scalars['Boolean']['input']>;
  /** Hand over notes. */
  notes?: InputMaybe<Scalars['Boolean']['input']>;
  /** Hand over cloud recordings. */
  recordings?: InputMaybe<Scalars['Boolean']['input']>;
  /** Hand over visitors. */
  visitors?: InputMaybe<Scalars['Boolean']['input']>;
  /** Hand over upcoming webinars. */
  webinars?: InputMaybe<Scalars['Boolean']['input']>;
  /** Hand over whiteboards. */
  whiteboards?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Names a mapped identifier. */
export type UnmapUnrecognizedSubscriptionInput = {
  /** Identifier, as `unrecognizedSubscriptions` names it. */
  identifier: Scalars['String']['input'];
  /** The integration that it was sent to. */
  integrationId: Scalars['ID']['input'];
};

/** A license identifier that Zoom sent and nobody knows. What users hold by it is shown as a license named `Unknown (…)` until it is mapped. */
export type UnrecognizedSubscription = {
  __typename?: 'UnrecognizedSubscription';
  /** When a sync first saw it held; null where that was not noted, as for plans. */
  firstSeenAt: Maybe<Scalars['DateTime']['output']>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** What Zoom sent, with where it stood, for example `TYPE_6` or `BUNDLE_1125899906842624`. */
  identifier: Scalars['String']['output'];
  /** The license that it stands for; null while nobody has said so. */
  mappedTo: Maybe<License>;
  /** The same in words. */
  name: Scalars['String']['output'];
  /** Where it stood. */
  source: SubscriptionSource;
  /** How many users hold it, for plans by Zoom's own count; null where Zoom tells no number. */
  users: Maybe<Scalars['Int']['output']>;
};

/** Answer of mutations about unrecognized subscriptions. */
export type UnrecognizedSubscriptionPayload = {
  __typename?: 'UnrecognizedSubscriptionPayload';
  /** The license that its holders hold now; null when nothing was done, or when a plan stands for none any more. */
  license: Maybe<License>;
  /** The identifier as it is now; null when there is none, or nobody holds it any more. */
  unrecognizedSubscription: Maybe<UnrecognizedSubscription>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Changes to an exclusion; fields left out stay. Whom it keeps out can't be changed: make another one. */
export type UpdateExclusionInput = {
  /** Which one. */
  exclusionId: Scalars['ID']['input'];
  /** When it ends; null for never. */
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
  /** Who answers for it. */
  owner?: InputMaybe<Scalars['String']['input']>;
  /** Why. */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Out of what. */
  scope?: InputMaybe<ExclusionScope>;
};

/** Changes to an integration; fields left out stay. */
export type UpdateIntegrationInput = {
  /** Start of the activity to look at, at most 365 days back; null means 60 days. */
  analyzeActivityFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Client id of an OAuth app of your own; null returns to the vendor's app. Returns it to draft. */
  clientId?: InputMaybe<Scalars['String']['input']>;
  /** Client secret of that app. Returns it to draft. */
  clientSecret?: InputMaybe<Scalars['String']['input']>;
  /** Name for people, 1 to 200 characters. */
  displayName?: InputMaybe<Scalars['String']['input']>;
  /** Erase users, meetings and licenses when an administrator removes the app at Zoom. */
  eraseDataOnDeauthorization?: InputMaybe<Scalars['Boolean']['input']>;
  /** Count Basic users in licenses, activity and candidates. Switched on, the next sync asks for what is known of counted users only: settings, and meetings that they created. */
  includeFreeUsers?: InputMaybe<Scalars['Boolean']['input']>;
  /** Count on-premises users; tiered integrations only. Switched on, the next sync asks for the meetings that they created. */
  includeOnPremises?: InputMaybe<Scalars['Boolean']['input']>;
  /** Which one. */
  integrationId: Scalars['ID']['input'];
  /** Kind of account. Returns it to draft. */
  kind?: InputMaybe<IntegrationKind>;
  /** Of which meetings polls and registrations are read, from the next sync on. */
  meetingDetail?: InputMaybe<MeetingDetail>;
  /** Which of Zoom's rate limits apply; null lets it be learned. */
  rateLimitPlan?: InputMaybe<RateLimitPlan>;
  /** Region of the vendor's OAuth app. Returns it to draft. */
  region?: InputMaybe<Region>;
  /** Addresses of users that are programs, in the place of those before; `*` stands for anything. Applies from the next roster sync. */
  serviceAccountPatterns?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Tasks to switch on; the others are switched off. Switching activity off returns it to draft. */
  tasks?: InputMaybe<Array<IntegrationTask>>;
};

/** What is entered about a license by hand. */
export type UpdateLicenseInput = {
  /** Which license. */
  licenseId: Scalars['ID']['input'];
  /** Name for people, 1 to 200 characters; no other license of the account may have it. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** How many may be assigned, up to 100 million; `provisionedEntry` says whether that may be entered. */
  provisionedCount?: InputMaybe<Scalars['Int']['input']>;
  /** As many as anybody likes; `provisionedEntry` says whether that may be entered. */
  unlimited?: InputMaybe<Scalars['Boolean']['input']>;
  /** Whose type it is; not for add-ons. */
  userType?: InputMaybe<UserType>;
};

/** Answer of `updateLicense`. */
export type UpdateLicensePayload = {
  __typename?: 'UpdateLicensePayload';
  /** The license as it is now; null when there is none, or nothing was entered. */
  license: Maybe<License>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Changes to a rule; fields left out stay. */
export type UpdateReclamationRuleInput = {
  /** What is to happen. */
  action?: InputMaybe<ReclamationAction>;
  /** Unique id of the license that it looks at; null for every paid base license. */
  appliesTo?: InputMaybe<Scalars['String']['input']>;
  /** Narrows it down; null for everybody. */
  condition?: InputMaybe<RuleConditionInput>;
  /** Yes, over half of the paid users are meant: without it a rule that is switched on and finds so many is refused (`TOO_BROAD`). */
  confirmBroad?: InputMaybe<Scalars['Boolean']['input']>;
  /** Days that the user has to answer, 0 to 365. */
  daysBeforeAutoReclamation?: InputMaybe<Scalars['Int']['input']>;
  /** Does it find candidates? */
  enabled?: InputMaybe<Scalars['Boolean']['input']>;
  /** Days without activity, 1 to 3650. */
  inactivityThresholdDays?: InputMaybe<Scalars['Int']['input']>;
  /** Name for people, 1 to 200 characters. */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Ask the user first. */
  notifyUser?: InputMaybe<Scalars['Boolean']['input']>;
  /** Goes before rules with a lower one, -1000 to 1000. */
  priority?: InputMaybe<Scalars['Int']['input']>;
  /** Which one. */
  ruleId: Scalars['ID']['input'];
  /** Signs of use that count, at least one; null for the usual ones. Open candidates that were found by other signs are closed at the next look, unless they are found again. */
  signs?: InputMaybe<Array<ActivitySign>>;
};

/** Somebody on a Zoom account's roster. */
export type User = {
  __typename?: 'User';
  /** The account, or the master account above the sub account. */
  account: Account;
  /** When Zoom created the user; null where Zoom tells none. */
  activeDate: Maybe<Scalars['DateTime']['output']>;
  /** What the user did. */
  activity: UserActivity;
  /** What the licenses held cost a year, a currency each, every one at the price of its `License.entitlement`. Empty where none has a price, the user is kept out of cost, has left, or is none that the integration counts; licenses kept out of cost are not in it. */
  annualCost: Array<Money>;
  /** Bundles that Zoom says the user holds, Workplace before United; the license that comes with one is among `licenses`. */
  bundles: Array<UserBundle>;
  /** Cost center; null where Zoom tells none. */
  costCenter: Maybe<Scalars['String']['output']>;
  /** Department; null where Zoom tells none. */
  department: Maybe<Scalars['String']['output']>;
  /** Name shown to others; null where Zoom tells none. */
  displayName: Maybe<Scalars['String']['output']>;
  /** E-mail address in lower case. */
  email: Scalars['String']['output'];
  /** Does an exclusion keep the user out of cost? */
  excludedFromCost: Scalars['Boolean']['output'];
  /** First name; null where Zoom tells none. */
  firstName: Maybe<Scalars['String']['output']>;
  /** User groups, by name. */
  groups: Array<Group>;
  /** Who had which type, status and licenses when, newest first. */
  history: Array<UserHistoryEntry>;
  /** Opaque id. */
  id: Scalars['ID']['output'];
  /** Is it a Zoom Room instead of a person? */
  isZoomRoom: Scalars['Boolean']['output'];
  /** Job title; null where Zoom tells none. Known of the deactivated too, not of the invited. */
  jobTitle: Maybe<Scalars['String']['output']>;
  /** A person, or one of the things that Zoom lists among its users. */
  kind: UserKind;
  /** Participants of a large meeting; null without the add-on. */
  largeMeetingCapacity: Maybe<Scalars['Int']['output']>;
  /** Does the user hold the large meeting add-on? Null until read; false for users who can't hold it. */
  largeMeetingEnabled: Maybe<Scalars['Boolean']['output']>;
  /** Client that was last used to sign in; null where Zoom tells none. */
  lastClientVersion: Maybe<Scalars['String']['output']>;
  /** Last name; null where Zoom tells none. */
  lastName: Maybe<Scalars['String']['output']>;
  /** Licenses held. */
  licenses: Array<License>;
  /** What Zoom says this very moment. Null with an error when Zoom can't be asked. */
  live: Maybe<LiveUser>;
  /** Location; null where Zoom tells none. */
  location: Maybe<Scalars['String']['output']>;
  /** The manager's e-mail address; null where Zoom tells none. */
  managerEmail: Maybe<Scalars['String']['output']>;
  /** How many participants the user's meetings may have; null until read and where Zoom tells none. Read of who can hold add-ons, and of free users where the integration counts them. */
  meetingCapacity: Maybe<Scalars['Int']['output']>;
  /** Meetings and webinars that the user hosted, newest first. */
  meetings: MeetingConnection;
  /** When HR says that the user has left the company, or will; null when nobody reported it. */
  offboardedAt: Maybe<Scalars['DateTime']['output']>;
  /** What HR says about the user's leaving; null when nobody reported it, or it was taken back. */
  offboarding: Maybe<Offboarding>;
  /** Candidates for taking a license back from the user, newest first, closed ones too. */
  reclamationCandidates: ReclamationCandidateConnection;
  /** When a complete roster no longer named the user; null while on the roster. */
  removedAt: Maybe<Scalars['DateTime']['output']>;
  /** Candidates whose license was taken from the user and came back without a restore, the latest first. */
  returns: Array<ReclamationCandidate>;
  /** Sign-ins and sign-outs of the user, newest first, as far back as the reports that were read; empty where they may not be read. */
  signIns: SignInConnection;
  /** Active, deactivated or invited. */
  status: UserStatus;
  /** The sub account; null for users of the account itself. */
  subAccount: Maybe<SubAccount>;
  /** What kind of user Zoom says it is. */
  type: UserType;
  /** Zoom's number for the type, also where we have no name for it; null where Zoom sent none. */
  typeCode: Maybe<Scalars['Int']['output']>;
  /** Attendees of a webinar; null without the add-on. */
  webinarCapacity: Maybe<Scalars['Int']['output']>;
  /** Does the user hold the webinar add-on? Null until read; false for users who can't hold it. */
  webinarEnabled: Maybe<Scalars['Boolean']['output']>;
  /** Zoom's id; null while pending, also where an event told it already. */
  zoomUserId: Maybe<Scalars['String']['output']>;
};


/** Somebody on a Zoom account's roster. */
export type UserAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** Somebody on a Zoom account's roster. */
export type UserMeetingsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Somebody on a Zoom account's roster. */
export type UserReclamationCandidatesArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** Somebody on a Zoom account's roster. */
export type UserSignInsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

/** What a user did, as far as it was looked at. */
export type UserActivity = {
  __typename?: 'UserActivity';
  /** What `wouldBasicSuffice` rests on. */
  basicSufficiency: BasicSufficiency;
  /** Meetings and webinars recorded in the cloud since `knownFrom`, as far as recordings may be read. */
  cloudRecordings: Scalars['Int']['output'];
  /** Whole days since `lastActivityAt`, or since `activeDate` for the never active; null when neither is known. */
  inactiveDays: Maybe<Scalars['Int']['output']>;
  /** Since when meetings are known without a gap; null before the first look. Sign-ins are always known. */
  knownFrom: Maybe<Scalars['DateTime']['output']>;
  /** Up to when meetings are known; null before the first look. */
  knownUntil: Maybe<Scalars['DateTime']['output']>;
  /** Most people in a meeting hosted since `knownFrom`; null for none hosted, or where Zoom tells no number. */
  largestMeeting: Maybe<Scalars['Int']['output']>;
  /** Latest of sign-in, hosted or joined meeting and hosted webinar; null for never. */
  lastActivityAt: Maybe<Scalars['DateTime']['output']>;
  /** Start of the last meeting or webinar that was recorded in the cloud; null for none seen, or where recordings may not be read. */
  lastCloudRecordingAt: Maybe<Scalars['DateTime']['output']>;
  /** Last sign-in as Zoom shows it, up to three days late; null for never. */
  lastLoginAt: Maybe<Scalars['DateTime']['output']>;
  /** Start of the last meeting hosted that ran over 40 minutes with two or more people; null for none seen. */
  lastLongMeetingHostedAt: Maybe<Scalars['DateTime']['output']>;
  /** When the user last created a meeting that still stands; null for none seen. */
  lastMeetingCreatedAt: Maybe<Scalars['DateTime']['output']>;
  /** Start of the last meeting hosted; null for none seen. */
  lastMeetingHostedAt: Maybe<Scalars['DateTime']['output']>;
  /** When the user last joined a meeting, or attended a webinar, of somebody else; null for none seen. */
  lastMeetingJoinedAt: Maybe<Scalars['DateTime']['output']>;
  /** Last sign-in by Zoom's report of sign-ins, to the second; null for none seen. */
  lastSignInAt: Maybe<Scalars['DateTime']['output']>;
  /** Start of the last webinar hosted; null for none seen. */
  lastWebinarHostedAt: Maybe<Scalars['DateTime']['output']>;
  /** Meetings hosted since `knownFrom` that ran over 40 minutes with two or more people: a Basic user's end by then. */
  longMeetingsHosted: Scalars['Int']['output'];
  /** Meetings hosted since `knownFrom`. */
  meetingsHosted: Scalars['Int']['output'];
  /** Meetings of others joined since `knownFrom`. */
  meetingsJoined: Scalars['Int']['output'];
  /** Was no sign of use ever seen? */
  neverActive: Scalars['Boolean']['output'];
  /** Polls held in meetings and webinars hosted since `knownFrom`, as far as they were read. */
  pollsHeld: Scalars['Int']['output'];
  /** People who registered for meetings and webinars hosted since `knownFrom`, as far as they were read; a series counts once. */
  registrants: Scalars['Int']['output'];
  /** Webinars hosted since `knownFrom`. */
  webinarsHosted: Scalars['Int']['output'];
  /** Did nothing that was seen since `knownFrom` need more than a Basic user? Null when it is not known; `basicSufficiency` says what it rests on. */
  wouldBasicSuffice: Maybe<Scalars['Boolean']['output']>;
};

/** A bundle of licenses that a user holds in the place of single ones. */
export type UserBundle = {
  __typename?: 'UserBundle';
  /** Zoom's number of it; what is no such number, as it came. */
  code: Scalars['String']['output'];
  /** Is the code known here? */
  isKnown: Scalars['Boolean']['output'];
  /** Name for people; of what nobody knows, the code, said to be unknown. */
  name: Scalars['String']['output'];
  /** Where Zoom says so. */
  source: UserBundleSource;
};

/** Where Zoom says which bundle a user holds. */
export type UserBundleSource =
  /** Its United plan, `plan_united_type`. */
  | 'UNITED_PLAN'
  /** Its Workplace bundle, `zoom_one_type`. */
  | 'WORKPLACE_BUNDLE';

/** A page of users. */
export type UserConnection = {
  __typename?: 'UserConnection';
  /** Users with their cursors. */
  edges: Array<UserEdge>;
  /** The users alone. */
  nodes: Array<User>;
  /** Where the page lies. */
  pageInfo: PageInfo;
  /** How many there are in all. */
  totalCount: Scalars['Int']['output'];
};

/** A user with their cursor. */
export type UserEdge = {
  __typename?: 'UserEdge';
  /** For `after`. */
  cursor: Scalars['String']['output'];
  /** The user. */
  node: User;
};

/** Something in the input, or in the state of things, that kept a mutation from doing what was asked. Nothing was half-done. */
export type UserError = {
  __typename?: 'UserError';
  /** What is wrong, for programs. */
  code: UserErrorCode;
  /** Path of the input field that it is about, for example `["input", "clientId"]`; null when it is about none. */
  field: Maybe<Array<Scalars['String']['output']>>;
  /** What is wrong, what it means and what to do, for people. */
  message: Scalars['String']['output'];
};

/** Why a mutation did not do what was asked. More may be added: treat one that you do not know like `INVALID`, and show its message. */
export type UserErrorCode =
  /** The action does not fit the license or the user. */
  | 'ACTION_NOT_POSSIBLE'
  /** The candidate is blocked; its blockers say why. */
  | 'BLOCKED'
  /** The candidate is not open any more. */
  | 'CANDIDATE_CLOSED'
  /** The request would touch more users than the guard allows, and waits for a second caller. */
  | 'GUARD_EXCEEDED'
  /** The idempotency key was used before with another input. */
  | 'IDEMPOTENCY_CONFLICT'
  /** A value is missing, malformed or out of range. */
  | 'INVALID'
  /** Somebody else is already working on this user. */
  | 'IN_PROGRESS'
  /** The value may not be changed. */
  | 'LOCKED'
  /** A scope that the call needs was not granted. */
  | 'MISSING_SCOPE'
  /** There is nothing to do. */
  | 'NOTHING_TO_DO'
  /** The integration is not connected to Zoom. */
  | 'NOT_CONNECTED'
  /** Nothing with this id exists, or it belongs to another integration. */
  | 'NOT_FOUND'
  /** No free seat is left to give back. */
  | 'NO_FREE_SEAT'
  /** The integration's region and kind have no vendor app, and it brings no client id and secret of its own. */
  | 'NO_OAUTH_APP'
  /** Taking and giving back is on hold. */
  | 'ON_HOLD'
  /** The plan, or the time to confirm it, is over. */
  | 'PLAN_EXPIRED'
  /** Something is not so any more as when the plan was made, or it is another plan. */
  | 'PLAN_STALE'
  /** The integration must be authorized again: its grant at Zoom has died. */
  | 'REAUTHORIZATION_REQUIRED'
  /** The reclamation task of the integration is switched off. */
  | 'RECLAMATION_DISABLED'
  /** The one who asked may not be the one who confirms. */
  | 'SECOND_CALLER_REQUIRED'
  /** The task is switched off for this integration. */
  | 'TASK_DISABLED'
  /** The rule finds over half of the paid users, and nobody said that this is meant. */
  | 'TOO_BROAD'
  /** Zoom could not be asked, or refused. */
  | 'ZOOM_REFUSED';

/** The users who share a value. */
export type UserFacet = {
  __typename?: 'UserFacet';
  /** Those with activity within 60 days and Zoom's three, of the users that the integration counts: Basic and on-premises users only where it includes them. By license, within what its rules say instead of 60 days, as `License.active` counts. */
  active: Scalars['Int']['output'];
  /** What the licenses that the counted users hold cost a year, a currency each, every one at the price of its `License.entitlement`; without those kept out of cost, and without licenses that have no price. By license, what holders have of that license alone. */
  annualCost: Array<Money>;
  /** How many users have the value. */
  count: Scalars['Int']['output'];
  /** How many of the counted users exclusions keep out of cost. By license, all of them where the license is kept out, or not managed. */
  excludedFromCost: Scalars['Int']['output'];
  /** Those of the counted users without: who were active before, and the never active. */
  inactive: Scalars['Int']['output'];
  /** The value for people: the name of a group, sub account or license, or the value itself. Null where the value is. */
  label: Maybe<Scalars['String']['output']>;
  /** Those of the inactive who never showed a sign of use. */
  neverActive: Scalars['Int']['output'];
  /** What the licenses of the inactive cost a year, each license by the days that its own rules say, as `License.reclaimableAnnualCost` counts. */
  reclaimableAnnualCost: Array<Money>;
  /** The value as a filter takes it: a text, a number, an enum value, `true` or `false`, or the id of the group, sub account or license. Null for users without one, or of whom it is not known. */
  value: Maybe<Scalars['String']['output']>;
};


/** The users who share a value. */
export type UserFacetAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};


/** The users who share a value. */
export type UserFacetReclaimableAnnualCostArgs = {
  currency?: InputMaybe<Scalars['Currency']['input']>;
};

/** What users can be counted by. */
export type UserFacetField =
  /** Cost center. */
  | 'COST_CENTER'
  /** Department. */
  | 'DEPARTMENT'
  /** User group. A user is counted in each group they are a member of. */
  | 'GROUP'
  /** Job title. */
  | 'JOB_TITLE'
  /** A person, or what else it is. */
  | 'KIND'
  /** Participants of a large meeting. */
  | 'LARGE_MEETING_CAPACITY'
  /** Client that was last used to sign in. */
  | 'LAST_CLIENT_VERSION'
  /** License. A user is counted in each license they hold. */
  | 'LICENSE'
  /** Location. */
  | 'LOCATION'
  /** The manager's e-mail address. */
  | 'MANAGER_EMAIL'
  /** Participants of a meeting. */
  | 'MEETING_CAPACITY'
  /** Active, deactivated or invited. */
  | 'STATUS'
  /** Sub account; none for users of the account itself. */
  | 'SUB_ACCOUNT'
  /** Kind of user, as Zoom says it. */
  | 'TYPE'
  /** Attendees of a webinar. */
  | 'WEBINAR_CAPACITY'
  /** Did nothing that was seen need more than a Basic user? */
  | 'WOULD_BASIC_SUFFICE';

/** Users counted by one of their fields. */
export type UserFacets = {
  __typename?: 'UserFacets';
  /** Values, those with most users first, then by value; none comes after any other with as many. Texts that differ only in case are one value, as they are for filters. */
  facets: Array<UserFacet>;
  /** By what they were counted. */
  field: UserFacetField;
  /** Are there more values than were asked for? */
  isTruncated: Scalars['Boolean']['output'];
  /** How many users there are in all, each counted once. */
  totalUsers: Scalars['Int']['output'];
};

/** Conditions on users; all that are given must hold. */
export type UserFilter = {
  /** Id of the account; users of its sub accounts are its users as well. */
  account?: InputMaybe<IdFilter>;
  /** When Zoom created the user. */
  activeDate?: InputMaybe<DateTimeFilter>;
  /** All of these hold. */
  and?: InputMaybe<Array<UserFilter>>;
  /** Recordings in the cloud within the window that was looked at. */
  cloudRecordings?: InputMaybe<IntFilter>;
  /** Cost center. */
  costCenter?: InputMaybe<StringFilter>;
  /** Department. */
  department?: InputMaybe<StringFilter>;
  /** Name shown to others. */
  displayName?: InputMaybe<StringFilter>;
  /** E-mail address. */
  email?: InputMaybe<StringFilter>;
  /** First name. */
  firstName?: InputMaybe<StringFilter>;
  /** Id of a group. */
  group?: InputMaybe<IdFilter>;
  /** Our id. */
  id?: InputMaybe<IdFilter>;
  /** Whole days since the last activity, or since creation for the never active. Users outside the integration's count (Basic users, unless included) never match, and neither do they where this stands inside a `not`. */
  inactiveDays?: InputMaybe<IntFilter>;
  /** Show those who left as well. */
  includeRemoved?: InputMaybe<Scalars['Boolean']['input']>;
  /** Is it a Zoom Room? */
  isZoomRoom?: InputMaybe<BooleanFilter>;
  /** Job title. */
  jobTitle?: InputMaybe<StringFilter>;
  /** A person, or what else it is. */
  kind?: InputMaybe<UserKindFilter>;
  /** Participants of a large meeting. */
  largeMeetingCapacity?: InputMaybe<IntFilter>;
  /** Holds the large meeting add-on. */
  largeMeetingEnabled?: InputMaybe<BooleanFilter>;
  /** Most people in a meeting hosted. */
  largestMeeting?: InputMaybe<IntFilter>;
  /** Last activity of any kind; `isNull: true` means never, as it does for the times below. */
  lastActivityAt?: InputMaybe<DateTimeFilter>;
  /** Client that was last used to sign in. */
  lastClientVersion?: InputMaybe<StringFilter>;
  /** Start of the last meeting recorded in the cloud. */
  lastCloudRecordingAt?: InputMaybe<DateTimeFilter>;
  /** Last sign-in as Zoom shows it, up to three days late. */
  lastLoginAt?: InputMaybe<DateTimeFilter>;
  /** Start of the last meeting hosted that a Basic user could not have hosted for its length. */
  lastLongMeetingHostedAt?: InputMaybe<DateTimeFilter>;
  /** When a meeting that still stands was last created. */
  lastMeetingCreatedAt?: InputMaybe<DateTimeFilter>;
  /** Start of the last meeting hosted. */
  lastMeetingHostedAt?: InputMaybe<DateTimeFilter>;
  /** When a meeting or webinar of somebody else was last joined. */
  lastMeetingJoinedAt?: InputMaybe<DateTimeFilter>;
  /** Last name. */
  lastName?: InputMaybe<StringFilter>;
  /** Last sign-in by the report of sign-ins. */
  lastSignInAt?: InputMaybe<DateTimeFilter>;
  /** Start of the last webinar hosted. */
  lastWebinarHostedAt?: InputMaybe<DateTimeFilter>;
  /** Id of a license held. */
  license?: InputMaybe<IdFilter>;
  /** Unique id of a license held, for example `WEBINAR_500`. Negated, it means that none of the licenses held is such a one; unknown means that none is held. */
  licenseUniqueId?: InputMaybe<StringFilter>;
  /** Location. */
  location?: InputMaybe<StringFilter>;
  /** Meetings hosted that took over 40 minutes with two people or more, within the window that was looked at. */
  longMeetingsHosted?: InputMaybe<IntFilter>;
  /** The manager's e-mail address. */
  managerEmail?: InputMaybe<StringFilter>;
  /** Participants of a meeting. */
  meetingCapacity?: InputMaybe<IntFilter>;
  /** Meetings hosted within the window that was looked at. */
  meetingsHosted?: InputMaybe<IntFilter>;
  /** Meetings of others joined within the window that was looked at. */
  meetingsJoined?: InputMaybe<IntFilter>;
  /** No sign of use was ever seen. Users outside the integration's count (Basic users, unless included) never match, and neither do they where this stands inside a `not`. */
  neverActive?: InputMaybe<BooleanFilter>;
  /** This doesn't hold, or is not known to. */
  not?: InputMaybe<UserFilter>;
  /** At least one of these holds. */
  or?: InputMaybe<Array<UserFilter>>;
  /** Polls held in what the user hosted, as far as they were read. */
  pollsHeld?: InputMaybe<IntFilter>;
  /** People who registered for what the user hosted, as far as they were read. */
  registrants?: InputMaybe<IntFilter>;
  /** When the user left the roster. Asking for it shows those who left as well. */
  removedAt?: InputMaybe<DateTimeFilter>;
  /** Part of the e-mail address, first, last or display name. */
  search?: InputMaybe<Scalars['String']['input']>;
  /** Active, deactivated or invited. */
  status?: InputMaybe<UserStatusFilter>;
  /** Id of the sub account; `isNull: true` means the account itself. */
  subAccount?: InputMaybe<IdFilter>;
  /** Kind of user, as Zoom says it. */
  type?: InputMaybe<UserTypeFilter>;
  /** Zoom's number for the type. */
  typeCode?: InputMaybe<IntFilter>;
  /** Attendees of a webinar. */
  webinarCapacity?: InputMaybe<IntFilter>;
  /** Holds the webinar add-on. */
  webinarEnabled?: InputMaybe<BooleanFilter>;
  /** Webinars hosted within the window that was looked at. */
  webinarsHosted?: InputMaybe<IntFilter>;
  /** Did nothing that was seen need more than a Basic user? Unknown until enough was seen. */
  wouldBasicSuffice?: InputMaybe<BooleanFilter>;
  /** Zoom's id; unknown while pending. */
  zoomUserId?: InputMaybe<StringFilter>;
};

/** A stretch of time in which status, type and licenses stayed the same. */
export type UserHistoryEntry = {
  __typename?: 'UserHistoryEntry';
  /** Unique ids of the licenses held in that time. */
  licenses: Array<Scalars['String']['output']>;
  /** Status in that time. */
  status: UserStatus;
  /** Zoom's number for the type in that time; null where Zoom sent none. */
  typeCode: Maybe<Scalars['Int']['output']>;
  /** The first sync that saw it so. */
  validFrom: Scalars['DateTime']['output'];
  /** The first sync that saw it otherwise; null while it holds. */
  validTo: Maybe<Scalars['DateTime']['output']>;
};

/** A user as Zoom showed them at one moment. */
export type UserImage = {
  __typename?: 'UserImage';
  /** Zoom's feature settings (add-ons and capacities); null where they could not be read. */
  features: Maybe<Scalars['JSON']['output']>;
  /** Zoom's ids of the groups. */
  groupIds: Array<Scalars['String']['output']>;
  /** Zoom's bits of the united plan; null where Zoom sent none. */
  planUnitedType: Maybe<Scalars['String']['output']>;
  /** When Zoom was asked. */
  readAt: Scalars['DateTime']['output'];
  /** Zoom's role id; null where Zoom sent none. */
  roleId: Maybe<Scalars['String']['output']>;
  /** Status in Zoom's word. */
  status: Scalars['String']['output'];
  /** Zoom's number for the type; null where Zoom sent none. */
  typeCode: Maybe<Scalars['Int']['output']>;
  /** Zoom's bits of the Workplace bundle; null where Zoom sent none. */
  zoomOneType: Maybe<Scalars['String']['output']>;
};

/** A person, or one of the things that Zoom lists among its users. Only people become candidates. */
export type UserKind =
  /** Made by a program, with no way to sign in but through the API. */
  | 'API_USER'
  /** Somebody. */
  | 'PERSON'
  /** Has an address that one of the integration's `serviceAccountPatterns` fits. */
  | 'SERVICE_ACCOUNT'
  /** A Zoom Room, told by its address or by the client that it signs in with. */
  | 'ZOOM_ROOM';

/** Conditions on who or what an entry of the roster is; all that are given must hold. */
export type UserKindFilter = {
  /** Equal to. */
  eq?: InputMaybe<UserKind>;
  /** One of. */
  in?: InputMaybe<Array<UserKind>>;
  /** Unknown (true) or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Other than. */
  ne?: InputMaybe<UserKind>;
  /** None of. */
  notIn?: InputMaybe<Array<UserKind>>;
};

/** An order of users. */
export type UserOrder = {
  /** In which direction. */
  direction?: OrderDirection;
  /** By what. */
  field: UserOrderField;
};

/** What users can be ordered by. Texts are ordered as they are written, letter by letter. */
export type UserOrderField =
  /** When Zoom created the user. */
  | 'ACTIVE_DATE'
  /** Recordings in the cloud. */
  | 'CLOUD_RECORDINGS'
  /** Cost center. */
  | 'COST_CENTER'
  /** Department. */
  | 'DEPARTMENT'
  /** Name shown to others. */
  | 'DISPLAY_NAME'
  /** E-mail address. */
  | 'EMAIL'
  /** First name. */
  | 'FIRST_NAME'
  /** Whole days since the last activity. */
  | 'INACTIVE_DAYS'
  /** Is it a Zoom Room? */
  | 'IS_ZOOM_ROOM'
  /** Job title. */
  | 'JOB_TITLE'
  /** A person, or what else it is. */
  | 'KIND'
  /** Most people in a meeting hosted. */
  | 'LARGEST_MEETING'
  /** Participants of a large meeting. */
  | 'LARGE_MEETING_CAPACITY'
  /** Holds the large meeting add-on. */
  | 'LARGE_MEETING_ENABLED'
  /** Last activity of any kind. */
  | 'LAST_ACTIVITY_AT'
  /** Client that was last used to sign in. */
  | 'LAST_CLIENT_VERSION'
  /** Start of the last meeting recorded in the cloud. */
  | 'LAST_CLOUD_RECORDING_AT'
  /** Last sign-in as Zoom shows it. */
  | 'LAST_LOGIN_AT'
  /** Start of the last long meeting hosted. */
  | 'LAST_LONG_MEETING_HOSTED_AT'
  /** When a meeting was last created. */
  | 'LAST_MEETING_CREATED_AT'
  /** Start of the last meeting hosted. */
  | 'LAST_MEETING_HOSTED_AT'
  /** When a meeting of somebody else was last joined. */
  | 'LAST_MEETING_JOINED_AT'
  /** Last name. */
  | 'LAST_NAME'
  /** Last sign-in by the report of sign-ins. */
  | 'LAST_SIGN_IN_AT'
  /** Start of the last webinar hosted. */
  | 'LAST_WEBINAR_HOSTED_AT'
  /** Location. */
  | 'LOCATION'
  /** Long meetings hosted. */
  | 'LONG_MEETINGS_HOSTED'
  /** The manager's e-mail address. */
  | 'MANAGER_EMAIL'
  /** Meetings hosted. */
  | 'MEETINGS_HOSTED'
  /** Meetings of others joined. */
  | 'MEETINGS_JOINED'
  /** Participants of a meeting. */
  | 'MEETING_CAPACITY'
  /** Was no sign of use ever seen? */
  | 'NEVER_ACTIVE'
  /** Polls held in what the user hosted. */
  | 'POLLS_HELD'
  /** People who registered for what the user hosted. */
  | 'REGISTRANTS'
  /** When the user left the roster. */
  | 'REMOVED_AT'
  /** Status. */
  | 'STATUS'
  /** Type. */
  | 'TYPE'
  /** Zoom's number for the type. */
  | 'TYPE_CODE'
  /** Webinars hosted. */
  | 'WEBINARS_HOSTED'
  /** Attendees of a webinar. */
  | 'WEBINAR_CAPACITY'
  /** Holds the webinar add-on. */
  | 'WEBINAR_ENABLED'
  /** Did nothing that was seen need more than a Basic user? */
  | 'WOULD_BASIC_SUFFICE'
  /** Zoom's id. */
  | 'ZOOM_USER_ID';

/** Active, deactivated or invited. */
export type UserStatus =
  /** May sign in. */
  | 'ACTIVE'
  /** Deactivated: may not sign in and holds no license. */
  | 'INACTIVE'
  /** Invited and not yet accepted; Zoom gives no id. */
  | 'PENDING';

/** Conditions on a user's status; all that are given must hold. */
export type UserStatusFilter = {
  /** Equal to. */
  eq?: InputMaybe<UserStatus>;
  /** One of. */
  in?: InputMaybe<Array<UserStatus>>;
  /** Unknown (true) or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Other than. */
  ne?: InputMaybe<UserStatus>;
  /** None of. */
  notIn?: InputMaybe<Array<UserStatus>>;
};

/** What kind of user Zoom says it is. */
export type UserType =
  /** Without a paid license, on a free plan or on a paid one such as Pro or Business. Also Free and Free Trial. */
  | 'BASIC'
  /** With a paid license: meetings without a limit, of up to 100 participants unless the plan or a Large Meeting license allows more. Called Pro in older documents. */
  | 'LICENSED'
  /** Without a type; created through single sign-on. */
  | 'NONE'
  /** With a paid license for meetings without a limit through the On-Premises Meeting Connector, which Enterprise, Business and Education plans may have. Called Corp in older documents. */
  | 'ON_PREM'
  /** A number of Zoom's that we have no name for; see `typeCode`. */
  | 'OTHER'
  /** Without a meeting license, not even Basic. */
  | 'UNASSIGNED';

/** Conditions on a user's type; all that are given must hold. */
export type UserTypeFilter = {
  /** Equal to. */
  eq?: InputMaybe<UserType>;
  /** One of. */
  in?: InputMaybe<Array<UserType>>;
  /** Unknown (true) or known (false). */
  isNull?: InputMaybe<Scalars['Boolean']['input']>;
  /** Other than. */
  ne?: InputMaybe<UserType>;
  /** None of. */
  notIn?: InputMaybe<Array<UserType>>;
};

/** Who has not left after all. */
export type WithdrawOffboardingInput = {
  /** E-mail addresses, in any case, 1 to 1,000. */
  emails: Array<Scalars['String']['input']>;
  /** The integration that it was reported for. */
  integrationId: Scalars['ID']['input'];
};

/** Answer of `withdrawOffboarding`. */
export type WithdrawOffboardingPayload = {
  __typename?: 'WithdrawOffboardingPayload';
  /** What was taken back; without those whom nobody had reported. */
  offboardings: Array<Offboarding>;
  /** What kept it from being done; empty on success. */
  userErrors: Array<UserError>;
};

/** Calls to Zoom, by Zoom's rate-limit label. */
export type ZoomCalls = {
  __typename?: 'ZoomCalls';
  /** Heavy calls. */
  heavy: Scalars['Int']['output'];
  /** Light calls. */
  light: Scalars['Int']['output'];
  /** Medium calls. */
  medium: Scalars['Int']['output'];
  /** Resource-intensive calls. */
  resourceIntensive: Scalars['Int']['output'];
};

/** A number that Zoom itself counts. */
export type ZoomCount = {
  __typename?: 'ZoomCount';
  /** When it was read. */
  asOf: Scalars['DateTime']['output'];
  /** The number. */
  count: Scalars['Int']['output'];
  /** Where Zoom says so. */
  source: ZoomCountSource;
};

/** Where Zoom counts something. */
export type ZoomCountSource =
  /** Plan usage: what is given out of the plans that provide the license. */
  | 'PLAN_USAGE'
  /** Its summary of users: how many are licensed, where plan usage does not say it. */
  | 'USER_SUMMARY';

/** Zoom's rate-limit labels: endpoints of a label share its limits. */
export type ZoomRateLabel =
  /** Heavy. */
  | 'HEAVY'
  /** Light. */
  | 'LIGHT'
  /** Medium. */
  | 'MEDIUM'
  /** Resource-intensive. */
  | 'RESOURCE_INTENSIVE';

export type WithIndex<TObject> = TObject & Record<string, any>;
export type ResolversObject<TObject> = WithIndex<TObject>;

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
      reference: TReference,
      context: TContext,
      info: GraphQLResolveInfo
    ) => Promise<TResult> | TResult;

      type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
      type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
      type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
      export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };
    

export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = ResolversObject<{
  Account: Account;
  AuditEvent: AuditEvent;
  Exclusion: Exclusion;
  Group: Group;
  Integration: Integration;
  JobRun: JobRun;
  License: License;
  Meeting: Meeting;
  Reclamation: Reclamation;
  ReclamationCandidate: ReclamationCandidate;
  ReclamationRule: ReclamationRule;
  Reconciliation: Reconciliation;
  SubAccount: SubAccount;
  User: User;
}>;

/** Mapping of federation reference types */
export type FederationReferenceTypes = ResolversObject<{
  Account:
    ( { __typename: 'Account' }
    & ( GraphQLRecursivePick<FederationTypes['Account'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['Account'], {"zoomAccountId":true}> ) );
  AuditEvent:
    ( { __typename: 'AuditEvent' }
    & GraphQLRecursivePick<FederationTypes['AuditEvent'], {"id":true}> );
  Exclusion:
    ( { __typename: 'Exclusion' }
    & GraphQLRecursivePick<FederationTypes['Exclusion'], {"id":true}> );
  Group:
    ( { __typename: 'Group' }
    & GraphQLRecursivePick<FederationTypes['Group'], {"id":true}> );
  Integration:
    ( { __typename: 'Integration' }
    & GraphQLRecursivePick<FederationTypes['Integration'], {"id":true}> );
  JobRun:
    ( { __typename: 'JobRun' }
    & GraphQLRecursivePick<FederationTypes['JobRun'], {"id":true}> );
  License:
    ( { __typename: 'License' }
    & GraphQLRecursivePick<FederationTypes['License'], {"id":true}> );
  Meeting:
    ( { __typename: 'Meeting' }
    & GraphQLRecursivePick<FederationTypes['Meeting'], {"id":true}> );
  Reclamation:
    ( { __typename: 'Reclamation' }
    & GraphQLRecursivePick<FederationTypes['Reclamation'], {"id":true}> );
  ReclamationCandidate:
    ( { __typename: 'ReclamationCandidate' }
    & GraphQLRecursivePick<FederationTypes['ReclamationCandidate'], {"id":true}> );
  ReclamationRule:
    ( { __typename: 'ReclamationRule' }
    & GraphQLRecursivePick<FederationTypes['ReclamationRule'], {"id":true}> );
  Reconciliation:
    ( { __typename: 'Reconciliation' }
    & GraphQLRecursivePick<FederationTypes['Reconciliation'], {"id":true}> );
  SubAccount:
    ( { __typename: 'SubAccount' }
    & ( GraphQLRecursivePick<FederationTypes['SubAccount'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['SubAccount'], {"zoomAccountId":true}> ) );
  User:
    ( { __typename: 'User' }
    & ( GraphQLRecursivePick<FederationTypes['User'], {"id":true}>
        | GraphQLRecursivePick<FederationTypes['User'], {"email":true}> ) );
}>;



/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = ResolversObject<{
  Account: ResolverTypeWrapper<AccountRow>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  AccountSummary: ResolverTypeWrapper<AccountRow>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  AccountTier: AccountTier;
  AcknowledgeReturnsInput: AcknowledgeReturnsInput;
  ActivityPoint: ResolverTypeWrapper<ActivityPoint>;
  ActivitySign: ActivitySign;
  ActivityWindow: ResolverTypeWrapper<ActivityWindow>;
  AddEntitlementInput: AddEntitlementInput;
  AddEntitlementPayload: ResolverTypeWrapper<Omit<AddEntitlementPayload, 'entitlement' | 'license'> & { entitlement?: Maybe<ResolversTypes['Entitlement']>, license?: Maybe<ResolversTypes['License']> }>;
  ApplyReclamationInput: ApplyReclamationInput;
  ApproveKeepInput: ApproveKeepInput;
  AssignAnswer: ResolverTypeWrapper<AssignAnswerFacts>;
  AssignVerdict: AssignVerdict;
  AuditEvent: ResolverTypeWrapper<AuditEventRow>;
  AuditEventConnection: ResolverTypeWrapper<AuditEventPage>;
  AuditEventEdge: ResolverTypeWrapper<Omit<AuditEventEdge, 'node'> & { node: ResolversTypes['AuditEvent'] }>;
  AuditEventFilter: AuditEventFilter;
  AuthorizeIntegrationInput: AuthorizeIntegrationInput;
  AuthorizeIntegrationPayload: ResolverTypeWrapper<Omit<AuthorizeIntegrationPayload, 'integration'> & { integration?: Maybe<ResolversTypes['Integration']> }>;
  BasicInsufficiency: BasicInsufficiency;
  BasicSufficiency: ResolverTypeWrapper<BasicSufficiency>;
  Blocker: ResolverTypeWrapper<Blocker>;
  BlockerCode: BlockerCode;
  BooleanFilter: BooleanFilter;
  CandidateActionFilter: CandidateActionFilter;
  CandidateEvidence: ResolverTypeWrapper<CandidateEvidence>;
  CandidateHistoryEntry: ResolverTypeWrapper<CandidateEventRow>;
  CandidateMessage: ResolverTypeWrapper<MessageRow>;
  CandidateMessageChannel: CandidateMessageChannel;
  CandidateMessageConnection: ResolverTypeWrapper<MessagePage>;
  CandidateMessageEdge: ResolverTypeWrapper<Omit<CandidateMessageEdge, 'node'> & { node: ResolversTypes['CandidateMessage'] }>;
  CandidateMessageKind: CandidateMessageKind;
  CandidateMessageStatus: CandidateMessageStatus;
  CandidateReasonFilter: CandidateReasonFilter;
  CandidateSign: ResolverTypeWrapper<CandidateSign>;
  CandidateStatusFilter: CandidateStatusFilter;
  CandidatesPayload: ResolverTypeWrapper<Omit<CandidatesPayload, 'reclamationCandidates'> & { reclamationCandidates: Array<ResolversTypes['ReclamationCandidate']> }>;
  CapacityAction: CapacityAction;
  CapacityAddOn: CapacityAddOn;
  CapacityProposal: ResolverTypeWrapper<CapacityProposalFacts>;
  CapacityProposalConnection: ResolverTypeWrapper<CapacityProposalPage>;
  CapacityProposalEdge: ResolverTypeWrapper<Omit<CapacityProposalEdge, 'node'> & { node: ResolversTypes['CapacityProposal'] }>;
  Certainty: Certainty;
  CompliancePosition: CompliancePosition;
  CompliancePositionFilter: CompliancePositionFilter;
  ConfirmReclamationInput: ConfirmReclamationInput;
  ConnectionCheck: ResolverTypeWrapper<ConnectionCheck>;
  ConnectionCheckResult: ResolverTypeWrapper<ConnectionCheckResult>;
  CreateExclusionInput: CreateExclusionInput;
  CreateIntegrationInput: CreateIntegrationInput;
  CreateReclamationRuleInput: CreateReclamationRuleInput;
  Currency: ResolverTypeWrapper<Scalars['Currency']['output']>;
  DailyCap: ResolverTypeWrapper<DailyCap>;
  DailyUsage: ResolverTypeWrapper<DailyUsageRow>;
  Date: ResolverTypeWrapper<Scalars['Date']['output']>;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DateTimeFilter: DateTimeFilter;
  DeauthorizeIntegrationInput: DeauthorizeIntegrationInput;
  Decimal: ResolverTypeWrapper<Scalars['Decimal']['output']>;
  DeleteExchangeRateInput: DeleteExchangeRateInput;
  DeleteExchangeRatePayload: ResolverTypeWrapper<DeleteExchangeRatePayload>;
  DeleteExclusionInput: DeleteExclusionInput;
  DeleteExclusionPayload: ResolverTypeWrapper<DeleteExclusionPayload>;
  DeleteIntegrationInput: DeleteIntegrationInput;
  DeleteIntegrationPayload: ResolverTypeWrapper<Omit<DeleteIntegrationPayload, 'integration'> & { integration?: Maybe<ResolversTypes['Integration']> }>;
  DeleteReclamationRuleInput: DeleteReclamationRuleInput;
  DeleteReclamationRulePayload: ResolverTypeWrapper<DeleteReclamationRulePayload>;
  DismissCandidatesInput: DismissCandidatesInput;
  DismissCandidatesPayload: ResolverTypeWrapper<Omit<DismissCandidatesPayload, 'reclamationCandidates'> & { reclamationCandidates: Array<ResolversTypes['ReclamationCandidate']> }>;
  EndpointCalls: ResolverTypeWrapper<EndpointCalls>;
  Entitlement: ResolverTypeWrapper<EntitlementRow>;
  EntitlementIssue: ResolverTypeWrapper<Omit<EntitlementIssue, 'entitlements'> & { entitlements: Array<ResolversTypes['Entitlement']> }>;
  EntitlementIssueCode: EntitlementIssueCode;
  EntitlementStatus: EntitlementStatus;
  ExchangeRate: ResolverTypeWrapper<ExchangeRateRow>;
  ExcludedFromCost: ResolverTypeWrapper<ExcludedFromCost>;
  Exclusion: ResolverTypeWrapper<ExclusionRow>;
  ExclusionConnection: ResolverTypeWrapper<ExclusionPage>;
  ExclusionEdge: ResolverTypeWrapper<Omit<ExclusionEdge, 'node'> & { node: ResolversTypes['Exclusion'] }>;
  ExclusionPayload: ResolverTypeWrapper<Omit<ExclusionPayload, 'exclusion'> & { exclusion?: Maybe<ResolversTypes['Exclusion']> }>;
  ExclusionScope: ExclusionScope;
  FreedSeatState: FreedSeatState;
  Group: ResolverTypeWrapper<GroupRow>;
  GroupConnection: ResolverTypeWrapper<GroupPage>;
  GroupEdge: ResolverTypeWrapper<Omit<GroupEdge, 'node'> & { node: ResolversTypes['Group'] }>;
  HiddenByExclusion: ResolverTypeWrapper<HiddenFacts>;
  HoldReclamationsInput: HoldReclamationsInput;
  IdFilter: IdFilter;
  IntFilter: IntFilter;
  Integration: ResolverTypeWrapper<IntegrationRow>;
  IntegrationIdInput: IntegrationIdInput;
  IntegrationKind: IntegrationKind;
  IntegrationPayload: ResolverTypeWrapper<Omit<IntegrationPayload, 'integration'> & { integration?: Maybe<ResolversTypes['Integration']> }>;
  IntegrationStatus: IntegrationStatus;
  IntegrationTask: IntegrationTask;
  ItemPlan: ResolverTypeWrapper<PlanRecord>;
  JSON: ResolverTypeWrapper<Scalars['JSON']['output']>;
  JobProgress: ResolverTypeWrapper<JobProgress>;
  JobRun: ResolverTypeWrapper<JobRunRow>;
  JobRunConnection: ResolverTypeWrapper<JobRunPage>;
  JobRunEdge: ResolverTypeWrapper<Omit<JobRunEdge, 'node'> & { node: ResolversTypes['JobRun'] }>;
  JobRunStatus: JobRunStatus;
  License: ResolverTypeWrapper<LicenseRow>;
  LicenseCategory: LicenseCategory;
  LicenseCompliance: ResolverTypeWrapper<Compliance>;
  LicenseField: LicenseField;
  LicenseProblem: ResolverTypeWrapper<LicenseProblem>;
  LicenseProblemCode: LicenseProblemCode;
  LicenseReturnCause: ResolverTypeWrapper<LicenseReturnCause>;
  LicenseReturnCauseKind: LicenseReturnCauseKind;
  LicenseSavings: ResolverTypeWrapper<LicenseSavingsFacts>;
  LiveUser: ResolverTypeWrapper<LiveUser>;
  ManageLicensesInput: ManageLicensesInput;
  ManageLicensesPayload: ResolverTypeWrapper<Omit<ManageLicensesPayload, 'licenses'> & { licenses?: Maybe<Array<ResolversTypes['License']>> }>;
  ManagedDomain: ResolverTypeWrapper<ManagedDomain>;
  MapUnrecognizedSubscriptionInput: MapUnrecognizedSubscriptionInput;
  Meeting: ResolverTypeWrapper<MeetingRow>;
  MeetingConnection: ResolverTypeWrapper<MeetingPage>;
  MeetingDetail: MeetingDetail;
  MeetingEdge: ResolverTypeWrapper<Omit<MeetingEdge, 'node'> & { node: ResolversTypes['Meeting'] }>;
  MeetingKind: MeetingKind;
  MissingExchangeRate: ResolverTypeWrapper<MissingExchangeRate>;
  Money: ResolverTypeWrapper<Money>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  NotRestored: ResolverTypeWrapper<NotRestored>;
  OffboardedPersonInput: OffboardedPersonInput;
  Offboarding: ResolverTypeWrapper<OffboardingRow>;
  OperationLog: ResolverTypeWrapper<OperationLogRow>;
  OperationLogConnection: ResolverTypeWrapper<OperationLogPage>;
  OperationLogEdge: ResolverTypeWrapper<Omit<OperationLogEdge, 'node'> & { node: ResolversTypes['OperationLog'] }>;
  OrderDirection: OrderDirection;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Participant: ResolverTypeWrapper<ParticipantRow>;
  ParticipantConnection: ResolverTypeWrapper<ParticipantPage>;
  ParticipantEdge: ResolverTypeWrapper<Omit<ParticipantEdge, 'node'> & { node: ResolversTypes['Participant'] }>;
  PaymentFrequency: PaymentFrequency;
  Plan: ResolverTypeWrapper<AccountPlan>;
  PlanEdition: PlanEdition;
  PlanWarning: ResolverTypeWrapper<PlanWarning>;
  PlanWarningCode: PlanWarningCode;
  PlannedCalls: ResolverTypeWrapper<PlannedCalls>;
  PooledLicense: ResolverTypeWrapper<PooledLicenseFacts>;
  PooledSeatSource: PooledSeatSource;
  PooledSeats: ResolverTypeWrapper<PooledSeatsFacts>;
  PooledSeatsConnection: ResolverTypeWrapper<PooledSeatsPage>;
  PooledSeatsEdge: ResolverTypeWrapper<Omit<PooledSeatsEdge, 'node'> & { node: ResolversTypes['PooledSeats'] }>;
  ProvisionedEntry: ProvisionedEntry;
  ProvisionedLicenses: ResolverTypeWrapper<Provisioned>;
  ProvisionedSource: ProvisionedSource;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RateLimitPlan: RateLimitPlan;
  ReclaimInput: ReclaimInput;
  Reclamation: ResolverTypeWrapper<ReclamationRow>;
  ReclamationAction: ReclamationAction;
  ReclamationCandidate: ResolverTypeWrapper<CandidateRow>;
  ReclamationCandidateConnection: ResolverTypeWrapper<CandidatePage>;
  ReclamationCandidateEdge: ResolverTypeWrapper<Omit<ReclamationCandidateEdge, 'node'> & { node: ResolversTypes['ReclamationCandidate'] }>;
  ReclamationCandidateFilter: ReclamationCandidateFilter;
  ReclamationCandidateOrder: ReclamationCandidateOrder;
  ReclamationCandidateOrderField: ReclamationCandidateOrderField;
  ReclamationCandidateStatus: ReclamationCandidateStatus;
  ReclamationConnection: ResolverTypeWrapper<ReclamationPage>;
  ReclamationCounts: ResolverTypeWrapper<ReclamationCounts>;
  ReclamationEdge: ResolverTypeWrapper<Omit<ReclamationEdge, 'node'> & { node: ResolversTypes['Reclamation'] }>;
  ReclamationHold: ResolverTypeWrapper<HoldRow>;
  ReclamationHoldPayload: ResolverTypeWrapper<Omit<ReclamationHoldPayload, 'reclamationHold'> & { reclamationHold?: Maybe<ResolversTypes['ReclamationHold']> }>;
  ReclamationIdInput: ReclamationIdInput;
  ReclamationItem: ResolverTypeWrapper<ReclamationItemRow>;
  ReclamationItemConnection: ResolverTypeWrapper<ItemPage>;
  ReclamationItemEdge: ResolverTypeWrapper<Omit<ReclamationItemEdge, 'node'> & { node: ResolversTypes['ReclamationItem'] }>;
  ReclamationItemError: ResolverTypeWrapper<ReclamationItemError>;
  ReclamationItemStatus: ReclamationItemStatus;
  ReclamationKind: ReclamationKind;
  ReclamationPayload: ResolverTypeWrapper<Omit<ReclamationPayload, 'reclamation'> & { reclamation?: Maybe<ResolversTypes['Reclamation']> }>;
  ReclamationReason: ReclamationReason;
  ReclamationRule: ResolverTypeWrapper<RuleRow>;
  ReclamationRulePayload: ResolverTypeWrapper<Omit<ReclamationRulePayload, 'reclamationRule'> & { reclamationRule?: Maybe<ResolversTypes['ReclamationRule']> }>;
  ReclamationRulePreview: ResolverTypeWrapper<RulePreviewFacts>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  ReclamationRulePreviewPayload: ResolverTypeWrapper<Omit<ReclamationRulePreviewPayload, 'preview'> & { preview?: Maybe<ResolversTypes['ReclamationRulePreview']> }>;
  ReclamationStatus: ReclamationStatus;
  ReconcileInput: ReconcileInput;
  ReconcilePayload: ResolverTypeWrapper<Omit<ReconcilePayload, 'integration' | 'reconciliation'> & { integration?: Maybe<ResolversTypes['Integration']>, reconciliation?: Maybe<ResolversTypes['Reconciliation']> }>;
  Reconciliation: ResolverTypeWrapper<ReconciliationRow>;
  ReconciliationChange: ResolverTypeWrapper<Change>;
  ReconciliationChangeKind: ReconciliationChangeKind;
  ReconciliationConnection: ResolverTypeWrapper<ReconciliationPage>;
  ReconciliationCounts: ResolverTypeWrapper<ReconciliationCounts>;
  ReconciliationEdge: ResolverTypeWrapper<Omit<ReconciliationEdge, 'node'> & { node: ResolversTypes['Reconciliation'] }>;
  ReconciliationLine: ResolverTypeWrapper<ReconciliationLineRow>;
  ReconciliationLineConnection: ResolverTypeWrapper<ReconciliationLinePage>;
  ReconciliationLineEdge: ResolverTypeWrapper<Omit<ReconciliationLineEdge, 'node'> & { node: ResolversTypes['ReconciliationLine'] }>;
  ReconciliationLineFilter: ReconciliationLineFilter;
  ReconciliationLineOrder: ReconciliationLineOrder;
  ReconciliationLineOrderField: ReconciliationLineOrderField;
  ReconciliationReason: ResolverTypeWrapper<ReconciliationReason>;
  ReconciliationReasonCode: ReconciliationReasonCode;
  ReconciliationTotal: ResolverTypeWrapper<CurrencyTotal>;
  Region: Region;
  RejectKeepInput: RejectKeepInput;
  ReleaseReclamationsInput: ReleaseReclamationsInput;
  RemediationAction: RemediationAction;
  RemediationStep: ResolverTypeWrapper<RemediationStep>;
  RemoveEntitlementInput: RemoveEntitlementInput;
  RemoveEntitlementPayload: ResolverTypeWrapper<Omit<RemoveEntitlementPayload, 'license'> & { license?: Maybe<ResolversTypes['License']> }>;
  Renewal: ResolverTypeWrapper<RenewalFacts>;
  RenewalAdvice: ResolverTypeWrapper<RenewalAdvice>;
  RenewalConnection: ResolverTypeWrapper<RenewalsPage>;
  RenewalEdge: ResolverTypeWrapper<Omit<RenewalEdge, 'node'> & { node: ResolversTypes['Renewal'] }>;
  RenewalKind: RenewalKind;
  RenewalVerdict: RenewalVerdict;
  ReportOffboardingInput: ReportOffboardingInput;
  ReportOffboardingPayload: ResolverTypeWrapper<Omit<ReportOffboardingPayload, 'jobRun' | 'offboardings'> & { jobRun?: Maybe<ResolversTypes['JobRun']>, offboardings: Array<ResolversTypes['Offboarding']> }>;
  RestoreInput: RestoreInput;
  ResumeCandidatesInput: ResumeCandidatesInput;
  ReviewReclamationRuleInput: ReviewReclamationRuleInput;
  RuleBlockerCount: ResolverTypeWrapper<RuleBlockerCount>;
  RuleCondition: ResolverTypeWrapper<RuleCondition>;
  RuleConditionInput: RuleConditionInput;
  RuleMatch: ResolverTypeWrapper<RuleMatchFacts>;
  RuleMatchConnection: ResolverTypeWrapper<RuleMatchPage>;
  RuleMatchEdge: ResolverTypeWrapper<Omit<RuleMatchEdge, 'node'> & { node: ResolversTypes['RuleMatch'] }>;
  RuleOutcome: RuleOutcome;
  RuleOutcomeCount: ResolverTypeWrapper<RuleOutcomeCount>;
  Savings: ResolverTypeWrapper<SavingsFacts>;
  SavingsEntry: ResolverTypeWrapper<SavingsEntryFacts>;
  SavingsEntryConnection: ResolverTypeWrapper<SavingsEntryPage>;
  SavingsEntryEdge: ResolverTypeWrapper<Omit<SavingsEntryEdge, 'node'> & { node: ResolversTypes['SavingsEntry'] }>;
  SavingsFigure: ResolverTypeWrapper<SavingsFigure>;
  ScheduledJob: ResolverTypeWrapper<ScheduledJob>;
  SeatMove: ResolverTypeWrapper<SeatMoveFacts>;
  SeatMoveConnection: ResolverTypeWrapper<SeatMovesPage>;
  SeatMoveEdge: ResolverTypeWrapper<Omit<SeatMoveEdge, 'node'> & { node: ResolversTypes['SeatMove'] }>;
  SeatNeed: ResolverTypeWrapper<SeatNeed>;
  SeatNeedBasis: SeatNeedBasis;
  SeatOffer: ResolverTypeWrapper<Omit<SeatOffer, 'seats'> & { seats: ResolversTypes['PooledSeats'] }>;
  SeatPool: ResolverTypeWrapper<SeatPoolFacts>;
  SeriesInterval: SeriesInterval;
  SetEntitlementInput: SetEntitlementInput;
  SetEntitlementPayload: ResolverTypeWrapper<Omit<SetEntitlementPayload, 'entitlement' | 'license'> & { entitlement?: Maybe<ResolversTypes['Entitlement']>, license?: Maybe<ResolversTypes['License']> }>;
  SetExchangeRateInput: SetExchangeRateInput;
  SetExchangeRatePayload: ResolverTypeWrapper<Omit<SetExchangeRatePayload, 'exchangeRate'> & { exchangeRate?: Maybe<ResolversTypes['ExchangeRate']> }>;
  SignIn: ResolverTypeWrapper<SignInRow>;
  SignInConnection: ResolverTypeWrapper<SignInPage>;
  SignInEdge: ResolverTypeWrapper<Omit<SignInEdge, 'node'> & { node: ResolversTypes['SignIn'] }>;
  SignInKind: SignInKind;
  StaleItem: ResolverTypeWrapper<StaleFacts>;
  StringFilter: StringFilter;
  SubAccount: ResolverTypeWrapper<AccountRow>;
  SubAccountConnection: ResolverTypeWrapper<AccountPage>;
  SubAccountEdge: ResolverTypeWrapper<Omit<SubAccountEdge, 'node'> & { node: ResolversTypes['SubAccount'] }>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SubscriptionSource: SubscriptionSource;
  SyncIntegrationInput: SyncIntegrationInput;
  SyncIntegrationPayload: ResolverTypeWrapper<Omit<SyncIntegrationPayload, 'integration' | 'jobRuns'> & { integration?: Maybe<ResolversTypes['Integration']>, jobRuns: Array<ResolversTypes['JobRun']> }>;
  SyncPlan: ResolverTypeWrapper<SyncPlanFacts>;
  TaskPart: ResolverTypeWrapper<TaskPart>;
  TaskPartName: TaskPartName;
  TaskPartStatus: TaskPartStatus;
  TaskPlan: ResolverTypeWrapper<TaskPlan>;
  TaskSetting: ResolverTypeWrapper<TaskWithParts>;
  Transfer: ResolverTypeWrapper<Transfer>;
  TransferInput: TransferInput;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UnmapUnrecognizedSubscriptionInput: UnmapUnrecognizedSubscriptionInput;
  UnrecognizedSubscription: ResolverTypeWrapper<Omit<UnrecognizedSubscription, 'mappedTo'> & { mappedTo?: Maybe<ResolversTypes['License']> }>;
  UnrecognizedSubscriptionPayload: ResolverTypeWrapper<Omit<UnrecognizedSubscriptionPayload, 'license' | 'unrecognizedSubscription'> & { license?: Maybe<ResolversTypes['License']>, unrecognizedSubscription?: Maybe<ResolversTypes['UnrecognizedSubscription']> }>;
  UpdateExclusionInput: UpdateExclusionInput;
  UpdateIntegrationInput: UpdateIntegrationInput;
  UpdateLicenseInput: UpdateLicenseInput;
  UpdateLicensePayload: ResolverTypeWrapper<Omit<UpdateLicensePayload, 'license'> & { license?: Maybe<ResolversTypes['License']> }>;
  UpdateReclamationRuleInput: UpdateReclamationRuleInput;
  User: ResolverTypeWrapper<UserRow>;
  UserActivity: ResolverTypeWrapper<UserRow>;
  UserBundle: ResolverTypeWrapper<UserBundle>;
  UserBundleSource: UserBundleSource;
  UserConnection: ResolverTypeWrapper<UserPage>;
  UserEdge: ResolverTypeWrapper<Omit<UserEdge, 'node'> & { node: ResolversTypes['User'] }>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
  UserFacet: ResolverTypeWrapper<FacetRow>;
  UserFacetField: UserFacetField;
  UserFacets: ResolverTypeWrapper<Omit<UserFacets, 'facets'> & { facets: Array<ResolversTypes['UserFacet']> }>;
  UserFilter: UserFilter;
  UserHistoryEntry: ResolverTypeWrapper<UserHistoryRow>;
  UserImage: ResolverTypeWrapper<UserImage>;
  UserKind: UserKind;
  UserKindFilter: UserKindFilter;
  UserOrder: UserOrder;
  UserOrderField: UserOrderField;
  UserStatus: UserStatus;
  UserStatusFilter: UserStatusFilter;
  UserType: UserType;
  UserTypeFilter: UserTypeFilter;
  WithdrawOffboardingInput: WithdrawOffboardingInput;
  WithdrawOffboardingPayload: ResolverTypeWrapper<Omit<WithdrawOffboardingPayload, 'offboardings'> & { offboardings: Array<ResolversTypes['Offboarding']> }>;
  ZoomCalls: ResolverTypeWrapper<ZoomCalls>;
  ZoomCount: ResolverTypeWrapper<ZoomCount>;
  ZoomCountSource: ZoomCountSource;
  ZoomRateLabel: ZoomRateLabel;
}>;

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = ResolversObject<{
  Account: AccountRow;
  String: Scalars['String']['output'];
  Int: Scalars['Int']['output'];
  ID: Scalars['ID']['output'];
  AccountSummary: AccountRow;
  Boolean: Scalars['Boolean']['output'];
  AcknowledgeReturnsInput: AcknowledgeReturnsInput;
  ActivityPoint: ActivityPoint;
  ActivityWindow: ActivityWindow;
  AddEntitlementInput: AddEntitlementInput;
  AddEntitlementPayload: Omit<AddEntitlementPayload, 'entitlement' | 'license'> & { entitlement?: Maybe<ResolversParentTypes['Entitlement']>, license?: Maybe<ResolversParentTypes['License']> };
  ApplyReclamationInput: ApplyReclamationInput;
  ApproveKeepInput: ApproveKeepInput;
  AssignAnswer: AssignAnswerFacts;
  AuditEvent: AuditEventRow;
  AuditEventConnection: AuditEventPage;
  AuditEventEdge: Omit<AuditEventEdge, 'node'> & { node: ResolversParentTypes['AuditEvent'] };
  AuditEventFilter: AuditEventFilter;
  AuthorizeIntegrationInput: AuthorizeIntegrationInput;
  AuthorizeIntegrationPayload: Omit<AuthorizeIntegrationPayload, 'integration'> & { integration?: Maybe<ResolversParentTypes['Integration']> };
  BasicSufficiency: BasicSufficiency;
  Blocker: Blocker;
  BooleanFilter: BooleanFilter;
  CandidateActionFilter: CandidateActionFilter;
  CandidateEvidence: CandidateEvidence;
  CandidateHistoryEntry: CandidateEventRow;
  CandidateMessage: MessageRow;
  CandidateMessageConnection: MessagePage;
  CandidateMessageEdge: Omit<CandidateMessageEdge, 'node'> & { node: ResolversParentTypes['CandidateMessage'] };
  CandidateReasonFilter: CandidateReasonFilter;
  CandidateSign: CandidateSign;
  CandidateStatusFilter: CandidateStatusFilter;
  CandidatesPayload: Omit<CandidatesPayload, 'reclamationCandidates'> & { reclamationCandidates: Array<ResolversParentTypes['ReclamationCandidate']> };
  CapacityProposal: CapacityProposalFacts;
  CapacityProposalConnection: CapacityProposalPage;
  CapacityProposalEdge: Omit<CapacityProposalEdge, 'node'> & { node: ResolversParentTypes['CapacityProposal'] };
  CompliancePositionFilter: CompliancePositionFilter;
  ConfirmReclamationInput: ConfirmReclamationInput;
  ConnectionCheck: ConnectionCheck;
  ConnectionCheckResult: ConnectionCheckResult;
  CreateExclusionInput: CreateExclusionInput;
  CreateIntegrationInput: CreateIntegrationInput;
  CreateReclamationRuleInput: CreateReclamationRuleInput;
  Currency: Scalars['Currency']['output'];
  DailyCap: DailyCap;
  DailyUsage: DailyUsageRow;
  Date: Scalars['Date']['output'];
  DateTime: Scalars['DateTime']['output'];
  DateTimeFilter: DateTimeFilter;
  DeauthorizeIntegrationInput: DeauthorizeIntegrationInput;
  Decimal: Scalars['Decimal']['output'];
  DeleteExchangeRateInput: DeleteExchangeRateInput;
  DeleteExchangeRatePayload: DeleteExchangeRatePayload;
  DeleteExclusionInput: DeleteExclusionInput;
  DeleteExclusionPayload: DeleteExclusionPayload;
  DeleteIntegrationInput: DeleteIntegrationInput;
  DeleteIntegrationPayload: Omit<DeleteIntegrationPayload, 'integration'> & { integration?: Maybe<ResolversParentTypes['Integration']> };
  DeleteReclamationRuleInput: DeleteReclamationRuleInput;
  DeleteReclamationRulePayload: DeleteReclamationRulePayload;
  DismissCandidatesInput: DismissCandidatesInput;
  DismissCandidatesPayload: Omit<DismissCandidatesPayload, 'reclamationCandidates'> & { reclamationCandidates: Array<ResolversParentTypes['ReclamationCandidate']> };
  EndpointCalls: EndpointCalls;
  Entitlement: EntitlementRow;
  EntitlementIssue: Omit<EntitlementIssue, 'entitlements'> & { entitlements: Array<ResolversParentTypes['Entitlement']> };
  ExchangeRate: ExchangeRateRow;
  ExcludedFromCost: ExcludedFromCost;
  Exclusion: ExclusionRow;
  ExclusionConnection: ExclusionPage;
  ExclusionEdge: Omit<ExclusionEdge, 'node'> & { node: ResolversParentTypes['Exclusion'] };
  ExclusionPayload: Omit<ExclusionPayload, 'exclusion'> & { exclusion?: Maybe<ResolversParentTypes['Exclusion']> };
  Group: GroupRow;
  GroupConnection: GroupPage;
  GroupEdge: Omit<GroupEdge, 'node'> & { node: ResolversParentTypes['Group'] };
  HiddenByExclusion: HiddenFacts;
  HoldReclamationsInput: HoldReclamationsInput;
  IdFilter: IdFilter;
  IntFilter: IntFilter;
  Integration: IntegrationRow;
  IntegrationIdInput: IntegrationIdInput;
  IntegrationPayload: Omit<IntegrationPayload, 'integration'> & { integration?: Maybe<ResolversParentTypes['Integration']> };
  ItemPlan: PlanRecord;
  JSON: Scalars['JSON']['output'];
  JobProgress: JobProgress;
  JobRun: JobRunRow;
  JobRunConnection: JobRunPage;
  JobRunEdge: Omit<JobRunEdge, 'node'> & { node: ResolversParentTypes['JobRun'] };
  License: LicenseRow;
  LicenseCompliance: Compliance;
  LicenseProblem: LicenseProblem;
  LicenseReturnCause: LicenseReturnCause;
  LicenseSavings: LicenseSavingsFacts;
  LiveUser: LiveUser;
  ManageLicensesInput: ManageLicensesInput;
  ManageLicensesPayload: Omit<ManageLicensesPayload, 'licenses'> & { licenses?: Maybe<Array<ResolversParentTypes['License']>> };
  ManagedDomain: ManagedDomain;
  MapUnrecognizedSubscriptionInput: MapUnrecognizedSubscriptionInput;
  Meeting: MeetingRow;
  MeetingConnection: MeetingPage;
  MeetingEdge: Omit<MeetingEdge, 'node'> & { node: ResolversParentTypes['Meeting'] };
  MissingExchangeRate: MissingExchangeRate;
  Money: Money;
  Mutation: Record<PropertyKey, never>;
  NotRestored: NotRestored;
  OffboardedPersonInput: OffboardedPersonInput;
  Offboarding: OffboardingRow;
  OperationLog: OperationLogRow;
  OperationLogConnection: OperationLogPage;
  OperationLogEdge: Omit<OperationLogEdge, 'node'> & { node: ResolversParentTypes['OperationLog'] };
  PageInfo: PageInfo;
  Participant: ParticipantRow;
  ParticipantConnection: ParticipantPage;
  ParticipantEdge: Omit<ParticipantEdge, 'node'> & { node: ResolversParentTypes['Participant'] };
  Plan: AccountPlan;
  PlanWarning: PlanWarning;
  PlannedCalls: PlannedCalls;
  PooledLicense: PooledLicenseFacts;
  PooledSeats: PooledSeatsFacts;
  PooledSeatsConnection: PooledSeatsPage;
  PooledSeatsEdge: Omit<PooledSeatsEdge, 'node'> & { node: ResolversParentTypes['PooledSeats'] };
  ProvisionedLicenses: Provisioned;
  Query: Record<PropertyKey, never>;
  ReclaimInput: ReclaimInput;
  Reclamation: ReclamationRow;
  ReclamationCandidate: CandidateRow;
  ReclamationCandidateConnection: CandidatePage;
  ReclamationCandidateEdge: Omit<ReclamationCandidateEdge, 'node'> & { node: ResolversParentTypes['ReclamationCandidate'] };
  ReclamationCandidateFilter: ReclamationCandidateFilter;
  ReclamationCandidateOrder: ReclamationCandidateOrder;
  ReclamationConnection: ReclamationPage;
  ReclamationCounts: ReclamationCounts;
  ReclamationEdge: Omit<ReclamationEdge, 'node'> & { node: ResolversParentTypes['Reclamation'] };
  ReclamationHold: HoldRow;
  ReclamationHoldPayload: Omit<ReclamationHoldPayload, 'reclamationHold'> & { reclamationHold?: Maybe<ResolversParentTypes['ReclamationHold']> };
  ReclamationIdInput: ReclamationIdInput;
  ReclamationItem: ReclamationItemRow;
  ReclamationItemConnection: ItemPage;
  ReclamationItemEdge: Omit<ReclamationItemEdge, 'node'> & { node: ResolversParentTypes['ReclamationItem'] };
  ReclamationItemError: ReclamationItemError;
  ReclamationPayload: Omit<ReclamationPayload, 'reclamation'> & { reclamation?: Maybe<ResolversParentTypes['Reclamation']> };
  ReclamationRule: RuleRow;
  ReclamationRulePayload: Omit<ReclamationRulePayload, 'reclamationRule'> & { reclamationRule?: Maybe<ResolversParentTypes['ReclamationRule']> };
  ReclamationRulePreview: RulePreviewFacts;
  Float: Scalars['Float']['output'];
  ReclamationRulePreviewPayload: Omit<ReclamationRulePreviewPayload, 'preview'> & { preview?: Maybe<ResolversParentTypes['ReclamationRulePreview']> };
  ReconcileInput: ReconcileInput;
  ReconcilePayload: Omit<ReconcilePayload, 'integration' | 'reconciliation'> & { integration?: Maybe<ResolversParentTypes['Integration']>, reconciliation?: Maybe<ResolversParentTypes['Reconciliation']> };
  Reconciliation: ReconciliationRow;
  ReconciliationChange: Change;
  ReconciliationConnection: ReconciliationPage;
  ReconciliationCounts: ReconciliationCounts;
  ReconciliationEdge: Omit<ReconciliationEdge, 'node'> & { node: ResolversParentTypes['Reconciliation'] };
  ReconciliationLine: ReconciliationLineRow;
  ReconciliationLineConnection: ReconciliationLinePage;
  ReconciliationLineEdge: Omit<ReconciliationLineEdge, 'node'> & { node: ResolversParentTypes['ReconciliationLine'] };
  ReconciliationLineFilter: ReconciliationLineFilter;
  ReconciliationLineOrder: ReconciliationLineOrder;
  ReconciliationReason: ReconciliationReason;
  ReconciliationTotal: CurrencyTotal;
  RejectKeepInput: RejectKeepInput;
  ReleaseReclamationsInput: ReleaseReclamationsInput;
  RemediationStep: RemediationStep;
  RemoveEntitlementInput: RemoveEntitlementInput;
  RemoveEntitlementPayload: Omit<RemoveEntitlementPayload, 'license'> & { license?: Maybe<ResolversParentTypes['License']> };
  Renewal: RenewalFacts;
  RenewalAdvice: RenewalAdvice;
  RenewalConnection: RenewalsPage;
  RenewalEdge: Omit<RenewalEdge, 'node'> & { node: ResolversParentTypes['Renewal'] };
  ReportOffboardingInput: ReportOffboardingInput;
  ReportOffboardingPayload: Omit<ReportOffboardingPayload, 'jobRun' | 'offboardings'> & { jobRun?: Maybe<ResolversParentTypes['JobRun']>, offboardings: Array<ResolversParentTypes['Offboarding']> };
  RestoreInput: RestoreInput;
  ResumeCandidatesInput: ResumeCandidatesInput;
  ReviewReclamationRuleInput: ReviewReclamationRuleInput;
  RuleBlockerCount: RuleBlockerCount;
  RuleCondition: RuleCondition;
  RuleConditionInput: RuleConditionInput;
  RuleMatch: RuleMatchFacts;
  RuleMatchConnection: RuleMatchPage;
  RuleMatchEdge: Omit<RuleMatchEdge, 'node'> & { node: ResolversParentTypes['RuleMatch'] };
  RuleOutcomeCount: RuleOutcomeCount;
  Savings: SavingsFacts;
  SavingsEntry: SavingsEntryFacts;
  SavingsEntryConnection: SavingsEntryPage;
  SavingsEntryEdge: Omit<SavingsEntryEdge, 'node'> & { node: ResolversParentTypes['SavingsEntry'] };
  SavingsFigure: SavingsFigure;
  ScheduledJob: ScheduledJob;
  SeatMove: SeatMoveFacts;
  SeatMoveConnection: SeatMovesPage;
  SeatMoveEdge: Omit<SeatMoveEdge, 'node'> & { node: ResolversParentTypes['SeatMove'] };
  SeatNeed: SeatNeed;
  SeatOffer: Omit<SeatOffer, 'seats'> & { seats: ResolversParentTypes['PooledSeats'] };
  SeatPool: SeatPoolFacts;
  SetEntitlementInput: SetEntitlementInput;
  SetEntitlementPayload: Omit<SetEntitlementPayload, 'entitlement' | 'license'> & { entitlement?: Maybe<ResolversParentTypes['Entitlement']>, license?: Maybe<ResolversParentTypes['License']> };
  SetExchangeRateInput: SetExchangeRateInput;
  SetExchangeRatePayload: Omit<SetExchangeRatePayload, 'exchangeRate'> & { exchangeRate?: Maybe<ResolversParentTypes['ExchangeRate']> };
  SignIn: SignInRow;
  SignInConnection: SignInPage;
  SignInEdge: Omit<SignInEdge, 'node'> & { node: ResolversParentTypes['SignIn'] };
  StaleItem: StaleFacts;
  StringFilter: StringFilter;
  SubAccount: AccountRow;
  SubAccountConnection: AccountPage;
  SubAccountEdge: Omit<SubAccountEdge, 'node'> & { node: ResolversParentTypes['SubAccount'] };
  Subscription: Record<PropertyKey, never>;
  SyncIntegrationInput: SyncIntegrationInput;
  SyncIntegrationPayload: Omit<SyncIntegrationPayload, 'integration' | 'jobRuns'> & { integration?: Maybe<ResolversParentTypes['Integration']>, jobRuns: Array<ResolversParentTypes['JobRun']> };
  SyncPlan: SyncPlanFacts;
  TaskPart: TaskPart;
  TaskPlan: TaskPlan;
  TaskSetting: TaskWithParts;
  Transfer: Transfer;
  TransferInput: TransferInput;
  URL: Scalars['URL']['output'];
  UnmapUnrecognizedSubscriptionInput: UnmapUnrecognizedSubscriptionInput;
  UnrecognizedSubscription: Omit<UnrecognizedSubscription, 'mappedTo'> & { mappedTo?: Maybe<ResolversParentTypes['License']> };
  UnrecognizedSubscriptionPayload: Omit<UnrecognizedSubscriptionPayload, 'license' | 'unrecognizedSubscription'> & { license?: Maybe<ResolversParentTypes['License']>, unrecognizedSubscription?: Maybe<ResolversParentTypes['UnrecognizedSubscription']> };
  UpdateExclusionInput: UpdateExclusionInput;
  UpdateIntegrationInput: UpdateIntegrationInput;
  UpdateLicenseInput: UpdateLicenseInput;
  UpdateLicensePayload: Omit<UpdateLicensePayload, 'license'> & { license?: Maybe<ResolversParentTypes['License']> };
  UpdateReclamationRuleInput: UpdateReclamationRuleInput;
  User: UserRow;
  UserActivity: UserRow;
  UserBundle: UserBundle;
  UserConnection: UserPage;
  UserEdge: Omit<UserEdge, 'node'> & { node: ResolversParentTypes['User'] };
  UserError: UserError;
  UserFacet: FacetRow;
  UserFacets: Omit<UserFacets, 'facets'> & { facets: Array<ResolversParentTypes['UserFacet']> };
  UserFilter: UserFilter;
  UserHistoryEntry: UserHistoryRow;
  UserImage: UserImage;
  UserKindFilter: UserKindFilter;
  UserOrder: UserOrder;
  UserStatusFilter: UserStatusFilter;
  UserTypeFilter: UserTypeFilter;
  WithdrawOffboardingInput: WithdrawOffboardingInput;
  WithdrawOffboardingPayload: Omit<WithdrawOffboardingPayload, 'offboardings'> & { offboardings: Array<ResolversParentTypes['Offboarding']> };
  ZoomCalls: ZoomCalls;
  ZoomCount: ZoomCount;
}>;

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'], FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Account']> | FederationReferenceType, FederationReferenceType, ContextType>;
  activityProblem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  annualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<AccountAnnualCostArgs>>;
  dailyUsage?: Resolver<Array<ResolversTypes['DailyUsage']>, ParentType, ContextType, Partial<AccountDailyUsageArgs>>;
  groups?: Resolver<ResolversTypes['GroupConnection'], ParentType, ContextType, RequireFields<AccountGroupsArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  informationAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  integration?: Resolver<ResolversTypes['Integration'], ParentType, ContextType>;
  licenses?: Resolver<Array<ResolversTypes['License']>, ParentType, ContextType>;
  lockSettings?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  managedDomains?: Resolver<Maybe<Array<ResolversTypes['ManagedDomain']>>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operationLogs?: Resolver<ResolversTypes['OperationLogConnection'], ParentType, ContextType, RequireFields<AccountOperationLogsArgs, 'first'>>;
  plan?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  planName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  plans?: Resolver<Array<ResolversTypes['Plan']>, ParentType, ContextType>;
  reclaimableAnnualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<AccountReclaimableAnnualCostArgs>>;
  rosterCompleteAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rosterProblem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  settings?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  subAccounts?: Resolver<ResolversTypes['SubAccountConnection'], ParentType, ContextType, RequireFields<AccountSubAccountsArgs, 'first'>>;
  summary?: Resolver<Maybe<ResolversTypes['AccountSummary']>, ParentType, ContextType>;
  tier?: Resolver<ResolversTypes['AccountTier'], ParentType, ContextType>;
  trustedDomains?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  users?: Resolver<ResolversTypes['UserConnection'], ParentType, ContextType, RequireFields<AccountUsersArgs, 'first'>>;
  zoomAccountId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type AccountSummaryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AccountSummary'] = ResolversParentTypes['AccountSummary']> = ResolversObject<{
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  basic?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  licensed?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  onPrem?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  pending?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  rooms?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  total?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
}>;

export type ActivityPointResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityPoint'] = ResolversParentTypes['ActivityPoint']> = ResolversObject<{
  activeUsers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  cloudRecordings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  end?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  hosts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  joiners?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  longMeetingsHosted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meetingsHosted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meetingsJoined?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  signIns?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  signedInUsers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  start?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  webinarHosts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  webinarsHosted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ActivityWindowResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ActivityWindow'] = ResolversParentTypes['ActivityWindow']> = ResolversObject<{
  isCutByZoom?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isWhole?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  knownFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  knownUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  limits?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  reachableFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestedFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
}>;

export type AddEntitlementPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AddEntitlementPayload'] = ResolversParentTypes['AddEntitlementPayload']> = ResolversObject<{
  entitlement?: Resolver<Maybe<ResolversTypes['Entitlement']>, ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type AssignAnswerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AssignAnswer'] = ResolversParentTypes['AssignAnswer']> = ResolversObject<{
  answer?: Resolver<ResolversTypes['AssignVerdict'], ParentType, ContextType>;
  candidates?: Resolver<Array<ResolversTypes['ReclamationCandidate']>, ParentType, ContextType>;
  free?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  from?: Resolver<Array<ResolversTypes['SeatOffer']>, ParentType, ContextType>;
  here?: Resolver<Maybe<ResolversTypes['PooledSeats']>, ParentType, ContextType>;
  missing?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  readyCandidates?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  toBuy?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  toBuyAnnualAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  toReclaim?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type AuditEventResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEvent'] = ResolversParentTypes['AuditEvent'], FederationReferenceType extends FederationReferenceTypes['AuditEvent'] = FederationReferenceTypes['AuditEvent']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['AuditEvent']> | FederationReferenceType, FederationReferenceType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  details?: Resolver<ResolversTypes['JSON'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  integrationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  previousHash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requestId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  subject?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type AuditEventConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEventConnection'] = ResolversParentTypes['AuditEventConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['AuditEventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['AuditEvent']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type AuditEventEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuditEventEdge'] = ResolversParentTypes['AuditEventEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEvent'], ParentType, ContextType>;
}>;

export type AuthorizeIntegrationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AuthorizeIntegrationPayload'] = ResolversParentTypes['AuthorizeIntegrationPayload']> = ResolversObject<{
  authorizationUrl?: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  integration?: Resolver<Maybe<ResolversTypes['Integration']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type BasicSufficiencyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['BasicSufficiency'] = ResolversParentTypes['BasicSufficiency']> = ResolversObject<{
  cloudRecordings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  largestMeeting?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lastLongMeetingHostedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  longMeetingsHosted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  notLookedAt?: Resolver<Array<ResolversTypes['BasicInsufficiency']>, ParentType, ContextType>;
  pollsHeld?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reasons?: Resolver<Array<ResolversTypes['BasicInsufficiency']>, ParentType, ContextType>;
  registrants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verdict?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  webinarsHosted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  windowFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  windowUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
}>;

export type BlockerResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Blocker'] = ResolversParentTypes['Blocker']> = ResolversObject<{
  code?: Resolver<ResolversTypes['BlockerCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
}>;

export type CandidateEvidenceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CandidateEvidence'] = ResolversParentTypes['CandidateEvidence']> = ResolversObject<{
  activityKnownUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  countedSigns?: Resolver<Array<ResolversTypes['ActivitySign']>, ParentType, ContextType>;
  rosterAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  signs?: Resolver<Array<ResolversTypes['CandidateSign']>, ParentType, ContextType>;
  windowFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
}>;

export type CandidateHistoryEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CandidateHistoryEntry'] = ResolversParentTypes['CandidateHistoryEntry']> = ResolversObject<{
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  by?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['ReclamationCandidateStatus']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  to?: Resolver<ResolversTypes['ReclamationCandidateStatus'], ParentType, ContextType>;
}>;

export type CandidateMessageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CandidateMessage'] = ResolversParentTypes['CandidateMessage']> = ResolversObject<{
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  channel?: Resolver<ResolversTypes['CandidateMessageChannel'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['CandidateMessageKind'], ParentType, ContextType>;
  sentAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['CandidateMessageStatus'], ParentType, ContextType>;
}>;

export type CandidateMessageConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CandidateMessageConnection'] = ResolversParentTypes['CandidateMessageConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['CandidateMessageEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['CandidateMessage']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type CandidateMessageEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CandidateMessageEdge'] = ResolversParentTypes['CandidateMessageEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CandidateMessage'], ParentType, ContextType>;
}>;

export type CandidateSignResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CandidateSign'] = ResolversParentTypes['CandidateSign']> = ResolversObject<{
  lastAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  sign?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type CandidatesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CandidatesPayload'] = ResolversParentTypes['CandidatesPayload']> = ResolversObject<{
  reclamationCandidates?: Resolver<Array<ResolversTypes['ReclamationCandidate']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type CapacityProposalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CapacityProposal'] = ResolversParentTypes['CapacityProposal']> = ResolversObject<{
  action?: Resolver<ResolversTypes['CapacityAction'], ParentType, ContextType>;
  addOn?: Resolver<ResolversTypes['CapacityAddOn'], ParentType, ContextType>;
  capacity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  estimatedAnnualSavings?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  held?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  knownFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  knownUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  peak?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  proposedCapacity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  reservePercent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
}>;

export type CapacityProposalConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CapacityProposalConnection'] = ResolversParentTypes['CapacityProposalConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['CapacityProposalEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['CapacityProposal']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type CapacityProposalEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CapacityProposalEdge'] = ResolversParentTypes['CapacityProposalEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CapacityProposal'], ParentType, ContextType>;
}>;

export type ConnectionCheckResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConnectionCheck'] = ResolversParentTypes['ConnectionCheck']> = ResolversObject<{
  checkedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  checks?: Resolver<Array<ResolversTypes['ConnectionCheckResult']>, ParentType, ContextType>;
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type ConnectionCheckResultResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConnectionCheckResult'] = ResolversParentTypes['ConnectionCheckResult']> = ResolversObject<{
  endpoint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ok?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  task?: Resolver<ResolversTypes['IntegrationTask'], ParentType, ContextType>;
}>;

export interface CurrencyScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Currency'], any> {
  name: 'Currency';
}

export type DailyCapResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DailyCap'] = ResolversParentTypes['DailyCap']> = ResolversObject<{
  fits?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['ZoomRateLabel'], ParentType, ContextType>;
  left?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  usedToday?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type DailyUsageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DailyUsage'] = ResolversParentTypes['DailyUsage']> = ResolversObject<{
  day?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  meetingMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meetings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  newUsers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  participants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export interface DateScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Date'], any> {
  name: 'Date';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface DecimalScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['Decimal'], any> {
  name: 'Decimal';
}

export type DeleteExchangeRatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteExchangeRatePayload'] = ResolversParentTypes['DeleteExchangeRatePayload']> = ResolversObject<{
  deletedExchangeRateId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type DeleteExclusionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteExclusionPayload'] = ResolversParentTypes['DeleteExclusionPayload']> = ResolversObject<{
  deletedExclusionId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type DeleteIntegrationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteIntegrationPayload'] = ResolversParentTypes['DeleteIntegrationPayload']> = ResolversObject<{
  deletedIntegrationId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  integration?: Resolver<Maybe<ResolversTypes['Integration']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type DeleteReclamationRulePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteReclamationRulePayload'] = ResolversParentTypes['DeleteReclamationRulePayload']> = ResolversObject<{
  deletedRuleId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type DismissCandidatesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DismissCandidatesPayload'] = ResolversParentTypes['DismissCandidatesPayload']> = ResolversObject<{
  reclamationCandidates?: Resolver<Array<ResolversTypes['ReclamationCandidate']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type EndpointCallsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EndpointCalls'] = ResolversParentTypes['EndpointCalls']> = ResolversObject<{
  endpoint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['ZoomRateLabel']>, ParentType, ContextType>;
  planned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  spent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  why?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type EntitlementResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Entitlement'] = ResolversParentTypes['Entitlement']> = ResolversObject<{
  annualCost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType, Partial<EntitlementAnnualCostArgs>>;
  annualCostPerLicense?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType, Partial<EntitlementAnnualCostPerLicenseArgs>>;
  cost?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  countedSeats?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['Currency']>, ParentType, ContextType>;
  effectiveDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  expirationDate?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  paymentFrequency?: Resolver<Maybe<ResolversTypes['PaymentFrequency']>, ParentType, ContextType>;
  purchaseIdentifier?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  quantity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EntitlementStatus'], ParentType, ContextType>;
  unlimited?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type EntitlementIssueResolvers<ContextType = Context, ParentType extends ResolversParentTypes['EntitlementIssue'] = ResolversParentTypes['EntitlementIssue']> = ResolversObject<{
  code?: Resolver<ResolversTypes['EntitlementIssueCode'], ParentType, ContextType>;
  entitlements?: Resolver<Array<ResolversTypes['Entitlement']>, ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
}>;

export type ExchangeRateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExchangeRate'] = ResolversParentTypes['ExchangeRate']> = ResolversObject<{
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inUse?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  validFrom?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
}>;

export type ExcludedFromCostResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExcludedFromCost'] = ResolversParentTypes['ExcludedFromCost']> = ResolversObject<{
  assigned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inactive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  license?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type ExclusionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Exclusion'] = ResolversParentTypes['Exclusion'], FederationReferenceType extends FederationReferenceTypes['Exclusion'] = FederationReferenceTypes['Exclusion']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Exclusion']> | FederationReferenceType, FederationReferenceType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  emailPattern?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  group?: Resolver<Maybe<ResolversTypes['Group']>, ParentType, ContextType>;
  hides?: Resolver<ResolversTypes['HiddenByExclusion'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  integration?: Resolver<Maybe<ResolversTypes['Integration']>, ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  owner?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  roleId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  scope?: Resolver<ResolversTypes['ExclusionScope'], ParentType, ContextType>;
  subAccount?: Resolver<Maybe<ResolversTypes['SubAccount']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
}>;

export type ExclusionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExclusionConnection'] = ResolversParentTypes['ExclusionConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['ExclusionEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Exclusion']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ExclusionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExclusionEdge'] = ResolversParentTypes['ExclusionEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Exclusion'], ParentType, ContextType>;
}>;

export type ExclusionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ExclusionPayload'] = ResolversParentTypes['ExclusionPayload']> = ResolversObject<{
  exclusion?: Resolver<Maybe<ResolversTypes['Exclusion']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type GroupResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Group'] = ResolversParentTypes['Group'], FederationReferenceType extends FederationReferenceTypes['Group'] = FederationReferenceTypes['Group']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Group']> | FederationReferenceType, FederationReferenceType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  memberCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  users?: Resolver<ResolversTypes['UserConnection'], ParentType, ContextType, RequireFields<GroupUsersArgs, 'first'>>;
}>;

export type GroupConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupConnection'] = ResolversParentTypes['GroupConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['GroupEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Group']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type GroupEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['GroupEdge'] = ResolversParentTypes['GroupEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Group'], ParentType, ContextType>;
}>;

export type HiddenByExclusionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['HiddenByExclusion'] = ResolversParentTypes['HiddenByExclusion']> = ResolversObject<{
  annualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<HiddenByExclusionAnnualCostArgs>>;
  candidates?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  users?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type IntegrationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Integration'] = ResolversParentTypes['Integration'], FederationReferenceType extends FederationReferenceTypes['Integration'] = FederationReferenceTypes['Integration']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Integration']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  activityWindow?: Resolver<ResolversTypes['ActivityWindow'], ParentType, ContextType>;
  analyzeActivityFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  annualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<IntegrationAnnualCostArgs>>;
  clientId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  connectionCheck?: Resolver<Maybe<ResolversTypes['ConnectionCheck']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  displayName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eraseDataOnDeauthorization?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  grantedScopes?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  includeFreeUsers?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  includeOnPremises?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  jobRuns?: Resolver<ResolversTypes['JobRunConnection'], ParentType, ContextType, RequireFields<IntegrationJobRunsArgs, 'first'>>;
  kind?: Resolver<ResolversTypes['IntegrationKind'], ParentType, ContextType>;
  latestReconciliation?: Resolver<Maybe<ResolversTypes['Reconciliation']>, ParentType, ContextType>;
  meetingDetail?: Resolver<ResolversTypes['MeetingDetail'], ParentType, ContextType>;
  outOfReach?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  profileType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rateLimitPlan?: Resolver<Maybe<ResolversTypes['RateLimitPlan']>, ParentType, ContextType>;
  reauthorizationReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reclaimableAnnualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<IntegrationReclaimableAnnualCostArgs>>;
  reclamationHold?: Resolver<Maybe<ResolversTypes['ReclamationHold']>, ParentType, ContextType>;
  redirectUrl?: Resolver<ResolversTypes['URL'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['Region'], ParentType, ContextType>;
  scheduledJobs?: Resolver<Array<ResolversTypes['ScheduledJob']>, ParentType, ContextType>;
  serviceAccountPatterns?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['IntegrationStatus'], ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['TaskSetting']>, ParentType, ContextType>;
}>;

export type IntegrationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['IntegrationPayload'] = ResolversParentTypes['IntegrationPayload']> = ResolversObject<{
  integration?: Resolver<Maybe<ResolversTypes['Integration']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type ItemPlanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ItemPlan'] = ResolversParentTypes['ItemPlan']> = ResolversObject<{
  estimatedAnnualSavings?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['CandidateEvidence'], ParentType, ContextType>;
  inactiveDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastActivityAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  loses?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ReclamationReason'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['PlanWarning']>, ParentType, ContextType>;
}>;

export interface JsonScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['JSON'], any> {
  name: 'JSON';
}

export type JobProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobProgress'] = ResolversParentTypes['JobProgress']> = ResolversObject<{
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type JobRunResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobRun'] = ResolversParentTypes['JobRun'], FederationReferenceType extends FederationReferenceTypes['JobRun'] = FederationReferenceTypes['JobRun']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['JobRun']> | FederationReferenceType, FederationReferenceType, ContextType>;
  callsByEndpoint?: Resolver<Array<ResolversTypes['EndpointCalls']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  integration?: Resolver<ResolversTypes['Integration'], ParentType, ContextType>;
  plannedCalls?: Resolver<Maybe<ResolversTypes['ZoomCalls']>, ParentType, ContextType>;
  progress?: Resolver<ResolversTypes['JobProgress'], ParentType, ContextType>;
  queuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobRunStatus'], ParentType, ContextType>;
  task?: Resolver<ResolversTypes['IntegrationTask'], ParentType, ContextType>;
  usersSeen?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  zoomCalls?: Resolver<ResolversTypes['ZoomCalls'], ParentType, ContextType>;
}>;

export type JobRunConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobRunConnection'] = ResolversParentTypes['JobRunConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['JobRunEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['JobRun']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type JobRunEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['JobRunEdge'] = ResolversParentTypes['JobRunEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['JobRun'], ParentType, ContextType>;
}>;

export type LicenseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['License'] = ResolversParentTypes['License'], FederationReferenceType extends FederationReferenceTypes['License'] = FederationReferenceTypes['License']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['License']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  annualCost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType, Partial<LicenseAnnualCostArgs>>;
  annualCosts?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<LicenseAnnualCostsArgs>>;
  assigned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  assignedByZoom?: Resolver<Maybe<ResolversTypes['ZoomCount']>, ParentType, ContextType>;
  autoPopulated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['LicenseCategory'], ParentType, ContextType>;
  compliance?: Resolver<ResolversTypes['LicenseCompliance'], ParentType, ContextType>;
  entitlement?: Resolver<Maybe<ResolversTypes['Entitlement']>, ParentType, ContextType>;
  entitlementIssues?: Resolver<Array<ResolversTypes['EntitlementIssue']>, ParentType, ContextType>;
  entitlements?: Resolver<Array<ResolversTypes['Entitlement']>, ParentType, ContextType>;
  excludedFromCost?: Resolver<ResolversTypes['ExcludedFromCost'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inactive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  informationAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  latestReconciliationLine?: Resolver<Maybe<ResolversTypes['ReconciliationLine']>, ParentType, ContextType>;
  managed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  neverActive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  planGoneAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  planName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  problems?: Resolver<Array<ResolversTypes['LicenseProblem']>, ParentType, ContextType>;
  provisioned?: Resolver<ResolversTypes['ProvisionedLicenses'], ParentType, ContextType>;
  provisionedEntry?: Resolver<ResolversTypes['ProvisionedEntry'], ParentType, ContextType>;
  readOnlyFields?: Resolver<Array<ResolversTypes['LicenseField']>, ParentType, ContextType>;
  reclaimableAnnualCost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType, Partial<LicenseReclaimableAnnualCostArgs>>;
  subAccount?: Resolver<Maybe<ResolversTypes['SubAccount']>, ParentType, ContextType>;
  unassigned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  uniqueId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  userType?: Resolver<Maybe<ResolversTypes['UserType']>, ParentType, ContextType>;
  users?: Resolver<ResolversTypes['UserConnection'], ParentType, ContextType, RequireFields<LicenseUsersArgs, 'first'>>;
}>;

export type LicenseComplianceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LicenseCompliance'] = ResolversParentTypes['LicenseCompliance']> = ResolversObject<{
  delta?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  position?: Resolver<ResolversTypes['CompliancePosition'], ParentType, ContextType>;
}>;

export type LicenseProblemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LicenseProblem'] = ResolversParentTypes['LicenseProblem']> = ResolversObject<{
  code?: Resolver<ResolversTypes['LicenseProblemCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type LicenseReturnCauseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LicenseReturnCause'] = ResolversParentTypes['LicenseReturnCause']> = ResolversObject<{
  cause?: Resolver<ResolversTypes['LicenseReturnCauseKind'], ParentType, ContextType>;
  certainty?: Resolver<ResolversTypes['Certainty'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operator?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type LicenseSavingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LicenseSavings'] = ResolversParentTypes['LicenseSavings']> = ResolversObject<{
  freed?: Resolver<ResolversTypes['SavingsFigure'], ParentType, ContextType>;
  license?: Resolver<ResolversTypes['License'], ParentType, ContextType>;
  potential?: Resolver<ResolversTypes['SavingsFigure'], ParentType, ContextType>;
  realized?: Resolver<ResolversTypes['SavingsFigure'], ParentType, ContextType>;
  returned?: Resolver<ResolversTypes['SavingsFigure'], ParentType, ContextType>;
  reused?: Resolver<ResolversTypes['SavingsFigure'], ParentType, ContextType>;
}>;

export type LiveUserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['LiveUser'] = ResolversParentTypes['LiveUser']> = ResolversObject<{
  department?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastClientVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastLoginAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  readAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['UserStatus'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['UserType'], ParentType, ContextType>;
  typeCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
}>;

export type ManageLicensesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ManageLicensesPayload'] = ResolversParentTypes['ManageLicensesPayload']> = ResolversObject<{
  licenses?: Resolver<Maybe<Array<ResolversTypes['License']>>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type ManagedDomainResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ManagedDomain'] = ResolversParentTypes['ManagedDomain']> = ResolversObject<{
  domain?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type MeetingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Meeting'] = ResolversParentTypes['Meeting'], FederationReferenceType extends FederationReferenceTypes['Meeting'] = FederationReferenceTypes['Meeting']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Meeting']> | FederationReferenceType, FederationReferenceType, ContextType>;
  cloudRecorded?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  createdAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  durationMinutes?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  endTime?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  host?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['MeetingKind'], ParentType, ContextType>;
  participantCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  participants?: Resolver<ResolversTypes['ParticipantConnection'], ParentType, ContextType, RequireFields<MeetingParticipantsArgs, 'first'>>;
  pollCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  registrantCount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  startTime?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  topic?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  uuid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  zoomMeetingId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type MeetingConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingConnection'] = ResolversParentTypes['MeetingConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['MeetingEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Meeting']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type MeetingEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MeetingEdge'] = ResolversParentTypes['MeetingEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Meeting'], ParentType, ContextType>;
}>;

export type MissingExchangeRateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MissingExchangeRate'] = ResolversParentTypes['MissingExchangeRate']> = ResolversObject<{
  from?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
  licenses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
}>;

export type MoneyResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money']> = ResolversObject<{
  amount?: Resolver<ResolversTypes['Decimal'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['Currency'], ParentType, ContextType>;
}>;

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = ResolversObject<{
  acknowledgeReturns?: Resolver<ResolversTypes['CandidatesPayload'], ParentType, ContextType, RequireFields<MutationAcknowledgeReturnsArgs, 'input'>>;
  addEntitlement?: Resolver<ResolversTypes['AddEntitlementPayload'], ParentType, ContextType, RequireFields<MutationAddEntitlementArgs, 'input'>>;
  applyReclamation?: Resolver<ResolversTypes['ReclamationPayload'], ParentType, ContextType, RequireFields<MutationApplyReclamationArgs, 'input'>>;
  approveKeep?: Resolver<ResolversTypes['CandidatesPayload'], ParentType, ContextType, RequireFields<MutationApproveKeepArgs, 'input'>>;
  authorizeIntegration?: Resolver<ResolversTypes['AuthorizeIntegrationPayload'], ParentType, ContextType, RequireFields<MutationAuthorizeIntegrationArgs, 'input'>>;
  confirmReclamation?: Resolver<ResolversTypes['ReclamationPayload'], ParentType, ContextType, RequireFields<MutationConfirmReclamationArgs, 'input'>>;
  createExclusion?: Resolver<ResolversTypes['ExclusionPayload'], ParentType, ContextType, RequireFields<MutationCreateExclusionArgs, 'input'>>;
  createIntegration?: Resolver<ResolversTypes['IntegrationPayload'], ParentType, ContextType, RequireFields<MutationCreateIntegrationArgs, 'input'>>;
  createReclamationRule?: Resolver<ResolversTypes['ReclamationRulePayload'], ParentType, ContextType, RequireFields<MutationCreateReclamationRuleArgs, 'input'>>;
  deauthorizeIntegration?: Resolver<ResolversTypes['IntegrationPayload'], ParentType, ContextType, RequireFields<MutationDeauthorizeIntegrationArgs, 'input'>>;
  deleteExchangeRate?: Resolver<ResolversTypes['DeleteExchangeRatePayload'], ParentType, ContextType, RequireFields<MutationDeleteExchangeRateArgs, 'input'>>;
  deleteExclusion?: Resolver<ResolversTypes['DeleteExclusionPayload'], ParentType, ContextType, RequireFields<MutationDeleteExclusionArgs, 'input'>>;
  deleteIntegration?: Resolver<ResolversTypes['DeleteIntegrationPayload'], ParentType, ContextType, RequireFields<MutationDeleteIntegrationArgs, 'input'>>;
  deleteReclamationRule?: Resolver<ResolversTypes['DeleteReclamationRulePayload'], ParentType, ContextType, RequireFields<MutationDeleteReclamationRuleArgs, 'input'>>;
  dismissCandidates?: Resolver<ResolversTypes['DismissCandidatesPayload'], ParentType, ContextType, RequireFields<MutationDismissCandidatesArgs, 'input'>>;
  holdReclamations?: Resolver<ResolversTypes['ReclamationHoldPayload'], ParentType, ContextType, RequireFields<MutationHoldReclamationsArgs, 'input'>>;
  manageLicenses?: Resolver<ResolversTypes['ManageLicensesPayload'], ParentType, ContextType, RequireFields<MutationManageLicensesArgs, 'input'>>;
  mapUnrecognizedSubscription?: Resolver<ResolversTypes['UnrecognizedSubscriptionPayload'], ParentType, ContextType, RequireFields<MutationMapUnrecognizedSubscriptionArgs, 'input'>>;
  reclaim?: Resolver<ResolversTypes['ReclamationPayload'], ParentType, ContextType, RequireFields<MutationReclaimArgs, 'input'>>;
  reconcile?: Resolver<ResolversTypes['ReconcilePayload'], ParentType, ContextType, RequireFields<MutationReconcileArgs, 'input'>>;
  rejectKeep?: Resolver<ResolversTypes['ReclamationPayload'], ParentType, ContextType, RequireFields<MutationRejectKeepArgs, 'input'>>;
  releaseReclamations?: Resolver<ResolversTypes['ReclamationHoldPayload'], ParentType, ContextType, RequireFields<MutationReleaseReclamationsArgs, 'input'>>;
  removeEntitlement?: Resolver<ResolversTypes['RemoveEntitlementPayload'], ParentType, ContextType, RequireFields<MutationRemoveEntitlementArgs, 'input'>>;
  reportOffboarding?: Resolver<ResolversTypes['ReportOffboardingPayload'], ParentType, ContextType, RequireFields<MutationReportOffboardingArgs, 'input'>>;
  restore?: Resolver<ResolversTypes['ReclamationPayload'], ParentType, ContextType, RequireFields<MutationRestoreArgs, 'input'>>;
  resumeCandidates?: Resolver<ResolversTypes['CandidatesPayload'], ParentType, ContextType, RequireFields<MutationResumeCandidatesArgs, 'input'>>;
  reviewReclamationRule?: Resolver<ResolversTypes['ReclamationRulePayload'], ParentType, ContextType, RequireFields<MutationReviewReclamationRuleArgs, 'input'>>;
  setEntitlement?: Resolver<ResolversTypes['SetEntitlementPayload'], ParentType, ContextType, RequireFields<MutationSetEntitlementArgs, 'input'>>;
  setExchangeRate?: Resolver<ResolversTypes['SetExchangeRatePayload'], ParentType, ContextType, RequireFields<MutationSetExchangeRateArgs, 'input'>>;
  stopReclamation?: Resolver<ResolversTypes['ReclamationPayload'], ParentType, ContextType, RequireFields<MutationStopReclamationArgs, 'input'>>;
  syncIntegration?: Resolver<ResolversTypes['SyncIntegrationPayload'], ParentType, ContextType, RequireFields<MutationSyncIntegrationArgs, 'input'>>;
  unmapUnrecognizedSubscription?: Resolver<ResolversTypes['UnrecognizedSubscriptionPayload'], ParentType, ContextType, RequireFields<MutationUnmapUnrecognizedSubscriptionArgs, 'input'>>;
  updateExclusion?: Resolver<ResolversTypes['ExclusionPayload'], ParentType, ContextType, RequireFields<MutationUpdateExclusionArgs, 'input'>>;
  updateIntegration?: Resolver<ResolversTypes['IntegrationPayload'], ParentType, ContextType, RequireFields<MutationUpdateIntegrationArgs, 'input'>>;
  updateLicense?: Resolver<ResolversTypes['UpdateLicensePayload'], ParentType, ContextType, RequireFields<MutationUpdateLicenseArgs, 'input'>>;
  updateReclamationRule?: Resolver<ResolversTypes['ReclamationRulePayload'], ParentType, ContextType, RequireFields<MutationUpdateReclamationRuleArgs, 'input'>>;
  validateIntegration?: Resolver<ResolversTypes['IntegrationPayload'], ParentType, ContextType, RequireFields<MutationValidateIntegrationArgs, 'input'>>;
  withdrawOffboarding?: Resolver<ResolversTypes['WithdrawOffboardingPayload'], ParentType, ContextType, RequireFields<MutationWithdrawOffboardingArgs, 'input'>>;
}>;

export type NotRestoredResolvers<ContextType = Context, ParentType extends ResolversParentTypes['NotRestored'] = ResolversParentTypes['NotRestored']> = ResolversObject<{
  part?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type OffboardingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Offboarding'] = ResolversParentTypes['Offboarding']> = ResolversObject<{
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  leftAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reportedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reportedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type OperationLogResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationLog'] = ResolversParentTypes['OperationLog']> = ResolversObject<{
  action?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  category?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  detail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  operator?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type OperationLogConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationLogConnection'] = ResolversParentTypes['OperationLogConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['OperationLogEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['OperationLog']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type OperationLogEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OperationLogEdge'] = ResolversParentTypes['OperationLogEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['OperationLog'], ParentType, ContextType>;
}>;

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = ResolversObject<{
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type ParticipantResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Participant'] = ResolversParentTypes['Participant']> = ResolversObject<{
  durationSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  joinedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  leftAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
}>;

export type ParticipantConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParticipantConnection'] = ResolversParentTypes['ParticipantConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['ParticipantEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Participant']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ParticipantEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ParticipantEdge'] = ResolversParentTypes['ParticipantEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Participant'], ParentType, ContextType>;
}>;

export type PlanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Plan'] = ResolversParentTypes['Plan']> = ResolversObject<{
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  assigned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  billingPeriod?: Resolver<Maybe<ResolversTypes['PaymentFrequency']>, ParentType, ContextType>;
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  edition?: Resolver<Maybe<ResolversTypes['PlanEdition']>, ParentType, ContextType>;
  isKnown?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  pending?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  seats?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  termMonths?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  uniqueId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type PlanWarningResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlanWarning'] = ResolversParentTypes['PlanWarning']> = ResolversObject<{
  code?: Resolver<ResolversTypes['PlanWarningCode'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type PlannedCallsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlannedCalls'] = ResolversParentTypes['PlannedCalls']> = ResolversObject<{
  calls?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  endpoint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isEstimate?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['ZoomRateLabel'], ParentType, ContextType>;
  why?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type PooledLicenseResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PooledLicense'] = ResolversParentTypes['PooledLicense']> = ResolversObject<{
  accounts?: Resolver<ResolversTypes['PooledSeatsConnection'], ParentType, ContextType, RequireFields<PooledLicenseAccountsArgs, 'first'>>;
  assigned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  free?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  invited?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  knownOwned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  overAssigned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  owned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  toBuy?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  toBuyAnnualAmounts?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  uniqueId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unknownAccounts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type PooledSeatsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PooledSeats'] = ResolversParentTypes['PooledSeats']> = ResolversObject<{
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  assigned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  free?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  invited?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  license?: Resolver<ResolversTypes['License'], ParentType, ContextType>;
  overAssigned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  owned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  planFamily?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rosterProblem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['PooledSeatSource'], ParentType, ContextType>;
  subAccount?: Resolver<Maybe<ResolversTypes['SubAccount']>, ParentType, ContextType>;
  unlimited?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type PooledSeatsConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PooledSeatsConnection'] = ResolversParentTypes['PooledSeatsConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['PooledSeatsEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['PooledSeats']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type PooledSeatsEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PooledSeatsEdge'] = ResolversParentTypes['PooledSeatsEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PooledSeats'], ParentType, ContextType>;
}>;

export type ProvisionedLicensesResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ProvisionedLicenses'] = ResolversParentTypes['ProvisionedLicenses']> = ResolversObject<{
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['ProvisionedSource'], ParentType, ContextType>;
  unlimited?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = ResolversObject<{
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType, RequireFields<QueryAccountArgs, 'id'>>;
  activitySeries?: Resolver<Array<ResolversTypes['ActivityPoint']>, ParentType, ContextType, RequireFields<QueryActivitySeriesArgs, 'by' | 'integrationId'>>;
  auditEvents?: Resolver<ResolversTypes['AuditEventConnection'], ParentType, ContextType, RequireFields<QueryAuditEventsArgs, 'first'>>;
  canAssign?: Resolver<ResolversTypes['AssignAnswer'], ParentType, ContextType, RequireFields<QueryCanAssignArgs, 'count' | 'integrationId' | 'licenseUniqueId'>>;
  capacityProposals?: Resolver<ResolversTypes['CapacityProposalConnection'], ParentType, ContextType, RequireFields<QueryCapacityProposalsArgs, 'first' | 'integrationId'>>;
  exchangeRates?: Resolver<Array<ResolversTypes['ExchangeRate']>, ParentType, ContextType, Partial<QueryExchangeRatesArgs>>;
  exclusions?: Resolver<ResolversTypes['ExclusionConnection'], ParentType, ContextType, RequireFields<QueryExclusionsArgs, 'first'>>;
  integration?: Resolver<Maybe<ResolversTypes['Integration']>, ParentType, ContextType, RequireFields<QueryIntegrationArgs, 'id'>>;
  integrations?: Resolver<Array<ResolversTypes['Integration']>, ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType, RequireFields<QueryLicenseArgs, 'id'>>;
  licenses?: Resolver<Array<ResolversTypes['License']>, ParentType, ContextType, Partial<QueryLicensesArgs>>;
  meeting?: Resolver<Maybe<ResolversTypes['Meeting']>, ParentType, ContextType, RequireFields<QueryMeetingArgs, 'id'>>;
  missingExchangeRates?: Resolver<Array<ResolversTypes['MissingExchangeRate']>, ParentType, ContextType, RequireFields<QueryMissingExchangeRatesArgs, 'to'>>;
  previewReclamationRule?: Resolver<ResolversTypes['ReclamationRulePreviewPayload'], ParentType, ContextType, Partial<QueryPreviewReclamationRuleArgs>>;
  reclamation?: Resolver<Maybe<ResolversTypes['Reclamation']>, ParentType, ContextType, RequireFields<QueryReclamationArgs, 'id'>>;
  reclamationCandidates?: Resolver<ResolversTypes['ReclamationCandidateConnection'], ParentType, ContextType, RequireFields<QueryReclamationCandidatesArgs, 'first'>>;
  reclamationHolds?: Resolver<Array<ResolversTypes['ReclamationHold']>, ParentType, ContextType>;
  reclamationRules?: Resolver<Array<ResolversTypes['ReclamationRule']>, ParentType, ContextType, Partial<QueryReclamationRulesArgs>>;
  reclamations?: Resolver<ResolversTypes['ReclamationConnection'], ParentType, ContextType, RequireFields<QueryReclamationsArgs, 'first'>>;
  reconciliation?: Resolver<Maybe<ResolversTypes['Reconciliation']>, ParentType, ContextType, RequireFields<QueryReconciliationArgs, 'id'>>;
  reconciliations?: Resolver<ResolversTypes['ReconciliationConnection'], ParentType, ContextType, RequireFields<QueryReconciliationsArgs, 'first'>>;
  renewals?: Resolver<ResolversTypes['RenewalConnection'], ParentType, ContextType, RequireFields<QueryRenewalsArgs, 'first' | 'integrationId' | 'withinDays'>>;
  savings?: Resolver<ResolversTypes['Savings'], ParentType, ContextType, RequireFields<QuerySavingsArgs, 'integrationId'>>;
  seatPool?: Resolver<ResolversTypes['SeatPool'], ParentType, ContextType, RequireFields<QuerySeatPoolArgs, 'integrationId' | 'keepFree'>>;
  subAccount?: Resolver<Maybe<ResolversTypes['SubAccount']>, ParentType, ContextType, RequireFields<QuerySubAccountArgs, 'id'>>;
  syncPlan?: Resolver<Maybe<ResolversTypes['SyncPlan']>, ParentType, ContextType, RequireFields<QuerySyncPlanArgs, 'integrationId'>>;
  unrecognizedSubscriptions?: Resolver<Array<ResolversTypes['UnrecognizedSubscription']>, ParentType, ContextType, RequireFields<QueryUnrecognizedSubscriptionsArgs, 'includeMapped' | 'integrationId'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, Partial<QueryUserArgs>>;
  users?: Resolver<ResolversTypes['UserConnection'], ParentType, ContextType, RequireFields<QueryUsersArgs, 'first'>>;
  usersBy?: Resolver<ResolversTypes['UserFacets'], ParentType, ContextType, RequireFields<QueryUsersByArgs, 'field' | 'first' | 'integrationId'>>;
}>;

export type ReclamationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reclamation'] = ResolversParentTypes['Reclamation'], FederationReferenceType extends FederationReferenceTypes['Reclamation'] = FederationReferenceTypes['Reclamation']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Reclamation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  appliedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  appliedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  confirmedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['ReclamationCounts'], ParentType, ContextType>;
  dryRun?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  estimatedAnnualSavings?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  finishedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  items?: Resolver<ResolversTypes['ReclamationItemConnection'], ParentType, ContextType, RequireFields<ReclamationItemsArgs, 'first'>>;
  kind?: Resolver<ResolversTypes['ReclamationKind'], ParentType, ContextType>;
  needsConfirmation?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  planHash?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  staleItems?: Resolver<Array<ResolversTypes['StaleItem']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReclamationStatus'], ParentType, ContextType>;
  transfer?: Resolver<Maybe<ResolversTypes['Transfer']>, ParentType, ContextType>;
}>;

export type ReclamationCandidateResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationCandidate'] = ResolversParentTypes['ReclamationCandidate'], FederationReferenceType extends FederationReferenceTypes['ReclamationCandidate'] = FederationReferenceTypes['ReclamationCandidate']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ReclamationCandidate']> | FederationReferenceType, FederationReferenceType, ContextType>;
  action?: Resolver<ResolversTypes['ReclamationAction'], ParentType, ContextType>;
  blockers?: Resolver<Array<ResolversTypes['Blocker']>, ParentType, ContextType>;
  detectedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dueAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  estimatedAnnualSavings?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType, Partial<ReclamationCandidateEstimatedAnnualSavingsArgs>>;
  evidence?: Resolver<ResolversTypes['CandidateEvidence'], ParentType, ContextType>;
  history?: Resolver<Array<ResolversTypes['CandidateHistoryEntry']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inactiveDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastActivityAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  messages?: Resolver<ResolversTypes['CandidateMessageConnection'], ParentType, ContextType, RequireFields<ReclamationCandidateMessagesArgs, 'first'>>;
  notBefore?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  otherRules?: Resolver<Array<ResolversTypes['ReclamationRule']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ReclamationReason'], ParentType, ContextType>;
  restoredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  returnAcknowledgedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  returnAcknowledgedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  returnedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  returnedBy?: Resolver<Maybe<ResolversTypes['LicenseReturnCause']>, ParentType, ContextType>;
  rule?: Resolver<Maybe<ResolversTypes['ReclamationRule']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReclamationCandidateStatus'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
}>;

export type ReclamationCandidateConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationCandidateConnection'] = ResolversParentTypes['ReclamationCandidateConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['ReclamationCandidateEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ReclamationCandidate']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ReclamationCandidateEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationCandidateEdge'] = ResolversParentTypes['ReclamationCandidateEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReclamationCandidate'], ParentType, ContextType>;
}>;

export type ReclamationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationConnection'] = ResolversParentTypes['ReclamationConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['ReclamationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Reclamation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ReclamationCountsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationCounts'] = ResolversParentTypes['ReclamationCounts']> = ResolversObject<{
  confirmed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  planned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  restored?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  skipped?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unknown?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ReclamationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationEdge'] = ResolversParentTypes['ReclamationEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reclamation'], ParentType, ContextType>;
}>;

export type ReclamationHoldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationHold'] = ResolversParentTypes['ReclamationHold']> = ResolversObject<{
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  integration?: Resolver<Maybe<ResolversTypes['Integration']>, ParentType, ContextType>;
  placedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  placedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type ReclamationHoldPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationHoldPayload'] = ResolversParentTypes['ReclamationHoldPayload']> = ResolversObject<{
  reclamationHold?: Resolver<Maybe<ResolversTypes['ReclamationHold']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type ReclamationItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationItem'] = ResolversParentTypes['ReclamationItem']> = ResolversObject<{
  action?: Resolver<ResolversTypes['ReclamationAction'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  before?: Resolver<Maybe<ResolversTypes['UserImage']>, ParentType, ContextType>;
  candidate?: Resolver<Maybe<ResolversTypes['ReclamationCandidate']>, ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['ReclamationItemError']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  notRestored?: Resolver<Array<ResolversTypes['NotRestored']>, ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['ItemPlan']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ReclamationItemStatus'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
}>;

export type ReclamationItemConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationItemConnection'] = ResolversParentTypes['ReclamationItemConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['ReclamationItemEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ReclamationItem']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ReclamationItemEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationItemEdge'] = ResolversParentTypes['ReclamationItemEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReclamationItem'], ParentType, ContextType>;
}>;

export type ReclamationItemErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationItemError'] = ResolversParentTypes['ReclamationItemError']> = ResolversObject<{
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  zoomCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
}>;

export type ReclamationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationPayload'] = ResolversParentTypes['ReclamationPayload']> = ResolversObject<{
  reclamation?: Resolver<Maybe<ResolversTypes['Reclamation']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type ReclamationRuleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationRule'] = ResolversParentTypes['ReclamationRule'], FederationReferenceType extends FederationReferenceTypes['ReclamationRule'] = FederationReferenceTypes['ReclamationRule']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['ReclamationRule']> | FederationReferenceType, FederationReferenceType, ContextType>;
  action?: Resolver<ResolversTypes['ReclamationAction'], ParentType, ContextType>;
  appliesTo?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  autoGenerated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  condition?: Resolver<Maybe<ResolversTypes['RuleCondition']>, ParentType, ContextType>;
  daysBeforeAutoReclamation?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  inactivityThresholdDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  integration?: Resolver<Maybe<ResolversTypes['Integration']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  needsReview?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  notifyUser?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  priority?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  returned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reviewedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reviewedBy?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  signs?: Resolver<Maybe<Array<ResolversTypes['ActivitySign']>>, ParentType, ContextType>;
  taken?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ReclamationRulePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationRulePayload'] = ResolversParentTypes['ReclamationRulePayload']> = ResolversObject<{
  reclamationRule?: Resolver<Maybe<ResolversTypes['ReclamationRule']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type ReclamationRulePreviewResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationRulePreview'] = ResolversParentTypes['ReclamationRulePreview']> = ResolversObject<{
  annualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<ReclamationRulePreviewAnnualCostArgs>>;
  blockedBy?: Resolver<Array<ResolversTypes['RuleBlockerCount']>, ParentType, ContextType>;
  broad?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  foundPaidUsers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  matches?: Resolver<ResolversTypes['RuleMatchConnection'], ParentType, ContextType, RequireFields<ReclamationRulePreviewMatchesArgs, 'first'>>;
  notes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  outcomes?: Resolver<Array<ResolversTypes['RuleOutcomeCount']>, ParentType, ContextType>;
  paidUsers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shareOfPaidUsers?: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  users?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  withoutCost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ReclamationRulePreviewPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReclamationRulePreviewPayload'] = ResolversParentTypes['ReclamationRulePreviewPayload']> = ResolversObject<{
  preview?: Resolver<Maybe<ResolversTypes['ReclamationRulePreview']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type ReconcilePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconcilePayload'] = ResolversParentTypes['ReconcilePayload']> = ResolversObject<{
  integration?: Resolver<Maybe<ResolversTypes['Integration']>, ParentType, ContextType>;
  reconciliation?: Resolver<Maybe<ResolversTypes['Reconciliation']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type ReconciliationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Reconciliation'] = ResolversParentTypes['Reconciliation'], FederationReferenceType extends FederationReferenceTypes['Reconciliation'] = FederationReferenceTypes['Reconciliation']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['Reconciliation']> | FederationReferenceType, FederationReferenceType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  changes?: Resolver<Array<ResolversTypes['ReconciliationChange']>, ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['ReconciliationCounts'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  integration?: Resolver<ResolversTypes['Integration'], ParentType, ContextType>;
  isComplete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lines?: Resolver<ResolversTypes['ReconciliationLineConnection'], ParentType, ContextType, RequireFields<ReconciliationLinesArgs, 'first'>>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  previous?: Resolver<Maybe<ResolversTypes['Reconciliation']>, ParentType, ContextType>;
  requestedBy?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  totals?: Resolver<Array<ResolversTypes['ReconciliationTotal']>, ParentType, ContextType>;
}>;

export type ReconciliationChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationChange'] = ResolversParentTypes['ReconciliationChange']> = ResolversObject<{
  before?: Resolver<Maybe<ResolversTypes['ReconciliationLine']>, ParentType, ContextType>;
  kinds?: Resolver<Array<ResolversTypes['ReconciliationChangeKind']>, ParentType, ContextType>;
  now?: Resolver<Maybe<ResolversTypes['ReconciliationLine']>, ParentType, ContextType>;
}>;

export type ReconciliationConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationConnection'] = ResolversParentTypes['ReconciliationConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['ReconciliationEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Reconciliation']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ReconciliationCountsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationCounts'] = ResolversParentTypes['ReconciliationCounts']> = ResolversObject<{
  compliant?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overAssigned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  underUsed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unknown?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ReconciliationEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationEdge'] = ResolversParentTypes['ReconciliationEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Reconciliation'], ParentType, ContextType>;
}>;

export type ReconciliationLineResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationLine'] = ResolversParentTypes['ReconciliationLine']> = ResolversObject<{
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  annualCost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  assigned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  excludedFromCost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inactive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  neverActive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  nextSteps?: Resolver<Array<ResolversTypes['RemediationStep']>, ParentType, ContextType>;
  openCandidates?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  overAssigned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  owned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  ownedSource?: Resolver<ResolversTypes['ProvisionedSource'], ParentType, ContextType>;
  position?: Resolver<ResolversTypes['CompliancePosition'], ParentType, ContextType>;
  reasons?: Resolver<Array<ResolversTypes['ReconciliationReason']>, ParentType, ContextType>;
  subAccount?: Resolver<Maybe<ResolversTypes['SubAccount']>, ParentType, ContextType>;
  trueUpCost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  unassigned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  unassignedCost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  uniqueId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unusedCost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  zoomAssigned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
}>;

export type ReconciliationLineConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationLineConnection'] = ResolversParentTypes['ReconciliationLineConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['ReconciliationLineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['ReconciliationLine']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ReconciliationLineEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationLineEdge'] = ResolversParentTypes['ReconciliationLineEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ReconciliationLine'], ParentType, ContextType>;
}>;

export type ReconciliationReasonResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationReason'] = ResolversParentTypes['ReconciliationReason']> = ResolversObject<{
  code?: Resolver<ResolversTypes['ReconciliationReasonCode'], ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type ReconciliationTotalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReconciliationTotal'] = ResolversParentTypes['ReconciliationTotal']> = ResolversObject<{
  assigned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  currency?: Resolver<Maybe<ResolversTypes['Currency']>, ParentType, ContextType>;
  licenses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  owned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  trueUpCost?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  unassignedCost?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  unusedCost?: Resolver<Maybe<ResolversTypes['Decimal']>, ParentType, ContextType>;
  used?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type RemediationStepResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemediationStep'] = ResolversParentTypes['RemediationStep']> = ResolversObject<{
  action?: Resolver<ResolversTypes['RemediationAction'], ParentType, ContextType>;
  count?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type RemoveEntitlementPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RemoveEntitlementPayload'] = ResolversParentTypes['RemoveEntitlementPayload']> = ResolversObject<{
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  removedEntitlementId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type RenewalResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Renewal'] = ResolversParentTypes['Renewal']> = ResolversObject<{
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  advice?: Resolver<ResolversTypes['RenewalAdvice'], ParentType, ContextType>;
  assigned?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  date?: Resolver<ResolversTypes['Date'], ParentType, ContextType>;
  daysLeft?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entitlement?: Resolver<Maybe<ResolversTypes['Entitlement']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isFollowed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOverdue?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['RenewalKind'], ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  need?: Resolver<Maybe<ResolversTypes['SeatNeed']>, ParentType, ContextType>;
  owned?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  seats?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  source?: Resolver<ResolversTypes['PooledSeatSource'], ParentType, ContextType>;
  subAccount?: Resolver<Maybe<ResolversTypes['SubAccount']>, ParentType, ContextType>;
  unlimited?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
}>;

export type RenewalAdviceResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RenewalAdvice'] = ResolversParentTypes['RenewalAdvice']> = ResolversObject<{
  annualAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seats?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  verdict?: Resolver<ResolversTypes['RenewalVerdict'], ParentType, ContextType>;
}>;

export type RenewalConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RenewalConnection'] = ResolversParentTypes['RenewalConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['RenewalEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['Renewal']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type RenewalEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RenewalEdge'] = ResolversParentTypes['RenewalEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Renewal'], ParentType, ContextType>;
}>;

export type ReportOffboardingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ReportOffboardingPayload'] = ResolversParentTypes['ReportOffboardingPayload']> = ResolversObject<{
  jobRun?: Resolver<Maybe<ResolversTypes['JobRun']>, ParentType, ContextType>;
  notOnRoster?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  offboardings?: Resolver<Array<ResolversTypes['Offboarding']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type RuleBlockerCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RuleBlockerCount'] = ResolversParentTypes['RuleBlockerCount']> = ResolversObject<{
  code?: Resolver<ResolversTypes['BlockerCode'], ParentType, ContextType>;
  licenses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type RuleConditionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RuleCondition'] = ResolversParentTypes['RuleCondition']> = ResolversObject<{
  costCenters?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  costCentersNotIn?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  createdBefore?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  departments?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  departmentsNotIn?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  groupIds?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
  groupIdsNotIn?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
  licenses?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  licensesNotIn?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  neverActiveOnly?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  roleIds?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  roleIdsNotIn?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  subAccountIds?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
  subAccountIdsNotIn?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
}>;

export type RuleMatchResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RuleMatch'] = ResolversParentTypes['RuleMatch']> = ResolversObject<{
  annualCost?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  blockers?: Resolver<Array<ResolversTypes['Blocker']>, ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['CandidateEvidence'], ParentType, ContextType>;
  exclusions?: Resolver<Array<ResolversTypes['Exclusion']>, ParentType, ContextType>;
  inactiveDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastActivityAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  license?: Resolver<ResolversTypes['License'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['RuleOutcome'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ReclamationReason'], ParentType, ContextType>;
  takenBy?: Resolver<Maybe<ResolversTypes['ReclamationRule']>, ParentType, ContextType>;
  user?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
}>;

export type RuleMatchConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RuleMatchConnection'] = ResolversParentTypes['RuleMatchConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['RuleMatchEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['RuleMatch']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type RuleMatchEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RuleMatchEdge'] = ResolversParentTypes['RuleMatchEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['RuleMatch'], ParentType, ContextType>;
}>;

export type RuleOutcomeCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['RuleOutcomeCount'] = ResolversParentTypes['RuleOutcomeCount']> = ResolversObject<{
  licenses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['RuleOutcome'], ParentType, ContextType>;
  users?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type SavingsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Savings'] = ResolversParentTypes['Savings']> = ResolversObject<{
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  byLicense?: Resolver<Array<ResolversTypes['LicenseSavings']>, ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['SavingsEntryConnection'], ParentType, ContextType, RequireFields<SavingsEntriesArgs, 'first'>>;
  freed?: Resolver<ResolversTypes['SavingsFigure'], ParentType, ContextType>;
  from?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
  integration?: Resolver<ResolversTypes['Integration'], ParentType, ContextType>;
  potential?: Resolver<ResolversTypes['SavingsFigure'], ParentType, ContextType>;
  realized?: Resolver<ResolversTypes['SavingsFigure'], ParentType, ContextType>;
  returned?: Resolver<ResolversTypes['SavingsFigure'], ParentType, ContextType>;
  reused?: Resolver<ResolversTypes['SavingsFigure'], ParentType, ContextType>;
  to?: Resolver<Maybe<ResolversTypes['Date']>, ParentType, ContextType>;
}>;

export type SavingsEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SavingsEntry'] = ResolversParentTypes['SavingsEntry']> = ResolversObject<{
  annualAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  candidate?: Resolver<Maybe<ResolversTypes['ReclamationCandidate']>, ParentType, ContextType>;
  evidence?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  freedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  givenTo?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  item?: Resolver<Maybe<ResolversTypes['ReclamationItem']>, ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  priceNote?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['FreedSeatState'], ParentType, ContextType>;
  stateAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
}>;

export type SavingsEntryConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SavingsEntryConnection'] = ResolversParentTypes['SavingsEntryConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['SavingsEntryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['SavingsEntry']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type SavingsEntryEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SavingsEntryEdge'] = ResolversParentTypes['SavingsEntryEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SavingsEntry'], ParentType, ContextType>;
}>;

export type SavingsFigureResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SavingsFigure'] = ResolversParentTypes['SavingsFigure']> = ResolversObject<{
  annualAmounts?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  seats?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seatsWithoutPrice?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ScheduledJobResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ScheduledJob'] = ResolversParentTypes['ScheduledJob']> = ResolversObject<{
  cron?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextRunAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  task?: Resolver<ResolversTypes['IntegrationTask'], ParentType, ContextType>;
}>;

export type SeatMoveResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMove'] = ResolversParentTypes['SeatMove']> = ResolversObject<{
  avoidedAnnualAmount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['PooledSeats'], ParentType, ContextType>;
  to?: Resolver<ResolversTypes['PooledSeats'], ParentType, ContextType>;
  why?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type SeatMoveConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMoveConnection'] = ResolversParentTypes['SeatMoveConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['SeatMoveEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['SeatMove']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type SeatMoveEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatMoveEdge'] = ResolversParentTypes['SeatMoveEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SeatMove'], ParentType, ContextType>;
}>;

export type SeatNeedResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatNeed'] = ResolversParentTypes['SeatNeed']> = ResolversObject<{
  basis?: Resolver<ResolversTypes['SeatNeedBasis'], ParentType, ContextType>;
  expected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  high?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  low?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  trendPerWeek?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  weeks?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type SeatOfferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatOffer'] = ResolversParentTypes['SeatOffer']> = ResolversObject<{
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seats?: Resolver<ResolversTypes['PooledSeats'], ParentType, ContextType>;
}>;

export type SeatPoolResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SeatPool'] = ResolversParentTypes['SeatPool']> = ResolversObject<{
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  integration?: Resolver<ResolversTypes['Integration'], ParentType, ContextType>;
  licenses?: Resolver<Array<ResolversTypes['PooledLicense']>, ParentType, ContextType>;
  moves?: Resolver<ResolversTypes['SeatMoveConnection'], ParentType, ContextType, RequireFields<SeatPoolMovesArgs, 'first'>>;
  note?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type SetEntitlementPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetEntitlementPayload'] = ResolversParentTypes['SetEntitlementPayload']> = ResolversObject<{
  entitlement?: Resolver<Maybe<ResolversTypes['Entitlement']>, ParentType, ContextType>;
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type SetExchangeRatePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SetExchangeRatePayload'] = ResolversParentTypes['SetExchangeRatePayload']> = ResolversObject<{
  exchangeRate?: Resolver<Maybe<ResolversTypes['ExchangeRate']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type SignInResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignIn'] = ResolversParentTypes['SignIn']> = ResolversObject<{
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  clientType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  clientVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SignInKind'], ParentType, ContextType>;
}>;

export type SignInConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignInConnection'] = ResolversParentTypes['SignInConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['SignInEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['SignIn']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type SignInEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SignInEdge'] = ResolversParentTypes['SignInEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SignIn'], ParentType, ContextType>;
}>;

export type StaleItemResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StaleItem'] = ResolversParentTypes['StaleItem']> = ResolversObject<{
  changed?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  itemId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
}>;

export type SubAccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubAccount'] = ResolversParentTypes['SubAccount'], FederationReferenceType extends FederationReferenceTypes['SubAccount'] = FederationReferenceTypes['SubAccount']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['SubAccount']> | FederationReferenceType, FederationReferenceType, ContextType>;
  activityProblem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  annualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<SubAccountAnnualCostArgs>>;
  dailyUsage?: Resolver<Array<ResolversTypes['DailyUsage']>, ParentType, ContextType, Partial<SubAccountDailyUsageArgs>>;
  groups?: Resolver<ResolversTypes['GroupConnection'], ParentType, ContextType, RequireFields<SubAccountGroupsArgs, 'first'>>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  informationAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  licenses?: Resolver<Array<ResolversTypes['License']>, ParentType, ContextType>;
  lockSettings?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  managedDomains?: Resolver<Maybe<Array<ResolversTypes['ManagedDomain']>>, ParentType, ContextType>;
  master?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  operationLogs?: Resolver<ResolversTypes['OperationLogConnection'], ParentType, ContextType, RequireFields<SubAccountOperationLogsArgs, 'first'>>;
  ownerEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  plan?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  planName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  plans?: Resolver<Array<ResolversTypes['Plan']>, ParentType, ContextType>;
  reclaimableAnnualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<SubAccountReclaimableAnnualCostArgs>>;
  removedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rosterCompleteAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  rosterProblem?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seats?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  settings?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  subscriptionEndAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  subscriptionStartAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['AccountSummary']>, ParentType, ContextType>;
  trustedDomains?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  users?: Resolver<ResolversTypes['UserConnection'], ParentType, ContextType, RequireFields<SubAccountUsersArgs, 'first'>>;
  zoomAccountId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type SubAccountConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubAccountConnection'] = ResolversParentTypes['SubAccountConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['SubAccountEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['SubAccount']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type SubAccountEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SubAccountEdge'] = ResolversParentTypes['SubAccountEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SubAccount'], ParentType, ContextType>;
}>;

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = ResolversObject<{
  candidatesChanged?: SubscriptionResolver<ResolversTypes['ReclamationCandidate'], "candidatesChanged", ParentType, ContextType, RequireFields<SubscriptionCandidatesChangedArgs, 'integrationId'>>;
  jobRunProgress?: SubscriptionResolver<ResolversTypes['JobRun'], "jobRunProgress", ParentType, ContextType, RequireFields<SubscriptionJobRunProgressArgs, 'integrationId'>>;
}>;

export type SyncIntegrationPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncIntegrationPayload'] = ResolversParentTypes['SyncIntegrationPayload']> = ResolversObject<{
  integration?: Resolver<Maybe<ResolversTypes['Integration']>, ParentType, ContextType>;
  jobRuns?: Resolver<Array<ResolversTypes['JobRun']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type SyncPlanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['SyncPlan'] = ResolversParentTypes['SyncPlan']> = ResolversObject<{
  calls?: Resolver<ResolversTypes['ZoomCalls'], ParentType, ContextType>;
  computedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  dailyCaps?: Resolver<Array<ResolversTypes['DailyCap']>, ParentType, ContextType>;
  expectedSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  fitsToday?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  integration?: Resolver<ResolversTypes['Integration'], ParentType, ContextType>;
  note?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  tasks?: Resolver<Array<ResolversTypes['TaskPlan']>, ParentType, ContextType>;
}>;

export type TaskPartResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskPart'] = ResolversParentTypes['TaskPart']> = ResolversObject<{
  endpoint?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastReadAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  missingScopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  part?: Resolver<ResolversTypes['TaskPartName'], ParentType, ContextType>;
  requiredScopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TaskPartStatus'], ParentType, ContextType>;
}>;

export type TaskPlanResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskPlan'] = ResolversParentTypes['TaskPlan']> = ResolversObject<{
  calls?: Resolver<ResolversTypes['ZoomCalls'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['PlannedCalls']>, ParentType, ContextType>;
  task?: Resolver<ResolversTypes['IntegrationTask'], ParentType, ContextType>;
}>;

export type TaskSettingResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TaskSetting'] = ResolversParentTypes['TaskSetting']> = ResolversObject<{
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  locked?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  missingScopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  parts?: Resolver<Array<ResolversTypes['TaskPart']>, ParentType, ContextType>;
  requiredScopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  requiredZoomRole?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  task?: Resolver<ResolversTypes['IntegrationTask'], ParentType, ContextType>;
}>;

export type TransferResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Transfer'] = ResolversParentTypes['Transfer']> = ResolversObject<{
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  parts?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UnrecognizedSubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnrecognizedSubscription'] = ResolversParentTypes['UnrecognizedSubscription']> = ResolversObject<{
  firstSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  identifier?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  mappedTo?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['SubscriptionSource'], ParentType, ContextType>;
  users?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
}>;

export type UnrecognizedSubscriptionPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UnrecognizedSubscriptionPayload'] = ResolversParentTypes['UnrecognizedSubscriptionPayload']> = ResolversObject<{
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  unrecognizedSubscription?: Resolver<Maybe<ResolversTypes['UnrecognizedSubscription']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type UpdateLicensePayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateLicensePayload'] = ResolversParentTypes['UpdateLicensePayload']> = ResolversObject<{
  license?: Resolver<Maybe<ResolversTypes['License']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User'], FederationReferenceType extends FederationReferenceTypes['User'] = FederationReferenceTypes['User']> = ResolversObject<{
  __resolveReference?: ReferenceResolver<Maybe<ResolversTypes['User']> | FederationReferenceType, FederationReferenceType, ContextType>;
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  activeDate?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  activity?: Resolver<ResolversTypes['UserActivity'], ParentType, ContextType>;
  annualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<UserAnnualCostArgs>>;
  bundles?: Resolver<Array<ResolversTypes['UserBundle']>, ParentType, ContextType>;
  costCenter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  department?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  displayName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  excludedFromCost?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  firstName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  groups?: Resolver<Array<ResolversTypes['Group']>, ParentType, ContextType>;
  history?: Resolver<Array<ResolversTypes['UserHistoryEntry']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isZoomRoom?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  jobTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['UserKind'], ParentType, ContextType>;
  largeMeetingCapacity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  largeMeetingEnabled?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  lastClientVersion?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lastName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  licenses?: Resolver<Array<ResolversTypes['License']>, ParentType, ContextType>;
  live?: Resolver<Maybe<ResolversTypes['LiveUser']>, ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  managerEmail?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  meetingCapacity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  meetings?: Resolver<ResolversTypes['MeetingConnection'], ParentType, ContextType, RequireFields<UserMeetingsArgs, 'first'>>;
  offboardedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  offboarding?: Resolver<Maybe<ResolversTypes['Offboarding']>, ParentType, ContextType>;
  reclamationCandidates?: Resolver<ResolversTypes['ReclamationCandidateConnection'], ParentType, ContextType, RequireFields<UserReclamationCandidatesArgs, 'first'>>;
  removedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  returns?: Resolver<Array<ResolversTypes['ReclamationCandidate']>, ParentType, ContextType>;
  signIns?: Resolver<ResolversTypes['SignInConnection'], ParentType, ContextType, RequireFields<UserSignInsArgs, 'first'>>;
  status?: Resolver<ResolversTypes['UserStatus'], ParentType, ContextType>;
  subAccount?: Resolver<Maybe<ResolversTypes['SubAccount']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['UserType'], ParentType, ContextType>;
  typeCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  webinarCapacity?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  webinarEnabled?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  zoomUserId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type UserActivityResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserActivity'] = ResolversParentTypes['UserActivity']> = ResolversObject<{
  basicSufficiency?: Resolver<ResolversTypes['BasicSufficiency'], ParentType, ContextType>;
  cloudRecordings?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inactiveDays?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  knownFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  knownUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  largestMeeting?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lastActivityAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastCloudRecordingAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastLoginAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastLongMeetingHostedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastMeetingCreatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastMeetingHostedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastMeetingJoinedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastSignInAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastWebinarHostedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  longMeetingsHosted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meetingsHosted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  meetingsJoined?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  neverActive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  pollsHeld?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  registrants?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  webinarsHosted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  wouldBasicSuffice?: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
}>;

export type UserBundleResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserBundle'] = ResolversParentTypes['UserBundle']> = ResolversObject<{
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isKnown?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['UserBundleSource'], ParentType, ContextType>;
}>;

export type UserConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserConnection'] = ResolversParentTypes['UserConnection']> = ResolversObject<{
  edges?: Resolver<Array<ResolversTypes['UserEdge']>, ParentType, ContextType>;
  nodes?: Resolver<Array<ResolversTypes['User']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type UserEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserEdge'] = ResolversParentTypes['UserEdge']> = ResolversObject<{
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
}>;

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = ResolversObject<{
  code?: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  field?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
}>;

export type UserFacetResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserFacet'] = ResolversParentTypes['UserFacet']> = ResolversObject<{
  active?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  annualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<UserFacetAnnualCostArgs>>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  excludedFromCost?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inactive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  label?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  neverActive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  reclaimableAnnualCost?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType, Partial<UserFacetReclaimableAnnualCostArgs>>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type UserFacetsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserFacets'] = ResolversParentTypes['UserFacets']> = ResolversObject<{
  facets?: Resolver<Array<ResolversTypes['UserFacet']>, ParentType, ContextType>;
  field?: Resolver<ResolversTypes['UserFacetField'], ParentType, ContextType>;
  isTruncated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  totalUsers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type UserHistoryEntryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserHistoryEntry'] = ResolversParentTypes['UserHistoryEntry']> = ResolversObject<{
  licenses?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['UserStatus'], ParentType, ContextType>;
  typeCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  validFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  validTo?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
}>;

export type UserImageResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserImage'] = ResolversParentTypes['UserImage']> = ResolversObject<{
  features?: Resolver<Maybe<ResolversTypes['JSON']>, ParentType, ContextType>;
  groupIds?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  planUnitedType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  readAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  roleId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  typeCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  zoomOneType?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
}>;

export type WithdrawOffboardingPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['WithdrawOffboardingPayload'] = ResolversParentTypes['WithdrawOffboardingPayload']> = ResolversObject<{
  offboardings?: Resolver<Array<ResolversTypes['Offboarding']>, ParentType, ContextType>;
  userErrors?: Resolver<Array<ResolversTypes['UserError']>, ParentType, ContextType>;
}>;

export type ZoomCallsResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ZoomCalls'] = ResolversParentTypes['ZoomCalls']> = ResolversObject<{
  heavy?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  light?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  medium?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  resourceIntensive?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
}>;

export type ZoomCountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ZoomCount'] = ResolversParentTypes['ZoomCount']> = ResolversObject<{
  asOf?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  source?: Resolver<ResolversTypes['ZoomCountSource'], ParentType, ContextType>;
}>;

export type Resolvers<ContextType = Context> = ResolversObject<{
  Account?: AccountResolvers<ContextType>;
  AccountSummary?: AccountSummaryResolvers<ContextType>;
  ActivityPoint?: ActivityPointResolvers<ContextType>;
  ActivityWindow?: ActivityWindowResolvers<ContextType>;
  AddEntitlementPayload?: AddEntitlementPayloadResolvers<ContextType>;
  AssignAnswer?: AssignAnswerResolvers<ContextType>;
  AuditEvent?: AuditEventResolvers<ContextType>;
  AuditEventConnection?: AuditEventConnectionResolvers<ContextType>;
  AuditEventEdge?: AuditEventEdgeResolvers<ContextType>;
  AuthorizeIntegrationPayload?: AuthorizeIntegrationPayloadResolvers<ContextType>;
  BasicSufficiency?: BasicSufficiencyResolvers<ContextType>;
  Blocker?: BlockerResolvers<ContextType>;
  CandidateEvidence?: CandidateEvidenceResolvers<ContextType>;
  CandidateHistoryEntry?: CandidateHistoryEntryResolvers<ContextType>;
  CandidateMessage?: CandidateMessageResolvers<ContextType>;
  CandidateMessageConnection?: CandidateMessageConnectionResolvers<ContextType>;
  CandidateMessageEdge?: CandidateMessageEdgeResolvers<ContextType>;
  CandidateSign?: CandidateSignResolvers<ContextType>;
  CandidatesPayload?: CandidatesPayloadResolvers<ContextType>;
  CapacityProposal?: CapacityProposalResolvers<ContextType>;
  CapacityProposalConnection?: CapacityProposalConnectionResolvers<ContextType>;
  CapacityProposalEdge?: CapacityProposalEdgeResolvers<ContextType>;
  ConnectionCheck?: ConnectionCheckResolvers<ContextType>;
  ConnectionCheckResult?: ConnectionCheckResultResolvers<ContextType>;
  Currency?: GraphQLScalarType;
  DailyCap?: DailyCapResolvers<ContextType>;
  DailyUsage?: DailyUsageResolvers<ContextType>;
  Date?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Decimal?: GraphQLScalarType;
  DeleteExchangeRatePayload?: DeleteExchangeRatePayloadResolvers<ContextType>;
  DeleteExclusionPayload?: DeleteExclusionPayloadResolvers<ContextType>;
  DeleteIntegrationPayload?: DeleteIntegrationPayloadResolvers<ContextType>;
  DeleteReclamationRulePayload?: DeleteReclamationRulePayloadResolvers<ContextType>;
  DismissCandidatesPayload?: DismissCandidatesPayloadResolvers<ContextType>;
  EndpointCalls?: EndpointCallsResolvers<ContextType>;
  Entitlement?: EntitlementResolvers<ContextType>;
  EntitlementIssue?: EntitlementIssueResolvers<ContextType>;
  ExchangeRate?: ExchangeRateResolvers<ContextType>;
  ExcludedFromCost?: ExcludedFromCostResolvers<ContextType>;
  Exclusion?: ExclusionResolvers<ContextType>;
  ExclusionConnection?: ExclusionConnectionResolvers<ContextType>;
  ExclusionEdge?: ExclusionEdgeResolvers<ContextType>;
  ExclusionPayload?: ExclusionPayloadResolvers<ContextType>;
  Group?: GroupResolvers<ContextType>;
  GroupConnection?: GroupConnectionResolvers<ContextType>;
  GroupEdge?: GroupEdgeResolvers<ContextType>;
  HiddenByExclusion?: HiddenByExclusionResolvers<ContextType>;
  Integration?: IntegrationResolvers<ContextType>;
  IntegrationPayload?: IntegrationPayloadResolvers<ContextType>;
  ItemPlan?: ItemPlanResolvers<ContextType>;
  JSON?: GraphQLScalarType;
  JobProgress?: JobProgressResolvers<ContextType>;
  JobRun?: JobRunResolvers<ContextType>;
  JobRunConnection?: JobRunConnectionResolvers<ContextType>;
  JobRunEdge?: JobRunEdgeResolvers<ContextType>;
  License?: LicenseResolvers<ContextType>;
  LicenseCompliance?: LicenseComplianceResolvers<ContextType>;
  LicenseProblem?: LicenseProblemResolvers<ContextType>;
  LicenseReturnCause?: LicenseReturnCauseResolvers<ContextType>;
  LicenseSavings?: LicenseSavingsResolvers<ContextType>;
  LiveUser?: LiveUserResolvers<ContextType>;
  ManageLicensesPayload?: ManageLicensesPayloadResolvers<ContextType>;
  ManagedDomain?: ManagedDomainResolvers<ContextType>;
  Meeting?: MeetingResolvers<ContextType>;
  MeetingConnection?: MeetingConnectionResolvers<ContextType>;
  MeetingEdge?: MeetingEdgeResolvers<ContextType>;
  MissingExchangeRate?: MissingExchangeRateResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  NotRestored?: NotRestoredResolvers<ContextType>;
  Offboarding?: OffboardingResolvers<ContextType>;
  OperationLog?: OperationLogResolvers<ContextType>;
  OperationLogConnection?: OperationLogConnectionResolvers<ContextType>;
  OperationLogEdge?: OperationLogEdgeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Participant?: ParticipantResolvers<ContextType>;
  ParticipantConnection?: ParticipantConnectionResolvers<ContextType>;
  ParticipantEdge?: ParticipantEdgeResolvers<ContextType>;
  Plan?: PlanResolvers<ContextType>;
  PlanWarning?: PlanWarningResolvers<ContextType>;
  PlannedCalls?: PlannedCallsResolvers<ContextType>;
  PooledLicense?: PooledLicenseResolvers<ContextType>;
  PooledSeats?: PooledSeatsResolvers<ContextType>;
  PooledSeatsConnection?: PooledSeatsConnectionResolvers<ContextType>;
  PooledSeatsEdge?: PooledSeatsEdgeResolvers<ContextType>;
  ProvisionedLicenses?: ProvisionedLicensesResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Reclamation?: ReclamationResolvers<ContextType>;
  ReclamationCandidate?: ReclamationCandidateResolvers<ContextType>;
  ReclamationCandidateConnection?: ReclamationCandidateConnectionResolvers<ContextType>;
  ReclamationCandidateEdge?: ReclamationCandidateEdgeResolvers<ContextType>;
  ReclamationConnection?: ReclamationConnectionResolvers<ContextType>;
  ReclamationCounts?: ReclamationCountsResolvers<ContextType>;
  ReclamationEdge?: ReclamationEdgeResolvers<ContextType>;
  ReclamationHold?: ReclamationHoldResolvers<ContextType>;
  ReclamationHoldPayload?: ReclamationHoldPayloadResolvers<ContextType>;
  ReclamationItem?: ReclamationItemResolvers<ContextType>;
  ReclamationItemConnection?: ReclamationItemConnectionResolvers<ContextType>;
  ReclamationItemEdge?: ReclamationItemEdgeResolvers<ContextType>;
  ReclamationItemError?: ReclamationItemErrorResolvers<ContextType>;
  ReclamationPayload?: ReclamationPayloadResolvers<ContextType>;
  ReclamationRule?: ReclamationRuleResolvers<ContextType>;
  ReclamationRulePayload?: ReclamationRulePayloadResolvers<ContextType>;
  ReclamationRulePreview?: ReclamationRulePreviewResolvers<ContextType>;
  ReclamationRulePreviewPayload?: ReclamationRulePreviewPayloadResolvers<ContextType>;
  ReconcilePayload?: ReconcilePayloadResolvers<ContextType>;
  Reconciliation?: ReconciliationResolvers<ContextType>;
  ReconciliationChange?: ReconciliationChangeResolvers<ContextType>;
  ReconciliationConnection?: ReconciliationConnectionResolvers<ContextType>;
  ReconciliationCounts?: ReconciliationCountsResolvers<ContextType>;
  ReconciliationEdge?: ReconciliationEdgeResolvers<ContextType>;
  ReconciliationLine?: ReconciliationLineResolvers<ContextType>;
  ReconciliationLineConnection?: ReconciliationLineConnectionResolvers<ContextType>;
  ReconciliationLineEdge?: ReconciliationLineEdgeResolvers<ContextType>;
  ReconciliationReason?: ReconciliationReasonResolvers<ContextType>;
  ReconciliationTotal?: ReconciliationTotalResolvers<ContextType>;
  RemediationStep?: RemediationStepResolvers<ContextType>;
  RemoveEntitlementPayload?: RemoveEntitlementPayloadResolvers<ContextType>;
  Renewal?: RenewalResolvers<ContextType>;
  RenewalAdvice?: RenewalAdviceResolvers<ContextType>;
  RenewalConnection?: RenewalConnectionResolvers<ContextType>;
  RenewalEdge?: RenewalEdgeResolvers<ContextType>;
  ReportOffboardingPayload?: ReportOffboardingPayloadResolvers<ContextType>;
  RuleBlockerCount?: RuleBlockerCountResolvers<ContextType>;
  RuleCondition?: RuleConditionResolvers<ContextType>;
  RuleMatch?: RuleMatchResolvers<ContextType>;
  RuleMatchConnection?: RuleMatchConnectionResolvers<ContextType>;
  RuleMatchEdge?: RuleMatchEdgeResolvers<ContextType>;
  RuleOutcomeCount?: RuleOutcomeCountResolvers<ContextType>;
  Savings?: SavingsResolvers<ContextType>;
  SavingsEntry?: SavingsEntryResolvers<ContextType>;
  SavingsEntryConnection?: SavingsEntryConnectionResolvers<ContextType>;
  SavingsEntryEdge?: SavingsEntryEdgeResolvers<ContextType>;
  SavingsFigure?: SavingsFigureResolvers<ContextType>;
  ScheduledJob?: ScheduledJobResolvers<ContextType>;
  SeatMove?: SeatMoveResolvers<ContextType>;
  SeatMoveConnection?: SeatMoveConnectionResolvers<ContextType>;
  SeatMoveEdge?: SeatMoveEdgeResolvers<ContextType>;
  SeatNeed?: SeatNeedResolvers<ContextType>;
  SeatOffer?: SeatOfferResolvers<ContextType>;
  SeatPool?: SeatPoolResolvers<ContextType>;
  SetEntitlementPayload?: SetEntitlementPayloadResolvers<ContextType>;
  SetExchangeRatePayload?: SetExchangeRatePayloadResolvers<ContextType>;
  SignIn?: SignInResolvers<ContextType>;
  SignInConnection?: SignInConnectionResolvers<ContextType>;
  SignInEdge?: SignInEdgeResolvers<ContextType>;
  StaleItem?: StaleItemResolvers<ContextType>;
  SubAccount?: SubAccountResolvers<ContextType>;
  SubAccountConnection?: SubAccountConnectionResolvers<ContextType>;
  SubAccountEdge?: SubAccountEdgeResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  SyncIntegrationPayload?: SyncIntegrationPayloadResolvers<ContextType>;
  SyncPlan?: SyncPlanResolvers<ContextType>;
  TaskPart?: TaskPartResolvers<ContextType>;
  TaskPlan?: TaskPlanResolvers<ContextType>;
  TaskSetting?: TaskSettingResolvers<ContextType>;
  Transfer?: TransferResolvers<ContextType>;
  URL?: GraphQLScalarType;
  UnrecognizedSubscription?: UnrecognizedSubscriptionResolvers<ContextType>;
  UnrecognizedSubscriptionPayload?: UnrecognizedSubscriptionPayloadResolvers<ContextType>;
  UpdateLicensePayload?: UpdateLicensePayloadResolvers<ContextType>;
  User?: UserResolvers<ContextType>;
  UserActivity?: UserActivityResolvers<ContextType>;
  UserBundle?: UserBundleResolvers<ContextType>;
  UserConnection?: UserConnectionResolvers<ContextType>;
  UserEdge?: UserEdgeResolvers<ContextType>;
  UserError?: UserErrorResolvers<ContextType>;
  UserFacet?: UserFacetResolvers<ContextType>;
  UserFacets?: UserFacetsResolvers<ContextType>;
  UserHistoryEntry?: UserHistoryEntryResolvers<ContextType>;
  UserImage?: UserImageResolvers<ContextType>;
  WithdrawOffboardingPayload?: WithdrawOffboardingPayloadResolvers<ContextType>;
  ZoomCalls?: ZoomCallsResolvers<ContextType>;
  ZoomCount?: ZoomCountResolvers<ContextType>;
}>;

