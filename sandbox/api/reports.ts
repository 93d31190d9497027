import { choice, iso, isoDay, ok, reportSpan, scopes, userOf } from './endpoint.ts';
import { badRequest } from './errors.ts';
import { participants } from './meetings.ts';
import * as shape from './meeting-shape.ts';
import { pageFields } from './pages.ts';
import { DAY, MINUTE } from '../world/model.ts';
import type { ApiCall, Endpoint } from './endpoint.ts';
import type { SandboxUser } from '../world/model.ts';

const READ = ['report:read'];

export const reports: Endpoint[] = [
  {
    method: 'GET',
    path: '/report/users',
    label: 'HEAVY',
    scopes: scopes(READ, 'report:read:list_users'),
    prefixable: true,
    handle: hostReport,
  },
  {
    method: 'GET',
    path: '/report/users/{userId}/meetings',
    label: 'HEAVY',
    scopes: scopes(READ, 'report:read:user'),
    prefixable: true,
    handle: meetingReport,
  },
  {
    method: 'GET',
    path: '/report/meetings/{meetingId}/participants',
    label: 'HEAVY',
    scopes: scopes(READ, 'report:read:list_meeting_participants'),
    prefixable: true,
    handle: (call) => participants(call, 'meeting', true),
  },
  {
    method: 'GET',
    path: '/report/webinars/{webinarId}/participants',
    label: 'HEAVY',
    scopes: scopes(READ, 'report:read:list_webinar_participants'),
    prefixable: true,
    handle: (call) => participants(call, 'webinar', true),
  },
  {
    method: 'GET',
    path: '/report/daily',
    label: 'HEAVY',
    scopes: scopes(READ, 'report:read:daily_usage'),
    prefixable: true,
    handle: dailyReport,
  },
  {
    method: 'GET',
    path: '/report/upcoming_events',
    label: 'HEAVY',
    scopes: scopes(READ, 'report:read:upcoming_meetings_webinars'),
    prefixable: true,
    handle: upcomingReport,
  },
];

interface Hosting {
  user: SandboxUser;
  meetings: number;
  minutes: number;
  participants: number;
}

/** Active hosts held at least one meeting in the span, of whatever size; webinars do not count. */
function hostReport(call: ApiCall) {
  const { from, to } = reportSpan(call);
  const type = choice(call, 'type', ['active', 'inactive'], 'active');
  const page = call.pages.take(call, '/report/users', 300, () => {
    const hosting = hostsIn(call, from, to);
    const group = call.query.get('group_id');
    return [...call.account.users.values()]
      .filter((user) => !user.isRoom && (!group || user.groupIds.includes(group)))
      .filter((user) =>
        type === 'active' ? hosting.has(user.index) : user.status === 'active' && !hosting.has(user.index),
      )
      .map((user) => hosting.get(user.index) ?? { user, meetings: 0, minutes: 0, participants: 0 });
  });
  const sum = (field: 'meetings' | 'minutes' | 'participants') =>
    page.items.reduce((total, host) => total + host[field], 0);
  return ok({
    from: isoDay(from),
    to: isoDay(to - DAY),
    ...pageFields(page),
    total_meetings: sum('meetings'),
    total_meeting_minutes: sum('minutes'),
    total_participants: sum('participants'),
    users: page.items.map(({ user, meetings, minutes, participants }) => ({
      id: user.id,
      email: user.email,
      user_name: user.displayName,
      type: user.type,
      dept: user.department,
      meetings,
      meeting_minutes: minutes,
      participants,
    })),
  });
}

function hostsIn(call: ApiCall, from: number, to: number): Map<number, Hosting> {
  const { account } = call;
  const { history } = account;
  const hosting = new Map<number, Hosting>();
  for (let instance = 0; instance < history.instanceSeries.length; instance++) {
    const startAt = history.instanceStartAt.get(instance);
    if (startAt < from || startAt >= to) continue;
    const series = history.instanceSeries.get(instance);
    if (history.isWebinar(series)) continue;
    const host = history.seriesHost.get(series);
    let entry = hosting.get(host);
    if (!entry) hosting.set(host, (entry = { user: account.people[host]!, meetings: 0, minutes: 0, participants: 0 }));
    entry.meetings++;
    entry.minutes += Math.round((history.instanceEndAt.get(instance) - startAt) / MINUTE);
    entry.participants += history.uniqueParticipants(instance);
  }
  return hosting;
}

/**
 * Meetings and webinars of one user: `past` those hosted with two or more people, `pastOne` those hosted alone,
 * `pastJoined` all that the user hosted or joined.
 */
