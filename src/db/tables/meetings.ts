import { index, integer, pgTable, primaryKey, text, uniqueIndex } from 'drizzle-orm/pg-core';
import { idColumn, instant } from '../columns.ts';

/** Meetings and webinars that took place, one row an instance. */
export const meetings = pgTable(
  'meetings',
  {
    id: idColumn(),
    integrationId: text('integration_id').notNull(),
    accountId: text('account_id').notNull(),
    /** Zoom's id of the instance. */
    uuid: text('uuid').notNull(),
    /** The meeting number; several instances share it. */
    zoomMeetingId: text('zoom_meeting_id').notNull(),
    kind: text('kind').$type<'MEETING' | 'WEBINAR'>().notNull(),
    topic: text('topic'),
    /** Null when the host is not on the roster (any more). */
    hostUserId: text('host_user_id'),
    createdAt: instant('created_at'),
    startTime: instant('start_time').notNull(),
    endTime: instant('end_time'),
    durationMinutes: integer('duration_minutes'),
    participantCount: integer('participant_count'),
    /** Participants of this account, the host among them; null where Zoom doesn't count them apart. */
    ownParticipantCount: integer('own_participant_count'),
    /** Null until the participants were read whole. */
    participantsReadAt: instant('participants_read_at'),
    /** Zoom's number of the kind: 1 instant, 2 scheduled, 3 and 8 recurring, 4 personal, 5, 6 and 9 webinars. */
    typeCode: integer('type_code'),
    /** Polls that were answered; null until read. */
    pollCount: integer('poll_count'),
    /** People who registered, of the whole series; null until read. */
    registrantCount: integer('registrant_count'),
    /** When polls and registrants were asked for; null: not yet. */
    extrasReadAt: instant('extras_read_at'),
  },
  (table) => [
    uniqueIndex('meetings_uuid').on(table.accountId, table.uuid),
    // User.meetings, newest first, and the last hosted meeting.
    index('meetings_host').on(table.hostUserId, table.startTime, table.id),
    // When a series was created is told by its number.
    index('meetings_zoom_meeting').on(table.accountId, table.zoomMeetingId),
    // Retention, and what has to be counted again after a sync.
    index('meetings_integration').on(table.integrationId, table.startTime),
  ],
);

/** Who was in a meeting; somebody who comes back has a second row. */
export const meetingParticipants = pgTable(
  'meeting_participants',
  {
    meetingId: text('meeting_id').notNull(),
    /** Position in Zoom's answer, from 0. */
    position: integer('position').notNull(),
    integrationId: text('integration_id').notNull(),
    /** Null for guests and for people whom Zoom doesn't identify. */
    userId: text('user_id'),
    name: text('name'),
    /** Lower case; null where Zoom hides it. */
    email: text('email'),
    joinedAt: instant('joined_at'),
    leftAt: instant('left_at'),
    durationSeconds: integer('duration_seconds'),
  },
  (table) => [
    primaryKey({ columns: [table.meetingId, table.position] }),
    // The last meeting that somebody joined.
    index('meeting_participants_user').on(table.userId, table.joinedAt),
  ],
);
