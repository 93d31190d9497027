import { setTimeout as sleep } from 'node:timers/promises';

/** What `work` yields, or null when that takes longer than `ms`: it is then left to itself, and what becomes of it ignored. */
export async function within<T>(ms: number, work: Promise<T>): Promise<T | null> {
  const waiting = new AbortController();
  work.catch(() => undefined);
  const tooLate = sleep(ms, null, { signal: waiting.signal }).catch(() => null);
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    waiting.abort();
  }
}
