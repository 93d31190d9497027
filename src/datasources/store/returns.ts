import type { Sql } from '../../db/client.ts';
import { reclamationCandidates } from '../../db/tables/index.ts';
import type { CandidateRow } from '../../db/tables/rows.ts';
import type { ReturnFacts } from '../../policy/boomerang.ts';
import { recordAudit } from './audit.ts';
import { manyByKey, oneByKey, readerOf } from './batch.ts';
import type { RosterPlace } from './roster.ts';
import type { SqlOrTx } from './writes.ts';

/**
 * Notes of candidates whose license was taken, confirmed by Zoom, that its user holds it again although nobody of ours gave
 * it back. To be called after assignments were brought up to date, of the account or of `userIds` alone. One statement and
 * a row of history each.
 *
 * @param told.operator who did it, when the webhook says so
 */
export async function noteReturns(
  tx: SqlOrTx,
  place: RosterPlace,
  now: Date,
  told: { userIds: readonly string[]; operator: string | null } | null = null,
): Promise<void> {
  const only = told === null ? tx`` : tx`and c.user_id = any(${[...told.userIds]}::text[])`;
  const rows = await tx<{ id: string; userId: string; licenseId: string; ruleId: string }[]>`
    with back as (
      update reclamation_candidates c set returned_at = ${now}, returned_operator = ${told?.operator ?? null}
      from users u, license_assignments a
      where c.integration_id = ${place.integrationId} and c.status = 'CLOSED_COMPLETE' and c.restored_at is null
        and c.returned_at is null and u.id = c.user_id and u.account_id = ${place.accountId} and u.removed_at is null
        and a.user_id = c.user_id and a.license_id = c.license_id and a.since > c.closed_at ${only}
        and exists (select from reclamation_items i where i.candidate_id = c.id and i.status = 'CONFIRMED')
        -- A restore that gave back only a part is ours all the same.
        and not exists (
          select from reclamation_items i
          where i.candidate_id = c.id and i.restores_item_id is not null and i.sent_at is not null
        )
      returning c.id, c.user_id, c.license_id, c.rule_id
    ), told as (
      insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
      select id, ${now}, 'CLOSED_COMPLETE', 'CLOSED_COMPLETE', 'system', 'The user holds the license again, without a restore'
      from back
    )
    select id, user_id as "userId", license_id as "licenseId", rule_id as "ruleId" from back order by id`;
  await recordAudit(
    tx,
    rows.map(({ id, userId, licenseId, ruleId }) => ({
      at: now,
      actor: 'system',
      action: 'license.returned',
      integrationId: place.integrationId,
      subject: userId,
      details: { candidateId: id, licenseId, ruleId },
    })),
  );
}

/** SQL: since when license `l` has been back with user `u` without anybody having said that this is mended; null: it is not. */
export const RETURNED_AT = `(select max(b.returned_at) from reclamation_candidates b
  where b.user_id = u.id and b.license_id = l.id and b.return_acknowledged_at is null)`;

/** An address in the words of an operation log stands alone there: between what no address goes on with. */
const NAMES_USER = `l.detail ~* ('(^|[^a-z0-9._%+-])' || regexp_replace(u.email, '([.+*?^$(){}|\\[\\]\\\\])', '\\\\\\1', 'g') || '([^a-z0-9.-]|[.]?$|[.][^a-z0-9])')`;

/** Words by which an operation log tells of licenses. */
const ABOUT_LICENSES = `l.detail ~* 'licen|type|bundle|plan|webinar|large|capacity|activate'`;

/**
 * What is known of how each license came back; null of a candidate whose license did not. The operation log counts from
 * when it was taken until it was seen again, the last entry first, and not the entry that our own taking left.
 */
export async function returnFacts(sql: Sql, candidateIds: readonly string[]): Promise<(ReturnFacts | null)[]> {
  const rows = await sql<(ReturnFacts & { id: string })[]>`
    select c.id, c.returned_at as "returnedAt", coalesce(nullif(c.returned_operator, u.email), log.operator) as operator,
      nullif(c.returned_operator, u.email) is null and not coalesce(log.is_about_licenses, false) as "isVague",
      u.login_types as "loginTypes",
      coalesce(greatest(u.last_login_at, u.last_sign_in_at) > c.closed_at - interval '1 day', false) as "hasSignedIn"
    from reclamation_candidates c
    left join users u on u.id = c.user_id
    left join integrations g on g.id = c.integration_id
    left join lateral (
      select l.operator, ${sql.unsafe(ABOUT_LICENSES)} as is_about_licenses from operation_logs l
      where l.account_id = u.account_id and l.at >= c.closed_at - interval '1 minute'
        and l.at <= c.returned_at + interval '1 minute' and lower(l.operator) <> u.email
        and (l.at > c.closed_at + interval '1 minute' or lower(l.operator) is distinct from g.authorized_email)
        and ${sql.unsafe(NAMES_USER)}
      order by 2 desc, l.at desc limit 1
    ) log on true
    where c.id = any(${[...candidateIds]}::text[]) and c.returned_at is not null`;
  return oneByKey(candidateIds, rows, (row) => row.id);
}

