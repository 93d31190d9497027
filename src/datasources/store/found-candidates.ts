import type { Sql } from '../../db/client.ts';
import { newId } from '../../db/id.ts';
import type { BlockerRecord, CandidateStatus, EvidenceRecord } from '../../db/tables/reclamations.ts';
import type { CandidateRow, RuleRow } from '../../db/tables/rows.ts';
import { LASTING_BLOCKERS } from '../../policy/eligibility.ts';
import { decidesAlike } from '../../policy/rule-decisions.ts';
import { recordAudit } from './audit.ts';
import { heldRules } from './rules.ts';
import type { SqlOrTx } from './writes.ts';

export interface FoundCandidate {
  ruleId: string;
  otherRuleIds: string[];
  userId: string;
  licenseId: string;
  action: CandidateRow['action'];
  reason: CandidateRow['reason'];
  status: CandidateStatus;
  inactiveDays: number;
  lastActivityAt: Date | null;
  evidence: EvidenceRecord;
  blockers: BlockerRecord[];
  savingsAmount: string | null;
  savingsCurrency: string | null;
  notBefore: string | null;
  /** Was a candidate open for them when they were looked at? */
  wasOpen: boolean;
}

/** SQL: what spoke against candidate `c` and stays until a person says that it is mended. */
const LASTING = `array(
  select b from jsonb_array_elements(c.blockers) b where b ->> 'code' in (${LASTING_BLOCKERS.map((code) => `'${code}'`).join(', ')})
)`;

/** What of an open candidate another look says anew, and what it says. */
const LOOKED_AT = [
  ...[
    'rule_id',
    'other_rule_ids',
    'action',
    'reason',
    'inactive_days',
    'last_activity_at',
    'evidence',
    'savings_amount',
  ],
  ...['savings_currency', 'not_before', 'status', 'blockers'],
];
const AS_FOUND = [
  ...LOOKED_AT.slice(0, -2).map((column) => `excluded.${column}`),
  `case when cardinality(${LASTING}) > 0 then 'ATTENTION_REQUIRED' else excluded.status end`,
  `to_jsonb(${LASTING}) || to_jsonb(array(select b from jsonb_array_elements(excluded.blockers) b where b <> all(${LASTING})))`,
].join(', ');

/** One candidate is open for a user and a license. */
const placeOf = ({ userId, licenseId }: { userId: string; licenseId: string }) => `${userId} ${licenseId}`;

/** Open candidates of these users and licenses, held until the transaction ends. */
async function heldCandidates(
  tx: SqlOrTx,
  found: readonly FoundCandidate[],
): Promise<{ userId: string; licenseId: string; status: CandidateStatus }[]> {
  const users = found.map(({ userId }) => userId);
  const licenses = found.map(({ licenseId }) => licenseId);
  return tx`
    select c.user_id as "userId", c.license_id as "licenseId", c.status
    from unnest(${users}::text[], ${licenses}::text[]) as place(user_id, license_id)
    join reclamation_candidates c on c.user_id = place.user_id and c.license_id = place.license_id
    where c.closed_at is null order by c.id for update of c`;
}

/** What was found, and the rules by which it was, as they were then. */
export interface Finding {
  found: readonly FoundCandidate[];
  rules: readonly RuleRow[];
}

/**
 * Holds the rules and the open candidates of what was found until the transaction ends, and leaves out what was decided since
 * it was looked at: by a rule that is off or another one by now, or whose open candidate somebody has closed, to keep the
 * license or because it was taken. Two statements.
 *
 * @returns the others, and where their open candidates are.
 */
async function stillFound(
  tx: SqlOrTx,
  { found, rules }: Finding,
): Promise<{ still: FoundCandidate[]; open: Map<string, CandidateStatus> }> {
  const now = await heldRules(tx, [...new Set(found.map(({ ruleId }) => ruleId))]);
  const then = new Map(rules.map((rule) => [rule.id, rule]));
  const same = new Set(now.filter((rule) => decidesAlike(rule, then.get(rule.id))).map(({ id }) => id));
  const rows = await heldCandidates(
    tx,
    found.filter(({ wasOpen }) => wasOpen),
  );
  const open = new Map(rows.map((row) => [placeOf(row), row.status]));
  const still = found.filter((one) => same.has(one.ruleId) && (!one.wasOpen || open.has(placeOf(one))));
  return { still, open };
}

/**
 * Writes what was found: new candidates begin, open ones are brought up to date unless somebody is already acting on
 * them, and are not touched where nothing is new; what only a person can mend stays. Some statements.
 *
 * @returns how many are new.
 */
export async function saveCandidates(
  sql: Sql,
  integrationId: string,
  finding: Finding,
  now: Date,
): Promise<{ created: number }> {
  if (finding.found.length === 0) return { created: 0 };
  const created = await sql.begin(async (tx) => {
    const { still, open } = await stillFound(tx, finding);
    const json = JSON.stringify(still.map((candidate) => ({ ...candidate, id: newId('can', now.getTime()) })));
    const rows = await tx<
      { id: string; ruleId: string; userId: string; licenseId: string; isNew: boolean; to: CandidateStatus }[]
    >`
      insert into reclamation_candidates as c (id, integration_id, user_id, license_id, rule_id, other_rule_ids, action, reason, status,
        inactive_days, last_activity_at, evidence, blockers, savings_amount, savings_currency, detected_at, not_before)
      select id, ${integrationId}, "userId", "licenseId", "ruleId", "otherRuleIds", action, reason, status, "inactiveDays",
        "lastActivityAt", evidence, blockers, "savingsAmount", "savingsCurrency", ${now}, "notBefore"
      from jsonb_to_recordset(${json}::text::jsonb) as new(
        id text, "userId" text, "licenseId" text, "ruleId" text, "otherRuleIds" text[], action text, reason text, status text, "inactiveDays" int,
        "lastActivityAt" timestamptz, evidence jsonb, blockers jsonb, "savingsAmount" numeric, "savingsCurrency" text,
        "notBefore" timestamptz
      )
      on conflict (user_id, license_id) where closed_at is null do update set
        (${tx.unsafe(LOOKED_AT.join(', '))}) = (${tx.unsafe(AS_FOUND)})
      where c.status in ('READY', 'ATTENTION_REQUIRED')
        and (${tx.unsafe(LOOKED_AT.map((column) => `c.${column}`).join(', '))}) is distinct from (${tx.unsafe(AS_FOUND)})
      returning c.id, c.rule_id as "ruleId", c.user_id as "userId", c.license_id as "licenseId", (xmax = 0) as "isNew",
        c.status as "to"`;
    const steps = rows
      .map((row) => ({ id: row.id, from: row.isNew ? null : (open.get(placeOf(row)) ?? null), to: row.to }))
      .filter(({ from, to }) => from !== to);
    if (steps.length === 0) return 0;
    await tx`
      insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
      select id, ${now}, "from", "to", 'system', case when "from" is null then 'Found by the rule' else 'Looked at again' end
      from jsonb_to_recordset(${JSON.stringify(steps)}::text::jsonb)
        as step(id text, "from" text, "to" text)`;
    const news = rows.filter((row) => row.isNew);
    await recordAudit(
      tx,
      [...Map.groupBy(news, (row) => row.ruleId)].map(([ruleId, { length: candidates }]) => ({
        at: now,
        actor: 'system',
        action: 'candidates.found' as const,
        integrationId,
        subject: ruleId,
        details: { candidates },
      })),
    );
    return news.length;
  });
  return { created };
}
