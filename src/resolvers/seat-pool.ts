import { canAssign, poolSeats, type PooledLicenseFacts } from '../actions/pool-seats.ts';
import type { Context } from '../context.ts';
import { pageOfList } from '../datasources/store/page.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import type { PooledSeats } from '../policy/seat-pool.ts';
import type { Resolvers } from '../schema.generated.ts';
import { accountAbove, subAccountOf } from './account-of.ts';
import { connection } from './connection.ts';
import { missing } from './missing.ts';
import { knownIntegration, refuse, within } from './question.ts';

const MAX_KEPT_FREE = 1000;
const MAX_COUNT = 10_000;
const NOTE =
  'Zoom has no call that moves seats between accounts: they move by changing both subscriptions with Zoom or the partner. ' +
  'So a move is a proposal, and nothing here carries it out.';

const sum = (
  { accounts }: PooledLicenseFacts,
  count: (seats: PooledLicenseFacts['accounts'][number]) => number | null,
) => accounts.reduce((all, seats) => all + (count(seats) ?? 0), 0);

/** The account that a question names; the authorized one where it names none. */
async function accountAsked(
  integrationId: string,
  { accountId, subAccountId }: { accountId?: string | null | undefined; subAccountId?: string | null | undefined },
  { load }: Context,
): Promise<AccountRow> {
  if (accountId != null && subAccountId != null) refuse('Name `accountId` or `subAccountId`, not both.');
  const id = accountId ?? subAccountId ?? null;
  if (id === null) {
    return (
      (await load.accountByIntegrationId.load(integrationId)) ??
      refuse('The integration has no account yet: authorize it first.')
    );
  }
  const account = await load.accountById.load(id);
  const isKnown = account?.integrationId === integrationId && account.removedAt === null;
  const isSub = account?.tier === 'SUB';
  if (account === null || !isKnown || isSub !== (subAccountId != null)) {
    refuse(
      subAccountId == null
        ? '`accountId` names no account of this integration.'
        : '`subAccountId` names no sub account of this integration.',
    );
  }
  return account;
}

export const seatPoolResolvers: Resolvers = {
  Query: {
    seatPool: async (_, { integrationId, keepFree }, context) => {
      const kept = within('keepFree', keepFree ?? 0, 0, MAX_KEPT_FREE);
      await knownIntegration(integrationId, context);
      return poolSeats(context.deps, integrationId, kept);
    },
    canAssign: async (_, { integrationId, licenseUniqueId, count, ...where }, context) => {
      const wanted = within('count', count ?? 1, 1, MAX_COUNT);
      await knownIntegration(integrationId, context);
      const account = await accountAsked(integrationId, where, context);
      return (
        (await canAssign(context.deps, account, licenseUniqueId, wanted)) ??
        refuse('`licenseUniqueId` names no license of this integration that takes a seat.')
      );
    },
  },
  SeatPool: {
    integration: async ({ integrationId }, _, { load }) =>
      (await load.integrationById.load(integrationId)) ?? missing('integration', integrationId),
    note: () => NOTE,
    moves: ({ moves }, { licenseUniqueId, ...args }) =>
      pageOfList(
        'moves',
        moves.filter(({ from }) => licenseUniqueId == null || from.uniqueId === licenseUniqueId),
        ({ from, to }) => `${from.licenseId} ${to.licenseId}`,
        args,
      ),
  },
  PooledLicense: {
    owned: (license) =>
      license.accounts.some(({ owned }) => owned === null) ? null : sum(license, ({ owned }) => owned),
    knownOwned: (license) => sum(license, ({ owned }) => owned),
    unknownAccounts: ({ accounts }) => accounts.filter(({ owned, unlimited }) => owned === null && !unlimited).length,
    assigned: (license) => sum(license, ({ assigned }) => assigned),
    invited: (license) => sum(license, ({ invited }) => invited),
    free: (license) => sum(license, ({ free }) => free),
    overAssigned: (license) => sum(license, ({ overAssigned }) => overAssigned),
    accounts: ({ accounts }, args) => pageOfList<PooledSeats>('pool', accounts, ({ licenseId }) => licenseId, args),
  },
  PooledSeats: {
    license: async ({ licenseId }, _, { load }) =>
      (await load.licenseById.load(licenseId)) ?? missing('license', licenseId),
    account: (seats, _, context) => accountAbove(seats, context),
    subAccount: (seats, _, context) => subAccountOf(seats, context),
  },
  AssignAnswer: {
    readyCandidates: ({ ready }) => ready,
    candidates: async ({ candidateIds }, _, { load }) =>
      (await load.candidateById.loadMany(candidateIds)).flatMap((one) => {
        if (one instanceof Error) throw one;
        return one ?? [];
      }),
  },
  PooledSeatsConnection: connection(),
  SeatMoveConnection: connection(),
};
