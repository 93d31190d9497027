import type { AccountRow, EntitlementRow, LicenseRow, ReconciliationLineRow } from '../db/tables/rows.ts';
import { compliance } from './compliance.ts';
import { DAY_MS } from './inactivity.ts';
import { isInForce, ownedSeats, type Owned } from './owned.ts';
import { annualCost, type Price } from './savings.ts';

/** So long before its end is it said that what was bought ends. */
export const ENDS_SOON_DAYS = 90;

/** What was read longer ago says nothing of today. */
const OLD_MS = 2 * DAY_MS;

/** Why a license stands where it does (`ReconciliationReasonCode`). */
export type ReasonCode =
  | 'OVER_ASSIGNED'
  | 'UNASSIGNED'
  | 'INACTIVE_HOLDERS'
  | 'NEVER_ACTIVE_HOLDERS'
  | 'OWNED_UNKNOWN'
  | 'ROSTER_INCOMPLETE'
  | 'DATA_OLD'
  | 'ACTIVITY_UNKNOWN'
  | 'ZOOM_COUNTS_DIFFER'
  | 'ZOOM_COUNTS_ELSEWHERE'
  | 'ENTITLEMENT_ENDED'
  | 'ENTITLEMENT_ENDS_SOON'
  | 'PLAN_GONE'
  | 'EXCLUDED_FROM_COST'
  | 'NO_PRICE';

export interface Reason {
  code: ReasonCode;
  message: string;
  /** How many licenses or holders it is about, or days; null where it is about none. */
  count: number | null;
}

/** How many hold a license, and who of them is kept out of cost. */
export interface HolderCounts {
  assigned: number;
  active: number;
  inactive: number;
  neverActive: number;
  /** Those of `assigned` whom an exclusion keeps out of cost. */
  excluded: number;
  /** Those of `inactive` whom an exclusion keeps out of cost. */
  excludedInactive: number;
  /** Everybody who holds it, whether the integration counts their type or not. */
  holders: number;
  /** Those of `holders` who are rooms, and people who hold it by a bundle; Zoom may count them elsewhere. */
  rooms: number;
  bundled: number;
  roomsOrBundled: number;
}

export interface LineFacts {
  license: Pick<
    LicenseRow,
    'category' | 'userType' | 'provisionedCount' | 'enteredCount' | 'enteredUnlimited' | 'planGoneAt'
  >;
  account: Pick<
    AccountRow,
    'isRosterComplete' | 'rosterCompleteAt' | 'activityKnownFrom' | 'activityKnownUntil' | 'planUsageAt'
  >;
  terms: readonly Pick<EntitlementRow, 'effectiveDate' | 'expirationDate' | 'quantity' | 'unlimited'>[];
  /** The term that counts today; null: none was entered. */
  price: Price | null;
  counts: HolderCounts;
  /** Holders are inactive who showed no sign since. */
  activeSince: Date;
  /** Is activity read at all? */
  readsActivity: boolean;
  /** Does an exclusion keep the license as a whole out of cost? */
  isExcluded: boolean;
  /** What Zoom's billing counts; null where it tells nothing of this license. */
  zoom: { assigned: number; pending: number } | null;
}

/** What is said of one license, but for which it is. */
export type Verdict = Pick<
  ReconciliationLineRow,
  | 'owned'
  | 'ownedSource'
  | 'assigned'
  | 'active'
  | 'inactive'
  | 'neverActive'
  | 'excluded'
  | 'zoomAssigned'
  | 'position'
  | 'unitAnnualCost'
  | 'trueUpCost'
  | 'unassignedCost'
  | 'unusedCost'
  | 'currency'
> & { reasons: Reason[] };

/** Is the roster of an account whole and recent, so that who is missing from it holds nothing? */
export function rosterState(
  account: Pick<AccountRow, 'isRosterComplete' | 'rosterCompleteAt'>,
  now: Date,
): 'CURRENT' | 'INCOMPLETE' | 'OLD' {
  if (!account.isRosterComplete || account.rosterCompleteAt === null) return 'INCOMPLETE';
  return now.getTime() - account.rosterCompleteAt.getTime() > OLD_MS ? 'OLD' : 'CURRENT';
}

