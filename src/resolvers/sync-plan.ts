import { planSync } from '../actions/plan-sync.ts';
import type { LabelCounts } from '../policy/call-plan.ts';
import type { Resolvers, ZoomCalls } from '../schema.generated.ts';
import { missing } from './missing.ts';

/** Counts by label as the schema names them. */
export const zoomCalls = (counts: LabelCounts): ZoomCalls => ({
  light: counts.LIGHT,
  medium: counts.MEDIUM,
  heavy: counts.HEAVY,
  resourceIntensive: counts.RESOURCE_INTENSIVE,
});

export const syncPlanResolvers: Resolvers = {
  Query: {
    syncPlan: async (_, { integrationId }, { deps, load }) => {
      const integration = await load.integrationById.load(integrationId);
      return integration && planSync(deps, integration);
    },
  },
  SyncPlan: {
    integration: async ({ integrationId }, _, { load }) =>
      (await load.integrationById.load(integrationId)) ?? missing('integration', integrationId),
    tasks: ({ tasks }) => tasks.map((task) => ({ ...task, calls: zoomCalls(task.calls) })),
    calls: ({ calls }) => zoomCalls(calls),
  },
};
