import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => NOW } });
  rows = rowsIn(database);
});
beforeEach(async () => {
  await database.sql`truncate exchange_rates`;
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const SET = `mutation ($input: SetExchangeRateInput!) { setExchangeRate(input: $input) {
  exchangeRate { id from to rate validFrom inUse createdBy } userErrors { code field message } } }`;
const set = async (input: Record<string, unknown>) => {
  const { data, errors } = await server.ask(SET, { input: { from: 'USD', to: 'EUR', rate: '0.92', ...input } });
  expect(errors).toBeUndefined();
  return data.setExchangeRate;
};
const refused = async (input: Record<string, unknown>) => {
  const { exchangeRate, userErrors } = await set(input);
  expect(exchangeRate).toBeNull();
  return userErrors.map(({ code, field }: { code: string; field: string[] }) => `${code} ${field.join('.')}`);
};
const listed = async (args = '') => {
  const { data } = await server.ask(`{ exchangeRates${args} { from to rate validFrom inUse } }`);
  return data.exchangeRates.map((one: Record<string, unknown>) => Object.values(one).join(' '));
};

describe('an exchange rate', () => {
  it('counts from its day until the next one, and only the way it was entered', async () => {
    await set({ rate: '0.90', validFrom: '2026-01-01' });
    await set({ rate: '0.123456789012', validFrom: '2026-02-01' });
    await set({ from: 'EUR', to: 'USD', rate: '1.1' });
    await set({ from: 'GBP', rate: '2' });
    expect(await listed()).toEqual([
      'EUR USD 1.1 2026-03-01 true',
      'GBP EUR 2 2026-03-01 true',
      'USD EUR 0.123456789012 2026-02-01 true',
      'USD EUR 0.9 2026-01-01 false',
    ]);
    expect(await listed('(from: "USD", to: "EUR")')).toHaveLength(2);
    expect(await listed('(from: "USD", to: "USD")')).toEqual([]);
  });

  it('of the same day is replaced, and both are in the audit trail', async () => {
    const { exchangeRate: first } = await set({ rate: '0.90' });
    const { exchangeRate: second } = await set({ rate: '0.95' });
    expect(second).toMatchObject({ id: first.id, rate: '0.95', validFrom: '2026-03-01', inUse: true });
    expect(await listed()).toEqual(['USD EUR 0.95 2026-03-01 true']);
    const events = await database.sql`
      select action, subject, details from audit_events where subject = ${first.id} order by position`;
    expect(events).toMatchObject([
      { action: 'exchange_rate.set', subject: first.id, details: { rate: '0.90', replaced: null } },
      { action: 'exchange_rate.set', subject: first.id, details: { rate: '0.95', replaced: '0.900000000000' } },
    ]);
  });

  it('of the same day by two at once is one', async () => {
    await Promise.all(['0.1', '0.2', '0.3', '0.4'].map((rate) => set({ rate })));
    expect(await listed()).toHaveLength(1);
  });

  it('that is deleted lets the one before count again', async () => {
    await set({ rate: '0.9', validFrom: '2026-01-01' });
    const { exchangeRate } = await set({ rate: '0.8' });
    const remove = () =>
      server.ask(
        `mutation { deleteExchangeRate(input: { exchangeRateId: "${exchangeRate.id}" }) { deletedExchangeRateId userErrors { code field } } }`,
      );
    expect((await remove()).data.deleteExchangeRate).toEqual({
      deletedExchangeRateId: exchangeRate.id,
      userErrors: [],
    });
    expect(await listed()).toEqual(['USD EUR 0.9 2026-01-01 true']);
    expect((await remove()).data.deleteExchangeRate).toEqual({
      deletedExchangeRateId: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'exchangeRateId'] }],
    });
    const [event] = await database.sql`
      select details from audit_events where action = 'exchange_rate.deleted' and subject = ${exchangeRate.id}`;
    expect(event).toMatchObject({ details: { from: 'USD', to: 'EUR', validFrom: '2026-03-01' } });
  });

  it.each([
    [{ rate: '0' }, ['INVALID input.rate']],
    [{ rate: '0.000' }, ['INVALID input.rate']],
    [{ rate: '-1' }, ['INVALID input.rate']],
    [{ rate: '1e3' }, ['INVALID input.rate']],
    [{ rate: '1,5' }, ['INVALID input.rate']],
    [{ rate: '' }, ['INVALID input.rate']],
    [{ rate: '0.1234567890123' }, ['INVALID input.rate']],
    [{ rate: '1000000001' }, ['INVALID input.rate']],
    [{ to: 'USD' }, ['INVALID input.to']],
    [{ from: 'usd' }, ['INVALID input.from']],
    [{ validFrom: '2026-03-02' }, ['INVALID input.validFrom']],
    [{ validFrom: '2010-12-31' }, ['INVALID input.validFrom']],
    [{ validFrom: '0001-01-01' }, ['INVALID input.validFrom']],
    [{ validFrom: '9999-12-31' }, ['INVALID input.validFrom']],
  ])('is refused with %j', async (input, expected) => {
    expect(await refused(input)).toEqual(expected);
    expect(await listed()).toEqual([]);
  });

  it.each([{ from: 'ZZZ' }, { to: 'EURO' }, { validFrom: '2026-02-30' }])(
    'is no valid question with %j',
    async (input) => {
      const { errors } = await server.ask(SET, { input: { from: 'USD', to: 'EUR', rate: '1', ...input } });
      expect(errors).toHaveLength(1);
      expect(await listed()).toEqual([]);
    },
  );

  it('may be the smallest and the largest', async () => {
    expect((await set({ rate: '0.000000000001' })).exchangeRate.rate).toBe('0.000000000001');
    expect((await set({ rate: '1000000000' })).exchangeRate.rate).toBe('1000000000');
  });

  it('is entered and deleted by who may operate only', async () => {
    const { errors } = await server.ask(
      SET,
      { input: { from: 'USD', to: 'EUR', rate: '1' } },
      { scopes: ['zoom:read'] },
    );
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('missing exchange rates', () => {
  const missing = async (to: string, integrationId?: string) => {
    const { data } = await server.ask(
      'query ($to: Currency!, $integrationId: ID) { missingExchangeRates(to: $to, integrationId: $integrationId) { from to licenses } }',
      { to, integrationId },
    );
    return data.missingExchangeRates.map((one: Record<string, unknown>) => Object.values(one).join(' '));
  };

  it('are those of prices that count today', async () => {
    const integration = await rows.integration();
    const account = await rows.account(integration);
    const price = { cost: '1', paymentFrequency: 'ANNUALLY' } as const;
    const [one, two] = [await rows.license(account), await rows.license(account)];
    await rows.entitlement(one, { ...price, currency: 'USD' });
    await rows.entitlement(one, { ...price, currency: 'GBP', quantity: 1 });
    // The second one's price has ended and stands in; the first one's is over.
    await rows.entitlement(two, { ...price, currency: 'JPY', expirationDate: '2024-12-31' });
    await rows.entitlement(two, {
      ...price,
      currency: 'USD',
      effectiveDate: '2025-01-01',
      expirationDate: '2025-12-31',
    });
    await rows.entitlement(await rows.license(account), { currency: 'CHF' });
    expect(await missing('EUR', integration.id)).toEqual(['GBP EUR 1', 'USD EUR 2']);
    expect(await missing('USD', integration.id)).toEqual(['GBP USD 1']);
    expect(await missing('EUR')).toEqual(['GBP EUR 1', 'USD EUR 2']);
    expect(await missing('EUR', 'int_none')).toEqual([]);
    await set({ rate: '0.9' });
    // Not the other way round.
    await set({ from: 'EUR', to: 'GBP', rate: '0.8' });
    expect(await missing('EUR', integration.id)).toEqual(['GBP EUR 1']);
    const { errors } = await server.ask('{ missingExchangeRates(to: "eur") { from } }');
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});
