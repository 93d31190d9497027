import { choice, iso, ok, scopes, userOf } from './endpoint.ts';
import { meetingNotFound, noPermission } from './errors.ts';
import * as shape from './meeting-shape.ts';
import { pageFields } from './pages.ts';
import { DAY } from '../world/model.ts';
import type { ApiCall, Endpoint } from './endpoint.ts';

const READ = ['meeting:read'];
const READ_WEBINARS = ['webinar:read'];

export const meetingReads: Endpoint[] = [
  {
    method: 'GET',
    path: '/users/{userId}/meetings',
    label: 'MEDIUM',
    scopes: scopes(READ, 'meeting:read:list_meetings'),
    prefixable: true,
    handle(call) {
      const user = userOf(call);
      shape.requireHosting(user);
      const type = choice(
        call,
        'type',
        ['scheduled', 'live', 'upcoming', 'upcoming_meetings', 'previous_meetings'],
        'scheduled',
      );
      const page = call.pages.take(call, `/users/${user.id}/meetings`, 300, () =>
        meetingsOf(call, user.scheduled, type),
      );
      return ok({ ...pageFields(page), meetings: page.items });
    },
  },
  {
    method: 'GET',
    path: '/users/{userId}/upcoming_meetings',
    label: 'MEDIUM',
    scopes: scopes(READ, 'meeting:read:list_upcoming_meetings'),
    prefixable: true,
    handle(call) {
      const user = userOf(call);
      const { history } = call.account;
      const meetings = user.scheduled
        .filter((series) => !history.isWebinar(series) && shape.isUpcoming(call.account, series, call.now))
        .filter((series) => history.seriesStartAt.get(series) <= call.now + DAY)
        .map((series) => shape.listedSeries(call.account, series, { withUuid: false }));
      return ok({ total_records: meetings.length, meetings });
    },
  },
  {
    method: 'GET',
    path: '/users/{userId}/webinars',
    label: 'MEDIUM',
    scopes: scopes(READ_WEBINARS, 'webinar:read:list_webinars'),
    prefixable: true,
    handle(call) {
      const user = userOf(call);
      const type = choice(call, 'type', ['scheduled', 'upcoming'], 'scheduled');
      if (user.webinarCapacity === 0 && !user.scheduled.some((series) => call.account.history.isWebinar(series))) {
        throw noPermission(
          'Webinar plan is missing. You must subscribe to the webinar plan and enable webinars for this user to perform this action.',
        );
      }
      const page = call.pages.take(call, `/users/${user.id}/webinars`, 300, () =>
        user.scheduled
          .filter((series) => call.account.history.isWebinar(series))
          .filter((series) => shape[type === 'upcoming' ? 'isUpcoming' : 'isUnexpired'](call.account, series, call.now))
          .map((series) => shape.listedSeries(call.account, series)),
      );
      return ok({ ...pageFields(page), webinars: page.items });
    },
  },
  {
    method: 'GET',
    path: '/meetings/{meetingId}',
    label: 'LIGHT',
    scopes: scopes(READ, 'meeting:read:meeting'),
    prefixable: true,
    handle(call) {
      const series = shape.scheduledSeries(call, 'meeting');
      const host = call.account.people[call.account.history.seriesHost.get(series)]!;
      // What nobody was given goes with its host.
      const isThere = call.account.users.has(host.id) && shape.isUnexpired(call.account, series, call.now);
      if (!isThere) throw meetingNotFound(call.params.meetingId!);
      return ok({
        ...shape.listedSeries(call.account, series),
        host_email: host.email,
        status: shape.isLive(call.account, series) ? 'started' : 'waiting',
      });
    },
  },
  {
    method: 'GET',
    path: '/past_meetings/{meetingId}',
    label: 'LIGHT',
    scopes: scopes(READ, 'meeting:read:past_meeting'),
    prefixable: true,
    handle(call) {
      const instance = shape.pastInstance(call, 'meeting');
      const host = call.account.people[call.account.history.host(instance)]!;
      return ok({
        ...shape.pastFields(call.account, instance),
        host_id: host.id,
        dept: host.department,
        source: 'Zoom',
      });
    },
  },
  {
    method: 'GET',
    path: '/past_meetings/{meetingId}/participants',
    label: 'MEDIUM',
    scopes: scopes(READ, 'meeting:read:list_past_participants'),
    prefixable: true,
    handle: (call) => participants(call, 'meeting'),
  },
  {
    method: 'GET',
    path: '/past_meetings/{meetingId}/instances',
    label: 'MEDIUM',
    scopes: scopes(READ, 'meeting:read:list_past_instances'),
    prefixable: true,
    handle(call) {
      return ok({ meetings: instances(call, 'meeting') });
    },
  },
  {
    method: 'GET',
    path: '/past_webinars/{webinarId}/instances',
    label: 'LIGHT',
    scopes: scopes(READ_WEBINARS, 'webinar:read:list_past_instances'),
    prefixable: true,
    handle(call) {
      return ok({ webinars: instances(call, 'webinar') });
    },
  },
  {
    method: 'GET',
    path: '/past_webinars/{webinarId}/participants',
    label: 'MEDIUM',
    scopes: scopes(READ_WEBINARS, 'webinar:read:list_past_participants'),
    prefixable: true,
    handle: (call) => participants(call, 'webinar'),
  },
];

/** Participants of a past instance, whole rows of one page. */
export function participants(call: ApiCall, kind: 'meeting' | 'webinar', inReport = false) {
  const instance = shape.pastInstance(call, kind);
  const page = call.pages.take(call, `participants/${instance}`, 300, () =>
    shape.participantRows(call.account, instance),
  );
  const { page_number: _, ...fields } = pageFields(page);
  const rows = page.items.map((row) => {
    const seen = shape.participant(call.account, row);
    if (!inReport) return seen;
    const { registrant_id, ...reported } = seen;
    return {
      ...reported,
      customer_key: '',
      participant_user_id: seen.id,
      ...(call.query.get('include_fields') === 'registrant_id' && { registrant_id }),
    };
  });
  return ok({ ...fields, participants: rows });
}

function instances(call: ApiCall, kind: 'meeting' | 'webinar') {
  const { history } = call.account;
  return history
    .instancesOf(shape.scheduledSeries(call, kind))
    .map((instance) => ({ uuid: history.uuid(instance), start_time: iso(history.instanceStartAt.get(instance)) }));
}

function meetingsOf(call: ApiCall, scheduled: number[], type: string) {
  const { account, now } = call;
  const { history } = account;
  const meetings = scheduled.filter((series) => !history.isWebinar(series) && history.seriesType.get(series) !== 1);
  if (type === 'previous_meetings') {
    return meetings
      .filter((series) => history.seriesLastInstance.get(series) >= 0)
      .map((series) =>
        shape.listedSeries(account, series, {
          withUuid: true,
          startAt: history.instanceStartAt.get(history.seriesLastInstance.get(series)),
        }),
      );
  }
  const wanted = {
    live: (series: number) => shape.isLive(account, series),
    scheduled: (series: number) => shape.isUnexpired(account, series, now),
    upcoming: (series: number) => shape.isUpcoming(account, series, now),
    upcoming_meetings: (series: number) => shape.isUpcoming(account, series, now),
  }[type]!;
  return meetings.filter(wanted).map((series) => shape.listedSeries(account, series));
}
