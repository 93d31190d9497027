import { dayOf, termsByLicenseIds } from '../datasources/store/entitlements.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import type { Page } from '../datasources/store/page.ts';
import { pooledLicenses, readyCandidates } from '../datasources/store/seat-pool.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { assignAnswer, type AssignAnswer } from '../policy/assign-answer.ts';
import { annualCost, totals, type Amount } from '../policy/savings.ts';
import { proposeMoves, type SeatMove } from '../policy/seat-moves.ts';
import { shownLicense } from '../policy/shown-license.ts';
import { countingTerm } from '../policy/terms.ts';
import { pooledSeats, type PooledSeats } from '../policy/seat-pool.ts';

/** The seats of one account with what it would still have to buy. */
interface SeatsToBuy extends PooledSeats {
  toBuy: number;
}

export interface SeatMoveFacts extends SeatMove {
  /** What buying them would cost a year; null without a price. */
  avoidedAnnualAmount: Amount | null;
}

export type PooledSeatsPage = Page<PooledSeats>;
export type SeatMovesPage = Page<SeatMoveFacts>;

/** One license over all accounts of the tree. */
export interface PooledLicenseFacts {
  uniqueId: string;
  name: string;
  accounts: SeatsToBuy[];
  toBuy: number;
  toBuyAnnualAmounts: Amount[];
}

/** The tree of accounts as one pool. */
export interface SeatPoolFacts {
  integrationId: string;
  asOf: Date;
  licenses: PooledLicenseFacts[];
  moves: SeatMoveFacts[];
}

/** All seats of an integration's accounts, and which moves would spare purchases. Three statements. */
export async function poolSeats(deps: Deps, integrationId: string, keepFree: number): Promise<SeatPoolFacts> {
  const asOf = deps.now();
  const { pool, priceOf } = await readPool(deps, integrationId, null, asOf);
  const { moves, toBuy } = proposeMoves(pool, keepFree);
  const costOf = ({ licenseId }: PooledSeats, count: number) => annualCost(priceOf.get(licenseId) ?? null, count);
  const licenses = [...Map.groupBy(pool, ({ uniqueId }) => uniqueId)].map(([uniqueId, group]): PooledLicenseFacts => {
    const accounts = group.map((seats) => ({ ...seats, toBuy: toBuy.get(seats.licenseId) ?? 0 }));
    return {
      uniqueId,
      name: group[0]?.name ?? uniqueId,
      accounts,
      toBuy: accounts.reduce((sum, seats) => sum + seats.toBuy, 0),
      toBuyAnnualAmounts: totals(
        accounts.filter((seats) => seats.toBuy > 0).map((seats) => costOf(seats, seats.toBuy)),
      ),
    };
  });
  return {
    integrationId,
    asOf,
    licenses,
    moves: moves.map((move) => ({ ...move, avoidedAnnualAmount: costOf(move.to, move.count) })),
  };
}

export interface AssignAnswerFacts extends AssignAnswer {
  here: PooledSeats | null;
  candidateIds: string[];
  /** How many candidates are ready in all. */
  ready: number;
  toBuyAnnualAmount: Amount | null;
}

/** So many candidates are named in an answer. */
const NAMED_CANDIDATES = 100;

/** Whether so many more can be given a license in an account. Null when no account of the integration has such a license. */
export async function canAssign(
  deps: Deps,
  account: AccountRow,
  uniqueId: string,
  count: number,
): Promise<AssignAnswerFacts | null> {
  const { pool, priceOf } = await readPool(deps, account.integrationId, uniqueId, deps.now());
  if (pool.length === 0) return null;
  const here = pool.find(({ accountId }) => accountId === account.id) ?? null;
  const { total: ready, ids } =
    here === null
      ? { total: 0, ids: [] }
      : await readyCandidates(
          deps.database.sql,
          here.licenseId,
          Math.min(count + (here.overAssigned ?? 0), NAMED_CANDIDATES),
        );
  const others = pool.filter((seats) => seats !== here);
  const answer = assignAnswer({ here, accountName: account.name, others, ready, count });
  return {
    ...answer,
    here,
    ready,
    candidateIds: ids.slice(0, answer.toReclaim),
    toBuyAnnualAmount:
      here === null || answer.toBuy === 0 ? null : annualCost(priceOf.get(here.licenseId) ?? null, answer.toBuy),
  };
}

async function readPool(deps: Deps, integrationId: string, uniqueId: string | null, now: Date) {
  const { sql } = deps.database;
  const [integration, rows] = await Promise.all([
    integrationById(sql, integrationId),
    pooledLicenses(sql, integrationId, uniqueId),
  ]);
  const ids = rows.map(({ license }) => license.id);
  const terms = await termsByLicenseIds(sql, ids);
  const pool = rows.map(({ license, account, ...holders }, index) =>
    pooledSeats(
      integration === null ? license : shownLicense(license, integration),
      account,
      holders,
      terms[index] ?? [],
      now,
    ),
  );
  const priceOf = new Map(ids.map((id, index) => [id, countingTerm(terms[index] ?? [], dayOf(now))]));
  return { pool, priceOf };
}
