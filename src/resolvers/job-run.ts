import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import type { JobRunRow } from '../db/tables/rows.ts';
import { callsByLabel } from '../policy/call-plan.ts';
import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';
import { missing } from './missing.ts';
import { subscribed } from './subscribed.ts';
import { zoomCalls } from './sync-plan.ts';

const LABELS = new Map(Object.values(ENDPOINTS).map(({ method, path, label }) => [`${method} ${path}`, label]));

export const jobRunResolvers: Resolvers = {
  Subscription: {
    jobRunProgress: {
      subscribe: (_, { integrationId }, context) => subscribed(context, integrationId, 'jobRuns'),
      resolve: (run: JobRunRow) => run,
    },
  },
  JobRun: {
    __resolveReference: ({ id }, { load }) => load.jobRunById.load(id),
    integration: async ({ integrationId }, _, { load }) =>
      (await load.integrationById.load(integrationId)) ?? missing('integration', integrationId),
    queuedAt: ({ createdAt }) => createdAt,
    progress: ({ progressDone, progressTotal }) => ({ done: progressDone, total: progressTotal }),
    zoomCalls: (run) => ({
      light: run.callsLight,
      medium: run.callsMedium,
      heavy: run.callsHeavy,
      resourceIntensive: run.callsResourceIntensive,
    }),
    plannedCalls: ({ planned }) => planned && zoomCalls(callsByLabel(planned)),
    callsByEndpoint: ({ planned, spent }) => {
      const plan = new Map((planned ?? []).map((line) => [line.endpoint, line]));
      return [...new Set([...plan.keys(), ...Object.keys(spent)])].sort().map((endpoint) => ({
        endpoint,
        label: plan.get(endpoint)?.label ?? LABELS.get(endpoint) ?? null,
        planned: planned && (plan.get(endpoint)?.calls ?? 0),
        spent: spent[endpoint] ?? 0,
        why: plan.get(endpoint)?.why ?? null,
      }));
    },
  },
  JobRunConnection: connection(),
};
