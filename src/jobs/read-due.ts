import { askAgain, type DetailsPage, type UserToRead } from '../datasources/store/details.ts';
import { onZoomClock } from '../datasources/zoom/clock.ts';
import type { Endpoint } from '../datasources/zoom/endpoints.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import type { Job } from './job.ts';
import { BATCH, WIDTH } from './reading.ts';
import { inBatches } from './side-by-side.ts';

/** One kind of detail: which users to ask for, how, and where the answers go. */
export interface Detail<Entry> {
  /** Key in the checkpoint: the last user of the last finished batch. */
  key: string;
  kind: 'PROFILE' | 'SETTINGS';
  endpoint: Endpoint;
  what: string;
  count: () => Promise<number>;
  next: (page: DetailsPage) => Promise<UserToRead[]>;
  read: (user: UserToRead) => Promise<Entry>;
  /** `askedAt`: just before the first of them was asked for, by our clock and by Zoom's. */
  save: (entries: Entry[], note: { askedAt: Date; askedAtZoom: Date; marked: string[] }) => Promise<void>;
}

/** How a pass over everybody who was due ended. */
export interface Pass {
  /** Was everybody asked for? Those whom Zoom did not answer about are asked for again next time. */
  isOver: boolean;
  /** What could not be read, in words; null when all was. */
  note: string | null;
}

/** Asks for everybody who is due, batch by batch, and goes on after the last finished one. */
export async function readDue<Entry>(job: Job, detail: Detail<Entry>): Promise<Pass> {
  const { sql } = job.deps.database;
  let failed = 0;
  let reason = '';
  if (job.checkpoint[`${detail.key}:counted`] === undefined) {
    const count = await detail.count();
    job.expect(count);
    job.foresee(detail.endpoint, count, 'Users who are new, changed, or due.');
    job.checkpoint[`${detail.key}:counted`] = true;
  }
  const after = job.checkpoint[detail.key];
  let afterId = typeof after === 'string' ? after : '';
  try {
    await inBatches<{ user: UserToRead; askedAt: Date }, { entry: Entry | null; isAnswered: boolean }>({
      width: WIDTH,
      next: async () => {
        const askedAt = job.deps.now();
        const batch = await detail.next({ afterId, limit: BATCH });
        afterId = batch.at(-1)?.id ?? afterId;
        return batch.map((user) => ({ user, askedAt }));
      },
      work: async ({ user }) => {
        try {
          return { entry: await detail.read(user), isAnswered: true };
        } catch (error) {
          if (!(error instanceof ZoomError) || mustStop(error)) throw error;
          // Without the scope nobody's can be read: asking for the others would only spend calls.
          if (error.kind === 'SCOPE') throw error;
          // Deleted between listing and detail: the next roster will say so.
          if (error.kind === 'NOT_FOUND') return { entry: null, isAnswered: true };
          reason = error.message;
          return { entry: null, isAnswered: false };
        }
      },
      write: async (batch, results) => {
        const askedAt = batch[0]?.askedAt ?? job.deps.now();
        const marked = batch.filter(({ user }) => user.isMarked).map(({ user }) => user.id);
        const entries = results.flatMap(({ entry }) => (entry === null ? [] : [entry]));
        await detail.save(entries, { askedAt, askedAtZoom: onZoomClock(job.deps, askedAt), marked });
        const unanswered = batch.filter((_, index) => results[index]?.isAnswered === false);
        await askAgain(
          sql,
          detail.kind,
          unanswered.map(({ user }) => user.id),
        );
        failed += unanswered.length;
        job.checkpoint[detail.key] = batch.at(-1)?.user.id;
        await job.advance(batch.length);
      },
    });
  } catch (error) {
    if (!(error instanceof ZoomError) || error.kind !== 'SCOPE') throw error;
    return { isOver: false, note: `The ${detail.what} could not be read: ${error.message}` };
  }
  return {
    isOver: true,
    note: failed === 0 ? null : `The ${detail.what} of ${failed} users could not be read: ${reason}`,
  };
}
