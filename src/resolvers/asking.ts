import { approveKeep } from '../actions/approve-keep.ts';
import { rejectKeep } from '../actions/reject-keep.ts';
import { resumeCandidates } from '../actions/resume-candidates.ts';
import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';
import { payloadOf } from './payload.ts';

export const askingResolvers: Resolvers = {
  Mutation: {
    approveKeep: async (_, { input }, { deps, caller }) => {
      const { candidates, userErrors } = payloadOf(await approveKeep(deps, caller, input));
      return { reclamationCandidates: candidates ?? [], userErrors };
    },
    rejectKeep: async (_, { input }, { deps, caller }) => {
      const { reclamation, userErrors } = payloadOf(await rejectKeep(deps, caller, input));
      return { reclamation: reclamation ?? null, userErrors };
    },
    resumeCandidates: async (_, { input }, { deps, caller }) => {
      const { candidates, userErrors } = payloadOf(await resumeCandidates(deps, caller, input));
      return { reclamationCandidates: candidates ?? [], userErrors };
    },
  },
  CandidateMessage: {
    at: ({ queuedAt }) => queuedAt,
  },
  CandidateMessageConnection: connection(),
};
