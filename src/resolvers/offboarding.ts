import { reportOffboarding } from '../actions/report-offboarding.ts';
import { withdrawOffboarding } from '../actions/withdraw-offboarding.ts';
import type { Resolvers } from '../schema.generated.ts';
import { payloadOf } from './payload.ts';

/** The mutations of what HR says, and what is shown of it on its own; `User.offboarding` is in `user.ts`. */
export const offboardingResolvers: Resolvers = {
  Mutation: {
    reportOffboarding: async (_, { input }, { deps, caller }) => {
      const { offboardings, notOnRoster, jobRun, userErrors } = payloadOf(await reportOffboarding(deps, caller, input));
      return {
        offboardings: offboardings ?? [],
        notOnRoster: notOnRoster ?? [],
        jobRun: jobRun ?? null,
        userErrors,
      };
    },
    withdrawOffboarding: async (_, { input }, { deps, caller }) => {
      const { offboardings, userErrors } = payloadOf(await withdrawOffboarding(deps, caller, input));
      return { offboardings: offboardings ?? [], userErrors };
    },
  },
};
