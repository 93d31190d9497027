import DataLoader from 'dataloader';
import { hiddenByExclusions } from './actions/hidden-by-exclusions.ts';
import { liveUsers } from './datasources/live-users.ts';
import {
  accountsByIds,
  accountsByIntegrationIds,
  knownActivityByIntegrationIds,
  accountsByZoomIds,
} from './datasources/store/accounts.ts';
import { auditEventsByIds } from './datasources/store/audit.ts';
import { costExclusions, userCosts } from './datasources/store/cost-exclusions.ts';
import { areRecorded } from './datasources/store/cloud-recordings.ts';
import { dailyUsageBy, type UsageDays } from './datasources/store/daily-usage.ts';
import {
  candidateEventsByCandidateIds,
  candidatesByIds,
  openCandidatesByLicenseIds,
} from './datasources/store/candidates.ts';
import { entitlementsByLicenseIds, termsByLicenseIds } from './datasources/store/entitlements.ts';
import { currentRates, pairKey, type CurrencyPair } from './datasources/store/exchange-rates.ts';
import { exclusionsByIds } from './datasources/store/exclusions.ts';
import { groupsByIds, groupsOfUsers } from './datasources/store/groups.ts';
import { hostedGaps } from './datasources/store/hosted-gaps.ts';
import { holdsOf } from './datasources/store/holds.ts';
import { integrationsByIds } from './datasources/store/integrations.ts';
import { jobRunsByIds } from './datasources/store/job-runs.ts';
import { mappingsByIntegrationIds } from './datasources/store/license-mappings.ts';
import { licenseCounts, licensesByAccountIds, licensesByIds, licensesByUserIds } from './datasources/store/licenses.ts';
import { meetingsByIds } from './datasources/store/meetings.ts';
import { countsByKey, pagesByKey, type Page, type PageArgs, type Source } from './datasources/store/page.ts';
import { offboardingsOfUsers } from './datasources/store/offboardings.ts';
import { plannedSavings, staleItems } from './datasources/store/plans.ts';
import { recordingCoverages } from './datasources/store/recording-coverage.ts';
import { itemCounts, reclamationItemsByIds, reclamationsByIds } from './datasources/store/reclamations.ts';
import {
  differingLines,
  latestLinesByLicenseIds,
  latestReconciliations,
  positionCounts,
  reconciliationsBefore,
  reconciliationsByIds,
  totalsByReconciliationIds,
} from './datasources/store/reconciliations.ts';
import { rulesByIds } from './datasources/store/rules.ts';
import { taskPartsByIntegrationIds } from './datasources/store/task-parts.ts';
import { returnFacts, returnsByRuleIds, returnsByUserIds } from './datasources/store/returns.ts';
import { userHistoryByUserIds, usersByEmails, usersByIds } from './datasources/store/users.ts';
import type { ExclusionRow, MeetingRow, UserRow } from './db/tables/rows.ts';
import type { Deps } from './deps.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** Everything that is read in one request: what is asked for in one breath is read by one statement, and only once. */
export function createLoaders(deps: Deps, now: Date) {
  const { sql } = deps.database;
  const by = <V>(read: (keys: readonly string[]) => Promise<ArrayLike<V>>) => new DataLoader<string, V>(read);
  let rates: ReturnType<typeof currentRates> | null = null;
  const accountById = by((ids) => accountsByIds(sql, ids));

  return {
    integrationById: by((ids) => integrationsByIds(sql, ids)),
    holdByIntegrationId: by((ids) => holdsOf(sql, ids)),
    staleItems: by((ids) => staleItems(sql, ids)),
    plannedSavings: by((ids) => plannedSavings(sql, ids)),
    jobRunById: by((ids) => jobRunsByIds(sql, ids)),
    accountById,
    accountByZoomId: by((ids) => accountsByZoomIds(sql, 'TOP', ids)),
    subAccountByZoomId: by((ids) => accountsByZoomIds(sql, 'SUB', ids)),
    accountByIntegrationId: by((ids) => accountsByIntegrationIds(sql, ids)),
    knownActivityByIntegrationId: by((ids) => knownActivityByIntegrationIds(sql, ids)),
    userById: by((ids) => usersByIds(sql, ids)),
    userByEmail: by((emails) => usersByEmails(sql, emails)),
    hostedGaps: by((ids) => hostedGaps(sql, ids)),
    recordingsOfAccount: by((ids) => recordingCoverages(sql, ids)),
    userHistory: by((ids) => userHistoryByUserIds(sql, ids)),
    liveUser: new DataLoader(
      (users: readonly UserRow[]) => liveUsers(deps.zoom, users, (id) => accountById.load(id), deps.now),
      byRowId,
    ),
    offboardingOfUser: new DataLoader((users: readonly UserRow[]) => offboardingsOfUsers(sql, users), byRowId),
    groupById: by((ids) => groupsByIds(sql, ids)),
    groupsOfUser: new DataLoader((users: readonly UserRow[]) => groupsOfUsers(sql, users), byRowId),
    licenseById: by((ids) => licensesByIds(sql, ids)),
    licensesByUserId: by((ids) => licensesByUserIds(sql, ids)),
    licensesByAccountId: by((ids) => licensesByAccountIds(sql, ids)),
    licenseCounts: by((ids) => licenseCounts(sql, ids, now)),
    entitlementByLicenseId: by((ids) => entitlementsByLicenseIds(sql, ids, now)),
    userCosts: by((ids) => userCosts(sql, ids, now)),
    costExclusions: by((ids) => costExclusions(sql, ids, now)),
    /** There are few: the first who asks reads them all. */
    exchangeRate: async (pair: CurrencyPair) => (await (rates ??= currentRates(sql, now))).get(pairKey(pair)) ?? null,
    termsByLicenseId: by((ids) => termsByLicenseIds(sql, ids)),
    mappingsOfIntegration: by((ids) => mappingsByIntegrationIds(sql, ids)),
    taskParts: by((ids) => taskPartsByIntegrationIds(sql, ids)),
    dailyUsage: new DataLoader((days: readonly UsageDays[]) => dailyUsageBy(sql, days), {
      cacheKeyFn: ({ accountId, from, to }: UsageDays) => `${accountId} ${from} ${to}`,
    }),
    isRecorded: new DataLoader((meetings: readonly MeetingRow[]) => areRecorded(sql, meetings), byRowId),
    meetingById: by((ids) => meetingsByIds(sql, ids)),
    candidateById: by((ids) => candidatesByIds(sql, ids)),
    candidateEvents: by((ids) => candidateEventsByCandidateIds(sql, ids)),
    openCandidates: by((ids) => openCandidatesByLicenseIds(sql, ids)),
    reconciliationById: by((ids) => reconciliationsByIds(sql, ids)),
    reconciliationBefore: by((ids) => reconciliationsBefore(sql, ids)),
    latestReconciliation: by((ids) => latestReconciliations(sql, ids)),
    latestReconciliationLine: by((ids) => latestLinesByLicenseIds(sql, ids)),
    differingLines: by((ids) => differingLines(sql, ids)),
    positionCounts: by((ids) => positionCounts(sql, ids)),
    reconciliationTotals: by((ids) => totalsByReconciliationIds(sql, ids)),
    reclamationById: by((ids) => reclamationsByIds(sql, ids)),
    reclamationItemById: by((ids) => reclamationItemsByIds(sql, ids)),
    itemCounts: by((ids) => itemCounts(sql, ids)),
    ruleById: by((ids) => rulesByIds(sql, ids)),
    exclusionById: by((ids) => exclusionsByIds(sql, ids)),
    hiddenByExclusion: new DataLoader(
      (exclusions: readonly ExclusionRow[]) => hiddenByExclusions(deps, exclusions, now),
      byRowId,
    ),
    returnFacts: by((ids) => returnFacts(sql, ids)),
    returnsByUserId: by((ids) => returnsByUserIds(sql, ids)),
    returnsByRuleId: by((ids) => returnsByRuleIds(sql, ids)),
    auditEventById: by((ids) => auditEventsByIds(sql, ids)),
    page: pageLoader(deps, now),
  };
}

const byRowId = { cacheKeyFn: ({ id }: { id: string }) => id };

/**
 * Loads pages of lists that many parents have: all parents that want the same page of the same list in one statement,
 * and their total counts in another one if anybody wants those. `list` names the list with everything that decides
 * what is in it; `source` is made once for each name.
 */
function pageLoader({ database: { sql } }: Deps, now: Date) {
  const loaders = new Map<
    string,
    { pages: DataLoader<string, Omit<Page<unknown>, 'count'>>; counts: DataLoader<string, number> }
  >();
  return async <Row>(list: string, source: () => Source<Row>, key: string, args: PageArgs): Promise<Page<Row>> => {
    const name = `${list} ${args.first ?? ''} ${args.after ?? ''}`;
    let loader = loaders.get(name);
    if (loader === undefined) {
      const made = source() as Source<unknown>;
      loader = {
        pages: new DataLoader((keys: readonly string[]) => pagesByKey(sql, made, keys, args, now)),
        counts: new DataLoader((keys: readonly string[]) => countsByKey(sql, made, keys)),
      };
      loaders.set(name, loader);
    }
    const { pages, counts } = loader;
    return { ...((await pages.load(key)) as Omit<Page<Row>, 'count'>), count: () => counts.load(key) };
  };
}
