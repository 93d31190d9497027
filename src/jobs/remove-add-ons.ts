import { MAX_FEATURE_USERS, updateFeatures } from '../datasources/zoom/users.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { AppError } from '../errors.ts';
import { bringAbout, conclude, prepare, takeBack, takeUp, type Ending, type Taking } from './reclaim-item.ts';
import { fail, whyHalted, type ItemWork } from './item-work.ts';

/** So many items may go with one call. */
export const BULK = MAX_FEATURE_USERS;

/** May Zoom's call for many users at once be made? Where only settings may be written, each user has a call of their own. */
export function mayGoTogether({ grantedScopes }: { grantedScopes: readonly string[] | null }): boolean {
  return (
    grantedScopes === null || ENDPOINTS.updateFeatures.scopes.some(([scope]) => grantedScopes.includes(scope ?? ''))
  );
}

/**
 * Takes one add-on from up to 30 users of one account by one call. Each is looked at, checked and written down by
 * themselves before, and looked at again after; Zoom answers for each.
 *
 * @returns how items ended, by their ids. One that is missing was not begun: it goes by itself.
 * @throws {ZoomError} when Zoom can't be asked now; what was sent stays written down as sent.
 */
export async function removeAddOns(works: readonly ItemWork[]): Promise<Map<string, Ending>> {
  const endings = new Map<string, Ending>();
  const takings: Taking[] = [];
  for (const work of works) {
    try {
      const taking = await takeUp(work);
      if (typeof taking === 'string') {
        endings.set(work.item.id, taking);
        continue;
      }
      const { goal, candidate } = takings[0] ?? taking;
      if (goal.addOn !== taking.goal.addOn || candidate.subAccountId !== taking.candidate.subAccountId) continue;
      const next = await prepare(taking);
      if (typeof next === 'string') endings.set(work.item.id, next);
      else takings.push(taking);
    } catch (error) {
      if (!(error instanceof AppError) || work.signal.aborted) throw error;
    }
  }
  const [first] = takings;
  if (first === undefined) return endings;

  // Looking at thirty users takes a while: who stopped it, or placed a hold, since the first was written down, means them all.
  if ((await whyHalted(first.work)) !== null) {
    for (const taking of takings) endings.set(taking.work.item.id, await takeBack(taking));
    return endings;
  }
  const ids = takings.map(({ candidate }) => candidate.zoomUserId ?? '');
  const refusals = new Map<string, string>();
  let failure: ZoomError | null = null;
  try {
    const outcome = await updateFeatures(first.zoom, first.goal.addOn ?? '', '0', ids);
    for (const { user_ids: refused, reason } of outcome.fail_details) {
      for (const id of refused) refusals.set(id, reason ?? 'Zoom gave no reason.');
    }
  } catch (error) {
    if (!(error instanceof ZoomError)) throw error;
    failure = error;
  }
  let thrown: AppError | null = null;
  for (const taking of takings) {
    const { work } = taking;
    const refused = refusals.get(taking.candidate.zoomUserId ?? '');
    try {
      endings.set(
        work.item.id,
        refused !== undefined
          ? await fail(work, { code: 'REFUSED', message: `Zoom refused: ${refused}`, zoomCode: null })
          : ((await conclude(taking, failure)) ?? (await bringAbout(taking))),
      );
    } catch (error) {
      if (!(error instanceof AppError) || work.signal.aborted) throw error;
      // The others are to be told of the answer as well before anything is put off.
      thrown ??= error;
    }
  }
  if (thrown !== null) throw thrown;
  return endings;
}