function meetingReport(call: ApiCall) {
  const user = userOf(call);
  const { from, to } = reportSpan(call);
  const type = choice(call, 'type', ['past', 'pastOne', 'pastJoined'], 'past');
  const { account } = call;
  const { history } = account;
  const page = call.pages.take(call, `/report/users/${user.id}/meetings`, 300, () => {
    const instances =
      type === 'pastJoined' ? user.joined.map((row) => history.rowInstance.get(row)).concat(user.hosted) : user.hosted;
    return [...new Set(instances)]
      .filter((instance) => history.instanceStartAt.get(instance) >= from && history.instanceStartAt.get(instance) < to)
      .filter((instance) => type === 'pastJoined' || history.uniqueParticipants(instance) >= 2 === (type === 'past'))
      .sort((a, b) => history.instanceStartAt.get(b) - history.instanceStartAt.get(a));
  });
  return ok({
    from: isoDay(from),
    to: isoDay(to - DAY),
    ...pageFields(page),
    meetings: page.items.map((instance) => ({
      ...shape.pastFields(account, instance),
      source: 'Zoom',
      ...stayOf(call, user, instance),
    })),
  });
}

function stayOf(call: ApiCall, user: SandboxUser, instance: number) {
  const { history } = call.account;
  const rows = history.rowsOf(instance).filter((row) => history.rowPerson.get(row) === user.index);
  if (rows.length === 0) return {};
  return {
    join_time: americanTime(Math.min(...rows.map((row) => history.rowJoinAt.get(row)))),
    leave_time: americanTime(Math.max(...rows.map((row) => history.rowLeaveAt.get(row)))),
  };
}

/** `12/22/2021 16:20`, as only this report writes times. */
function americanTime(at: number): string {
  const [date, time] = iso(at).split('T') as [string, string];
  const [year, month, day] = date.split('-');
  return `${month}/${day}/${year} ${time.slice(0, 5)}`;
}

function dailyReport(call: ApiCall) {
  const today = new Date(call.now);
  const year = Number(call.query.get('year') ?? today.getUTCFullYear());
  const month = Number(call.query.get('month') ?? today.getUTCMonth() + 1);
  const first = Date.UTC(year, month - 1, 1);
  const age = (today.getUTCFullYear() - year) * 12 + today.getUTCMonth() + 1 - month;
  if (!(age >= 0 && age <= 6))
    throw badRequest('Daily report can only be provided for a month that falls within the recent 6 months.');
  const days = Math.round((Date.UTC(year, month, 1) - first) / DAY);
  const dates = Array.from({ length: days }, (_, i) => ({
    date: isoDay(first + i * DAY),
    new_users: 0,
    meetings: 0,
    participants: 0,
    meeting_minutes: 0,
  }));
  const { history, people, users } = call.account;
  const group = call.query.get('group_id');
  const counts = (user: SandboxUser) => !group || user.groupIds.includes(group);
  for (let instance = 0; instance < history.instanceSeries.length; instance++) {
    const startAt = history.instanceStartAt.get(instance);
    const date = dates[Math.floor((startAt - first) / DAY)];
    if (!date || !counts(people[history.host(instance)]!)) continue;
    date.meetings++;
    date.participants += history.uniqueParticipants(instance);
    date.meeting_minutes += Math.round((history.instanceEndAt.get(instance) - startAt) / MINUTE);
  }
  for (const user of users.values()) {
    const date = dates[Math.floor((user.userCreatedAt - first) / DAY)];
    if (date && counts(user)) date.new_users++;
  }
  return ok({ year, month, dates });
}

function upcomingReport(call: ApiCall) {
  const from = Date.parse(`${call.query.get('from')}T00:00:00Z`);
  const to = Date.parse(`${call.query.get('to')}T00:00:00Z`) + DAY;
  if (Number.isNaN(from) || Number.isNaN(to) || to < from) throw badRequest('Invalid time range.');
  if (to - from > 32 * DAY) throw badRequest('The time range of the report is limited to one month.');
  const type = choice(call, 'type', ['meeting', 'webinar', 'all'], 'all');
  const { account, now } = call;
  const { history } = account;
  const page = call.pages.take(call, '/report/upcoming_events', 300, () =>
    [...account.users.values()].flatMap((user) =>
      user.scheduled.filter((series) => {
        const startAt = history.seriesStartAt.get(series);
        return (
          startAt > now &&
          startAt >= from &&
          startAt < to &&
          (type === 'all' || (type === 'webinar') === history.isWebinar(series))
        );
      }),
    ),
  );
  return ok({
    from: isoDay(from),
    to: isoDay(to - DAY),
    next_page_token: page.nextPageToken,
    page_size: page.pageSize,
    upcoming_events: page.items.map((series) => {
      const host = account.people[history.seriesHost.get(series)]!;
      return {
        id: String(history.number(series)),
        dept: host.department,
        host_id: host.id,
        host_name: host.displayName,
        start_time: iso(history.seriesStartAt.get(series)),
        topic: history.topic(series),
      };
    }),
  });
}
