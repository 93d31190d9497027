import { iso } from './endpoint.ts';
import { meetingNotFound, ZoomError } from './errors.ts';
import { DAY, MINUTE } from '../world/model.ts';
import type { ApiCall } from './endpoint.ts';
import type { Account, SandboxUser } from '../world/model.ts';

/**
 * The past instance that `{meetingId}` names: a uuid, or a number (then the latest instance).
 *
 * Zoom reads a uuid that begins with a slash or has two in a row only when it was encoded twice: encoded once, it is taken
 * apart on the way and names nothing.
 */
export function pastInstance(call: ApiCall, kind: 'meeting' | 'webinar'): number {
  const wanted = call.params.meetingId ?? call.params.webinarId!;
  const { history } = call.account;
  let instance = -1;
  if (/^\d+$/.test(wanted)) {
    const series = history.seriesByNumber(Number(wanted));
    if (series >= 0) instance = history.seriesLastInstance.get(series);
  } else if (!wanted.startsWith('/') && !wanted.includes('//')) {
    instance = history.instanceByUuid(decodeAgain(wanted));
  }
  if (instance < 0 || history.isWebinar(history.instanceSeries.get(instance)) !== (kind === 'webinar'))
    throw meetingNotFound(wanted);
  if (history.instanceStartAt.get(instance) < call.now - 365 * DAY)
    throw new ZoomError(400, 12702, 'Can not access a meeting a year ago.');
  return instance;
}

/** The scheduled meeting or webinar with this number. */
export function scheduledSeries(call: ApiCall, kind: 'meeting' | 'webinar'): number {
  const wanted = call.params.meetingId ?? call.params.webinarId!;
  const series = call.account.history.seriesByNumber(Number(wanted));
  if (series < 0 || call.account.history.isWebinar(series) !== (kind === 'webinar')) throw meetingNotFound(wanted);
  return series;
}

function decodeAgain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A scheduled meeting or webinar in a list of its host. */
export function listedSeries(
  account: Account,
  series: number,
  more: { withUuid: boolean; startAt?: number } = { withUuid: true },
) {
  const { history } = account;
  const startAt = more.startAt ?? history.seriesStartAt.get(series);
  const last = history.seriesLastInstance.get(series);
  const number = history.number(series);
  const type = history.seriesType.get(series);
  return {
    // A meeting not held yet has a uuid too; nobody can ask for its past.
    ...(more.withUuid && { uuid: last >= 0 ? history.uuid(last) : `${String(number).padStart(22, 'A')}==` }),
    id: number,
    ...(more.withUuid && { host_id: account.people[history.seriesHost.get(series)]!.id }),
    topic: history.topic(series),
    type,
    // Recurring without a time has none.
    ...(startAt > 0 && { start_time: iso(startAt) }),
    duration: history.seriesMinutes.get(series),
    timezone: account.people[history.seriesHost.get(series)]!.timezone,
    created_at: iso(history.seriesCreatedAt.get(series)),
    join_url: `https://zoom.us/j/${number}`,
  };
}

export const isLive = (account: Account, series: number) => account.live.some((live) => live.series === series);

/** Whether Zoom still knows the number: 30 days after a single meeting, a year after the last of a recurring one. */
export function isUnexpired(account: Account, series: number, now: number): boolean {
  const { history } = account;
  const type = history.seriesType.get(series);
  if (type === 1) return false;
  if (isLive(account, series)) return true;
  const startAt = history.seriesStartAt.get(series);
  const last = history.seriesLastInstance.get(series);
  const recurring = type === 3 || type === 8 || type === 6 || type === 9;
  const used = Math.max(
    startAt,
    last >= 0 ? history.instanceStartAt.get(last) : 0,
    recurring ? history.seriesCreatedAt.get(series) : 0,
  );
  return used > now - (recurring ? 365 : 30) * DAY;
}

export const isUpcoming = (account: Account, series: number, now: number) =>
  account.history.seriesType.get(series) !== 1 &&
  (isLive(account, series) || account.history.seriesStartAt.get(series) > now);

/** Participants of an instance, one row for every stay; none for a meeting of one. */
export function participantRows(account: Account, instance: number): number[] {
  return account.history.uniqueParticipants(instance) < 2 ? [] : account.history.rowsOf(instance);
}

/** One stay. People of other accounts have a name only. */
export function participant(account: Account, row: number) {
  const { history } = account;
  const person = history.rowPerson.get(row);
  const user = person >= 0 ? account.people[person]! : null;
  const outsider = user ? null : history.outsiders[-1 - person]!;
  const joinAt = history.rowJoinAt.get(row);
  const leaveAt = history.rowLeaveAt.get(row);
  return {
    id: user?.id ?? '',
    name: user?.displayName ?? outsider!.name,
    user_id: String(16_778_240 + (row % 1000) * 1024),
    registrant_id: '',
    user_email: user?.email ?? outsider!.email,
    join_time: iso(joinAt),
    leave_time: iso(leaveAt),
    duration: Math.round((leaveAt - joinAt) / 1000),
    failover: false,
    status: 'in_meeting',
  };
}

/** What all descriptions of a past instance share. */
export function pastFields(account: Account, instance: number) {
  const { history } = account;
  const series = history.instanceSeries.get(instance);
  const host = account.people[history.seriesHost.get(series)]!;
  const startAt = history.instanceStartAt.get(instance);
  const endAt = history.instanceEndAt.get(instance);
  return {
    uuid: history.uuid(instance),
    id: history.number(series),
    type: history.seriesType.get(series),
    topic: history.topic(series),
    user_name: host.displayName,
    user_email: host.email,
    start_time: iso(startAt),
    end_time: iso(endAt),
    duration: Math.round((endAt - startAt) / MINUTE),
    participants_count: history.uniqueParticipants(instance),
    total_minutes: totalMinutes(account, instance),
  };
}

export function totalMinutes(account: Account, instance: number): number {
  const { history } = account;
  let total = 0;
  for (const row of history.rowsOf(instance))
    total += Math.ceil((history.rowLeaveAt.get(row) - history.rowJoinAt.get(row)) / MINUTE);
  return total;
}

/** Throws 3161 for users who may not host at all. */
export function requireHosting(user: SandboxUser): void {
  if (user.type === 4 || user.type === 99) {
    throw new ZoomError(
      400,
      3161,
      'Meeting hosting and scheduling capabilities are not allowed for your user account.',
    );
  }
}
