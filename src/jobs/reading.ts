import type { UserKeys } from '../datasources/store/activity.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import type { Job } from './job.ts';

/** Users or meetings a batch; one write and one checkpoint each. */
export const BATCH = 200;
/**
 * Calls on their way at once, or waiting for leave: the limiter paces them. So many that the fastest of Zoom's limits (80 a
 * second) is used up where an answer takes as long as 0.8 s.
 */
export const WIDTH = 64;

/** One account's activity while it is being read. */
export interface Reading {
  job: Job;
  zoom: ZoomClient;
  account: AccountRow;
  keys: UserKeys;
  notes: string[];
}

/** How far the reading of hosts is, for what is read beside it. */
export interface Hosting {
  /** Does Zoom say who hosted? */
  isGiven: boolean;
  isOver: boolean;
}

/** Does some reading; what Zoom refuses is noted after `words`. @returns whether it was read to the end. */
export async function orNote({ notes }: Reading, words: string, read: () => Promise<void>): Promise<boolean> {
  try {
    await read();
    return true;
  } catch (error) {
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    notes.push(`${words}: ${error.message}`);
    return false;
  }
}
