import type { BeforeImage } from '../db/tables/reclamations.ts';
import type { EntitlementRow } from '../db/tables/rows.ts';
import { annualCost, type Amount } from './savings.ts';
import { countingTerm } from './terms.ts';

/** Holding these takes no seat. */
const FREE: ReadonlySet<string> = new Set(['BASIC', 'UNASSIGNED', 'NONE']);
const LICENSED_CODE = 2;

/** What is known of a license that was taken back, and of what went with it. */
export interface TakenBack {
  /** Unique id of the license that was to be taken. */
  uniqueId: string | null;
  before: BeforeImage | null;
  /** Unique ids by the history, right before the write and right after it; null where it has none. */
  heldBefore: readonly string[] | null;
  heldAfter: readonly string[] | null;
}

/**
 * Unique ids of all licenses that taking one back has freed, each once: who is deactivated or made Basic loses the add-ons
 * too. By the history of what the user held; where it has none, by what Zoom showed right before the write.
 */
export function freedLicenses({ uniqueId, before, heldBefore, heldAfter }: TakenBack): string[] {
  const held = heldBefore ?? heldByImage(before);
  const freed = held.filter((one) => !FREE.has(one) && heldAfter?.includes(one) !== true);
  return [...new Set([...(uniqueId === null ? [] : [uniqueId]), ...freed])].sort();
}

function heldByImage(before: BeforeImage | null): string[] {
  if (before === null) return [];
  const features = before.features ?? {};
  const addOn = (name: string, uniqueId: string) => {
    const capacity = features[`${name}_capacity`];
    return features[name] === true ? [typeof capacity === 'number' ? `${uniqueId}_${capacity}` : uniqueId] : [];
  };
  return [
    ...(before.typeCode === LICENSED_CODE ? ['LICENSED'] : []),
    ...addOn('webinar', 'WEBINAR'),
    ...addOn('large_meeting', 'LARGE_MEETING'),
  ];
}

/** What a seat cost a year when it was freed, and why that is not known. */
export interface PriceThen {
  amount: Amount | null;
  /** Null where the price is the one of that day. */
  note: string | null;
}

/**
 * The price of the day on which a seat was freed: of the term that counted then, of those that had been entered by then.
 * A price that was entered later does not count: a figure that was told once does not change by it.
 *
 * @param kept what was said when the candidate was found; null where nothing was, or the seat is of another license.
 */
export function priceThen(terms: readonly EntitlementRow[], freedAt: Date, kept: Amount | null): PriceThen {
  const entered = terms.filter(({ createdAt }) => createdAt <= freedAt);
  const term = countingTerm(entered, freedAt.toISOString().slice(0, 10));
  if (term !== null && term.updatedAt > freedAt && kept !== null) return { amount: kept, note: KEPT };
  const amount = annualCost(term, 1);
  if (amount !== null) return { amount, note: null };
  if (kept !== null) return { amount: kept, note: KEPT };
  return { amount: null, note: terms.some(({ cost }) => cost !== null) ? ENTERED_LATER : NEVER_ENTERED };
}

const KEPT = 'The amount is what was said when the candidate was found; the price was entered or changed since.';
const ENTERED_LATER = 'No price: none that counted on that day had been entered by then.';
const NEVER_ENTERED = 'No price: nobody entered what the license costs.';
