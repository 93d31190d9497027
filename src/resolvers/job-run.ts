import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';
import { missing } from './missing.ts';

export const jobRunResolvers: Resolvers = {
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
  },
  JobRunConnection: connection(),
};
