import { weeklyHolders } from '../datasources/store/activity-series.ts';
import { accountsByIds } from '../datasources/store/accounts.ts';
import { dayOf, termsByLicenseIds } from '../datasources/store/entitlements.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import { licenseCounts, licensesOfIntegration } from '../datasources/store/licenses.ts';
import { pageOfList, type Page, type PageArgs } from '../datasources/store/page.ts';
import {
  endingSubscriptions,
  endingTerms,
  keptHolders,
  reconciledWeeks,
  type EndingTerm,
} from '../datasources/store/renewals.ts';
import type { LicenseRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import { renewalAdvice, type RenewalAdvice } from '../policy/renewal-advice.ts';
import { MAX_WEEKS, MIN_WEEKS, seatBand, type SeatBand, type WeekPoint } from '../policy/seat-need.ts';
import { countingTerm } from '../policy/terms.ts';
import { seatsOwned, type SeatSource } from '../policy/seat-pool.ts';
import { shownLicense } from '../policy/shown-license.ts';

/** Something that ends on a day. */
interface Due {
  id: string;
  kind: 'TERM' | 'SUBSCRIPTION';
  /** Last day. */
  date: string;
  accountId: string;
  /** Null for a subscription of an account of which no license is known. */
  license: LicenseRow | null;
  term: EndingTerm | null;
  /** Seats that end with it; null: not told. */
  seats: number | null;
}

/** Where the weeks of a band come from. */
export type NeedBasis = 'RECONCILIATIONS' | 'ACTIVITY';

/** Something that ends, with what will be needed and what that says. */
export interface RenewalFacts extends Due {
  daysLeft: number;
  owned: number | null;
  unlimited: boolean;
  source: SeatSource;
  assigned: number;
  active: number;
  reserved: number;
  basis: NeedBasis | null;
  /** Words say why there is none. The reserve is not in it. */
  need: SeatBand | string;
  advice: RenewalAdvice;
}

export type RenewalsPage = Page<RenewalFacts>;

/** A page of what ends within some days or has ended already, soonest first. The number of statements is always the same. */
export async function planRenewals(
  deps: Deps,
  integrationId: string,
  withinDays: number,
  args: PageArgs,
): Promise<RenewalsPage> {
  const { sql } = deps.database;
  const now = deps.now();
  const today = dayOf(now);
  const until = dayOf(new Date(now.getTime() + withinDays * DAY_MS));
  const [integration, rows, terms, subscriptions] = await Promise.all([
    integrationById(sql, integrationId),
    licensesOfIntegration(sql, integrationId, true),
    endingTerms(sql, integrationId, today, until),
    endingSubscriptions(sql, integrationId, until),
  ]);
  const licenses = integration === null ? [] : rows.map((license) => shownLicense(license, integration));
  const byId = new Map(licenses.map((license) => [license.id, license]));
  const baseOf = new Map(
    licenses.filter(({ uniqueId }) => uniqueId === 'LICENSED').map((license) => [license.accountId, license]),
  );
  const due: Due[] = [
    ...terms.flatMap((term): Due[] => {
      const license = byId.get(term.licenseId);
      if (license === undefined) return [];
      const { id, expirationDate: date, quantity: seats } = term;
      return [{ id, kind: 'TERM', date, accountId: license.accountId, license, term, seats }];
    }),
    ...subscriptions.map(({ id, endsOn: date, seats }): Due => {
      const license = baseOf.get(id) ?? null;
      return { id: `${id}.subscription`, kind: 'SUBSCRIPTION', date, accountId: id, license, term: null, seats };
    }),
  ].sort((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date < b.date ? -1 : 1));
  return pageOfList('renewals', await withNeeds(deps, integrationId, due, now), ({ id }) => id, args);
}

async function withNeeds(deps: Deps, integrationId: string, due: readonly Due[], now: Date): Promise<RenewalFacts[]> {
  const { sql } = deps.database;
  const today = dayOf(now);
  const since = dayOf(new Date(now.getTime() - MAX_WEEKS * 7 * DAY_MS));
  const ids = [...new Set(due.flatMap(({ license }) => license?.id ?? []))];
  const accountIds = [...new Set(due.map(({ accountId }) => accountId))];
  const [accounts, counts, terms, kept, reconciled, active] = await Promise.all([
    accountsByIds(sql, accountIds),
    licenseCounts(sql, ids, now),
    termsByLicenseIds(sql, ids),
    keptHolders(sql, ids, now),
    reconciledWeeks(sql, ids, since),
    weeklyHolders(sql, integrationId, ids, since),
  ]);
  const accountOf = new Map(accountIds.map((id, index) => [id, accounts[index] ?? null]));
  const placeOf = new Map(ids.map((id, index) => [id, index]));
  // What an earlier renewal gives up or buys, no later one of the same license gives up or buys again.
  const settled = new Map<string, number>();
  return due.map((one): RenewalFacts => {
    const { license, term } = one;
    const place = license === null ? -1 : (placeOf.get(license.id) ?? -1);
    const account = accountOf.get(one.accountId) ?? { tier: 'SUB', seats: one.seats };
    const owned =
      license === null
        ? ({ count: one.seats, unlimited: false, source: one.seats === null ? 'UNKNOWN' : 'SUBSCRIPTION' } as const)
        : ownedFor(one.date, (day) => seatsOwned(license, terms[place] ?? [], account, day), today);
    const held = counts[place] ?? { assigned: 0, active: 0 };
    const reserved = kept.get(license?.id ?? '') ?? 0;
    const { basis, points } = weeksOf(reconciled.get(license?.id ?? '') ?? [], active.get(license?.id ?? '') ?? []);
    const need = seatBand(points, { today, day: one.date, level: basis === 'RECONCILIATIONS' ? null : held.active });
    const daysLeft = Math.round((Date.parse(one.date) - Date.parse(today)) / DAY_MS);
    const price = term?.cost == null ? countingTerm(terms[place] ?? [], today) : term;
    const facts = {
      owned: owned.count,
      unlimited: owned.unlimited,
      assigned: held.assigned,
      active: held.active,
      reserved,
    };
    const earlier = settled.get(license?.id ?? one.id) ?? 0;
    const advice = renewalAdvice({ ...facts, earlier, renewing: one.seats, need, price, isOverdue: daysLeft < 0 });
    settled.set(license?.id ?? one.id, earlier + (advice.verdict === 'CUT' ? -advice.seats : advice.seats));
    return {
      ...one,
      ...facts,
      source: owned.source,
      daysLeft,
      basis: typeof need === 'string' ? null : basis,
      need,
      advice,
    };
  });
}

/** What is owned today; where nothing is known of that because the term has ended, what was on its last day. */
function ownedFor<Seats extends { source: SeatSource }>(
  date: string,
  on: (day: string) => Seats,
  today: string,
): Seats {
  const now = on(today);
  return now.source === 'UNKNOWN' && date < today ? on(date) : now;
}

/** Weeks that reconciliations noted come first; where those are too few, weeks of activity. */
function weeksOf(reconciled: WeekPoint[], active: WeekPoint[]): { basis: NeedBasis; points: WeekPoint[] } {
  const isEnough = reconciled.length >= MIN_WEEKS || active.length <= reconciled.length;
  return isEnough ? { basis: 'RECONCILIATIONS', points: reconciled } : { basis: 'ACTIVITY', points: active };
}
