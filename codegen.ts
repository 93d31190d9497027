import type { CodegenConfig } from '@graphql-codegen/cli';

const rows = './db/tables/rows.ts';
const pages = './datasources/store/page.ts';

/** Types of the schema, with every object type mapped to the row that its resolvers get as parent. */
const config: CodegenConfig = {
  schema: 'schema/*.graphql',
  generates: {
    'src/schema.generated.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        federation: true,
        useTypeImports: true,
        enumsAsTypes: true,
        useIndexSignature: true,
        defaultScalarType: 'unknown',
        avoidOptionals: { field: true },
        inputMaybeValue: 'T | null | undefined',
        contextType: './context.ts#Context',
        scalars: {
          DateTime: 'Date',
          Date: 'string',
          URL: 'string',
          Currency: 'string',
          Decimal: 'string',
          JSON: 'unknown',
        },
        mappers: {
          Integration: `${rows}#IntegrationRow`,
          JobRun: `${rows}#JobRunRow`,
          Account: `${rows}#AccountRow`,
          SubAccount: `${rows}#AccountRow`,
          Group: `${rows}#GroupRow`,
          User: `${rows}#UserRow`,
          UserActivity: `${rows}#UserRow`,
          Meeting: `${rows}#MeetingRow`,
          Participant: `${rows}#ParticipantRow`,
          SignIn: `${rows}#SignInRow`,
          OperationLog: `${rows}#OperationLogRow`,
          DailyUsage: `${rows}#DailyUsageRow`,
          TaskSetting: './policy/task-parts.ts#TaskWithParts',
          License: `${rows}#LicenseRow`,
          Plan: './policy/plan-information.ts#AccountPlan',
          Entitlement: `${rows}#EntitlementRow`,
          ExchangeRate: `${rows}#ExchangeRateRow`,
          ReclamationCandidate: `${rows}#CandidateRow`,
          ReclamationRule: `${rows}#RuleRow`,
          Reclamation: `${rows}#ReclamationRow`,
          ReclamationItem: `${rows}#ReclamationItemRow`,
          Exclusion: `${rows}#ExclusionRow`,
          AuditEvent: `${rows}#AuditEventRow`,
          SubAccountConnection: `${pages}#AccountPage`,
          UserConnection: `${pages}#UserPage`,
          GroupConnection: `${pages}#GroupPage`,
          JobRunConnection: `${pages}#JobRunPage`,
          MeetingConnection: `${pages}#MeetingPage`,
          ParticipantConnection: `${pages}#ParticipantPage`,
          SignInConnection: `${pages}#SignInPage`,
          OperationLogConnection: `${pages}#OperationLogPage`,
          ReclamationCandidateConnection: `${pages}#CandidatePage`,
          ReclamationConnection: `${pages}#ReclamationPage`,
          ReclamationItemConnection: `${pages}#ItemPage`,
          ExclusionConnection: `${pages}#ExclusionPage`,
          AuditEventConnection: `${pages}#AuditEventPage`,
          SyncPlan: './actions/plan-sync.ts#SyncPlanFacts',
          AccountSummary: `${rows}#AccountRow`,
          LicenseCompliance: './policy/compliance.ts#Compliance',
          ProvisionedLicenses: './policy/provisioned-display.ts#Provisioned',
          CandidateHistoryEntry: './datasources/store/candidates.ts#CandidateEventRow',
          UserFacet: './datasources/store/user-facets.ts#FacetRow',
          UserHistoryEntry: './datasources/store/users.ts#UserHistoryRow',
        },
      },
    },
  },
};

export default config;
