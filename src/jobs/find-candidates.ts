import { foundCandidate, lookedBy } from '../actions/found-candidate.ts';
import { generateRules } from '../actions/generate-rules.ts';
import { rulesByIntegrationIds } from '../datasources/store/rules.ts';
import { closeCandidatesOfEnded } from '../datasources/store/sub-accounts.ts';
import { accountsToSync } from '../datasources/store/sync-accounts.ts';
import { userRanges, USERS_AT_ONCE, type IdRange } from '../datasources/store/id-ranges.ts';
import { saveCandidates } from '../datasources/store/found-candidates.ts';
import { closeOutdatedCandidates, inactiveHolders } from '../datasources/store/inactive-holders.ts';
import { recordingCoverage } from '../datasources/store/recording-coverage.ts';
import type { AccountRow, RuleRow } from '../db/tables/rows.ts';
import { tellOfAccounts, type AccountNote } from '../policy/account-notes.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { isNoPerson } from '../policy/eligibility.ts';
import { inactiveBefore } from '../policy/inactivity.ts';
import { byPrecedence } from '../policy/rule-precedence.ts';
import { proofOf } from '../policy/rule-proof.ts';
import type { Job, JobResult } from './job.ts';

const BATCH = 1000;

/** An account that may have candidates, and the rules that what is known of it can prove. */
interface Place {
  account: AccountRow;
  provenIds: ReadonlySet<string>;
}

/**
 * Finds who may lose a license. Only a complete roster and activity without a gap over the whole threshold prove that
 * somebody is inactive; where one of them is missing, nobody becomes a candidate and the run says why. Who has left, as HR
 * says, is found whether or not their activity is known.
 */
export async function findCandidates(job: Job, range = USERS_AT_ONCE): Promise<JobResult> {
  const { sql } = job.deps.database;
  const now = job.deps.now();
  const notes: AccountNote[] = [];
  await generateRules(job.deps, job.integration.id, now);
  const [all = []] = await rulesByIntegrationIds(sql, [job.integration.id]);
  const rules = byPrecedence(all.filter((rule) => rule.enabled));
  const accounts = await accountsToSync(sql, job.integration.id);
  const types = countedTypes(job.integration);
  const places = new Map<string, Place>();
  for (const account of accounts) {
    const recordings = await recordingCoverage(sql, account.id);
    const { provenIds, missing } = proofOf(job.integration, { ...account, recordings }, rules, now);
    notes.push(...missing.map((note) => ({ account: account.name, note })));
    if (provenIds !== null) places.set(account.id, { account, provenIds: new Set(provenIds) });
  }
  if (rules.length > 0 && places.size > 0) {
    for (const within of await userRanges(sql, { integrationId: job.integration.id }, range)) {
      await lookAt(job, within, { places, rules, types, now });
    }
  }
  await closeOutdatedCandidates(sql, [...places.keys()], { inactiveBefore: inactiveBefore(0, now), types, now });
  await closeCandidatesOfEnded(sql, job.integration.id, now);
  await job.save();
  const note = tellOfAccounts(notes, accounts.length).join(' ') || null;
  return { status: note === null ? 'SUCCEEDED' : 'INCOMPLETE', note };
}

async function lookAt(
  job: Job,
  within: IdRange,
  { places, rules, types, now }: { places: ReadonlyMap<string, Place>; rules: RuleRow[]; types: string[]; now: Date },
): Promise<void> {
  const { sql } = job.deps.database;
  const { integration } = job;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const holders = await inactiveHolders(sql, {
    places: [...places].map(([accountId, { provenIds }]) => ({ accountId, provenIds: [...provenIds], types })),
    rules: rules.map((rule) => lookedBy(rule, now)),
    now,
    of: 'FINDABLE',
    within,
  });
  job.expect(holders.length);
  for (let start = 0; start < holders.length; start += BATCH) {
    const batch = holders.slice(start, start + BATCH);
    const found = batch.flatMap((holder) => {
      const rule = byId.get(holder.ruleIds[0] ?? '');
      const place = places.get(holder.placeId);
      if (rule === undefined || place === undefined || isNoPerson(holder)) return [];
      const isProven = place.provenIds.has(rule.id);
      return [foundCandidate(holder, { rule, account: place.account, integration, isProven, now })];
    });
    await saveCandidates(sql, integration.id, { found, rules }, now);
    await job.advance(batch.length, batch.length);
  }
}
