import { joinCodes, plansWithLicense, PLUS } from './license-names.ts';
import { planWords, type PlanEdition, type PlanWords } from './plan-names.ts';

/** A plan that Zoom names of an account. */
export interface NamedPlan {
  /** Where it stood in Zoom's answer: `plan_base`, `plan_webinar`, `plan_phone.plan_calling`. */
  key: string;
  /** Zoom's code; null where it sends none. */
  code: string | null;
  /** Zoom's own words for it; null where it sends none. */
  name: string | null;
  /** Null where Zoom counts none, or sends a number that can't be one. */
  seats: number | null;
  assigned: number | null;
  pending: number | null;
  /** Did Zoom send a number of seats that can't be one? */
  isRefused?: boolean;
}

/** The same as it is shown; what differs only in how it is paid is one. */
export interface PlanInformation extends Omit<NamedPlan, 'name' | 'isRefused'>, Omit<PlanWords, 'product'> {
  /** Stays when only the billing period or the term changes. */
  uniqueId: string;
  /** Unique id of the license that it provides; null for what is no license of ours. */
  licenseUniqueId: string | null;
}

/** A plan with the account that has it, and when Zoom said so. */
export interface AccountPlan extends PlanInformation {
  accountId: string;
  asOf: Date;
}

/** Where an account's own plan stands: the base plan, or the Workplace plan in its place. */
const OWN: readonly string[] = ['plan_base', 'plan_zoom_one_premier', 'plan_zoom_one', 'plan_united'];

/**
 * Every plan of an account by its unique id, its own plan first. Several that differ only in how they are paid are added up: a
 * sum that has an unknown part is unknown. `mapped` says which license a plan that nobody knows stands for.
 */
export function planInformation(
  plans: readonly NamedPlan[],
  mapped: ReadonlyMap<string, string> = new Map(),
): PlanInformation[] {
  const seats = plans.map((plan) => ({
    key: plan.key,
    type: plan.code,
    hosts: plan.seats,
    isRefused: plan.isRefused ?? false,
    plan,
  }));
  const licenses = new Map(plansWithLicense(seats, mapped).map(({ plan: { plan }, uniqueId }) => [plan, uniqueId]));
  const found = new Map<string, PlanInformation>();
  for (const plan of plans) {
    const { product, ...words } = wordsOf(plan);
    const uniqueId = product === '' ? plan.key : `${plan.key}:${product}`;
    const { key, code, assigned, pending } = plan;
    const licenseUniqueId = licenses.get(plan) ?? null;
    const one = { uniqueId, key, code, seats: plan.seats, assigned, pending, licenseUniqueId, ...words };
    const before = found.get(uniqueId);
    found.set(uniqueId, before === undefined ? one : together(before, one));
  }
  const place = ({ key }: PlanInformation) => (OWN.includes(key) ? OWN.indexOf(key) : OWN.length);
  return [...found.values()].sort((a, b) => place(a) - place(b) || (a.uniqueId < b.uniqueId ? -1 : 1));
}

/** The plan that an account itself has; null where Zoom names none. A base plan without seats is none beside a bundle. */
export function ownPlan<P extends PlanInformation>(plans: readonly P[]): P | null {
  const own = OWN.flatMap((key) => plans.filter((plan) => plan.key === key));
  return own.find((plan) => plan.seats !== 0) ?? own[0] ?? null;
}

/** Names of the plans that provide a license, out of their codes as the license keeps them; null without codes. */
export function planNameOf(license: { category: 'BASE' | 'ADD_ON'; plan: string | null }): string | null {
  const codes = license.plan?.split(PLUS) ?? [];
  const names = codes.map((code) => planWords(code, { isBase: license.category === 'BASE' }).name);
  return [...new Set(names)].join(PLUS) || null;
}

/** Only these have the On-Premises Meeting Connector. */
const WITH_CONNECTOR: readonly PlanEdition[] = ['ENTERPRISE', 'BUSINESS', 'EDUCATION'];

/** May an account of this edition have on-premises users? Null where it is not known what it is. */
export function mayHaveConnector(edition: PlanEdition | null): boolean | null {
  return edition === null ? null : WITH_CONNECTOR.includes(edition);
}

function wordsOf({ key, code, name }: NamedPlan): PlanWords {
  if (code !== null) return planWords(code, { isBase: key === 'plan_base', given: name });
  const words = { edition: null, billingPeriod: null, termMonths: null, product: '' };
  return { ...words, name: name ?? `Unknown (${key})`, isKnown: false };
}

function together(one: PlanInformation, other: PlanInformation): PlanInformation {
  const sum = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);
  return {
    ...one,
    code: joinCodes([one.code, other.code].filter((code) => code !== null)),
    seats: sum(one.seats, other.seats),
    assigned: sum(one.assigned, other.assigned),
    pending: sum(one.pending, other.pending),
    billingPeriod: one.billingPeriod === other.billingPeriod ? one.billingPeriod : null,
    termMonths: one.termMonths === other.termMonths ? one.termMonths : null,
  };
}

/** A number that Zoom itself counts. */
export interface ZoomCount {
  count: number;
  source: 'PLAN_USAGE' | 'USER_SUMMARY';
  asOf: Date;
}

/**
 * How many of a license Zoom counts as given out: by the plans that provide it, otherwise (of `LICENSED`) by its summary of
 * users. Null where neither says it.
 */
export function assignedByZoom(
  license: { uniqueId: string },
  plans: readonly AccountPlan[],
  { summary, summaryAt }: { summary: { licensed: number | null } | null; summaryAt: Date | null },
): ZoomCount | null {
  const counts = plans.filter((plan) => plan.licenseUniqueId === license.uniqueId).map((plan) => plan.assigned);
  const [asOf] = plans.map((plan) => plan.asOf);
  if (asOf !== undefined && counts.length > 0 && counts.every((count) => count !== null)) {
    return { count: counts.reduce((sum, count) => sum + count, 0), source: 'PLAN_USAGE', asOf };
  }
  const licensed = license.uniqueId === 'LICENSED' ? (summary?.licensed ?? null) : null;
  return licensed === null || summaryAt === null ? null : { count: licensed, source: 'USER_SUMMARY', asOf: summaryAt };
}
