import type { CodegenConfig } from '@graphql-codegen/cli';

const rows = './db/tables/rows.ts';

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
          License: `${rows}#LicenseRow`,
          Entitlement: `${rows}#EntitlementRow`,
          ReclamationCandidate: `${rows}#CandidateRow`,
          ReclamationRule: `${rows}#RuleRow`,
          Reclamation: `${rows}#ReclamationRow`,
          ReclamationItem: `${rows}#ReclamationItemRow`,
          Exclusion: `${rows}#ExclusionRow`,
          AuditEvent: `${rows}#AuditEventRow`,
        },
      },
    },
  },
};

export default config;
