import type { Sql } from '../../db/client.ts';
import type { EvidenceRecord, PlanFacts } from '../../db/tables/reclamations.ts';
import type { Amount, Price } from '../../policy/savings.ts';
import { manyByKey } from './batch.ts';
import { isOutOfCost } from './cost-exclusions.ts';
import { dayOf, termsInForce } from './entitlements.ts';
import { lastSignOf } from './last-sign.ts';
import { SIGNS } from './planned-candidates.ts';
import type { SqlOrTx as Tx } from './writes.ts';

/** Everything that a plan says of the user of a candidate. */
export interface SubjectRow extends Price {
  candidateId: string;
  reason: string;
  rule: string;
  inactiveDays: number;
  lastActivityAt: Date | null;
  evidence: EvidenceRecord;
  license: string;
  licenses: string[];
  loginTypes: number[] | null;
  features: Record<string, unknown> | null;
  cloudRecordings: number;
  facts: PlanFacts;
}

const ISO = `'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** SQL: what a plan rests on, of the user `u` and the open candidate `c`. */
const FACTS = `json_build_object('status', u.status, 'type', u.type, 'email', u.email,
  'licenses', (select string_agg(h.unique_id, ' ' order by h.unique_id) from license_assignments a join licenses h on h.id = a.license_id where a.user_id = u.id),
  'lastSignAt', to_char((${lastSignOf(SIGNS)}) at time zone 'UTC', ${ISO}),
  'candidate', case when c.closed_at is not null then 'closed' else 'open' end)`;

/** What plans say of these candidates; unknown ones are left out. One statement. */
export async function planSubjects(tx: Tx, candidateIds: readonly string[], now: Date): Promise<SubjectRow[]> {
  const sql = tx as Sql;
  return sql<SubjectRow[]>`
    select c.id as "candidateId", c.reason, coalesce(r.name, '') as rule, c.inactive_days as "inactiveDays",
      c.last_activity_at as "lastActivityAt", c.evidence, coalesce(l.name, l.unique_id, '') as license,
      array(select coalesce(h.name, h.unique_id) from license_assignments a join licenses h on h.id = a.license_id
        where a.user_id = u.id order by h.category, h.unique_id) as licenses,
      u.login_types as "loginTypes", u.features, coalesce(u.cloud_recordings, 0) as "cloudRecordings",
      t.cost, t.currency, t.payment_frequency as "paymentFrequency", t.effective_date::text as "effectiveDate",
      t.expiration_date::text as "expirationDate", ${sql.unsafe(FACTS)} as facts
    from reclamation_candidates c
    left join users u on u.id = c.user_id
    left join licenses l on l.id = c.license_id
    left join reclamation_rules r on r.id = c.rule_id
    left join ${sql.unsafe(termsInForce(`'${dayOf(now)}'::date`))} t
      on t.license_id = l.id and not ${sql.unsafe(isOutOfCost(`'${now.toISOString()}'::timestamptz`))}
    where c.id = any(${[...candidateIds]}::text[])`;
}

/** An item of a plan whose facts are others now. */
export interface StaleFacts {
  itemId: string;
  userId: string;
  then: PlanFacts;
  now: PlanFacts | null;
}

/** Items of plans, by plan, of whom something else is known now than when the plan was made. One statement. */
export async function staleItems(tx: Tx, reclamationIds: readonly string[]): Promise<StaleFacts[][]> {
  const sql = tx as Sql;
  const rows = await sql<(StaleFacts & { reclamationId: string })[]>`
    select * from (
      select i.reclamation_id as "reclamationId", i.id as "itemId", i.user_id as "userId", i.plan -> 'facts' as "then",
        case when u.id is not null then (${sql.unsafe(FACTS)})::jsonb end as now
      from reclamation_items i
      left join reclamation_candidates c on c.id = i.candidate_id
      left join users u on u.id = i.user_id and u.removed_at is null
      left join reclamation_rules r on r.id = c.rule_id
      where i.reclamation_id = any(${[...reclamationIds]}::text[]) and i.status = 'PLANNED' and i.plan is not null
      order by i.position
    ) s where s."then" is distinct from s.now`;
  return manyByKey(reclamationIds, rows, (row) => row.reclamationId);
}

/** What the planned items of reclamations save a year together, one amount a currency. One statement. */
export async function plannedSavings(sql: Sql, reclamationIds: readonly string[]): Promise<Amount[][]> {
  const rows = await sql<(Amount & { reclamationId: string })[]>`
    select reclamation_id as "reclamationId", plan ->> 'savingsCurrency' as currency,
      sum((plan ->> 'savingsAmount')::numeric)::text as amount
    from reclamation_items
    where reclamation_id = any(${[...reclamationIds]}::text[]) and status not in ('SKIPPED', 'FAILED')
      and plan ->> 'savingsAmount' is not null
    group by 1, 2 order by 2`;
  return manyByKey(reclamationIds, rows, (row) => row.reclamationId);
}
