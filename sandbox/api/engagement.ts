import { choice, iso, isoDay, ok, scopes, span } from './endpoint.ts';
import { badRequest, meetingNotFound } from './errors.ts';
import { isUnexpired, pastInstance, scheduledSeries } from './meeting-shape.ts';
import { pageFields } from './pages.ts';
import { DAY, MINUTE } from '../world/model.ts';
import type { ApiCall, Endpoint } from './endpoint.ts';
import type { Registrant } from '../world/history.ts';
import type { Account } from '../world/model.ts';

type Kind = 'meeting' | 'webinar';

/** What makes more of a meeting than talk: polls, registration, cloud recordings. */
export const engagement: Endpoint[] = [
  {
    method: 'GET',
    path: '/past_meetings/{meetingId}/polls',
    label: 'MEDIUM',
    scopes: scopes(['meeting:read'], 'meeting:read:list_past_polls'),
    prefixable: true,
    handle: (call) => polls(call, 'meeting'),
  },
  {
    method: 'GET',
    path: '/past_webinars/{webinarId}/polls',
    label: 'MEDIUM',
    scopes: scopes(['webinar:read'], 'webinar:read:list_past_polls'),
    prefixable: true,
    handle: (call) => polls(call, 'webinar'),
  },
  {
    method: 'GET',
    path: '/meetings/{meetingId}/registrants',
    label: 'MEDIUM',
    scopes: scopes(['meeting:read'], 'meeting:read:list_registrants'),
    prefixable: true,
    handle: (call) => registrants(call, 'meeting'),
  },
  {
    method: 'GET',
    path: '/webinars/{webinarId}/registrants',
    label: 'MEDIUM',
    scopes: scopes(['webinar:read'], 'webinar:read:list_registrants'),
    prefixable: true,
    handle: (call) => registrants(call, 'webinar'),
  },
  {
    method: 'GET',
    path: '/accounts/{accountId}/recordings',
    label: 'MEDIUM',
    scopes: scopes(['account:read', 'recording:read'], 'cloud_recording:read:list_account_recordings'),
    prefixable: false,
    handle: recordings,
  },
];

/** Answers by who gave them. A poll that nobody answered leaves no trace, as at Zoom. */
function polls(call: ApiCall, kind: Kind) {
  const { account } = call;
  const { history } = account;
  const instance = pastInstance(call, kind);
  const byPerson = new Map<number, Record<string, string>[]>();
  for (const { person, pollId, question, answer, at } of history.polls.get(instance) ?? []) {
    const details = byPerson.get(person) ?? [];
    details.push({ answer, date_time: iso(at), polling_id: pollId, question });
    byPerson.set(person, details);
  }
  return ok({
    id: history.number(history.instanceSeries.get(instance)),
    uuid: history.uuid(instance),
    start_time: iso(history.instanceStartAt.get(instance)),
    questions: [...byPerson].map(([person, question_details]) => ({ ...named(account, person), question_details })),
  });
}

/** Whoever is not of the account has no address here. */
function named(account: Account, person: number) {
  const user = person >= 0 ? account.people[person]! : null;
  return { email: user?.email ?? '', name: user?.displayName ?? account.history.outsiders[-1 - person]!.name };
}

/** Who registered for the series, as long as Zoom knows its number. */
function registrants(call: ApiCall, kind: Kind) {
  const { account } = call;
  const { history } = account;
  const series = scheduledSeries(call, kind);
  const host = account.people[history.seriesHost.get(series)]!;
  if (!account.users.has(host.id) || !isUnexpired(account, series, call.now))
    throw meetingNotFound(call.params.meetingId ?? call.params.webinarId!);
  const all = history.registrants.get(series);
  if (!all) throw badRequest(`Registration has not been enabled for this ${kind}.`);
  const status = choice(call, 'status', ['approved', 'pending', 'denied'], 'approved');
  const page = call.pages.take(call, `registrants/${series}`, 300, () => all.filter((one) => one.status === status));
  return ok({ ...pageFields(page), registrants: page.items.map((one) => registrant(history.number(series), one)) });
}

function registrant(number: number, one: Registrant) {
  return {
    id: one.id,
    email: one.email,
    first_name: one.firstName,
    last_name: one.lastName,
    status: one.status,
    create_time: iso(one.at),
    ...(one.status === 'approved' && { join_url: `https://zoom.us/w/${number}?tk=${one.id}` }),
  };
}

const FILES = [
  ['MP4', 'shared_screen_with_speaker_view'],
  ['M4A', 'audio_only'],
  ['CHAT', 'chat_file'],
  ['TRANSCRIPT', 'audio_transcript'],
] as const;

/** Cloud recordings of the whole account, of a month at most; newest first. */
function recordings(call: ApiCall) {
  const { account } = call;
  const { history } = account;
  const today = Math.floor(call.now / DAY) * DAY;
  const { from, to } = span(call, { from: today, to: today });
  const page = call.pages.take(call, '/recordings', 300, () =>
    [...history.recordings.keys()]
      .filter((instance) => history.instanceStartAt.get(instance) >= from && history.instanceStartAt.get(instance) < to)
      .sort((a, b) => history.instanceStartAt.get(b) - history.instanceStartAt.get(a)),
  );
  return ok({
    from: isoDay(from),
    to: isoDay(to - DAY),
    page_size: page.pageSize,
    total_records: page.total,
    next_page_token: page.nextPageToken,
    meetings: page.items.map((instance) => recorded(account, instance)),
  });
}

function recorded(account: Account, instance: number) {
  const { history } = account;
  const series = history.instanceSeries.get(instance);
  const host = account.people[history.seriesHost.get(series)]!;
  const uuid = history.uuid(instance);
  const startAt = history.instanceStartAt.get(instance);
  const endAt = history.instanceEndAt.get(instance);
  const minutes = Math.round((endAt - startAt) / MINUTE);
  const files = Array.from({ length: history.recordings.get(instance)! }, (_, i) => {
    const [file_type, recording_type] = FILES[i % FILES.length]!;
    const link = `https://zoom.us/rec/${account.ordinal}-${instance}-${i}`;
    return {
      id: `${uuid.replace(/\W/g, '0').slice(0, 20)}-${i}`,
      meeting_id: uuid,
      recording_start: iso(startAt),
      recording_end: iso(endAt),
      file_type,
      recording_type,
      file_size: (minutes * 1_000_000) >> i,
      play_url: link,
      download_url: `${link}/download`,
      status: 'completed',
    };
  });
  return {
    uuid,
    id: history.number(series),
    account_id: account.id,
    host_id: host.id,
    host_email: host.email,
    topic: history.topic(series),
    // Only here Zoom writes the type as text.
    type: String(history.seriesType.get(series)),
    start_time: iso(startAt),
    duration: minutes,
    total_size: files.reduce((sum, file) => sum + file.file_size, 0),
    recording_count: files.length,
    recording_files: files,
  };
}
