import { dayOf, termsByLicenseIds } from '../datasources/store/entitlements.ts';
import {
  licenseStories,
  openCandidates,
  ownedDays,
  takenItems,
  type FreedLicense,
  type TakenItem,
} from '../datasources/store/freed-seats.ts';
import { licensesOfIntegration } from '../datasources/store/licenses.ts';
import type { LicenseRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { freedLicenses, priceThen } from '../policy/freed-licenses.ts';
import { settleFreedSeats, type FreedSeat } from '../policy/freed-seats.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import { annualCost } from '../policy/savings.ts';
import { countingTerm } from '../policy/terms.ts';
import {
  savingsFigures,
  type Potential,
  type SavingsEntryFacts,
  type SavingsFigures,
} from '../policy/savings-figures.ts';

/** The days that savings are asked for, both within; null: since ever, and until now. */
export interface SavingsSpan {
  from: string | null;
  to: string | null;
}

/** What was saved of an integration's licenses, with every seat that it is made of. */
export interface SavingsFacts extends SavingsFigures, SavingsSpan {
  integrationId: string;
  /** How things stood at this moment is what is told. */
  asOf: Date;
  /** The seat that was freed last before the others. */
  entries: SavingsEntryFacts[];
  byLicense: LicenseSavingsFacts[];
}

export interface LicenseSavingsFacts extends SavingsFigures {
  licenseId: string;
}

interface Seat extends FreedSeat {
  item: TakenItem;
  licenseId: string;
  /** Null when the license is gone. */
  uniqueId: string | null;
  isBase: boolean;
}

/**
 * Settles what became of every seat that was taken back, as it stood at the end of the span. A seat counts where its state
 * came about within the span. Six statements, however much there is.
 */
export async function settleSavings(deps: Deps, integrationId: string, span: SavingsSpan): Promise<SavingsFacts> {
  const { sql } = deps.database;
  const now = deps.now();
  const end = span.to === null ? now : new Date(Date.parse(`${span.to}T00:00:00.000Z`) + DAY_MS - 1);
  const asOf = end < now ? end : now;
  const [items, licenses, open] = await Promise.all([
    takenItems(sql, integrationId),
    licensesOfIntegration(sql, integrationId),
    openCandidates(sql, integrationId, asOf, now),
  ]);
  const seats = seatsOf(items, licenses);
  const freed = freedOf(seats);
  const pricedIds = [...new Set([...seats, ...open].map(({ licenseId }) => licenseId))];
  const [stories, days, terms] = await Promise.all([
    licenseStories(sql, freed),
    ownedDays(
      sql,
      freed.map(({ licenseId }) => licenseId),
    ),
    termsByLicenseIds(sql, pricedIds),
  ]);
  const termsOf = new Map(pricedIds.map((id, index) => [id, terms[index] ?? []]));

  const entries: SavingsEntryFacts[] = [];
  for (const [licenseId, own] of Map.groupBy(seats, (seat) => seat.licenseId)) {
    const story = stories.get(licenseId) ?? { heldBefore: 0, events: [] };
    const byId = new Map(own.map((seat) => [seat.id, seat]));
    for (const settled of settleFreedSeats({ seats: own, days: days.get(licenseId) ?? [], asOf, ...story })) {
      const item = byId.get(settled.id)?.item;
      if (item === undefined || (span.from !== null && settled.stateAt.toISOString().slice(0, 10) < span.from))
        continue;
      const { amount, note } = priceThen(termsOf.get(licenseId) ?? [], settled.freedAt, keptOf(item, licenseId));
      entries.push({
        id: settled.id,
        userId: settled.userId,
        freedAt: settled.freedAt,
        restoredAt: settled.restoredAt,
        state: settled.state,
        stateAt: settled.stateAt,
        givenTo: settled.givenTo,
        evidence: settled.evidence,
        itemId: item.itemId,
        candidateId: item.candidateId,
        licenseId,
        annualAmount: amount,
        priceNote: note,
      });
    }
  }
  entries.sort((a, b) => b.freedAt.getTime() - a.freedAt.getTime() || (a.id < b.id ? 1 : -1));

  const potential = open.map(({ licenseId, count, isOpen, isOutOfCost, ...kept }): Potential => {
    const term = countingTerm(termsOf.get(licenseId) ?? [], dayOf(now));
    const price = isOpen ? term : { ...YEARLY, cost: kept.savingsAmount, currency: kept.savingsCurrency };
    return { licenseId, count, annualAmount: isOutOfCost ? null : annualCost(price, count) };
  });
  const entriesOf = Map.groupBy(entries, ({ licenseId }) => licenseId);
  const potentialOf = Map.groupBy(potential, ({ licenseId }) => licenseId);
  return {
    integrationId,
    ...span,
    asOf,
    entries,
    ...savingsFigures(entries, potential),
    byLicense: [...new Set([...licenses.map(({ id }) => id), ...pricedIds])]
      .filter((id) => entriesOf.has(id) || potentialOf.has(id))
      .map((licenseId) => ({
        licenseId,
        ...savingsFigures(entriesOf.get(licenseId) ?? [], potentialOf.get(licenseId) ?? []),
      })),
  };
}

const YEARLY = { paymentFrequency: 'ANNUALLY', effectiveDate: null, expirationDate: null } as const;

/** A seat for every license that an item freed. */
function seatsOf(items: readonly TakenItem[], licenses: readonly LicenseRow[]): Seat[] {
  const known = new Map(licenses.map((license) => [`${license.accountId} ${license.uniqueId}`, license]));
  return items.flatMap((item) => {
    const freed = freedLicenses(item).flatMap((uniqueId) => {
      const license = known.get(`${item.accountId} ${uniqueId}`);
      if (license === undefined || license.id === item.licenseId) return [];
      return [{ licenseId: license.id, uniqueId, isBase: license.category === 'BASE' }];
    });
    const own = { licenseId: item.licenseId, uniqueId: item.uniqueId, isBase: item.isBase };
    return [own, ...freed].map((license) => ({
      ...license,
      id: `${item.itemId}.${license.licenseId}`,
      userId: item.userId,
      freedAt: item.freedAt,
      restoredAt: item.restoredAt,
      item,
    }));
  });
}

/** The licenses of some seats, each since its first one was freed; items come in the order in which they were. */
function freedOf(seats: readonly Seat[]): FreedLicense[] {
  const freed = new Map<string, FreedLicense>();
  for (const { licenseId, uniqueId, isBase, freedAt, item } of seats) {
    if (uniqueId === null || freed.has(licenseId)) continue;
    freed.set(licenseId, { licenseId, accountId: item.accountId, uniqueId, isBase, since: freedAt });
  }
  return [...freed.values()];
}

/** What was said when the candidate was found, which is about its own license only. */
function keptOf({ licenseId, savingsAmount, savingsCurrency }: TakenItem, of: string) {
  if (licenseId !== of || savingsAmount === null || savingsCurrency === null) return null;
  return { amount: savingsAmount, currency: savingsCurrency };
}
