import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSubgraph } from '#src/schema.ts';
import { SCHEMA_RULES, type Exceptions } from './support/schema-rules.ts';

/** Each is spoken of in `docs/schema.md`. */
const EXCEPTIONS: Exceptions = {
  booleans: new Set([
    'AccountSummary.complete',
    'ConnectionCheck.ok',
    'ConnectionCheckResult.ok',
    'ExcludedFromCost.license',
    'Reclamation.dryRun',
    'ReclaimInput.dryRun',
    'ReclamationRulePreview.broad',
    'DailyCap.fits',
    'BasicSufficiency.verdict',
    ...['meetings', 'webinars', 'recordings', 'whiteboards', 'clips', 'notes', 'visitors', 'docs'].map(
      (what) => `TransferInput.${what}`,
    ),
  ]),
  references: new Set([
    'AuditEvent.integrationId',
    'AuditEvent.requestId',
    'StaleItem.itemId',
    'RuleCondition.subAccountIds',
    'RuleCondition.subAccountIdsNotIn',
    'RuleCondition.groupIds',
    'RuleCondition.groupIdsNotIn',
  ]),
  fromZoom: new Map([
    ['UserType', 'OTHER'],
    ['ReconciliationReasonCode', 'OTHER'],
    ['LicenseReturnCauseKind', 'UNKNOWN'],
    ['PlanEdition', null],
    ['RateLimitPlan', null],
  ]),
};

/** A schema that breaks every rule once. */
const BAD = buildSchema(`
  directive @key(fields: String!) on OBJECT
  type Query { users(first: Int): UserConnection!, all: [Thing!]! }
  type Mutation { deleteUser(id: ID!): Boolean }
  type UserConnection { edges: [Thing!]!, totalCount: Int! }
  scalar Decimal
  type Thing @key(fields: "uuid") {
    id: String!
    uuid: String!
    ownerId: ID!
    visible: Boolean!
    createdAt: String
    price: Float
    cost: Decimal
    Full_Name: String
    kind: UserType
    edition: Edition!
    old: String @deprecated
  }
  type ThingPayload { thing: Thing! }
  enum UserType { basic }
  enum Edition { PRO }
`);
const BAD_EXCEPTIONS: Exceptions = {
  booleans: new Set(),
  references: new Set(),
  fromZoom: new Map([
    ['UserType', 'OTHER'],
    ['Edition', null],
  ]),
};

describe('the schema keeps to its rules', () => {
  const { schema } = buildSubgraph();

  it.each(Object.entries(SCHEMA_RULES))('%s', (_, rule) => {
    expect(rule(schema, EXCEPTIONS)).toEqual([]);
    expect(rule(BAD, BAD_EXCEPTIONS)).not.toEqual([]);
  });

  it('makes no exception for what is not there, or would not need one', () => {
    const none = { ...EXCEPTIONS, booleans: new Set<string>(), references: new Set<string>() };
    const found = Object.values(SCHEMA_RULES).flatMap((rule) => rule(schema, none));
    expect(found.toSorted()).toEqual([...EXCEPTIONS.booleans, ...EXCEPTIONS.references].toSorted());
  });
});
