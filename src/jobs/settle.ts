import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../deps.ts';

/** A write whose answer was lost may still be on its way to Zoom's database for so long. */
export const SETTLE_MS = 5_000;

/** Waits until a write sent at `sentAt` has had the time to show. */
export async function settle(deps: Pick<Deps, 'now' | 'settleMs'>, sentAt: Date | null, signal: AbortSignal): Promise<void> {
  const elapsed = deps.now().getTime() - (sentAt?.getTime() ?? 0);
  const left = Math.min(deps.settleMs, deps.settleMs - elapsed);
  if (left > 0) await sleep(left, undefined, { signal });
}
