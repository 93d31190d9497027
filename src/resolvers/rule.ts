import { createReclamationRule } from '../actions/create-reclamation-rule.ts';
import { deleteReclamationRule } from '../actions/delete-reclamation-rule.ts';
import { updateReclamationRule } from '../actions/update-reclamation-rule.ts';
import { payloadOf } from './payload.ts';
import { allRules } from '../datasources/store/rules.ts';
import { countedSigns } from '../policy/activity-signs.ts';
import type { Resolvers, RuleCondition } from '../schema.generated.ts';

export const ruleResolvers: Resolvers = {
  Query: {
    reclamationRules: (_, { integrationId }, { deps }) => allRules(deps.database.sql, integrationId ?? null),
  },
  Mutation: {
    createReclamationRule: async (_, { input }, { deps, caller }) => {
      const { rule, userErrors } = payloadOf(await createReclamationRule(deps, caller, input));
      return { reclamationRule: rule ?? null, userErrors };
    },
    updateReclamationRule: async (_, { input }, { deps, caller }) => {
      const { rule, userErrors } = payloadOf(await updateReclamationRule(deps, caller, input));
      return { reclamationRule: rule ?? null, userErrors };
    },
    deleteReclamationRule: async (_, { input }, { deps, caller }) => {
      const { ruleId, userErrors } = payloadOf(await deleteReclamationRule(deps, caller, input));
      return { deletedRuleId: ruleId ?? null, userErrors };
    },
  },
  ReclamationRule: {
    __resolveReference: ({ id }, { load }) => load.ruleById.load(id),
    integration: ({ integrationId }, _, { load }) => load.integrationById.load(integrationId),
    signs: ({ signs }) => (signs === null || signs.length === 0 ? null : countedSigns(signs)),
    condition: ({ condition }) =>
      condition === null
        ? null
        : ({ departments: null, groupIds: null, neverActiveOnly: null, ...condition } as RuleCondition),
  },
};
