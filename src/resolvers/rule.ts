import { allRules } from '../datasources/store/rules.ts';
import type { Resolvers, RuleCondition } from '../schema.generated.ts';

export const ruleResolvers: Resolvers = {
  Query: {
    reclamationRules: (_, { integrationId }, { deps }) => allRules(deps.database.sql, integrationId ?? null),
  },
  ReclamationRule: {
    __resolveReference: ({ id }, { load }) => load.ruleById.load(id),
    integration: ({ integrationId }, _, { load }) => load.integrationById.load(integrationId),
    condition: ({ condition }) =>
      condition === null ? null : ({ departments: null, groupIds: null, neverActiveOnly: null, ...condition } as RuleCondition),
  },
};
