import { recordAudit } from '../datasources/store/audit.ts';
import { addLicenses, heldLicenses, recordHistory, refreshAssignments } from '../datasources/store/assignments.ts';
import {
  insertUser,
  isEmailTaken,
  lockUserOfEvent,
  patchUser,
  waitingFor,
  type EventPlace,
  type UserPatch,
  type WaitingEvent,
} from '../datasources/store/webhooks.ts';
import { noteReturns } from '../datasources/store/returns.ts';
import { toUserType } from '../datasources/zoom/to-row.ts';
import type { EventBody, UserEvent } from '../datasources/zoom/webhook-payloads.ts';
import type { UserRow } from '../db/tables/rows.ts';
import { licenseWords } from '../policy/license-names.ts';
import { isServiceAddress, isZoomRoom } from '../policy/people.ts';
import { claimsToPatch, isInstant, type ClaimsPatch, type OrderedRow } from '../policy/webhook-order.ts';
import type { Applied, Tx } from './applied.ts';

/** Columns that decide which licenses somebody holds. */
const DECIDES_LICENSES = [
  'status',
  'typeCode',
  'removedAt',
  'largeMeetingEnabled',
  'largeMeetingCapacity',
  'webinarEnabled',
  'webinarCapacity',
] as const;

/** Columns that say what we know, and nothing of the user. */
const BOOKKEEPING: ReadonlySet<string> = new Set(['webhookAt', 'settingsReadAt', 'profileReadAt']);

/** Somebody about whom nothing was said. */
const NOBODY: OrderedRow = {
  zoomUserId: null,
  email: '',
  firstName: null,
  lastName: null,
  displayName: null,
  status: 'ACTIVE',
  type: 'OTHER',
  typeCode: null,
  activeDate: null,
  department: null,
  roleId: null,
  timezone: null,
  planUnitedType: null,
  employeeUniqueId: null,
  meetingCapacity: null,
  largeMeetingEnabled: null,
  largeMeetingCapacity: null,
  webinarEnabled: null,
  webinarCapacity: null,
  isRoom: false,
  isServiceAccount: false,
  removedAt: null,
  observedAt: null,
  webhookAt: {},
  settingsReadAt: null,
  profileReadAt: null,
};

/**
 * Applies what an event says about a user, field by field where nothing newer is known, and lets the licenses follow.
 * Somebody who is new to us is added once an event names address and type; until then the event waits. So does what
 * needs an address that somebody else still has: their own event is on its way.
 */
export async function applyUserEvent(tx: Tx, place: EventPlace, event: UserEvent, now: Date): Promise<Applied> {
  const row = await lockUserOfEvent(tx, place.accountId, event);
  const wait = { zoomUserId: event.zoomUserId, email: event.email };
  const patch = claimsToPatch(row ?? NOBODY, event, place.rosterBegunAt);
  if (patch === null) return {};
  // A roster is being read that was begun after this happened. It knows better about everybody whom it names, but does not
  // write again who is as we know them: only its end tells.
  if (place.rosterRunsSince !== null && event.atMs <= place.rosterRunsSince.getTime()) return { wait };
  if (row === null) return addUser(tx, place, event, now);

  const after = { ...row, ...columnsOf(patch, place, row) };
  const needsEmail = after.removedAt === null && (patch.email !== undefined || row.removedAt !== null);
  const isBlocked = needsEmail && (await isEmailTaken(tx, place.accountId, after.email, row.id));
  if (isBlocked) takeBack(patch, row);
  // Nothing else in it was news: nobody else waits for that.
  if (isBlocked && Object.keys(patch).length === 1 && !isChanged(row.webhookAt, patch.webhookAt)) return { wait };
  const written = columnsOf(patch, place, row);
  await patchUser(tx, row.id, { ...written, updatedAt: now });
  await tellOfChange(tx, place, { id: row.id, before: row, written }, now);
  if (DECIDES_LICENSES.some((field) => written[field] !== undefined && isChanged(row[field], written[field])))
    await followLicenses(tx, place, row.id, event.operator, now);
  const hasGone = patch.removedAt !== undefined && patch.removedAt !== null;
  return {
    ...(isBlocked && { wait }),
    known: {
      zoomUserIds: idsOf(after.zoomUserId),
      // Addresses that are free now, or whose owner is known now.
      emails: [...(patch.email !== undefined ? [row.email, after.email] : []), ...(hasGone ? [row.email] : [])],
    },
  };
}

/**
 * Adds somebody by all that was said of them so far: the address that one event names may be another person's by now, and
 * theirs the one that another names.
 */
