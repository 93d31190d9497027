import { askAgain, type AskedFor, type DetailsPage, type UserToRead } from '../datasources/store/details.ts';
import { onZoomClock } from '../datasources/zoom/clock.ts';
import type { Endpoint } from '../datasources/zoom/endpoints.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import type { Job } from './job.ts';
import { BATCH, WIDTH } from './reading.ts';
import { inBatches } from './side-by-side.ts';

/** One kind of detail: which users to ask for, how, and where the answers go. */
export interface Detail<Entry> {
  accountId: string;
  /** Key in the checkpoint: the last user of the last finished batch. */
  key: string;
  kind: 'PROFILE' | 'SETTINGS';
  endpoint: Endpoint;
  what: string;
  count: () => Promise<number>;
  next: (page: DetailsPage) => Promise<UserToRead[]>;
  read: (user: UserToRead) => Promise<Entry>;
  save: (entries: Entry[], note: AskedFor) => Promise<void>;
}

/** How a pass over everybody who was due ended. */
export interface Pass {
  /** Was everybody asked for? Those whom Zoom did not answer about are asked for again next time. */
  isOver: boolean;
  /** What could not be read, in words; null when all was. */
  note: string | null;
}

/** How far a listing of everybody is, for what is read beside it. */
export class Listing {
  /** What Zoom refused for everybody meanwhile, by the key of the detail, in words. */
  readonly refused = new Map<string, string>();
  readonly #begun = Promise.withResolvers<void>();
  #pages = 0;
  #isOver = false;

  /** Is over when some of those whom it names are written down, or when it is over itself. */
  get begun(): Promise<void> {
    return this.#begun.promise;
  }

  /** Pages that are written down. */
  get pages(): number {
    return this.#pages;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  written(): void {
    this.#pages += 1;
    this.#begun.resolve();
  }

  end(): void {
    this.#isOver = true;
    this.#begun.resolve();
  }
}

const WHY = 'Users who are new, changed, or due.';

/** Asks for everybody who is due, batch by batch, and goes on after the last finished one. */
export async function readDue<Entry>(job: Job, detail: Detail<Entry>, listing: Listing): Promise<Pass> {
  const refused = listing.refused.get(detail.key);
  if (refused !== undefined) return { isOver: false, note: refused };
  if (job.checkpoint[`${detail.key}:counted`] === undefined) {
    const count = await detail.count();
    job.expect(count);
    job.foresee(detail.endpoint, count, WHY);
    job.checkpoint[`${detail.key}:counted`] = true;
  }
  const after = job.checkpoint[detail.key];
  let afterId = typeof after === 'string' ? after : '';
  return readBatches(job, detail, {
    next: async () => {
      const batch = await detail.next({ afterId, limit: BATCH });
      afterId = batch.at(-1)?.id ?? afterId;
      return batch;
    },
    written: (lastId) => (job.checkpoint[detail.key] = lastId),
  });
}

/**
 * While everybody is listed for the first time, which uses up none of Zoom's limits: asks for those who were written down
 * already. Ids that are made later sort later; whoever is missed all the same is left to `readDue`, as are all others where
 * Zoom has no answer about anybody.
 */
export async function readDueMeanwhile<Entry>(job: Job, detail: Detail<Entry>, listing: Listing): Promise<void> {
  let afterId = '';
  let isAnswered = true;
  /** With how many pages nobody was left to ask for. */
  let doneWith = 0;
  const pass = await readBatches(job, detail, {
    next: async () => {
      if (listing.isOver || !isAnswered) return [];
      const { pages } = listing;
      if (pages === doneWith) return null;
      // Few at once: what was begun is waited for when the listing is over.
      const found = await detail.next({ afterId, limit: WIDTH });
      if (found.length === 0) {
        doneWith = pages;
        return null;
      }
      afterId = found.at(-1)?.id ?? afterId;
      job.expect(found.length);
      job.foresee(detail.endpoint, found.length, WHY);
      // By when they were read, all of them, nobody is asked for again in this pass.
      return found.map((user) => ({ ...user, isMarked: true }));
    },
    written: (_, answered) => (isAnswered = answered > 0),
  });
  if (pass.note !== null && !pass.isOver) listing.refused.set(detail.key, pass.note);
}

interface Looked {
  next: () => Promise<UserToRead[] | null>;
  /** Told of each batch that is written down: its last user, and about how many of it Zoom had an answer. */
  written: (lastId: string, answered: number) => void;
}

async function readBatches<Entry>(job: Job, detail: Detail<Entry>, { next, written }: Looked): Promise<Pass> {
  const { sql } = job.deps.database;
  const { accountId } = detail;
  let failed = 0;
  let reason = '';
  try {
    await inBatches<{ user: UserToRead; askedAt: Date }, { entry: Entry | null; isAnswered: boolean }>({
      width: WIDTH,
      next: async () => {
        const users = await next();
        // Of whom something is written from here on is not known by what Zoom answers.
        const askedAt = job.deps.now();
        return users?.map((user) => ({ user, askedAt })) ?? null;
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
        await detail.save(entries, { accountId, askedAt, askedAtZoom: onZoomClock(job.deps, askedAt), marked });
        const unanswered = batch.filter((_, index) => results[index]?.isAnswered === false);
        await askAgain(
          sql,
          detail.kind,
          accountId,
          unanswered.map(({ user }) => user.id),
        );
        failed += unanswered.length;
        const last = batch.at(-1);
        if (last !== undefined) written(last.user.id, batch.length - unanswered.length);
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
