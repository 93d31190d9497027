import type { BeforeImage } from '../db/tables/reclamations.ts';

/** A user as Zoom shows them now. */
export interface ZoomState {
  status: string;
  typeCode: number | null;
}

/** One write to Zoom. A reclaim has one, a restore up to three, in the order that Zoom needs. */
export type Step =
  | { name: 'deactivate' }
  | { name: 'downgrade' }
  | { name: 'activate' }
  | { name: 'type'; type: number }
  | { name: 'features'; feature: Record<string, unknown> };

/** What can be carried out; every other action is refused before anybody becomes a candidate for it. */
export const OFFERED_ACTIONS: ReadonlySet<string> = new Set(['DOWNGRADE', 'DEACTIVATE']);

const BASIC = 1;

/** The write that takes the license. */
export function reclaimStep(action: 'DEACTIVATE' | 'DOWNGRADE'): Step {
  return action === 'DEACTIVATE' ? { name: 'deactivate' } : { name: 'downgrade' };
}

/** Does Zoom show the effect of a reclaim's write? */
export function isReclaimed(step: Step, now: ZoomState): boolean {
  return step.name === 'deactivate' ? now.status === 'inactive' : now.typeCode === BASIC;
}

/** Add-ons that `restore` gives back, with the name of their capacity. */
const ADD_ONS = [
  ['large_meeting', 'large_meeting_capacity'],
  ['webinar', 'webinar_capacity'],
] as const;

/**
 * The next write that brings somebody back to the image, or null when nothing is left to do. Zoom changes nothing on the
 * deactivated and gives add-ons to paid users only, hence the order: activate, type, add-ons. `features` is what Zoom
 * shows now; null: not read, because the steps before it aren't done.
 */
export function nextRestoreStep(
  before: Pick<BeforeImage, 'status' | 'typeCode' | 'features'>,
  now: ZoomState,
  features: Readonly<Record<string, unknown>> | null,
): Step | null {
  if (before.status === 'active' && now.status !== 'active') return { name: 'activate' };
  if (before.typeCode !== null && before.typeCode !== now.typeCode) return { name: 'type', type: before.typeCode };
  if (before.features === null || features === null) return null;
  const feature: Record<string, unknown> = {};
  for (const [name, capacity] of ADD_ONS) {
    const was = before.features;
    if (was[name] !== true || (features[name] === true && features[capacity] === was[capacity])) continue;
    feature[name] = true;
    if (typeof was[capacity] === 'number') feature[capacity] = was[capacity];
  }
  return Object.keys(feature).length === 0 ? null : { name: 'features', feature };
}
