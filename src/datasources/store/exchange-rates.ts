import { exchangeRates } from '../../db/tables/licenses.ts';
import type { ExchangeRateRow } from '../../db/tables/rows.ts';
import { dayOf, termsInForce } from './entitlements.ts';
import { columnsOf, columnValues, type SqlOrTx } from './writes.ts';

const COLUMNS = columnsOf(exchangeRates);

/** Two currencies: what is converted, and into what. */
export interface CurrencyPair {
  from: string;
  to: string;
}

/** What a pair is found by. */
export const pairKey = ({ from, to }: CurrencyPair): string => `${from} ${to}`;

/** The rate of every pair that counts at `now`, exact, by `pairKey`; pairs that nobody entered are not in it. */
export async function currentRates(sql: SqlOrTx, now: Date): Promise<ReadonlyMap<string, ExchangeRateRow>> {
  const rows = await sql<ExchangeRateRow[]>`
    select distinct on (from_currency, to_currency) ${sql.unsafe(COLUMNS)} from exchange_rates
    where valid_from <= ${dayOf(now)}::date order by from_currency, to_currency, valid_from desc`;
  return new Map(rows.map((row) => [pairKey({ from: row.fromCurrency, to: row.toCurrency }), row]));
}

/** Every rate from one currency into another (null: from, into any), by currencies, the newest of a pair first. */
export async function allExchangeRates(
  sql: SqlOrTx,
  { from, to }: { from: string | null; to: string | null },
): Promise<ExchangeRateRow[]> {
  return sql<ExchangeRateRow[]>`
    select ${sql.unsafe(COLUMNS)} from exchange_rates
    where (${from}::text is null or from_currency = ${from}) and (${to}::text is null or to_currency = ${to})
    order by from_currency, to_currency, valid_from desc`;
}

/** Currencies of prices that count at `now` (of one integration, or of all) and have no rate into `to`. */
export async function missingRates(
  sql: SqlOrTx,
  to: string,
  integrationId: string | null,
  now: Date,
): Promise<(CurrencyPair & { licenses: number })[]> {
  const today = dayOf(now);
  return sql.unsafe<(CurrencyPair & { licenses: number })[]>(
    `select e.currency as "from", $1::text as "to", count(distinct e.license_id)::int as licenses
     from (
       select license_id, integration_id, currency, cost from entitlements
       where coalesce(effective_date <= $2::date, true) and coalesce(expiration_date >= $2::date, true)
       union all
       select license_id, integration_id, currency, cost from ${termsInForce('$2::date')} counting
     ) e
     where e.cost is not null and e.currency <> $1::text and ($3::text is null or e.integration_id = $3)
       and not exists (
         select from exchange_rates r
         where r.from_currency = e.currency and r.to_currency = $1::text and r.valid_from <= $2::date)
     group by e.currency order by e.currency`,
    [to, today, integrationId],
    { prepare: true },
  );
}

/** The rate of a pair that counts from a day on; null when none was entered for that day. Locked by the caller's transaction. */
export async function lockExchangeRate(
  tx: SqlOrTx,
  { from, to }: CurrencyPair,
  validFrom: string,
): Promise<ExchangeRateRow | null> {
  // Two who enter the same day wait for each other, also where there is no row yet.
  await tx`select pg_advisory_xact_lock(hashtextextended(${`exchange rate ${from} ${to} ${validFrom}`}, 0))`;
  const [row] = await tx<ExchangeRateRow[]>`
    select ${tx.unsafe(COLUMNS)} from exchange_rates
    where from_currency = ${from} and to_currency = ${to} and valid_from = ${validFrom}::date for update`;
  return row ?? null;
}

/** Enters a rate, in the place of what was entered for its currencies and day. */
export async function saveExchangeRate(tx: SqlOrTx, rate: ExchangeRateRow): Promise<void> {
  const values = columnValues(exchangeRates, rate);
  await tx`insert into exchange_rates ${tx(values)} on conflict (id) do update set ${tx(values)}`;
}

/** Deletes a rate; null when there is none. */
export async function deleteExchangeRateRow(tx: SqlOrTx, id: string): Promise<ExchangeRateRow | null> {
  const [row] = await tx<ExchangeRateRow[]>`
    delete from exchange_rates where id = ${id} returning ${tx.unsafe(COLUMNS)}`;
  return row ?? null;
}
