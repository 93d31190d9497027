import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Works on `items` with at most `width` at a time, and answers in their order. The first failure stops new work from
 * beginning, waits for what is on its way, and is thrown.
 */
export async function sideBySide<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const failures: unknown[] = [];
  const lane = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index] as T, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}

/** Work that comes in batches, of which each is written down as one. */
export interface Batches<Item, Result> {
  /** Items on their way at once. */
  width: number;
  /**
   * The next batch; empty when there are no more, null when there may be more in a moment. Asked for before the one before
   * it is written down.
   */
  next: () => Promise<readonly Item[] | null>;
  work: (item: Item) => Promise<Result>;
  /** Comes batch by batch, in their order, once all of a batch is done. */
  write: (batch: readonly Item[], results: Result[]) => Promise<void>;
}

/** Pause before `next` is asked once more after it had nothing yet. */
const LOOK_AGAIN_MS = 100;

/**
 * Works through batches without a pause between them: while the last of one are on their way and while it is written
 * down, the next one is worked on already, and not more than that. The first failure stops new work from beginning, waits
 * for what is on its way, and is thrown; batches before the one that failed are written down.
 */
export async function inBatches<Item, Result>({ width, next, work, write }: Batches<Item, Result>): Promise<void> {
  const failures: unknown[] = [];
  let onTheirWay = 0;
  let wake: () => void = () => undefined;
  let written: Promise<boolean> = Promise.resolve(true);

  const begin = (item: Item): Promise<Result> => {
    onTheirWay += 1;
    return work(item).finally(() => {
      onTheirWay -= 1;
      wake();
    });
  };
  const finish = async (batch: readonly Item[], begun: Promise<Result>[], before: Promise<boolean>) => {
    const ends = await Promise.allSettled(begun);
    const isWhole = begun.length === batch.length && ends.every(({ status }) => status === 'fulfilled');
    if (!(await before) || !isWhole) return false;
    try {
      await write(batch, await Promise.all(begun));
      return true;
    } catch (error) {
      failures.push(error);
      return false;
    }
  };
  try {
    while (failures.length === 0) {
      const batch = await next();
      if (batch === null) {
        await sleep(LOOK_AGAIN_MS);
        continue;
      }
      if (batch.length === 0) break;
      const begun: Promise<Result>[] = [];
      for (const item of batch) {
        while (onTheirWay >= width) await new Promise<void>((resolve) => (wake = resolve));
        if (failures.length > 0) break;
        const one = begin(item);
        one.catch((error: unknown) => failures.push(error));
        begun.push(one);
      }
      const before = written;
      written = finish(batch, begun, before);
      await before;
    }
  } catch (error) {
    failures.push(error);
  }
  await written;
  if (failures.length > 0) throw failures[0];
}

/** The first alone, then the others side by side: where the first is refused, the others are not asked for. */
export async function firstAlone<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const [first, ...others] = items;
  return first === undefined ? [] : [await work(first), ...(await sideBySide(others, width, work))];
}
