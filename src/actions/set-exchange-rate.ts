import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { dayOf } from '../datasources/store/entitlements.ts';
import { lockExchangeRate, saveExchangeRate } from '../datasources/store/exchange-rates.ts';
import { newId } from '../db/id.ts';
import type { ExchangeRateRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { SetExchangeRateInput } from '../schema.generated.ts';
import { Problems } from './problems.ts';
import type { Outcome } from './outcome.ts';

/** Up to a billion of one currency for one of another: no two that are in use lie further apart. */
const RATE = /^(\d{1,9}(\.\d{1,12})?|1000000000(\.0{1,12})?)$/;

/** Enters what one currency is worth in another from a day on; what was entered for the same day is replaced. */
export async function setExchangeRate(
  deps: Deps,
  caller: Caller,
  input: SetExchangeRateInput,
): Promise<Outcome<{ exchangeRate: ExchangeRateRow }>> {
  const now = deps.now();
  const today = dayOf(now);
  const problems = new Problems();
  const from = problems.currency('from', input.from) ?? '';
  const to = problems.currency('to', input.to) ?? '';
  if (from === to) problems.add('to', 'Must be another currency: an amount is worth itself.');
  const rate = input.rate.trim();
  if (!RATE.test(rate) || !/[1-9]/.test(rate)) {
    problems.add(
      'rate',
      'Must be a number above 0, at most 1000000000, with at most 12 digits after the point, for example 0.92.',
    );
  }
  const validFrom = problems.day('validFrom', input.validFrom) ?? today;
  if (validFrom > today) {
    problems.add(
      'validFrom',
      `Must not be after today, ${today} (UTC): what money will be worth is not known. Enter it on its day.`,
    );
  }
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };
  const exchangeRate = await deps.database.sql.begin(async (tx) => {
    const before = await lockExchangeRate(tx, { from, to }, validFrom);
    const pair = { fromCurrency: from, toCurrency: to, rate, validFrom };
    const row = { id: before?.id ?? newId('fxr', now.getTime()), ...pair, createdBy: caller.sub, createdAt: now };
    await saveExchangeRate(tx, row);
    const details = { from, to, validFrom, rate, replaced: before?.rate ?? null };
    await recordAudit(tx, [
      { at: now, actor: caller.sub, action: 'exchange_rate.set', integrationId: null, subject: row.id, details },
    ]);
    return row;
  });
  return { ok: true, exchangeRate };
}
