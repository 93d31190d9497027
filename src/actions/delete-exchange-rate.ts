import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { deleteExchangeRateRow } from '../datasources/store/exchange-rates.ts';
import type { Deps } from '../deps.ts';
import type { DeleteExchangeRateInput } from '../schema.generated.ts';
import { refuse, type Outcome } from './outcome.ts';

/** Deletes an exchange rate; the one before it counts again. */
export async function deleteExchangeRate(
  deps: Deps,
  caller: Caller,
  input: DeleteExchangeRateInput,
): Promise<Outcome<{ exchangeRateId: string }>> {
  const now = deps.now();
  return deps.database.sql.begin(async (tx): Promise<Awaited<ReturnType<typeof deleteExchangeRate>>> => {
    const rate = await deleteExchangeRateRow(tx, input.exchangeRateId);
    if (rate === null) return refuse('NOT_FOUND', 'There is no such exchange rate.', ['input', 'exchangeRateId']);
    const details = { from: rate.fromCurrency, to: rate.toCurrency, validFrom: rate.validFrom, rate: rate.rate };
    await recordAudit(tx, [
      { at: now, actor: caller.sub, action: 'exchange_rate.deleted', integrationId: null, subject: rate.id, details },
    ]);
    return { ok: true, exchangeRateId: rate.id };
  });
}
