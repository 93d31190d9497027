import {
  countCreators,
  creatorsToRead,
  noteCreatedRead,
  saveCreated,
  type CreatedMeeting,
} from '../datasources/store/activity.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { listScheduledMeetings } from '../datasources/zoom/meetings.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { DAY_MS, LOGIN_LAG_DAYS } from '../policy/inactivity.ts';
import { lastPass } from '../policy/turns.ts';
import type { Job } from './job.ts';
import { BATCH, WIDTH, type Reading } from './reading.ts';
import { sideBySide } from './side-by-side.ts';

/** When users created meetings: asked only of those who showed a new sign of use since they were last asked. */
export async function readCreated({ job, zoom, account }: Reading, since: Date): Promise<void> {
  const { sql } = job.deps.database;
  const key = `created:${account.id}`;
  // Signs that are noted from here on are for the next time, also where another worker goes on.
  const begunAt = (job.checkpoint[`${key}:begunAt`] ??= job.deps.now().toISOString()) as string;
  const due = {
    activeSince: new Date(since.getTime() - LOGIN_LAG_DAYS * DAY_MS),
    signsSince: lastPass(account.createdReadAt, job.deps.now()),
    types: countedTypes(job.integration),
  };
  if (job.checkpoint[`${key}:counted`] === undefined) {
    const [count = 0] = await countCreators(sql, [{ accountId: account.id, due }]);
    job.expect(count);
    job.foresee(ENDPOINTS.listScheduledMeetings, count, 'Users who showed a new sign of use.');
    job.checkpoint[`${key}:counted`] = true;
  }
  for (;;) {
    const after = job.checkpoint[key];
    const afterId = typeof after === 'string' ? after : '';
    const batch = await creatorsToRead(sql, account.id, due, { afterId, limit: BATCH });
    const last = batch.at(-1);
    if (last === undefined) break;
    const created = await sideBySide(batch, WIDTH, (user) => createdMeetings(job, zoom, user));
    await saveCreated(sql, account.id, created.flat());
    job.checkpoint[key] = last.id;
    await job.advance(batch.length);
  }
  await noteCreatedRead(sql, account.id, new Date(begunAt), job.integration);
}

async function createdMeetings(
  job: Job,
  zoom: ZoomClient,
  user: { id: string; zoomUserId: string },
): Promise<CreatedMeeting[]> {
  const created: CreatedMeeting[] = [];
  try {
    const listing = listScheduledMeetings(zoom, user.zoomUserId, 'scheduled');
    for await (const page of job.morePages(ENDPOINTS.listScheduledMeetings, listing)) {
      for (const { id, created_at: at } of page) {
        if (at !== null) created.push({ userId: user.id, zoomMeetingId: id, at: new Date(at).toISOString() });
      }
    }
  } catch (error) {
    if (!(error instanceof ZoomError) || error.kind !== 'NOT_FOUND') throw error;
  }
  return created;
}
