import type { AccountRow, UserRow } from '../db/tables/rows.ts';
import type { LiveUser } from '../schema.generated.ts';
import type { Zoom } from './zoom/client.ts';
import { ZoomError } from './zoom/errors.ts';
import { toUserStatus, toUserType } from './zoom/to-row.ts';
import { getUser } from './zoom/users.ts';

/** Calls of one request that may be on their way at the same time. */
const AT_ONCE = 10;

/** All that one user may take, waiting for the rate limit included. */
const DEADLINE_MS = 5_000;

/**
 * What Zoom says of each user at this moment, one call a user. Null for one that Zoom doesn't know; the failure stands
 * in the place of one that could not be asked about, so that it spoils no other.
 */
export async function liveUsers(
  zoom: Zoom,
  users: readonly UserRow[],
  accountById: (id: string) => Promise<AccountRow | null>,
  now: () => Date,
): Promise<(LiveUser | null | Error)[]> {
  const answers: (LiveUser | null | Error)[] = users.map(() => null);
  const waiting = users.entries();
  const ask = async () => {
    for (const [index, user] of waiting) {
      try {
        answers[index] = await readLive(zoom, user, await accountById(user.accountId), now);
      } catch (error) {
        if (error instanceof ZoomError && error.kind === 'NOT_FOUND') continue;
        answers[index] = error instanceof Error ? error : new Error(String(error));
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, users.length) }, ask));
  return answers;
}

async function readLive(zoom: Zoom, user: UserRow, account: AccountRow | null, now: () => Date): Promise<LiveUser> {
  const client = zoom.forIntegration(user.integrationId, {
    priority: 'INTERACTIVE',
    deadlineMs: DEADLINE_MS,
    ...(account?.tier === 'SUB' && { subAccountId: account.zoomAccountId }),
  });
  // The invited have no id at Zoom yet, only an address.
  const payload = await getUser(client, user.zoomUserId ?? user.email);
  return {
    readAt: now(),
    status: toUserStatus(payload.status) ?? user.status,
    type: toUserType(payload.type),
    typeCode: payload.type,
    lastLoginAt: payload.last_login_time === null ? null : new Date(payload.last_login_time),
    department: payload.dept === '' ? null : payload.dept,
    lastClientVersion: payload.last_client_version === '' ? null : payload.last_client_version,
  };
}
