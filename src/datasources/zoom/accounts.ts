import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { pages } from './pages.ts';
import { count, id, instant, text } from './payloads.ts';
import type { ZoomClient } from './client.ts';

/** How many of one plan were bought and how many are given out. */
const plan = z.looseObject({
  /** Zoom's name of the plan, for example `monthly` or `webinar500_yearly`. */
  type: text,
  /** Bought. */
  hosts: count,
  /** Given out. */
  usage: count,
  /** Promised to people who have not accepted their invitation. */
  pending: count,
});

export type PlanPayload = z.infer<typeof plan>;

const planUsage = z.record(z.string(), z.unknown()).superRefine((usage, context) => {
  for (const [key, value] of Object.entries(usage)) {
    if (!key.startsWith('plan_') || value === null) continue;
    for (const one of Array.isArray(value) ? value : [value]) {
      // Some are not counts of seats: storage has its own fields, and a few plans come as a plain value.
      if (typeof one !== 'object') continue;
      const issue = plan.safeParse(one).error?.issues[0];
      if (issue !== undefined) context.addIssue({ code: 'custom', path: [key, ...issue.path], message: issue.message });
    }
  }
});

/**
 * Zoom's plan usage as it came. Every `plan_…` is a `PlanPayload` or a list of them, and Zoom adds new ones; what else
 * it holds is kept too. `plansOf` reads it.
 */
export type PlanUsagePayload = Record<string, unknown>;

const subAccount = z.object({
  id,
  account_name: text,
  owner_email: text,
  account_type: text,
  seats: count,
  subscription_start_time: instant,
  subscription_end_time: instant,
  created_at: instant,
});

export type SubAccountPayload = z.infer<typeof subAccount>;

const accountSettings = z.record(z.string(), z.unknown());

/** Kept as it came. */
export type AccountSettingsPayload = z.infer<typeof accountSettings>;

/** Every plan in a usage answer with the key it stood under, `plan_base` or `plan_webinar`, in Zoom's order. */
export function plansOf(usage: PlanUsagePayload): { key: string; plan: PlanPayload }[] {
  return Object.entries(usage)
    .filter(([key]) => key.startsWith('plan_'))
    .flatMap(([key, value]) =>
      (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => {
        const checked = plan.safeParse(one);
        return checked.success ? [{ key, plan: checked.data }] : [];
      }),
    );
}

/**
 * What the account has bought and given out, of every plan. Fails with kind `FORBIDDEN` where the account may not
 * know: an unpaid one, or a sub account that pays for itself.
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
