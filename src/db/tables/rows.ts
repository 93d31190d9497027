import type { accounts, groups } from './accounts.ts';
import type { candidateAsks, candidateMessages } from './asks.ts';
import type { auditEvents } from './audit.ts';
import type { integrations, jobRuns } from './integrations.ts';
import type { entitlements, exchangeRates, licenseDays, licenseMappings, licenses } from './licenses.ts';
import type { meetingParticipants, meetings } from './meetings.ts';
import type {
  exclusions,
  reclamationHolds,
  reclamationCandidates,
  reclamationItems,
  reclamationRules,
  reclamations,
} from './reclamations.ts';
import type { offboardings } from './offboardings.ts';
import type { reconciliationLines, reconciliations } from './reconciliations.ts';
import type {
  activityDays,
  cloudRecordings,
  dailyUsage,
  operationLogs,
  reportCoverage,
  signIns,
  taskParts,
} from './usage.ts';
import type { users } from './users.ts';
import type { webhookEvents } from './webhooks.ts';

/** Rows as they are read; resolvers get them as parents. */
export type IntegrationRow = typeof integrations.$inferSelect;
export type JobRunRow = typeof jobRuns.$inferSelect;
export type AccountRow = typeof accounts.$inferSelect;
export type GroupRow = typeof groups.$inferSelect;
export type UserRow = typeof users.$inferSelect;
export type MeetingRow = typeof meetings.$inferSelect;
export type ParticipantRow = typeof meetingParticipants.$inferSelect;
export type LicenseRow = typeof licenses.$inferSelect;
export type EntitlementRow = typeof entitlements.$inferSelect;
export type ExchangeRateRow = typeof exchangeRates.$inferSelect;
export type LicenseDayRow = typeof licenseDays.$inferSelect;
export type ReconciliationRow = typeof reconciliations.$inferSelect;
export type ReconciliationLineRow = typeof reconciliationLines.$inferSelect;
export type RuleRow = typeof reclamationRules.$inferSelect;
export type CandidateRow = typeof reclamationCandidates.$inferSelect;
export type ReclamationRow = typeof reclamations.$inferSelect;
export type ReclamationItemRow = typeof reclamationItems.$inferSelect;
export type ExclusionRow = typeof exclusions.$inferSelect;
export type OffboardingRow = typeof offboardings.$inferSelect;
export type AskRow = typeof candidateAsks.$inferSelect;
export type MessageRow = typeof candidateMessages.$inferSelect;
export type HoldRow = typeof reclamationHolds.$inferSelect;
/** An event of the audit trail; sealed, since nobody sees it before its transaction has committed. */
export type AuditEventRow = typeof auditEvents.$inferSelect & { position: number; previousHash: string; hash: string };
export type LicenseMappingRow = typeof licenseMappings.$inferSelect;
export type SignInRow = typeof signIns.$inferSelect;
export type OperationLogRow = typeof operationLogs.$inferSelect;
export type DailyUsageRow = typeof dailyUsage.$inferSelect;
export type CloudRecordingRow = typeof cloudRecordings.$inferSelect;
export type ActivityDayRow = typeof activityDays.$inferSelect;
export type ReportCoverageRow = typeof reportCoverage.$inferSelect;
export type TaskPartRow = typeof taskParts.$inferSelect;
export type WebhookEventRow = typeof webhookEvents.$inferSelect;

/** What a listing tells of a user. */
export type RosterEntry = Pick<
  UserRow,
  | 'zoomUserId'
  | 'email'
  | 'firstName'
  | 'lastName'
  | 'displayName'
  | 'status'
  | 'type'
  | 'typeCode'
  | 'activeDate'
  | 'department'
  | 'lastClientVersion'
  | 'lastLoginAt'
  | 'roleId'
  | 'planUnitedType'
  | 'licenseInfos'
  | 'timezone'
  | 'employeeUniqueId'
  | 'isRoom'
  | 'isServiceAccount'
> & {
  /** Null where the listing left them out: what was known stays. */
  groupIds: string[] | null;
};

/** What the profile tells of a user beyond the listing. */
export type ProfileEntry = Pick<
  UserRow,
  'id' | 'roleId' | 'jobTitle' | 'costCenter' | 'location' | 'managerEmail' | 'zoomOneType' | 'loginTypes'
>;

/** What the settings tell of a user. */
export type SettingsEntry = Pick<
  UserRow,
  | 'id'
  | 'meetingCapacity'
  | 'largeMeetingEnabled'
  | 'largeMeetingCapacity'
  | 'webinarEnabled'
  | 'webinarCapacity'
  | 'features'
>;

/** A meeting that took place, as a report tells it; the host by our user id. */
export type MeetingEntry = Omit<
  MeetingRow,
  | 'id'
  | 'integrationId'
  | 'accountId'
  | 'participantsReadAt'
  | 'createdAt'
  | 'pollCount'
  | 'registrantCount'
  | 'extrasReadAt'
>;

/** One stay of one person in a meeting, before it is stored; instants as ISO 8601. */
export interface ParticipantEntry {
  meetingId: string;
  position: number;
  userId: string | null;
  name: string | null;
  email: string | null;
  joinedAt: string | null;
  leftAt: string | null;
  durationSeconds: number | null;
}