/** Is activity known without a gap since `since`, until now? */
function isActivityKnown({ account, activeSince, readsActivity }: LineFacts, now: Date): boolean {
  const { activityKnownFrom: from, activityKnownUntil: until } = account;
  if (!readsActivity || from === null || until === null) return false;
  return from <= activeSince && now.getTime() - until.getTime() <= OLD_MS;
}

/**
 * Compares what is owned of a license with what is assigned and used, and says why it stands where it does and what that
 * costs a year. What the data doesn't prove is not said: the position is `UNKNOWN` then, and an amount null.
 */
export function reconcileLicense(facts: LineFacts, now: Date): Verdict {
  const { counts, license, terms } = facts;
  const today = now.toISOString().slice(0, 10);
  const owned = ownedSeats(license, terms, today);
  const isCurrent = rosterState(facts.account, now) === 'CURRENT';
  const knowsUse = isActivityKnown(facts, now);
  const { assigned, active, inactive, neverActive, excluded } = counts;
  return {
    owned: owned.count,
    ownedSource: owned.source,
    assigned,
    active,
    inactive,
    neverActive,
    excluded,
    zoomAssigned: facts.zoom === null ? null : facts.zoom.assigned + facts.zoom.pending,
    position: isCurrent ? positionOf(owned, counts, knowsUse) : 'UNKNOWN',
    reasons: reasonsOf(facts, { owned, isCurrent, knowsUse, today, now }),
    ...costsOf(facts, { owned, isCurrent, knowsUse }),
  };
}

/** As `compliance` says; unknown where that hangs on holders of whom nobody knows that they don't use it. */
function positionOf(owned: Owned, counts: HolderCounts, knowsUse: boolean): Verdict['position'] {
  const { position, delta } = compliance(owned, counts);
  return position === 'UNDER_USED' && delta === 0 && !knowsUse ? 'UNKNOWN' : position;
}

interface Proof {
  owned: Owned;
  isCurrent: boolean;
  knowsUse: boolean;
}

function costsOf({ counts, price, isExcluded }: LineFacts, { owned, isCurrent, knowsUse }: Proof) {
  const cost = (count: number | null) =>
    count === null ? null : (annualCost(price, Math.max(0, count))?.amount ?? null);
  const delta = owned.count === null ? null : owned.count - counts.assigned;
  const seats = (count: (delta: number) => number) => {
    return !isCurrent || delta === null || isExcluded ? null : count(delta);
  };
  // A seat of an unlimited license that nobody uses costs nothing more than one that somebody uses.
  const unused =
    isCurrent && knowsUse && !owned.unlimited && !isExcluded ? counts.inactive - counts.excludedInactive : null;
  const unit = annualCost(price, 1);
  return {
    unitAnnualCost: unit?.amount ?? null,
    currency: unit?.currency ?? null,
    trueUpCost: cost(seats((free) => -free - counts.excluded)),
    unassignedCost: cost(seats((free) => free)),
    unusedCost: cost(unused),
  };
}

function reasonsOf(facts: LineFacts, { owned, isCurrent, knowsUse, today, now }: Proof & { today: string; now: Date }) {
  const { account, counts, license, price } = facts;
  const reasons: Reason[] = [];
  const say = (code: ReasonCode, message: string, count: number | null = null) =>
    void reasons.push({ code, message, count });

  const roster = rosterState(account, now);
  if (roster === 'INCOMPLETE')
    say('ROSTER_INCOMPLETE', 'The roster of the account is not complete, so nobody knows who holds it. Sync again.');
  if (roster === 'OLD')
    say('DATA_OLD', `The roster of the account was last read on ${dayOf(account.rosterCompleteAt)}. Sync again.`);
  const delta = owned.count === null ? null : owned.count - counts.assigned;
  if (delta === null && !owned.unlimited)
    say('OWNED_UNKNOWN', 'Nobody knows how many are owned. Enter a count, or an entitlement with its quantity.');
  if (isCurrent && delta !== null && delta < 0)
    say('OVER_ASSIGNED', `${-delta} more ${are(-delta)} assigned than ${owned.count} owned.`, -delta);
  if (isCurrent && delta !== null && delta > 0)
    say('UNASSIGNED', `${delta} ${are(delta)} owned and not assigned.`, delta);
  if (isCurrent && !owned.unlimited && counts.inactive > 0) {
    if (!knowsUse) {
      const since = dayOf(facts.activeSince);
      const message = `Activity is not known without a gap since ${since}, so nobody knows who of ${counts.inactive} uses it.`;
      say('ACTIVITY_UNKNOWN', message, counts.inactive);
    } else {
      say('INACTIVE_HOLDERS', `${counts.inactive} of ${counts.assigned} who hold it don't use it.`, counts.inactive);
      const never = counts.neverActive;
      if (never > 0) say('NEVER_ACTIVE_HOLDERS', `${never} who hold it never showed a sign of use.`, never);
    }
  }
  if (isCurrent) reasons.push(...zoomDiffers(facts));
  reasons.push(...endOfTerms(facts.terms, today));
  if (license.planGoneAt !== null)
    say('PLAN_GONE', `Zoom's billing has not named a plan that provides it since ${dayOf(license.planGoneAt)}.`);
  if (facts.isExcluded) say('EXCLUDED_FROM_COST', 'The license is excluded from cost.', counts.excluded);
  else if (counts.excluded > 0)
    say(
      'EXCLUDED_FROM_COST',
      `${counts.excluded} who hold it ${are(counts.excluded)} excluded from cost.`,
      counts.excluded,
    );
  if (!isFree(license) && !facts.isExcluded && annualCost(price, 1) === null)
    say('NO_PRICE', 'No price for a year is known, so nothing is said of cost. Enter an entitlement with its cost.');
  return reasons;
}