async function addUser(tx: Tx, place: EventPlace, event: UserEvent, now: Date): Promise<Applied> {
  const wait = { zoomUserId: event.zoomUserId, email: event.email };
  const earlier = await waitingFor(tx, place.zoomAccountId, { zoomUserIds: idsOf(event.zoomUserId), emails: [] });
  const events = [event, ...earlier.flatMap(({ payload }) => userEventOf(payload) ?? [])];
  let patch: ClaimsPatch = { webhookAt: {} };
  for (const one of events) {
    patch = { ...patch, ...claimsToPatch({ ...NOBODY, ...columnsOf(patch, place) }, one, place.rosterBegunAt) };
  }
  const { email, typeCode, removedAt } = patch;
  const isTombstone = typeof removedAt === 'number';
  if (typeof email !== 'string' || (typeCode === undefined && !isTombstone)) return { wait };
  if (!isTombstone && (await isEmailTaken(tx, place.accountId, email, null))) return { wait };
  const written = columnsOf(patch, place);
  const id = await insertUser(tx, { ...newcomer(place, email, now), ...written });
  await tellOfChange(tx, place, { id, before: null, written }, now);
  await followLicenses(tx, place, id, event.operator, now);
  return { known: { zoomUserIds: idsOf(event.zoomUserId), emails: [email] } };
}

/**
 * Writes into the audit trail what an event changed of somebody: which columns, and of those that decide about licenses
 * what they were and are. Names and addresses have no place there.
 */
async function tellOfChange(
  tx: Tx,
  place: EventPlace,
  { id, before, written }: { id: string; before: UserRow | null; written: UserPatch },
  now: Date,
): Promise<void> {
  const fields = Object.keys(written).filter(
    (field) =>
      !BOOKKEEPING.has(field) && isChanged(before?.[field as keyof UserRow], written[field as keyof UserPatch]),
  );
  if (fields.length === 0) return;
  const told = DECIDES_LICENSES.filter((field) => fields.includes(field));
  const values = (of: UserRow | UserPatch) => Object.fromEntries(told.map((field) => [field, of[field] ?? null]));
  await recordAudit(tx, [
    {
      at: now,
      actor: 'system',
      action: 'user.changed-by-webhook',
      integrationId: place.integrationId,
      subject: id,
      details: { fields: fields.sort(), before: before && values(before), after: values(written) },
    },
  ]);
}

function userEventOf(payload: WaitingEvent['payload']): UserEvent | null {
  // Written by ourselves, when it began to wait.
  const body = payload?.['body'] as EventBody | undefined;
  return body?.kind === 'USER' ? body : null;
}

const isChanged = (before: unknown, after: unknown) => JSON.stringify(before) !== JSON.stringify(after);

const idsOf = (zoomUserId: string | null) => (zoomUserId === null ? [] : [zoomUserId]);

/** What was said of the address and of being there is left to a later try, as if it had not been said. */
function takeBack(patch: ClaimsPatch, row: UserRow): void {
  for (const field of ['email', 'removedAt'] as const) {
    delete patch[field];
    const saidAt = row.webhookAt[field];
    if (saidAt === undefined) delete patch.webhookAt[field];
    else patch.webhookAt[field] = saidAt;
  }
}

function columnsOf(
  patch: ClaimsPatch,
  { serviceAccountPatterns }: EventPlace,
  { lastClientVersion }: Pick<UserRow, 'lastClientVersion'> = { lastClientVersion: null },
): UserPatch {
  const columns: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(patch)) {
    columns[field] = isInstant(field) && typeof value === 'number' ? new Date(value) : value;
  }
  if (patch.typeCode !== undefined) columns['type'] = toUserType(patch.typeCode as number | null);
  if (typeof patch.email === 'string') {
    columns['isRoom'] = isZoomRoom({ email: patch.email, lastClientVersion });
    columns['isServiceAccount'] = isServiceAddress(patch.email, serviceAccountPatterns);
  }
  return columns;
}

function newcomer({ integrationId, accountId }: EventPlace, email: string, now: Date) {
  return { integrationId, accountId, email, status: 'ACTIVE' as const, type: 'OTHER' as const, firstSeenAt: now };
}

async function followLicenses(
  tx: Tx,
  place: EventPlace,
  userId: string,
  operator: string | null,
  now: Date,
): Promise<void> {
  if (!place.enabledTasks.includes('LICENSE_DIFFERENTIATION')) return;
  await addLicenses(tx, place, (await heldLicenses(tx, place.accountId, [userId])).map(licenseWords), now);
  await refreshAssignments(tx, place, now, [userId]);
  await recordHistory(tx, place.accountId, now, [userId]);
  await noteReturns(tx, place, now, { userIds: [userId], operator });
}
