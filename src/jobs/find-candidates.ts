import { foundCandidate, lookedBy } from '../actions/found-candidate.ts';
import { generateRules } from '../actions/generate-rules.ts';
import { rulesByIntegrationIds } from '../datasources/store/rules.ts';
import { closeCandidatesOfEnded } from '../datasources/store/sub-accounts.ts';
import { accountsToSync } from '../datasources/store/sync-accounts.ts';
import { closeOutdatedCandidates, inactiveHolders, saveCandidates } from '../datasources/store/inactive-holders.ts';
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

/**
 * Finds who may lose a license. Only a complete roster and activity without a gap over the whole threshold prove that
 * somebody is inactive; where one of them is missing, nobody becomes a candidate and the run says why. Who has left, as HR
 * says, is found whether or not their activity is known.
 */
export async function findCandidates(job: Job): Promise<JobResult> {
  const { sql } = job.deps.database;
  const now = job.deps.now();
  const notes: AccountNote[] = [];
  await generateRules(job.deps, job.integration.id, now);
  const [all = []] = await rulesByIntegrationIds(sql, [job.integration.id]);
  const rules = byPrecedence(all.filter((rule) => rule.enabled));
  const accounts = await accountsToSync(sql, job.integration.id);
  const types = countedTypes(job.integration);
  for (const account of accounts) {
    const recordings = await recordingCoverage(sql, account.id);
    const { provenIds, missing } = proofOf(job.integration, { ...account, recordings }, rules, now);
    notes.push(...missing.map((note) => ({ account: account.name, note })));
    if (provenIds === null) continue;
    if (rules.length > 0) await lookIn(job, account, { rules, provenIds: new Set(provenIds), types, now });
    await closeOutdatedCandidates(sql, account.id, { inactiveBefore: inactiveBefore(0, now), types, now });
  }
  await closeCandidatesOfEnded(sql, job.integration.id, now);
  await job.save();
  const note = tellOfAccounts(notes, accounts.length).join(' ') || null;
  return { status: note === null ? 'SUCCEEDED' : 'INCOMPLETE', note };
}

async function lookIn(
  job: Job,
  account: AccountRow,
  { rules, provenIds, types, now }: { rules: RuleRow[]; provenIds: ReadonlySet<string>; types: string[]; now: Date },
): Promise<void> {
  const { sql } = job.deps.database;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const holders = await inactiveHolders(sql, {
    places: [{ accountId: account.id, provenIds: [...provenIds], types }],
    rules: rules.map((rule) => lookedBy(rule, now)),
    now,
    of: 'FINDABLE',
  });
  job.expect(holders.length);
  for (let start = 0; start < holders.length; start += BATCH) {
    const batch = holders.slice(start, start + BATCH);
    const found = batch.flatMap((holder) => {
      const rule = byId.get(holder.ruleIds[0] ?? '');
      if (rule === undefined || isNoPerson(holder)) return [];
      return [
        foundCandidate(holder, { rule, account, integration: job.integration, isProven: provenIds.has(rule.id), now }),
      ];
    });
    await saveCandidates(sql, job.integration.id, found, now);
    await job.advance(batch.length, batch.length);
  }
}
