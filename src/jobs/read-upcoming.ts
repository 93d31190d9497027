import { learnKeys, quietUsers, saveNextEvents, type NextEvent } from '../datasources/store/activity.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import { listScheduledMeetings } from '../datasources/zoom/meetings.ts';
import { listUpcomingEvents } from '../datasources/zoom/reports.ts';
import { listWebinars } from '../datasources/zoom/webinars.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import { BATCH, WIDTH, type Reading } from './reading.ts';
import { inBatches } from './side-by-side.ts';

/** Who shows no sign for so many days may become a candidate soon. */
const QUIET_DAYS = 14;

/** Who has a meeting or webinar ahead, from one report of the whole account. @returns whether Zoom gave it. */
export async function readUpcoming({ job, zoom, account, keys }: Reading, now: Date): Promise<boolean> {
  const days = {
    from: now.toISOString().slice(0, 10),
    to: new Date(now.getTime() + 27 * DAY_MS).toISOString().slice(0, 10),
  };
  const events: NextEvent[] = [];
  try {
    job.foresee(ENDPOINTS.listUpcomingEvents, 1, 'All that is ahead.');
    for await (const page of job.morePages(ENDPOINTS.listUpcomingEvents, listUpcomingEvents(zoom, days))) {
      const zoomIds = page.flatMap((event) => event.host_id ?? []);
      await learnKeys(job.deps.database.sql, account.id, keys, { zoomIds });
      for (const event of page) {
        const userId = event.host_id === null ? undefined : keys.byZoomId.get(event.host_id);
        if (userId !== undefined) events.push(...ahead(userId, event.start_time, now));
      }
    }
  } catch (error) {
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    return false;
  }
  await saveNextEvents(job.deps.database.sql, account.id, events, now);
  return true;
}

/** Without that report: the meetings ahead of those who have been quiet for so long that they may become candidates. */
export async function readUpcomingOfQuiet({ job, zoom, account }: Reading, now: Date): Promise<void> {
  const { sql } = job.deps.database;
  const quietSince = new Date(now.getTime() - QUIET_DAYS * DAY_MS);
  const events: NextEvent[] = [];
  let afterId = '';
  await inBatches({
    width: WIDTH,
    next: async () => {
      const types = countedTypes(job.integration);
      const batch = await quietUsers(sql, account.id, { afterId, quietSince, types, limit: BATCH });
      afterId = batch.at(-1)?.id ?? afterId;
      job.expect(batch.length);
      job.foresee(ENDPOINTS.listScheduledMeetings, batch.length, 'Quiet users, whose meetings ahead no report tells.');
      const holders = batch.filter((user) => user.webinarEnabled === true).length;
      job.foresee(ENDPOINTS.listWebinars, holders, 'Quiet users who can hold webinars.');
      return batch;
    },
    work: async (user) => {
      const meetings = listScheduledMeetings(zoom, user.zoomUserId, 'upcoming');
      for await (const page of job.morePages(ENDPOINTS.listScheduledMeetings, meetings)) {
        for (const meeting of page) events.push(...ahead(user.id, meeting.start_time, now));
      }
      if (user.webinarEnabled !== true) return;
      try {
        const webinars = listWebinars(zoom, user.zoomUserId, 'upcoming');
        for await (const page of job.morePages(ENDPOINTS.listWebinars, webinars)) {
          for (const webinar of page) events.push(...ahead(user.id, webinar.start_time, now));
        }
      } catch (error) {
        // Without the scope, whoever holds webinars is left alone at sending.
        if (!(error instanceof ZoomError) || error.kind !== 'SCOPE') throw error;
      }
    },
    write: (batch) => job.advance(batch.length),
  });
  await saveNextEvents(sql, account.id, events, null);
}

function ahead(userId: string, startTime: string | null, now: Date): NextEvent[] {
  const at = startTime === null ? null : new Date(startTime);
  return at !== null && at > now ? [{ userId, at: at.toISOString() }] : [];
}
