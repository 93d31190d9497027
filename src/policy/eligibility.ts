import type { BlockerRecord } from '../db/tables/reclamations.ts';
import type { UserRow } from '../db/tables/rows.ts';
import { leftAloneUntil } from './boomerang.ts';
import { DAY_MS } from './inactivity.ts';
import { leavingBlockers, type Leaving } from './leaving.ts';
import { isApiUser, kindOf } from './people.ts';

/** Zoom's role ids; every other one is a role that the customer made. */
const OWNER_ROLE = '0';
const MEMBER_ROLE = '2';

/** So many days may activity be old for somebody to be acted on. */
export const FRESH_DAYS = 2;

/** What decides whether somebody may be touched, from our own tables or fresh from Zoom. */
export interface PersonFacts {
  status: UserRow['status'];
  zoomUserId: string | null;
  /** Null where Zoom sent none: a member where Zoom names roles at all, otherwise anything. */
  roleId: string | null;
  /** Does Zoom name anybody's role in this account? */
  rolesKnown: boolean;
  /** Up to when activity is known; null: not at all. */
  activityKnownUntil: Date | null;
  loginTypes: readonly number[] | null;
  isRoom: boolean;
  isServiceAccount: boolean;
  zoomOneType: string | null;
  planUnitedType: string | null;
  /** Start of the next meeting or webinar; null: none known. */
  nextEventAt: Date | null;
  /** In a meeting of their own right now. */
  isLive: boolean;
  /** Why an exclusion keeps them out; null: none does. */
  excludedBecause: string | null;
  excludedUntil: Date | null;
  /** Since when the license is back although it was taken, and nobody has acknowledged that; null: it is not. */
  returnedAt: Date | null;
}

/** Not people, or not anybody's to take from: they never become candidates at all. */
export function isNoPerson(person: Pick<PersonFacts, 'isRoom' | 'isServiceAccount' | 'loginTypes'>): boolean {
  return kindOf(person) !== 'PERSON';
}

const blocker = (code: string, message: string, until: Date | null = null): BlockerRecord => ({
  code,
  message,
  until: until?.toISOString() ?? null,
});

/** Taking it failed at Zoom. */
export const TAKING_FAILED = 'TAKING_FAILED';

/**
 * What a look for candidates can't see the end of: it stays until a person says that it is mended (`resumeCandidates`), or
 * asks for the license again.
 */
export const LASTING_BLOCKERS: readonly string[] = [TAKING_FAILED, 'NOT_REACHED'];

/** Every reason why a license may not be taken from somebody now; empty when it may. */
export function blockersOf(
  person: PersonFacts,
  context: {
    authorizedZoomUserId: string | null;
    action: string;
    /** Of who is a candidate because they have left; left out or null for others. */
    leaving?: Leaving | null;
    now: Date;
  },
): BlockerRecord[] {
  const blockers: BlockerRecord[] = leavingBlockers(context.leaving ?? null);
  if (person.roleId === OWNER_ROLE) blockers.push(blocker('OWNER', 'Owns the Zoom account.'));
  else if (person.roleId !== null && person.roleId !== MEMBER_ROLE) {
    blockers.push(
      blocker('ADMIN', 'Has an admin role or a role that your company made; give them the Member role first.'),
    );
  }
  if (person.roleId === null && !person.rolesKnown) {
    blockers.push(
      blocker(
        'UNKNOWN_ROLE',
        "Zoom names nobody's role here, so that owner and admins can't be told from others. Grant role:read:admin.",
      ),
    );
  }
  if (!isFresh(person.activityKnownUntil, context.now)) {
    blockers.push(blocker('STALE_DATA', 'Activity was not read lately, so newer use may be unknown. Sync first.'));
  }
  if (person.isRoom) blockers.push(blocker('ZOOM_ROOM', 'Is a Zoom Room, not a person.'));
  if (isApiUser(person.loginTypes)) blockers.push(blocker('SERVICE_ACCOUNT', 'Is an API user, not a person.'));
  else if (person.isServiceAccount) {
    blockers.push(blocker('SERVICE_ACCOUNT', 'Has the address of a service account, not of a person.'));
  }
  if (person.zoomUserId !== null && person.zoomUserId === context.authorizedZoomUserId) {
    blockers.push(blocker('AUTHORIZING_USER', 'Gave the consent that this integration lives on.'));
  }
  blockers.push(...exclusionBlockers(person), ...returnBlockers(person.returnedAt, context.now));
  if (person.isLive) blockers.push(blocker('LIVE_MEETING', 'Is hosting a meeting right now.'));
  if (person.nextEventAt !== null && person.nextEventAt > context.now) {
    blockers.push(blocker('UPCOMING_MEETING', 'Has a meeting or webinar ahead.', person.nextEventAt));
  }
  if (person.status === 'PENDING' || person.zoomUserId === null) {
    blockers.push(blocker('PENDING_USER', 'Has not accepted the invitation; Zoom gives no id to act on.'));
  }
  return blockers;
}

/** The exclusion that keeps somebody out; none when none does. */
export function exclusionBlockers(person: Pick<PersonFacts, 'excludedBecause' | 'excludedUntil'>): BlockerRecord[] {
  const { excludedBecause, excludedUntil } = person;
  return excludedBecause === null ? [] : [blocker('EXCLUDED', `Is excluded: ${excludedBecause}`, excludedUntil)];
}

/** A license that came back by itself would only come back again: it is left alone for a while, or until somebody has mended why. */
function returnBlockers(returnedAt: Date | null, now: Date): BlockerRecord[] {
  if (returnedAt === null || leftAloneUntil(returnedAt) <= now) return [];
  const message =
    `Was taken back once and came back on ${returnedAt.toISOString().slice(0, 10)} without a restore. Mend what gave it back ` +
    '(`returnedBy` of the earlier candidate says what), then acknowledgeReturns.';
  return [blocker('BOOMERANG', message, leftAloneUntil(returnedAt))];
}

/** Is what was read then still good enough to act on? Never read is not. */
export function isFresh(readAt: Date | null, now: Date): boolean {
  return readAt !== null && now.getTime() - readAt.getTime() <= FRESH_DAYS * DAY_MS;
}
