export { makeWorld } from './make-world.ts';
export {
  accountOf,
  addLiveMeeting,
  addPastMeeting,
  addPastWebinar,
  addScheduledMeeting,
  makeUser,
  recordLogin,
  removeUser,
  shownLastLogin,
} from './place.ts';
export { changeAccount, leaveMaster, rejoinMaster, setMasterFeature } from './tree-changes.ts';
export type { AccountChange } from './tree-changes.ts';
export type {
  PlacedMeeting,
  PlacedParticipant,
  PlacedPoll,
  PlacedReference,
  PlacedRegistrant,
  PlacedSchedule,
} from './place.ts';
export type { Account, AccountKind, LicenseInfo, SandboxUser, UserStatus, World } from './model.ts';
