import { participantsOfMeeting } from '../datasources/store/meetings.ts';
import type { Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';

export const meetingResolvers: Resolvers = {
  Query: {
    meeting: (_, { id }, { load }) => load.meetingById.load(id),
  },
  Meeting: {
    __resolveReference: ({ id }, { load }) => load.meetingById.load(id),
    host: ({ hostUserId }, _, { load }) => (hostUserId === null ? null : load.userById.load(hostUserId)),
    cloudRecorded: (meeting, _, { load }) => load.isRecorded.load(meeting),
    participants: ({ id }, args, { load }) => load.page('participants', () => participantsOfMeeting, id, args),
  },
  Participant: {
    user: ({ userId }, _, { load }) => (userId === null ? null : load.userById.load(userId)),
  },
  MeetingConnection: connection(),
  ParticipantConnection: connection(),
};
