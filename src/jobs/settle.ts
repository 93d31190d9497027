import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { settleLeft } from '../policy/settle.ts';

/** Waits until a write sent at `sentAt` has had the time to show. */
export async function settle(
  deps: Pick<Deps, 'now' | 'settleMs'>,
  sentAt: Date | null,
  signal: AbortSignal,
): Promise<void> {
  const left = settleLeft(sentAt, deps.now(), deps.settleMs);
  if (left > 0) await sleep(left, undefined, { signal });
}
