import { partStates } from '../policy/task-parts.ts';
import type { Resolvers } from '../schema.generated.ts';

export const taskPartResolvers: Resolvers = {
  TaskSetting: {
    parts: async ({ task, integration }, _, { load }) =>
      partStates(task, integration, await load.taskParts.load(integration.id)),
  },
};
