import type { Sql } from '../../db/client.ts';
import { meetingParticipants, meetings } from '../../db/tables/index.ts';
import type { MeetingRow, ParticipantRow } from '../../db/tables/rows.ts';
import { readerOf, rowsByIds } from './batch.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';

const reader = readerOf(meetings);

export function meetingsByIds(sql: Sql, ids: readonly string[]): Promise<(MeetingRow | null)[]> {
  return rowsByIds(sql, reader, 'meetings', ids);
}

const NEWEST_FIRST: readonly OrderTerm<MeetingRow>[] = [
  columnTerm('startTime', 'start_time', 'timestamptz', { descending: true }),
  columnTerm('id', 'id', 'text', { descending: true }),
];

/** Meetings and webinars by host (user id), newest first. */
export const meetingsOfHost: Source<MeetingRow> = {
  reader,
  from: 'meetings t',
  belongs: 't.host_user_id = k.key',
  order: 'meetings',
  terms: () => NEWEST_FIRST,
  isFixed: true,
};

const AS_ZOOM_LISTS: readonly OrderTerm<ParticipantRow>[] = [columnTerm('position', 'position', 'int')];

/** Stays in a meeting, in Zoom's order. */
export const participantsOfMeeting: Source<ParticipantRow> = {
  reader: readerOf(meetingParticipants),
  from: 'meeting_participants t',
  belongs: 't.meeting_id = k.key',
  order: 'participants',
  terms: () => AS_ZOOM_LISTS,
  isFixed: true,
};
