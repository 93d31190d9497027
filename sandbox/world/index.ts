export { makeWorld } from './make-world.ts';
export {
  accountOf,
  addLiveMeeting,
  addPastMeeting,
  addPastWebinar,
  addScheduledMeeting,
  makeUser,
  recordLogin,
  shownLastLogin,
} from './place.ts';
export type { PlacedMeeting, PlacedParticipant, PlacedReference, PlacedSchedule } from './place.ts';
export type { Account, AccountKind, SandboxUser, UserStatus, World } from './model.ts';
