import { ZoomError } from '../datasources/zoom/errors.ts';
import type { Job } from './job.ts';
import { sideBySide } from './side-by-side.ts';

/**
 * Does parts of a run side by side, at most `width` at a time. Where one of them fails of ours, and not of Zoom's, the run has
 * failed: the others ask nothing more, instead of for hours for nothing.
 */
export async function together<R>(job: Job, parts: readonly (() => Promise<R>)[], width = parts.length): Promise<R[]> {
  return sideBySide(parts, width, async (part) => {
    try {
      return await part();
    } catch (error) {
      if (!(error instanceof ZoomError)) job.stop(error);
      throw error;
    }
  });
}
