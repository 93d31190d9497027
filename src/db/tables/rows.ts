import type { accounts, groups } from './accounts.ts';
import type { integrations, jobRuns } from './integrations.ts';
import type { entitlements, licenses } from './licenses.ts';
import type { meetingParticipants, meetings } from './meetings.ts';
import type {
  auditEvents,
  exclusions,
  reclamationCandidates,
  reclamationItems,
  reclamationRules,
  reclamations,
} from './reclamations.ts';
import type { users } from './users.ts';

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
export type RuleRow = typeof reclamationRules.$inferSelect;
export type CandidateRow = typeof reclamationCandidates.$inferSelect;
export type ReclamationRow = typeof reclamations.$inferSelect;
export type ReclamationItemRow = typeof reclamationItems.$inferSelect;
export type ExclusionRow = typeof exclusions.$inferSelect;
export type AuditEventRow = typeof auditEvents.$inferSelect;
