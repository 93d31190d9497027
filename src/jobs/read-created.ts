import {
  countCreators,
  creatorsToRead,
  noteCreatedRead,
  saveCreated,
  type CreatedMeeting,
  type CreatorsDue,
} from '../datasources/store/activity.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import { listScheduledMeetings } from '../datasources/zoom/meetings.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { DAY_MS, LOGIN_LAG_DAYS } from '../policy/inactivity.ts';
import { lastPass } from '../policy/turns.ts';
import { BATCH, WIDTH, type Hosting, type Reading } from './reading.ts';
import { inBatches } from './side-by-side.ts';

/** Whom to ask: only who showed a new sign of use since they were last asked. */
const dueOf = ({ job, account }: Reading, since: Date): CreatorsDue => ({
  activeSince: new Date(since.getTime() - LOGIN_LAG_DAYS * DAY_MS),
  signsSince: lastPass(account.createdReadAt, job.deps.now()),
  types: countedTypes(job.integration),
});

const WHY = 'Users who showed a new sign of use.';

/**
 * While hosts are asked for their meetings, which Zoom limits apart: asks those who signed in, of whom that much is known
 * before any meeting is. What can't be read now is told by `readCreated`, which asks for all the others.
 *
 * @returns who was asked, by our ids.
 */
export async function readCreatedMeanwhile(reading: Reading, since: Date, hosting: Hosting): Promise<Set<string>> {
  const { job, account } = reading;
  const { sql } = job.deps.database;
  const asked = new Set<string>();
  const due = dueOf(reading, since);
  const key = keyOf(account);
  // Another worker has come further than that.
  if (job.checkpoint[`${key}:counted`] !== undefined) return asked;
  let afterId = '';
  try {
    await inBatches({
      width: WIDTH,
      next: async () => {
        // Where hosts are refused, nobody else is to be asked for nothing.
        if (hosting.isOver) return [];
        if (!hosting.isGiven) return null;
        const batch = await creatorsToRead(sql, account.id, due, { afterId, limit: BATCH });
        afterId = batch.at(-1)?.id ?? afterId;
        job.expect(batch.length);
        job.foresee(ENDPOINTS.listScheduledMeetings, batch.length, WHY);
        return batch;
      },
      work: (user) => createdMeetings(reading, user),
      write: async (batch, created) => {
        await saveCreated(sql, account.id, created.flat());
        for (const { id } of batch) asked.add(id);
        await job.advance(batch.length);
      },
    });
  } catch (error) {
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
  }
  return asked;
}

/** When users created meetings, of all who are due but those who were `asked` already. */
export async function readCreated(reading: Reading, since: Date, asked: ReadonlySet<string>): Promise<void> {
  const { job, account } = reading;
  const { sql } = job.deps.database;
  const key = keyOf(account);
  // Signs that are noted from here on are for the next time, also where another worker goes on.
  const begunAt = (job.checkpoint[`${key}:begunAt`] ??= job.deps.now().toISOString()) as string;
  const due = dueOf(reading, since);
  if (job.checkpoint[`${key}:counted`] === undefined) {
    const [all = 0] = await countCreators(sql, [{ accountId: account.id, due }]);
    const count = Math.max(0, all - asked.size);
    job.expect(count);
    job.foresee(ENDPOINTS.listScheduledMeetings, count, WHY);
    job.checkpoint[`${key}:counted`] = true;
  }
  const after = job.checkpoint[key];
  let afterId = typeof after === 'string' ? after : '';
  await inBatches({
    width: WIDTH,
    next: async () => {
      for (;;) {
        const page = await creatorsToRead(sql, account.id, due, { afterId, limit: BATCH });
        const last = page.at(-1);
        if (last === undefined) return [];
        afterId = last.id;
        const batch = page.filter(({ id }) => !asked.has(id));
        if (batch.length > 0) return batch;
      }
    },
    work: (user) => createdMeetings(reading, user),
    write: async (batch, created) => {
      await saveCreated(sql, account.id, created.flat());
      job.checkpoint[key] = batch.at(-1)?.id;
      await job.advance(batch.length);
    },
  });
  await noteCreatedRead(sql, account.id, new Date(begunAt), job.integration);
}

const keyOf = ({ id }: Reading['account']) => `created:${id}`;

async function createdMeetings(
  { job, zoom }: Reading,
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
