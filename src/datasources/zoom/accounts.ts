import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { isSeatCount } from '../../policy/plan-counts.ts';
import type { NamedPlan } from '../../policy/plan-information.ts';
import { licenseOfPlan, type PlanSeats } from '../../policy/license-names.ts';
import { pages } from './pages.ts';
import { address, asIdentity, count, id, instant, kept, text } from './payloads.ts';
import type { ZoomClient } from './client.ts';

/** A number of seats; what can't be one is refused, and said to be by `refusedCounts`. */
const seatCount = z
  .unknown()
  .optional()
  .transform((value) => (isSeatCount(value) ? value : null));

/** How many of one plan were bought and how many are given out. */
const plan = z.looseObject({
  /** Zoom's name of the plan, for example `monthly` or `webinar500_yearly`. */
  type: text.catch(null),
  /** Zoom's words for it; only some plans have them. */
  name: text.catch(null),
  /** Bought. */
  hosts: seatCount,
  /** Given out. */
  usage: seatCount,
  /** Promised to people who have not accepted their invitation. */
  pending: seatCount,
});

export type PlanPayload = z.infer<typeof plan>;

const COUNTS = ['hosts', 'usage', 'pending'] as const;

const planCode = z.string().superRefine(asIdentity);

const planUsage = z
  .record(z.string(), z.unknown())
  .superRefine((usage, context) => {
    // Licenses are named after them.
    for (const { key, value } of entriesOf(usage)) {
      const code = typeof value === 'object' && value !== null && 'type' in value ? value.type : value;
      const message = typeof code === 'string' ? planCode.safeParse(code).error?.issues[0]?.message : undefined;
      if (message !== undefined) context.addIssue({ code: 'custom', path: [key, 'type'], message });
    }
  })
  .transform(kept);

/**
 * Zoom's plan usage as it came. Every `plan_…` is a `PlanPayload` or a list of them, and Zoom adds new ones; what else
 * it holds is kept too. `plansOf` reads it.
 */
export type PlanUsagePayload = Record<string, unknown>;

const subAccount = z.object({
  id,
  account_name: text,
  owner_email: address,
  account_type: text,
  seats: count,
  subscription_start_time: instant,
  subscription_end_time: instant,
  created_at: instant,
});

export type SubAccountPayload = z.infer<typeof subAccount>;

const accountSettings = z.record(z.string(), z.unknown()).transform(kept);

/** Kept as it came. */
export type AccountSettingsPayload = z.infer<typeof accountSettings>;

/** Every plan in a usage answer with the key it stood under, `plan_base` or `plan_webinar`, in Zoom's order. */
export function plansOf(usage: PlanUsagePayload): { key: string; plan: PlanPayload }[] {
  return entriesOf(usage).flatMap(({ key, value }) => {
    const checked = plan.safeParse(value);
    return checked.success ? [{ key, plan: checked.data }] : [];
  });
}

/** The same as licenses are counted from it. */
export function planSeatsOf(usage: PlanUsagePayload): PlanSeats[] {
  return entriesOf(usage).flatMap(({ key, value }) => {
    const checked = plan.safeParse(value);
    if (!checked.success) return [];
    const { type, hosts } = checked.data;
    return [{ key, type, hosts, isRefused: isSeatsRefused(value) }];
  });
}

/**
 * Everything that Zoom names of an account as a plan, also what it puts below another one (`plan_phone.plan_calling`) and
 * what comes as nothing but a code.
 */
export function namedPlansOf(usage: PlanUsagePayload): NamedPlan[] {
  return entriesOf(usage).flatMap(({ key, value }) => {
    const own = namedPlan(key, value);
    // A text below a plan is a fact about it, for example how much it stores.
    const below = own === null || typeof value !== 'object' ? [] : entriesOf(value as PlanUsagePayload);
    const inner = below.flatMap((entry) =>
      typeof entry.value === 'object' ? (namedPlan(`${key}.${entry.key}`, entry.value) ?? []) : [],
    );
    const isBare = own !== null && own.code === null && own.seats === null && own.assigned === null;
    return own === null || (isBare && inner.length > 0) ? inner : [own, ...inner];
  });
}

function namedPlan(key: string, value: unknown): NamedPlan | null {
  const { success, data } = plan.safeParse(typeof value === 'string' ? { type: value } : value);
  if (!success) return null;
  const { type: code, name, hosts: seats, usage: assigned, pending } = data;
  return { key, code, name, seats, assigned, pending, isRefused: isSeatsRefused(value) };
}

/**
 * What an answer says that can't be: counts that are negative, broken or larger than any account, and plans that are none.
 * One sentence each; empty when all of it can be believed.
 */
export function refusedCounts(usage: PlanUsagePayload): string[] {
  return entriesOf(usage).flatMap(({ key, value }) => {
    if (typeof value !== 'object') {
      return licenseOfPlan({ key, type: null, hosts: null }, false) === null ? [] : [`${key} is ${shown(value)}.`];
    }
    const counts = value as Record<string, unknown>;
    return COUNTS.filter((field) => isGiven(counts[field]) && !isSeatCount(counts[field])).map(
      (field) => `${field} of ${key} is ${shown(counts[field])}.`,
    );
  });
}

const isGiven = (value: unknown) => value !== null && value !== undefined;

const isSeatsRefused = (value: unknown) => {
  const hosts = typeof value === 'object' && value !== null && 'hosts' in value ? value.hosts : null;
  return isGiven(hosts) && !isSeatCount(hosts);
};

const shown = (value: unknown) => JSON.stringify(value).slice(0, 60);

/** Each plan of an answer, as it came; a list is several. */
function entriesOf(usage: PlanUsagePayload): { key: string; value: unknown }[] {
  return Object.entries(usage)
    .filter(([key]) => key.startsWith('plan_'))
    .flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map((one: unknown) => ({ key, value: one })))
    .filter(({ value }) => isGiven(value));
}

/**
 * What the account has bought and given out, of every plan; counts that can't be true are in it as they came. Fails with
 * kind `FORBIDDEN` where the account may not know: an unpaid one, or a sub account that pays for itself.
 *
 * GET /accounts/{accountId}/plans/usage · Heavy · account:read:admin or billing:read:plan_usage:admin; masters
 * billing:master or billing:read:plan_usage:master
 */
export function getPlanUsage(zoom: ZoomClient, accountId = 'me'): Promise<PlanUsagePayload> {
  return zoom.call({ endpoint: ENDPOINTS.getPlanUsage, params: { accountId }, schema: planUsage });
}

/**
 * The settings of an account.
 *
 * GET /accounts/{accountId}/settings · Medium · account:read:admin or account:read:settings:admin
 */
export function getAccountSettings(zoom: ZoomClient, accountId = 'me'): Promise<AccountSettingsPayload> {
  return zoom.call({ endpoint: ENDPOINTS.getAccountSettings, params: { accountId }, schema: accountSettings });
}

/**
 * The sub accounts below a master account.
 *
 * GET /accounts · Medium · account:master or account:read:list_sub_accounts:master
 */
export function listSubAccounts(zoom: ZoomClient): AsyncGenerator<SubAccountPayload[]> {
  return pages(zoom, {
    endpoint: ENDPOINTS.listSubAccounts,
    rows: 'accounts',
    row: subAccount,
    keyOf: (one) => one.id,
  });
}
