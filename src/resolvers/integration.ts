import { authorizeIntegration } from '../actions/authorize-integration.ts';
import { createIntegration } from '../actions/create-integration.ts';
import { deauthorizeIntegration } from '../actions/deauthorize-integration.ts';
import { deleteIntegration } from '../actions/delete-integration.ts';
import { syncIntegration } from '../actions/sync-integration.ts';
import { updateIntegration } from '../actions/update-integration.ts';
import { validateIntegration } from '../actions/validate-integration.ts';
import { jobRunsOfIntegration } from '../datasources/store/job-run-pages.ts';
import { allIntegrations } from '../datasources/store/integrations.ts';
import { clientIdInUse, redirectUrl } from '../policy/oauth-app.ts';
import { activityWindow } from '../policy/report-windows.ts';
import { outOfReach } from '../policy/sub-accounts.ts';
import { taskSettings } from '../policy/task-scopes.ts';
import { scheduledJobs } from '../policy/timetable.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import type { ConnectionCheckResult, Resolvers } from '../schema.generated.ts';
import type { Outcome } from '../actions/outcome.ts';
import { accountCosts } from './costs.ts';
import { payloadOf } from './payload.ts';

function integrationPayload(outcome: Outcome<{ integration: IntegrationRow }>) {
  const { integration, userErrors } = payloadOf(outcome);
  return { integration: integration ?? null, userErrors };
}

export const integrationResolvers: Resolvers = {
  Query: {
    integrations: (_, __, { deps }) => allIntegrations(deps.database.sql),
    integration: (_, { id }, { load }) => load.integrationById.load(id),
  },
  Mutation: {
    createIntegration: async (_, { input }, { deps, caller }) =>
      integrationPayload(await createIntegration(deps, caller, input)),
    updateIntegration: async (_, { input }, { deps, caller }) =>
      integrationPayload(await updateIntegration(deps, caller, input)),
    validateIntegration: async (_, { input }, { deps, caller }) =>
      integrationPayload(await validateIntegration(deps, caller, input)),
    deauthorizeIntegration: async (_, { input }, { deps, caller }) =>
      integrationPayload(await deauthorizeIntegration(deps, caller, input)),
    deleteIntegration: async (_, { input }, { deps, caller }) => {
      const { integrationId, integration, userErrors } = payloadOf(await deleteIntegration(deps, caller, input));
      return { deletedIntegrationId: integrationId ?? null, integration: integration ?? null, userErrors };
    },
    authorizeIntegration: async (_, { input }, { deps, caller }) => {
      const { authorizationUrl, expiresAt, integration, userErrors } = payloadOf(
        await authorizeIntegration(deps, caller, input),
      );
      return {
        authorizationUrl: authorizationUrl ?? null,
        expiresAt: expiresAt ?? null,
        integration: integration ?? null,
        userErrors,
      };
    },
    syncIntegration: async (_, { input }, { deps, caller }) => {
      const { jobRuns, integration, userErrors } = payloadOf(await syncIntegration(deps, caller, input));
      return { jobRuns: jobRuns ?? [], integration: integration ?? null, userErrors };
    },
  },
  Integration: {
    __resolveReference: ({ id }, { load }) => load.integrationById.load(id),
    clientId: (integration, _, { deps }) => clientIdInUse(deps.config, integration),
    redirectUrl: (_, __, { deps }) => redirectUrl(deps.config),
    profileType: () => 'Zoom Subscription',
    activityWindow: async ({ id, analyzeActivityFrom }, _, { load, now }) => {
      const known = await load.knownActivityByIntegrationId.load(id);
      return activityWindow(now, analyzeActivityFrom, known ?? { from: null, until: null });
    },
    tasks: (integration) => taskSettings(integration).map((task) => ({ ...task, integration })),
    eraseDataOnDeauthorization: ({ eraseOnDeauthorization }) => eraseOnDeauthorization,
    connectionCheck: ({ connectionCheck: check }) =>
      check && { ok: check.ok, checkedAt: new Date(check.checkedAt), checks: check.checks as ConnectionCheckResult[] },
    account: ({ id }, _, { load }) => load.accountByIntegrationId.load(id),
    outOfReach: ({ kind }) => outOfReach(kind),
    annualCost: async ({ id }, args, context) => {
      const account = await context.load.accountByIntegrationId.load(id);
      return account === null ? [] : accountCosts.annualCost(account, args, context);
    },
    reclaimableAnnualCost: async ({ id }, args, context) => {
      const account = await context.load.accountByIntegrationId.load(id);
      return account === null ? [] : accountCosts.reclaimableAnnualCost(account, args, context);
    },
    latestReconciliation: ({ id }, _, { load }) => load.latestReconciliation.load(id),
    reclamationHold: ({ id }, _, { load }) => load.holdByIntegrationId.load(id),
    scheduledJobs: (integration, _, { now }) => scheduledJobs(integration, now),
    jobRuns: ({ id }, args, { load }) => load.page('job runs', () => jobRunsOfIntegration, id, args),
  },
};
