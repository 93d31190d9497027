import { deleteExchangeRate } from '../actions/delete-exchange-rate.ts';
import { setExchangeRate } from '../actions/set-exchange-rate.ts';
import { allExchangeRates, missingRates } from '../datasources/store/exchange-rates.ts';
import type { Resolvers } from '../schema.generated.ts';
import { mustBeCurrency } from './costs.ts';
import { payloadOf } from './payload.ts';

export const exchangeRateResolvers: Resolvers = {
  Query: {
    exchangeRates: (_, { from, to }, { deps }) =>
      allExchangeRates(deps.database.sql, { from: from ?? null, to: to ?? null }),
    missingExchangeRates: (_, { to, integrationId }, { deps, now }) => {
      mustBeCurrency(to);
      return missingRates(deps.database.sql, to, integrationId ?? null, now);
    },
  },
  Mutation: {
    setExchangeRate: async (_, { input }, { deps, caller }) => {
      const { exchangeRate, userErrors } = payloadOf(await setExchangeRate(deps, caller, input));
      return { exchangeRate: exchangeRate ?? null, userErrors };
    },
    deleteExchangeRate: async (_, { input }, { deps, caller }) => {
      const { exchangeRateId, userErrors } = payloadOf(await deleteExchangeRate(deps, caller, input));
      return { deletedExchangeRateId: exchangeRateId ?? null, userErrors };
    },
  },
  ExchangeRate: {
    from: ({ fromCurrency }) => fromCurrency,
    to: ({ toCurrency }) => toCurrency,
    // As short as it can be said: the database keeps twelve places.
    rate: ({ rate }) => (rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate),
    inUse: async ({ id, fromCurrency, toCurrency }, _, { load }) =>
      (await load.exchangeRate({ from: fromCurrency, to: toCurrency }))?.id === id,
  },
};
