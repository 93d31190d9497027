import { licenseWords } from './license-names.ts';
import type { BeforeImage, ReclamationAction, TransferRecord } from '../db/tables/reclamations.ts';

/** A user as Zoom shows them now. `features` is null where they were not read. */
export interface ZoomState {
  status: string;
  typeCode: number | null;
  zoomOneType: string | null;
  planUnitedType: string | null;
  groupIds: readonly string[] | null;
  features: Readonly<Record<string, unknown>> | null;
}

/** An add-on by the name of Zoom's feature. */
export type AddOn = 'webinar' | 'large_meeting';

/** One write to Zoom. What is taken or given back may need several, one after the other. */
export type Step =
  | { name: 'deactivate' }
  | { name: 'activate' }
  | { name: 'downgrade' }
  | { name: 'type'; type: number }
  /** Workplace bundle, in digits; `0` turns it off. */
  | { name: 'bundle'; zoomOneType: string }
  /** United plan; `none` turns it off. */
  | { name: 'united'; planUnitedType: string }
  | { name: 'features'; feature: Record<string, unknown> }
  | { name: 'group'; groupId: string }
  | { name: 'remove'; action: 'delete' | 'disassociate'; transfer: TransferRecord | null };

/** What an item is to bring about. */
export interface Goal {
  action: ReclamationAction;
  /** The add-on to take; null for other actions. */
  addOn: AddOn | null;
  transfer: TransferRecord | null;
}

const BASIC = 1;
/** Types that take no seat. Turning a bundle off may leave either. */
export const FREE_TYPES: readonly (number | null)[] = [BASIC, 4];

/** Does somebody hold a bundle, by Zoom's bits? */
export function holdsBits(bits: string | null): boolean {
  return bits !== null && !['', '0', 'none'].includes(bits.toLowerCase());
}

/** The add-on that a license stands for, by its unique id; null: none that can be taken by itself. */
export function addOnOf(uniqueId: string): AddOn | null {
  if (/^WEBINAR(_\d+)?$/.test(uniqueId)) return 'webinar';
  return /^LARGE_MEETING(_\d+)?$/.test(uniqueId) ? 'large_meeting' : null;
}

/** Do actions remove the whole user, so that nothing can be given back? */
export const removesUser = (action: ReclamationAction): boolean => action === 'DELETE' || action === 'UNLINK';

/** Why an action does not fit a license or a user, in words; null when it does. `type`: the user's, null where unknown. */
export function whyNoFit(action: ReclamationAction, licenseUniqueId: string, type: string | null): string | null {
  const isAddOn = licenseWords(licenseUniqueId).category === 'ADD_ON';
  if (action === 'REMOVE_ADD_ON' && addOnOf(licenseUniqueId) === null) {
    return 'Only webinar and large meeting licenses can be taken by themselves.';
  }
  if (action === 'DOWNGRADE' && isAddOn) return 'Takes base licenses only, and this is an add-on: use REMOVE_ADD_ON.';
  if (action === 'DOWNGRADE' && type === 'BASIC') return 'The user is Basic already.';
  return null;
}

/**
 * The next write that brings a goal about; null when Zoom shows it. A bundle goes before the type: Zoom refuses to make
 * somebody Basic who has one. `now` is null when Zoom knows nobody any more.
 */
export function nextReclaimStep({ action, addOn, transfer }: Goal, now: ZoomState | null): Step | null {
  if (now === null) return null;
  switch (action) {
    case 'DEACTIVATE':
      return now.status === 'inactive' ? null : { name: 'deactivate' };
    case 'DOWNGRADE':
      if (holdsBits(now.zoomOneType)) return { name: 'bundle', zoomOneType: '0' };
      if (holdsBits(now.planUnitedType)) return { name: 'united', planUnitedType: 'none' };
      return FREE_TYPES.includes(now.typeCode) ? null : { name: 'downgrade' };
    case 'REMOVE_ADD_ON':
      return addOn !== null && now.features?.[addOn] === true
        ? { name: 'features', feature: { [addOn]: false } }
        : null;
    case 'DELETE':
    case 'UNLINK':
      return { name: 'remove', action: action === 'DELETE' ? 'delete' : 'disassociate', transfer };
  }
}

