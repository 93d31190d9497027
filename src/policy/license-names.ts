import type { UserType } from './counted-types.ts';
import { isSeatCount } from './plan-counts.ts';
import { planIdentifier, subscriptionOf } from './subscription-identifiers.ts';

/** A license as its unique id says it. */
export interface LicenseWords {
  uniqueId: string;
  name: string;
  category: 'BASE' | 'ADD_ON';
  /** Null for add-ons. */
  userType: UserType | null;
}

const BASE: ReadonlyMap<string, { name: string; userType: UserType }> = new Map([
  ['BASIC', { name: 'Basic', userType: 'BASIC' }],
  ['LICENSED', { name: 'Licensed', userType: 'LICENSED' }],
  ['ON_PREM', { name: 'On-Premises', userType: 'ON_PREM' }],
  ['UNASSIGNED', { name: 'Unassigned (no meetings license)', userType: 'UNASSIGNED' }],
  ['NONE', { name: 'None', userType: 'NONE' }],
]);

/** Name and kind of the license with this unique id. */
export function licenseWords(uniqueId: string): LicenseWords {
  const base = BASE.get(uniqueId);
  if (base !== undefined) return { uniqueId, category: 'BASE', ...base };
  const [, addOn, capacity] = /^(WEBINAR|LARGE_MEETING)(?:_(\d+))?$/.exec(uniqueId) ?? [];
  if (addOn !== undefined) {
    const name = addOn === 'WEBINAR' ? 'Webinar' : 'Large Meeting';
    return {
      uniqueId,
      name: capacity === undefined ? name : `${name} ${capacity}`,
      category: 'ADD_ON',
      userType: null,
    };
  }
  const unknown = subscriptionOf(uniqueId);
  const name = `Unknown (${unknown?.name ?? uniqueId})`;
  if (unknown !== null && unknown.source !== 'USER_TYPE') return { uniqueId, name, category: 'ADD_ON', userType: null };
  return { uniqueId, name, category: 'BASE', userType: 'OTHER' };
}

/** One plan of Zoom's usage answer: the key it stood under, its code, and the seats bought. */
export interface PlanSeats {
  key: string;
  type: string | null;
  hosts: number | null;
  /** Did Zoom send a number of seats that can't be one? Then nothing is known of all that it would be added to. */
  isRefused?: boolean;
}

/**
 * Which license a plan provides; null for plans that are no license of ours (phones, rooms, storage). A Workplace plan
 * provides `LICENSED` where the account has no base plan of its own.
 */
export function licenseOfPlan(plan: PlanSeats, hasBasePlan: boolean): string | null {
  const capacity = /(\d+)/.exec(plan.type ?? '')?.[1];
  switch (plan.key) {
    case 'plan_base':
      return 'LICENSED';
    case 'plan_zoom_one':
    case 'plan_zoom_one_premier':
    case 'plan_united':
      return hasBasePlan ? null : 'LICENSED';
    case 'plan_webinar':
      return capacity === undefined ? 'WEBINAR' : `WEBINAR_${capacity}`;
    case 'plan_large_meeting':
      return capacity === undefined ? 'LARGE_MEETING' : `LARGE_MEETING_${capacity}`;
    default:
      return null;
  }
}

/** Stands between the codes of several plans that provide one license. */
export const PLUS = ' + ';

/** Codes of several plans in one text; it is the same in whatever order Zoom sends them. Null without any. */
export function joinCodes(codes: readonly string[]): string | null {
  return [...codes].sort().join(PLUS) || null;
}

/** Every plan that provides a license, with the license. Seats that Zoom sends and that can't be true are seats. */
export function plansWithLicense<P extends PlanSeats>(
  plans: readonly P[],
  mapped: ReadonlyMap<string, string>,
): { plan: P; uniqueId: string }[] {
  const hasBasePlan = plans.some(
    (plan) => plan.key === 'plan_base' && ((plan.hosts ?? 0) > 0 || plan.isRefused === true),
  );
  return plans.flatMap((plan) => {
    const uniqueId = licenseOfPlan(plan, hasBasePlan) ?? mapped.get(planIdentifier(plan.key) ?? '') ?? null;
    return uniqueId === null || (plan.key === 'plan_base' && !hasBasePlan) ? [] : [{ plan, uniqueId }];
  });
}

/**
 * Seats by license: several plans of the same license are added up, and their codes joined. `mapped` says which license a
 * plan that nobody knows stands for, by its identifier.
 */
export function seatsByLicense(
  plans: readonly PlanSeats[],
  mapped: ReadonlyMap<string, string> = new Map(),
): { uniqueId: string; plan: string | null; count: number | null }[] {
  const seats = new Map<string, { codes: string[]; count: number | null; isRefused: boolean }>();
  for (const { plan, uniqueId } of plansWithLicense(plans, mapped)) {
    const sum = seats.get(uniqueId) ?? { codes: [], count: null, isRefused: false };
    if (plan.type !== null) sum.codes.push(plan.type);
    if (plan.isRefused === true) sum.isRefused = true;
    if (plan.hosts !== null) sum.count = (sum.count ?? 0) + plan.hosts;
    seats.set(uniqueId, sum);
  }
  return [...seats].map(([uniqueId, { codes, count, isRefused }]) => ({
    uniqueId,
    plan: joinCodes(codes),
    count: isRefused || !isSeatCount(count) ? null : count,
  }));
}

/** How many of a plan Zoom's billing counts as given out, and as promised to the invited. */
export interface PlanUse extends PlanSeats {
  usage: number | null;
  pending: number | null;
}

/** The same by license. One is left out where Zoom does not tell the use of each of its plans. */
export function usageByLicense(
  plans: readonly PlanUse[],
  mapped: ReadonlyMap<string, string> = new Map(),
): Map<string, { assigned: number; pending: number }> {
  const use = new Map<string, { assigned: number; pending: number }>();
  const provided = plansWithLicense(plans, mapped);
  for (const { plan, uniqueId } of provided) {
    const sum = use.get(uniqueId) ?? { assigned: 0, pending: 0 };
    use.set(uniqueId, { assigned: sum.assigned + (plan.usage ?? 0), pending: sum.pending + (plan.pending ?? 0) });
  }
  for (const { plan, uniqueId } of provided) if (plan.usage === null) use.delete(uniqueId);
  return use;
}
