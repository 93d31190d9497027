import type { Context } from '../context.ts';
import { candidatesOf } from '../datasources/store/candidates.ts';
import { meetingsOfHost } from '../datasources/store/meetings.ts';
import { signInsOfUser } from '../datasources/store/sign-ins.ts';
import type { UserRow } from '../db/tables/rows.ts';
import { AppError } from '../errors.ts';
import { basicEvidence } from '../policy/basic-sufficiency.ts';
import { bundlesOf } from '../policy/bundle-names.ts';
import { inactiveDays } from '../policy/inactivity.ts';
import { zoomUserIdOf } from '../policy/people.ts';
import { annualCost, totals } from '../policy/savings.ts';
import type { Resolvers } from '../schema.generated.ts';
import { accountAbove, subAccountOf } from './account-of.ts';
import { connection } from './connection.ts';
import { amountsIn } from './costs.ts';
import { usersPage } from './users-page.ts';

/** By id, by address, or by both, and then only who has both. */
async function userBy(
  { id, email }: { id?: string | null | undefined; email?: string | null | undefined },
  { load }: Context,
): Promise<UserRow | null> {
  const address = email?.trim().toLowerCase();
  if (id != null) {
    const user = await load.userById.load(id);
    return address === undefined || user?.email === address ? user : null;
  }
  if (address === undefined) throw new AppError('BAD_USER_INPUT', 'Name the user by `id` or by `email`.');
  return load.userByEmail.load(address);
}

/** The verdict that was counted, with what it rests on. */
async function basicSufficiencyOf(user: UserRow, { load }: Context) {
  const [account, recordings, gaps] = await Promise.all([
    load.accountById.load(user.accountId),
    load.recordingsOfAccount.load(user.accountId),
    load.hostedGaps.load(user.id),
  ]);
  const window = { from: account?.activityKnownFrom ?? null, until: account?.activityKnownUntil ?? null };
  const known = recordings ?? { from: null, until: null };
  return {
    ...user,
    verdict: user.wouldBasicSuffice,
    windowFrom: window.from,
    windowUntil: window.until,
    ...basicEvidence(user, { window, recordings: known, gaps }),
  };
}

export const userResolvers: Resolvers = {
  Query: {
    user: (_, key, context) => userBy(key, context),
    users: (_, { integrationId, ...args }, context) =>
      usersPage(integrationId == null ? 'all' : 'integration', integrationId ?? '', args, context),
  },
  User: {
    __resolveReference: (ref, context) => userBy('id' in ref ? { id: ref.id } : { email: ref.email }, context),
    zoomUserId: (user) => zoomUserIdOf(user),
    bundles: (user) => bundlesOf(user),
    licenses: ({ id }, _, { load }) => load.licensesByUserId.load(id),
    annualCost: async ({ id }, { currency }, context) => {
      const { prices } = await context.load.userCosts.load(id);
      return amountsIn(currency, totals(prices.map((price) => annualCost(price, 1))), context);
    },
    excludedFromCost: async ({ id }, _, { load }) => (await load.userCosts.load(id)).isExcluded,
    groups: (user, _, { load }) => (user.groupIds.length === 0 ? [] : load.groupsOfUser.load(user)),
    account: (user, _, context) => accountAbove(user, context),
    subAccount: (user, _, context) => subAccountOf(user, context),
    activity: (user) => user,
    meetings: ({ id }, args, { load }) => load.page('meetings', () => meetingsOfHost, id, args),
    signIns: ({ id }, args, { load }) => load.page('sign-ins', () => signInsOfUser, id, args),
    reclamationCandidates: ({ id }, args, { load }) =>
      load.page('candidates of user', () => candidatesOf('user', {}), id, args),
    offboarding: (user, _, { load }) => load.offboardingOfUser.load(user),
    offboardedAt: async (user, _, { load }) => (await load.offboardingOfUser.load(user))?.leftAt ?? null,
    returns: ({ id }, _, { load }) => load.returnsByUserId.load(id),
    live: (user, _, { load }) => load.liveUser.load(user),
    isZoomRoom: ({ isRoom }) => isRoom,
    history: ({ id }, _, { load }) => load.userHistory.load(id),
  },
  UserActivity: {
    inactiveDays: (user, _, { now }) => inactiveDays(user, now),
    neverActive: ({ lastActivityAt }) => lastActivityAt === null,
    knownFrom: async ({ accountId }, _, { load }) =>
      (await load.accountById.load(accountId))?.activityKnownFrom ?? null,
    knownUntil: async ({ accountId }, _, { load }) =>
      (await load.accountById.load(accountId))?.activityKnownUntil ?? null,
    basicSufficiency: (user, _, context) => basicSufficiencyOf(user, context),
  },
  UserConnection: connection(),
};