/** Has a part of a downgrade been done, so that it is to be finished whatever else speaks against it now? */
export function isUnderway(goal: Goal, before: BeforeImage | null, now: ZoomState): boolean {
  if (goal.action !== 'DOWNGRADE' || before === null) return false;
  return (
    (holdsBits(before.zoomOneType) && !holdsBits(now.zoomOneType)) ||
    (holdsBits(before.planUnitedType) && !holdsBits(now.planUnitedType))
  );
}

/** Code of an item that was taken by half: it failed, and can be given back. */
export const HALF_DONE = 'HALF_DONE';

/** Parts of the image that Zoom refused to give back, by name: they are left out from then on. */
export type PartName = string;

/** What a step of a restore gives back, as people call it. */
export function partOf(step: Step): PartName {
  switch (step.name) {
    case 'activate':
      return 'status';
    case 'features':
      return Object.keys(step.feature)[0] ?? 'features';
    case 'group':
      return `group ${step.groupId}`;
    default:
      return step.name;
  }
}

/** Everything of the image that Zoom does not show now, by name. */
export function partsMissing(before: Parameters<typeof nextRestoreStep>[0], now: ZoomState): PartName[] {
  return [...restoreSteps(before, now)].map(partOf);
}

/**
 * The next write that brings somebody back to the image, or null when nothing is left to do. Zoom changes nothing on the
 * deactivated and gives add-ons to paid users only, hence the order: activate, bundle or type, add-ons one by one, groups.
 * What is in `given up` is left out.
 */
export function nextRestoreStep(
  before: Pick<BeforeImage, 'status' | 'typeCode' | 'zoomOneType' | 'planUnitedType' | 'groupIds' | 'features'>,
  now: ZoomState,
  givenUp: ReadonlySet<PartName> = new Set(),
): Step | null {
  const steps = [...restoreSteps(before, now)];
  return steps.find((step) => !givenUp.has(partOf(step))) ?? null;
}

function* restoreSteps(before: Parameters<typeof nextRestoreStep>[0], now: ZoomState): Generator<Step> {
  if (before.status === 'active' && now.status !== 'active') {
    yield { name: 'activate' };
    return;
  }
  if (holdsBits(before.zoomOneType) && before.zoomOneType !== now.zoomOneType) {
    yield { name: 'bundle', zoomOneType: before.zoomOneType ?? '0' };
  }
  // Who had a free type and holds a seat now got it from somebody else: that is not taken.
  if (before.typeCode !== null && before.typeCode !== now.typeCode && !FREE_TYPES.includes(before.typeCode)) {
    yield { name: 'type', type: before.typeCode };
  }
  if (holdsBits(before.planUnitedType) && before.planUnitedType !== now.planUnitedType) {
    yield { name: 'united', planUnitedType: before.planUnitedType ?? 'none' };
  }
  if (before.features !== null && now.features !== null) {
    for (const feature of lostFeatures(before.features, now.features)) yield { name: 'features', feature };
  }
  if (now.groupIds !== null) {
    for (const groupId of before.groupIds) if (!now.groupIds.includes(groupId)) yield { name: 'group', groupId };
  }
}

/** Settings that say how much rather than what: given back with what they belong to, or by themselves. */
const LEVELS: readonly string[] = ['meeting_capacity', 'concurrent_meeting'];

/** What somebody had and has no more, each with its capacity; levels last, since an add-on may bring them back. */
function lostFeatures(
  was: Readonly<Record<string, unknown>>,
  is: Readonly<Record<string, unknown>>,
): Record<string, unknown>[] {
  const lost = Object.entries(was).flatMap(([name, value]) => {
    if (value !== true) return [];
    const capacity = `${name}_capacity`;
    const hasCapacity = typeof was[capacity] === 'number' && was[capacity] !== 0;
    if (is[name] === true && (!hasCapacity || is[capacity] === was[capacity])) return [];
    return [{ [name]: true, ...(hasCapacity && { [capacity]: was[capacity] }) }];
  });
  const levels = LEVELS.flatMap((name) => {
    const value = was[name];
    return value == null || value === 'None' || value === is[name] ? [] : [{ [name]: value }];
  });
  return [...lost, ...levels];
}