/** Candidates whose license came back, of each user, the newest return first. */
export async function returnsByUserIds(sql: Sql, userIds: readonly string[]): Promise<CandidateRow[][]> {
  const rows = await sql<CandidateRow[]>`
    select ${sql.unsafe(readerOf(reclamationCandidates).columns)} from reclamation_candidates t
    where t.user_id = any(${[...userIds]}::text[]) and t.returned_at is not null order by t.returned_at desc, t.id desc`;
  return manyByKey(userIds, rows, (row) => row.userId);
}

/** How many licenses that each rule found were taken, confirmed, and how many of those came back by themselves. */
export interface RuleReturns {
  taken: number;
  returned: number;
}

export async function returnsByRuleIds(sql: Sql, ruleIds: readonly string[]): Promise<RuleReturns[]> {
  const rows = await sql<(RuleReturns & { id: string })[]>`
    select rule_id as id, count(*)::int as taken, count(returned_at)::int as returned from reclamation_candidates
    where rule_id = any(${[...ruleIds]}::text[]) and status = 'CLOSED_COMPLETE' group by rule_id`;
  return oneByKey(ruleIds, rows, (row) => row.id).map((row) => row ?? { taken: 0, returned: 0 });
}

/** A candidate whose user's license came back, and how many such returns nobody has acknowledged. */
export interface ReturnToAcknowledge {
  id: string;
  integrationId: string;
  userId: string;
  licenseId: string;
  open: number;
}

/** The candidates with these ids, whether the return is their own or that of an earlier one of the same license. */
export async function returnsToAcknowledge(tx: SqlOrTx, ids: readonly string[]): Promise<ReturnToAcknowledge[]> {
  return tx<ReturnToAcknowledge[]>`
    select c.id, c.integration_id as "integrationId", c.user_id as "userId", c.license_id as "licenseId", (
        select count(*)::int from reclamation_candidates b
        where b.user_id = c.user_id and b.license_id = c.license_id and b.returned_at is not null
          and b.return_acknowledged_at is null
      ) as open
    from reclamation_candidates c where c.id = any(${[...ids]}::text[]) order by c.id for update of c`;
}

/**
 * Notes that somebody has mended why these licenses came back: open candidates of the same user and license lose that
 * blocker, and are ready when it was the only one. Two statements.
 */
export async function acknowledge(
  tx: SqlOrTx,
  which: readonly Pick<ReturnToAcknowledge, 'userId' | 'licenseId'>[],
  { by, note, now }: { by: string; note: string; now: Date },
): Promise<void> {
  const pairs = tx`(
    select "userId" as user_id, "licenseId" as license_id
    from jsonb_to_recordset(${JSON.stringify(which)}::text::jsonb) as p("userId" text, "licenseId" text)
  )`;
  await tx`
    update reclamation_candidates c set return_acknowledged_at = ${now}, return_acknowledged_by = ${by}
    where (c.user_id, c.license_id) in ${pairs} and c.returned_at is not null and c.return_acknowledged_at is null`;
  await tx`
    with old as (
      select c.id, c.status, (
          select coalesce(jsonb_agg(b order by place), '[]') from jsonb_array_elements(c.blockers) with ordinality e(b, place)
          where b ->> 'code' <> 'BOOMERANG'
        ) as blockers
      from reclamation_candidates c
      where (c.user_id, c.license_id) in ${pairs} and c.closed_at is null and c.status in ('READY', 'ATTENTION_REQUIRED')
        and c.blockers @> '[{"code":"BOOMERANG"}]' for update
    ), freed as (
      update reclamation_candidates c set blockers = old.blockers,
        status = case when old.blockers = '[]' then 'READY' else c.status end
      from old where old.id = c.id returning c.id, old.status as was, c.status
    )
    insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
    select id, ${now}, was, status, ${by}, ${note} from freed`;
}
