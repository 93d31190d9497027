import { connectedIntegrations } from '../datasources/store/integrations.ts';
import { entitlementsByLicenseIds } from '../datasources/store/entitlements.ts';
import { inactiveHolders } from '../datasources/store/inactive-holders.ts';
import { recordingCoverages } from '../datasources/store/recording-coverage.ts';
import { rulesByIntegrationIds } from '../datasources/store/rules.ts';
import { accountsToSyncOf } from '../datasources/store/sync-accounts.ts';
import type { ExclusionRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { isNoPerson } from '../policy/eligibility.ts';
import { byPrecedence } from '../policy/rule-precedence.ts';
import { proofOf } from '../policy/rule-proof.ts';
import { annualCost, totals, type Amount } from '../policy/savings.ts';
import { lookedBy } from './found-candidate.ts';

/** What an exclusion keeps out of candidates right now. */
export interface HiddenFacts {
  candidates: number;
  users: number;
  /** A year of it, a currency each; of what has no price nothing. */
  costs: Amount[];
}

/**
 * What each exclusion hides: whom the next look for candidates would find without it and the others, by the statement and the
 * proof of that look. Six statements, however many exclusions, integrations and accounts there are.
 */
export async function hiddenByExclusions(
  { database: { sql } }: Deps,
  exclusions: readonly ExclusionRow[],
  now: Date,
): Promise<HiddenFacts[]> {
  const wanted = new Set(exclusions.map(({ integrationId }) => integrationId));
  const connected = await connectedIntegrations(sql);
  const integrations = wanted.has(null) ? connected : connected.filter(({ id }) => wanted.has(id));
  const ids = integrations.map(({ id }) => id);
  const [rules, accounts] = await Promise.all([rulesByIntegrationIds(sql, ids), accountsToSyncOf(sql, ids)]);
  const recordings = await recordingCoverages(
    sql,
    accounts.map(({ id }) => id),
  );
  const enabled = rules.map((all) => byPrecedence(all.filter((rule) => rule.enabled)));
  const places = accounts.flatMap((account, index) => {
    const place = ids.indexOf(account.integrationId);
    const integration = integrations[place];
    if (integration === undefined) return [];
    const known = { ...account, recordings: recordings[index] ?? null };
    const { provenIds } = proofOf(integration, known, enabled[place] ?? [], now);
    return provenIds === null ? [] : [{ accountId: account.id, provenIds, types: countedTypes(integration) }];
  });
  const holders = await inactiveHolders(sql, {
    places,
    rules: enabled.flat().map((rule) => lookedBy(rule, now)),
    now,
    of: { hiddenBy: exclusions.map(({ id }) => id) },
  });
  const people = holders.filter((holder) => !isNoPerson(holder));
  const licenseIds = [...new Set(people.map(({ licenseId }) => licenseId))];
  // The same exclusion may keep them out of cost as well: what they cost is told all the same.
  const terms = await entitlementsByLicenseIds(sql, licenseIds, now);
  const prices = new Map(licenseIds.map((id, index) => [id, annualCost(terms[index] ?? null, 1)]));
  return exclusions.map(({ id }) => {
    const hidden = people.filter(({ excludedBy }) => excludedBy.includes(id));
    return {
      candidates: hidden.length,
      users: new Set(hidden.map(({ userId }) => userId)).size,
      costs: totals(hidden.map(({ licenseId }) => prices.get(licenseId) ?? null)),
    };
  });
}
