import { askAgain, type DetailsPage, type UserToRead } from '../datasources/store/details.ts';
import { onZoomClock } from '../datasources/zoom/clock.ts';
import type { Endpoint } from '../datasources/zoom/endpoints.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import type { Job } from './job.ts';
import { sideBySide } from './side-by-side.ts';

/** Users a batch; one write and one checkpoint each. */
const BATCH = 200;
/** Calls on their way at once; the limiter paces them. */
const WIDTH = 24;

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
  for (;;) {
    const after = job.checkpoint[detail.key];
    const askedAt = job.deps.now();
    const batch = await detail.next({ afterId: typeof after === 'string' ? after : '', limit: BATCH });
    const last = batch.at(-1);
    if (last === undefined) break;
    const unanswered: string[] = [];
    const entries = await sideBySide(batch, WIDTH, async (user) => {
      try {
        return await detail.read(user);
      } catch (error) {
        if (!(error instanceof ZoomError) || mustStop(error)) throw error;
        // Without the scope nobody's can be read: asking for the others would only spend calls.
        if (error.kind === 'SCOPE') throw error;
        // Deleted between listing and detail: the next roster will say so.
        if (error.kind === 'NOT_FOUND') return null;
        unanswered.push(user.id);
        reason = error.message;
        return null;
      }
    }).catch((error: unknown) => {
      if (error instanceof ZoomError && error.kind === 'SCOPE') return error;
      throw error;
    });
    if (entries instanceof ZoomError) {
      return { isOver: false, note: `The ${detail.what} could not be read: ${entries.message}` };
    }
    const marked = batch.filter((user) => user.isMarked).map((user) => user.id);
    await detail.save(entries.filter((entry) => entry !== null) as Entry[], {
      askedAt,
      askedAtZoom: onZoomClock(job.deps, askedAt),
      marked,
    });
    await askAgain(sql, detail.kind, unanswered);
    failed += unanswered.length;
    job.checkpoint[detail.key] = last.id;
    await job.advance(batch.length);
  }
  return {
    isOver: true,
    note: failed === 0 ? null : `The ${detail.what} of ${failed} users could not be read: ${reason}`,
  };
}
