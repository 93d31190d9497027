import type { UserRow } from '../db/tables/rows.ts';
import type { UserKind } from '../db/tables/users.ts';

/** Way to sign in of users who are made by a program and can't sign in at all. */
const API_LOGIN = 99;

/** Zoom lists its rooms among the users, under addresses that it makes itself. */
const ROOM_ADDRESS = /^rooms?_[^@]+@/;
/** The client that a room signs in with names itself. */
const ROOM_CLIENT = /zoom[\s_-]*rooms?/i;

/** Is a listed user a Zoom Room? Its address or the client that it signs in with tells. */
export function isZoomRoom(user: { email: string; lastClientVersion: string | null }): boolean {
  return ROOM_ADDRESS.test(user.email.toLowerCase()) || ROOM_CLIENT.test(user.lastClientVersion ?? '');
}

/** Was the user made by a program? Who has another way to sign in as well is a person, and so is who has none known. */
export function isApiUser(loginTypes: readonly number[] | null): boolean {
  return loginTypes !== null && loginTypes.length > 0 && loginTypes.every((type) => type === API_LOGIN);
}

/** Is the address one of those that only programs have? Case does not matter. */
export function isServiceAddress(email: string, patterns: readonly string[]): boolean {
  const address = email.toLowerCase();
  return patterns.some((pattern) => matches(address, pattern.toLowerCase()));
}

/** Does the whole text fit a pattern in which `*` stands for anything, also for nothing? */
function matches(text: string, pattern: string): boolean {
  const [head = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === head;
  if (!text.startsWith(head)) return false;
  const tail = rest.pop() ?? '';
  let at = head.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}

/** What decides whether somebody is a person. */
export interface KindFacts {
  isRoom: boolean;
  isServiceAccount: boolean;
  loginTypes: readonly number[] | null;
}

/** A room before everything else, then a user that a program made, then a service account. The same as `users.kind`. */
export function kindOf(user: KindFacts): UserKind {
  if (user.isRoom) return 'ZOOM_ROOM';
  if (isApiUser(user.loginTypes)) return 'API_USER';
  return user.isServiceAccount ? 'SERVICE_ACCOUNT' : 'PERSON';
}

/** Zoom's id as it is shown: an event may tell that of somebody who is invited; it is theirs only once they joined. */
export function zoomUserIdOf({ status, zoomUserId }: Pick<UserRow, 'status' | 'zoomUserId'>): string | null {
  return status === 'PENDING' ? null : zoomUserId;
}
