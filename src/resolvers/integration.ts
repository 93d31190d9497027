import { jobRunsOfIntegration } from '../datasources/store/job-run-pages.ts';
import { allIntegrations } from '../datasources/store/integrations.ts';
import { clientIdInUse, redirectUrl } from '../policy/oauth-app.ts';
import { taskSettings } from '../policy/task-scopes.ts';
import { scheduledJobs } from '../policy/timetable.ts';
import type { ConnectionCheckResult, Resolvers } from '../schema.generated.ts';

export const integrationResolvers: Resolvers = {
  Query: {
    integrations: (_, __, { deps }) => allIntegrations(deps.database.sql),
    integration: (_, { id }, { load }) => load.integrationById.load(id),
  },
  Integration: {
    __resolveReference: ({ id }, { load }) => load.integrationById.load(id),
    clientId: (integration, _, { deps }) => clientIdInUse(deps.config, integration),
    redirectUrl: (_, __, { deps }) => redirectUrl(deps.config),
    profileType: () => 'Zoom Subscription',
    tasks: (integration) => taskSettings(integration),
    connectionCheck: ({ connectionCheck: check }) =>
      check && { ok: check.ok, checkedAt: new Date(check.checkedAt), checks: check.checks as ConnectionCheckResult[] },
    account: ({ id }, _, { load }) => load.accountByIntegrationId.load(id),
    scheduledJobs: (integration, _, { now }) => scheduledJobs(integration, now),
    jobRuns: ({ id }, args, { load }) => load.page('job runs', () => jobRunsOfIntegration, id, args),
  },
};
