import { reconcile } from '../actions/reconcile-licenses.ts';
import type { Context } from '../context.ts';
import type { ReconciliationLineRow } from '../db/tables/rows.ts';
import { linesOfReconciliation } from '../datasources/store/reconciliation-lines.ts';
import { reconciliationsOf } from '../datasources/store/reconciliations.ts';
import { changesBetween } from '../policy/reconciliation-changes.ts';
import { remediationsOf } from '../policy/remediation.ts';
import type { ReconciliationReasonCode, Resolvers } from '../schema.generated.ts';
import { connection } from './connection.ts';
import { missing } from './missing.ts';
import { payloadOf } from './payload.ts';

type Line = ReconciliationLineRow;

const money = (amount: string | null, { currency }: Line) =>
  amount === null || currency === null ? null : { amount, currency };

const beyond = (more: number | null, less: number) => (more === null ? null : Math.max(0, more - less));

/** The account that a line is about; null when it is not known any more. */
const accountOf = ({ accountId }: Line, { load }: Context) => load.accountById.load(accountId);

export const reconciliationResolvers: Resolvers = {
  Query: {
    reconciliation: (_, { id }, { load }) => load.reconciliationById.load(id),
    reconciliations: (_, { integrationId, ...args }, { load }) => {
      const scope = integrationId == null ? 'all' : 'integration';
      return load.page(`reconciliations ${scope}`, () => reconciliationsOf(scope), integrationId ?? '', args);
    },
  },
  Mutation: {
    reconcile: async (_, { input }, { deps, caller }) => {
      const { reconciliation, integration, userErrors } = payloadOf(await reconcile(deps, caller, input));
      return { reconciliation: reconciliation ?? null, integration: integration ?? null, userErrors };
    },
  },
  Reconciliation: {
    __resolveReference: ({ id }, { load }) => load.reconciliationById.load(id),
    integration: async ({ integrationId }, _, { load }) =>
      (await load.integrationById.load(integrationId)) ?? missing('integration', integrationId),
    counts: ({ id }, _, { load }) => load.positionCounts.load(id),
    totals: ({ id }, _, { load }) => load.reconciliationTotals.load(id),
    lines: ({ id }, { filter, orderBy, ...args }, { load }) => {
      const list = `reconciliation lines ${JSON.stringify([filter, orderBy])}`;
      return load.page(list, () => linesOfReconciliation({ filter, orderBy }), id, args);
    },
    previous: ({ id }, _, { load }) => load.reconciliationBefore.load(id),
    changes: async ({ id }, _, { load }) => changesBetween(await load.differingLines.load(id)),
  },
  ReconciliationLine: {
    license: ({ licenseId }, _, { load }) => load.licenseById.load(licenseId),
    account: async (line, _, context) => {
      const own = await accountOf(line, context);
      return own?.masterId == null ? own : context.load.accountById.load(own.masterId);
    },
    subAccount: async (line, _, context) => {
      const own = await accountOf(line, context);
      return own?.tier === 'SUB' ? own : null;
    },
    unassigned: ({ owned, assigned }) => beyond(owned, assigned),
    overAssigned: ({ owned, assigned }) => (owned === null ? null : beyond(assigned, owned)),
    excludedFromCost: ({ excluded }) => excluded,
    reasons: ({ reasons }) => reasons.map((reason) => ({ ...reason, code: reason.code as ReconciliationReasonCode })),
    annualCost: (line) => money(line.unitAnnualCost, line),
    trueUpCost: (line) => money(line.trueUpCost, line),
    unassignedCost: (line) => money(line.unassignedCost, line),
    unusedCost: (line) => money(line.unusedCost, line),
    openCandidates: ({ licenseId }, _, { load }) => load.openCandidates.load(licenseId),
    nextSteps: async (line, _, { load }) => remediationsOf(line, await load.openCandidates.load(line.licenseId)),
  },
  ReconciliationConnection: connection(),
  ReconciliationLineConnection: connection(),
};
