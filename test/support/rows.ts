import type { Database } from '#src/db/client.ts';
import { newId } from '#src/db/id.ts';
import {
  accounts,
  candidateEvents,
  entitlements,
  exclusions,
  groups,
  integrations,
  jobRuns,
  licenseAssignments,
  licenses,
  meetingParticipants,
  meetings,
  reclamationCandidates,
  reclamationItems,
  reclamationRules,
  reclamations,
  reconciliations,
  users,
} from '#src/db/tables/index.ts';
import type {
  AccountRow,
  CandidateRow,
  EntitlementRow,
  ExclusionRow,
  GroupRow,
  IntegrationRow,
  JobRunRow,
  LicenseRow,
  MeetingRow,
  ReclamationItemRow,
  ReclamationRow,
  ReconciliationRow,
  RuleRow,
  UserRow,
} from '#src/db/tables/rows.ts';

/**
 * Rows for tests, written to a database. Each function takes what the test is about and makes up the rest; a number
 * that grows keeps names apart.
 */
export function rowsIn({ db }: Database) {
  let made = 0;
  const next = () => (made += 1);
  const first = <Row>([row]: Row[]): Row => {
    if (row === undefined) throw new Error('An insert answered without its row.');
    return row;
  };

  const user = async (account: AccountRow, given: Partial<Omit<UserRow, 'lastActivityAt'>> = {}): Promise<UserRow> =>
    first(
      await db
        .insert(users)
        .values({ ...userDefaults(account, next()), ...given })
        .returning(),
    );

  const assign = async (license: LicenseRow, holders: readonly UserRow[]): Promise<void> => {
    const since = new Date('2026-01-01T00:00:00Z');
    await db.insert(licenseAssignments).values(
      holders.map((user) => ({
        userId: user.id,
        licenseId: license.id,
        integrationId: license.integrationId,
        since,
      })),
    );
  };

  return {
    integration: async (given: Partial<IntegrationRow> = {}): Promise<IntegrationRow> =>
      first(
        await db
          .insert(integrations)
          .values({
            id: newId('int'),
            displayName: `Integration ${next()}`,
            kind: 'REGULAR',
            region: 'NA',
            status: 'CONNECTED',
            enabledTasks: ['APPLICATION_ROSTER', 'APPLICATION_ACCESS', 'RECLAMATION'],
            ...given,
          })
          .returning(),
      ),

    account: async (integration: Pick<IntegrationRow, 'id'>, given: Partial<AccountRow> = {}): Promise<AccountRow> =>
      first(
        await db
          .insert(accounts)
          .values({
            id: newId('acc'),
            integrationId: integration.id,
            zoomAccountId: `zoom-account-${next()}`,
            name: `Account ${made}`,
            tier: 'REGULAR',
            ...given,
          })
          .returning(),
      ),

    users: async (
      account: AccountRow,
      given: readonly Partial<Omit<UserRow, 'lastActivityAt'>>[],
    ): Promise<UserRow[]> =>
      db
        .insert(users)
        .values(given.map((user) => ({ ...userDefaults(account, next()), ...user })))
        .returning(),

    user,

    group: async (account: AccountRow, given: Partial<GroupRow> = {}): Promise<GroupRow> =>
      first(
        await db
          .insert(groups)
          .values({
            id: newId('grp'),
            integrationId: account.integrationId,
            accountId: account.id,
            zoomGroupId: `zoom-group-${next()}`,
            name: `Group ${made}`,
            ...given,
          })
          .returning(),
      ),

    license: async (account: AccountRow, given: Partial<LicenseRow> = {}): Promise<LicenseRow> =>
      first(
        await db
          .insert(licenses)
          .values({
            id: newId('lic'),
            integrationId: account.integrationId,
            accountId: account.id,
            uniqueId: `LICENSE_${next()}`,
            name: `License ${made}`,
            category: 'BASE',
            userType: 'LICENSED',
            ...given,
          })
          .returning(),
      ),

    assign,

    /** Somebody who holds a license, a member who signs in with an account of the company's. */
    holder: async (
      license: LicenseRow,
      account: AccountRow,
      given: Partial<Omit<UserRow, 'lastActivityAt' | 'kind'>>,
    ): Promise<UserRow> => {
      const made = await user(account, { roleId: '2', loginTypes: [100], ...given });
      await assign(license, [made]);
      return made;
    },

    entitlement: async (license: LicenseRow, given: Partial<EntitlementRow>): Promise<EntitlementRow> =>
      first(
        await db
          .insert(entitlements)
          .values({
            id: newId('ent'),
            licenseId: license.id,
            integrationId: license.integrationId,
            updatedBy: 'test',
            ...given,
          })
          .returning(),
      ),

    meeting: async (host: UserRow, given: Partial<MeetingRow> = {}): Promise<MeetingRow> =>
      first(
        await db
          .insert(meetings)
          .values({
            id: newId('mtg'),
            integrationId: host.integrationId,
            accountId: host.accountId,
            uuid: `uuid-${next()}`,
            zoomMeetingId: String(made),
            kind: 'MEETING',
            topic: `Secret plan ${made}`,
            hostUserId: host.id,
            startTime: new Date(Date.UTC(2026, 1, 1, 9, made % 1440)),
            ...given,
          })
          .returning(),
      ),

    participants: async (
      meeting: MeetingRow,
      people: readonly { userId?: string; email?: string }[],
    ): Promise<void> => {
      await db.insert(meetingParticipants).values(
        people.map((person, position) => ({
          meetingId: meeting.id,
          integrationId: meeting.integrationId,
          position,
          name: `Guest ${position}`,
          ...person,
        })),
      );
    },

    jobRun: async (integration: Pick<IntegrationRow, 'id'>, given: Partial<JobRunRow> = {}): Promise<JobRunRow> =>
      first(
        await db
          .insert(jobRuns)
          .values({
            id: newId('run'),
            integrationId: integration.id,
            task: 'APPLICATION_ROSTER',
            requestedBy: 'test',
            ...given,
          })
          .returning(),
      ),

    rule: async (integration: Pick<IntegrationRow, 'id'>, given: Partial<RuleRow> = {}): Promise<RuleRow> =>
      first(
        await db
          .insert(reclamationRules)
          .values({
            id: newId('rul'),
            integrationId: integration.id,
            name: `Rule ${next()}`,
            action: 'DOWNGRADE',
            ...given,
          })
          .returning(),
      ),

    candidate: async (
      user: UserRow,
      license: LicenseRow,
      rule: RuleRow,
      given: Partial<CandidateRow> = {},
    ): Promise<CandidateRow> => {
      const row = first(
        await db
          .insert(reclamationCandidates)
          .values({
            id: newId('can'),
            integrationId: user.integrationId,
            userId: user.id,
            licenseId: license.id,
            ruleId: rule.id,
            action: 'DOWNGRADE',
            reason: 'INACTIVE',
            status: 'READY',
            inactiveDays: 100,
            evidence: {
              windowFrom: null,
              rosterAt: '2026-03-01T00:00:00.000Z',
              activityKnownUntil: null,
              signs: { login: null },
            },
            detectedAt: new Date(Date.UTC(2026, 2, 1, 0, next() % 1440)),
            ...given,
          })
          .returning(),
      );
      await db
        .insert(candidateEvents)
        .values({ candidateId: row.id, at: row.detectedAt, from: null, to: row.status, by: 'system' });
      return row;
    },

    reclamation: async (
      integration: Pick<IntegrationRow, 'id'>,
      given: Partial<ReclamationRow> = {},
    ): Promise<ReclamationRow> =>
      first(
        await db
          .insert(reclamations)
          .values({
            id: newId('rec'),
            integrationId: integration.id,
            kind: 'RECLAIM',
            dryRun: false,
            requestedBy: 'test',
            requestedAt: new Date('2026-03-01T00:00:00Z'),
            inputHash: '',
            ...given,
          })
          .returning(),
      ),

    item: async (
      reclamation: ReclamationRow,
      candidate: CandidateRow,
      given: Partial<ReclamationItemRow> = {},
    ): Promise<ReclamationItemRow> =>
      first(
        await db
          .insert(reclamationItems)
          .values({
            id: newId('itm'),
            reclamationId: reclamation.id,
            integrationId: reclamation.integrationId,
            position: next(),
            candidateId: candidate.id,
            userId: candidate.userId,
            action: candidate.action,
            at: new Date('2026-03-01T00:00:00Z'),
            ...given,
          })
          .returning(),
      ),

    reconciliation: async (
      integration: Pick<IntegrationRow, 'id'>,
      given: Partial<ReconciliationRow> = {},
    ): Promise<ReconciliationRow> =>
      first(
        await db
          .insert(reconciliations)
          .values({
            id: newId('rcn'),
            integrationId: integration.id,
            requestedBy: 'test',
            at: new Date('2026-03-01T00:00:00Z'),
            isComplete: true,
            ...given,
          })
          .returning(),
      ),

    exclusion: async (given: Partial<ExclusionRow> = {}): Promise<ExclusionRow> =>
      first(
        await db
          .insert(exclusions)
          .values({ id: newId('exc'), reason: 'On leave', owner: 'test', ...given })
          .returning(),
      ),
  };
}

function userDefaults(account: AccountRow, number: number) {
  const seen = new Date('2026-01-01T00:00:00Z');
  return {
    id: newId('usr'),
    integrationId: account.integrationId,
    accountId: account.id,
    zoomUserId: `zoom-user-${number}`,
    email: `user-${String(number).padStart(5, '0')}@example.com`,
    status: 'ACTIVE',
    type: 'LICENSED',
    typeCode: 2,
    firstSeenAt: seen,
    updatedAt: seen,
  } satisfies typeof users.$inferInsert;
}