/** Does Zoom's billing count others than hold it here? Rooms and people in bundles may stand under plans of their own. */
function zoomDiffers({ counts, zoom, license, account }: LineFacts): Reason[] {
  if (zoom === null) return [];
  const counted = zoom.assigned + zoom.pending;
  const { holders, rooms, bundled, roomsOrBundled } = counts;
  const more = holders - counted;
  if (more === 0) return [];
  const invited = zoom.pending === 0 ? '' : ` (${zoom.pending} of them invited)`;
  const read = account.planUsageAt === null ? '' : ` on ${dayOf(account.planUsageAt)}`;
  const figures = `Zoom's billing counted ${counted} as assigned${invited}${read}, and ${holders} hold it by the roster`;
  const isElsewhere = license.category === 'BASE' && [rooms, bundled, roomsOrBundled].includes(more);
  if (!isElsewhere) return [{ code: 'ZOOM_COUNTS_DIFFER', message: `${figures}.`, count: Math.abs(more) }];
  const message = `${figures}: the ${more} more are Zoom Rooms, or hold it by a bundle, which Zoom counts apart.`;
  return [{ code: 'ZOOM_COUNTS_ELSEWHERE', message, count: more }];
}

/** Says that what was bought has ended, or ends soon and nothing follows it. */
function endOfTerms(terms: LineFacts['terms'], today: string): Reason[] {
  const current = terms.filter((term) => isInForce(term, today));
  const ends = (some: LineFacts['terms']) => some.flatMap(({ expirationDate }) => expirationDate ?? []).sort();
  if (current.length === 0) {
    const ended = ends(terms).findLast((day) => day < today);
    if (ended === undefined) return [];
    return [
      { code: 'ENTITLEMENT_ENDED', message: `What was bought ended on ${ended}.`, count: daysBetween(ended, today) },
    ];
  }
  const [end] = ends(current);
  if (end === undefined || daysBetween(today, end) > ENDS_SOON_DAYS) return [];
  // Another term that goes on after that day may take its place.
  const next = new Date(Date.parse(end) + DAY_MS).toISOString().slice(0, 10);
  const after = terms.filter((term) => isInForce(term, next));
  if (after.length > 0 && seatsOf(after) >= seatsOf(current)) return [];
  const days = daysBetween(today, end);
  return [{ code: 'ENTITLEMENT_ENDS_SOON', message: `What was bought ends on ${end}, in ${days} days.`, count: days }];
}

const seatsOf = (terms: LineFacts['terms']) =>
  terms.reduce((sum, { quantity, unlimited }) => sum + (unlimited ? Infinity : (quantity ?? 0)), 0);

const FREE: ReadonlySet<LicenseRow['userType']> = new Set(['BASIC', 'UNASSIGNED', 'NONE']);
const isFree = ({ category, userType }: LineFacts['license']) => category === 'BASE' && FREE.has(userType);
const are = (count: number) => (count === 1 ? 'is' : 'are');
const dayOf = (at: Date | null) => at?.toISOString().slice(0, 10) ?? 'no day yet';
const daysBetween = (from: string, to: string) => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
