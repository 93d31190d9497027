import type { Sql } from '../../db/client.ts';
import { isOutOfCost } from './cost-exclusions.ts';
import { dayOf, termsInForce } from './entitlements.ts';
import { CONCERNS_USER, IS_FOR_USER } from './exclusions.ts';
import type { BlockerRecord, CandidateStatus } from '../../db/tables/reclamations.ts';
import type { UserRow } from '../../db/tables/rows.ts';
import { NOT_YET_TAKEN } from '../../policy/candidate-transitions.ts';
import type { SignFacts } from '../../policy/activity-signs.ts';
import type { Price } from '../../policy/savings.ts';
import { lastSignOf, signsDiffer } from './last-sign.ts';
import { joinLeft } from './offboardings.ts';
import { LAST_SIGN, RULE_IS_KNOWN, RULE_LOOKS_AT } from './rule-conditions.ts';
import type { SqlOrTx } from './writes.ts';
import { RETURNED_AT } from './returns.ts';
import { isWithin, type IdRange } from './id-ranges.ts';

/** Somebody who holds a license that a rule looks at, and what decides about them. */
export interface HolderRow
  extends
    Pick<
      UserRow,
      | 'status'
      | 'zoomUserId'
      | 'roleId'
      | 'loginTypes'
      | 'isRoom'
      | 'isServiceAccount'
      | 'zoomOneType'
      | 'planUnitedType'
      | 'nextEventAt'
      | 'activeDate'
    >,
    SignFacts,
    Price {
  userId: string;
  licenseId: string;
  licenseUniqueId: string;
  rolesKnown: boolean;
  activityKnownUntil: Date | null;
  /** When they left, as HR says; null: they are said to be here. */
  leftAt: Date | null;
  /** Since when the license is back by itself, unless somebody has acknowledged it; null: it is not. */
  returnedAt: Date | null;
}

/** Names `column as "camelCase"` of everything that decides about a user `u` of an account `ac` who holds a license `l`. */
export const PERSON_COLUMNS = `u.status, u.zoom_user_id as "zoomUserId", u.role_id as "roleId", u.login_types as "loginTypes",
  u.is_room as "isRoom", u.is_service_account as "isServiceAccount", u.zoom_one_type as "zoomOneType", u.plan_united_type as "planUnitedType",
  u.next_event_at as "nextEventAt", u.last_login_at as "lastLoginAt", u.last_sign_in_at as "lastSignInAt",
  u.last_meeting_created_at as "lastMeetingCreatedAt", u.last_long_meeting_hosted_at as "lastLongMeetingHostedAt",
  u.last_cloud_recording_at as "lastCloudRecordingAt", u.last_meeting_hosted_at as "lastMeetingHostedAt", u.last_meeting_joined_at as "lastMeetingJoinedAt",
  u.last_webinar_hosted_at as "lastWebinarHostedAt", u.active_date as "activeDate",
  ac.roles_known as "rolesKnown", ac.activity_known_until as "activityKnownUntil",
  ${RETURNED_AT} as "returnedAt"`;

/** SQL: does an exclusion `e` that holds at `now` keep user `u` or license `l` out of candidates? */
export function excludes(sql: Sql, now: Date) {
  return sql`
    e.deleted_at is null and (e.expires_at is null or e.expires_at > ${now}) and e.scope in ('CANDIDATES', 'BOTH')
    and ${sql.unsafe(IS_FOR_USER)} and (${sql.unsafe(CONCERNS_USER)} or e.license_id = l.id)`;
}

/** A rule as it is looked by: the first goes first. */
export interface LookedBy {
  id: string;
  integrationId: string;
  appliesTo: string | null;
  condition: Record<string, unknown> | null;
  signs: readonly string[] | null;
  /** Whose last sign is at or before it is inactive. */
  inactiveBefore: Date;
  /** Whose candidate was closed by a person, or given back, after it is left alone. */
  coolDownSince: Date;
}

/** A holder with the rules that look at them and call them inactive, those that go first before the others. */
export interface JudgedHolder extends HolderRow {
  accountId: string;
  /** That of the license. */
  placeId: string;
  type: UserRow['type'];
  ruleIds: string[];
  /** Rules that would find them, had not somebody closed their candidate or got the license back lately. */
  coolingRuleIds: string[];
  /** Exclusions that keep them out of candidates. */
  excludedBy: string[];
  /** Their open candidate; null: none. */
  openRuleId: string | null;
  openStatus: CandidateStatus | null;
  openBlockers: BlockerRecord[] | null;
}

/**
 * Holders of licenses who have left, or whose last sign that a rule counts (or creation, for those without any) is old enough,
 * with every rule that says so; without a price where they are kept out of cost. In order of user and license. One statement, for the
 * finder, the preview of a rule and what exclusions hide: `of` says whom to answer, all who may become candidates, all whom one
 * rule looks at, excluded or not, or all who would become candidates did these exclusions not hide them.
 *
 * @param places accounts; each rule looks at those of its integration. `provenIds` are the rules that what is known of the
 * account can prove, the others find only who has left; `types` are the kinds of users that the integration counts.
 * @param within only users with ids after the first and up to the second; all when absent.
 */
export async function inactiveHolders(
  sql: Sql,
  {
    places,
    rules,
    now,
    of,
    within = { after: null, until: null },
  }: {
    places: readonly { accountId: string; provenIds: readonly string[]; types: readonly string[] }[];
    rules: readonly LookedBy[];
    now: Date;
    of: 'FINDABLE' | { ruleId: string } | { hiddenBy: readonly string[] };
    within?: IdRange;
  },
): Promise<JudgedHolder[]> {
  const hasLeft = sql.unsafe(joinLeft(`'${now.toISOString()}'::timestamptz`));
  const isExcluded = sql`exists (select from exclusions e where ${excludes(sql, now)})`;
  const wanted =
    of === 'FINDABLE'
      ? sql`cardinality(f.rule_ids) > 0 and not ${isExcluded}`
      : 'ruleId' in of
        ? sql`${of.ruleId} = any(f.rule_ids || f.cooling_rule_ids)`
        : sql`cardinality(f.rule_ids) > 0 and exists (
            select from exclusions e where ${excludes(sql, now)} and e.id = any(${[...of.hiddenBy]}::text[]))`;
  return sql<JudgedHolder[]>`
    with rules as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rules.map((rule, rank) => ({ ...rule, rank })))}::text::jsonb) as new(
        id text, "integrationId" text, "appliesTo" text, condition jsonb, signs text[], "inactiveBefore" timestamptz, "coolDownSince" timestamptz, rank int
      )
    ), r as materialized (
      select id, "integrationId" as integration_id, "appliesTo" as applies_to, condition, signs, "inactiveBefore" as inactive_before,
        "coolDownSince" as cool_down_since, rank from rules
    ), matched as (
      select u.id as user_id, l.id as license_id, r.id as rule_id, r.rank,
        greatest(r.cool_down_since, hr.reported_at) as cool_down_since, hr.reported_at
      from jsonb_to_recordset(${JSON.stringify(places)}::text::jsonb) as place("accountId" text, "provenIds" jsonb, types jsonb)
      join licenses l on l.account_id = place."accountId" and l.managed
      -- The range is said of both, because PostgreSQL does not conclude it of one from the other.
      join license_assignments a on a.license_id = l.id ${isWithin(sql, 'a.user_id', within)}
      join users u on u.id = a.user_id and u.removed_at is null and place.types ? u.type ${isWithin(sql, 'u.id', within)}
      join r on r.integration_id = l.integration_id
      ${hasLeft}
      where ${sql.unsafe(RULE_LOOKS_AT)} and (hr.id is not null or (place."provenIds" ? r.id
        and coalesce(${sql.unsafe(LAST_SIGN)}, u.active_date) <= r.inactive_before
        -- Who came from another account of the tree has left their signs there.
        and not exists (
          select from users o
          where o.email = u.email and o.integration_id = u.integration_id and o.account_id <> u.account_id
            and ${sql.unsafe(lastSignOf('r.signs', 'o'))} > r.inactive_before
        )))
    ), found as (
      select m.user_id, m.license_id,
        coalesce(array_agg(m.rule_id order by m.rank) filter (where not m.is_cooling), '{}') as rule_ids,
        coalesce(array_agg(m.rule_id order by m.rank) filter (where m.is_cooling), '{}') as cooling_rule_ids
      from (
        select m.*, exists (
          select from reclamation_candidates c where c.user_id = m.user_id and c.license_id = m.license_id
            and (greatest(c.dismissed_at, c.restored_at) > m.cool_down_since
              or (c.kept_until > ${now} and c.closed_at > coalesce(m.reported_at, '-infinity')))
        ) as is_cooling from matched m
      ) m group by m.user_id, m.license_id
    )
    select u.id as "userId", u.account_id as "accountId", l.account_id as "placeId", u.type, l.id as "licenseId", l.unique_id as "licenseUniqueId",
      hr.left_at as "leftAt", ${sql.unsafe(PERSON_COLUMNS)},
      t.cost, t.currency, t.payment_frequency as "paymentFrequency", t.effective_date::text as "effectiveDate",
      t.expiration_date::text as "expirationDate", f.rule_ids as "ruleIds", f.cooling_rule_ids as "coolingRuleIds",
      array(select e.id from exclusions e where ${excludes(sql, now)} order by e.id) as "excludedBy",
      o.rule_id as "openRuleId", o.status as "openStatus", o.blockers as "openBlockers"
    from found f
    join users u on u.id = f.user_id
    join licenses l on l.id = f.license_id
    join accounts ac on ac.id = u.account_id
    ${hasLeft}
    left join reclamation_candidates o on o.user_id = u.id and o.license_id = l.id and o.closed_at is null
    left join ${sql.unsafe(termsInForce(`'${dayOf(now)}'::date`))} t
      on t.license_id = l.id and not ${sql.unsafe(isOutOfCost(`'${now.toISOString()}'::timestamptz`))}
    where ${wanted}
    order by u.id, l.id`;
}

/** Why a candidate is closed whose rule a newer version has saved: who it means can't be told here. */
const NOT_KNOWN = 'The rule has conditions that this version does not know';

/**
 * Closes open candidates that no longer hold, unless somebody is acting on them: canceled when the user became active
 * by a sign that counts, skipped when nobody says any more that the user has left, when the license is gone or not managed, or the user has left, is excluded, is no longer counted, or is none that the rule as
 * it is now would find. One statement for any number of accounts of one integration, and a row of history each.
 */
export async function closeOutdatedCandidates(
  sql: Sql,
  accountIds: readonly string[],
  { inactiveBefore, types, now }: { inactiveBefore: Date; types: readonly string[]; now: Date },
): Promise<void> {
  await sql`
    with judged as (
      select c.id, c.status,
        case
          when u.id is null or u.removed_at is not null then 'The user has left the account'
          when not exists (select from license_assignments a where a.user_id = c.user_id and a.license_id = c.license_id)
            then 'The user no longer holds the license'
          when not l.managed then 'The license is not managed'
          when u.type <> all(${[...types]}::text[]) then 'The integration no longer counts this kind of user'
          when u.kind <> 'PERSON' then 'Not a person'
          when exists (select from exclusions e where ${excludes(sql, now)}) then 'The user or the license is excluded'
          when r.deleted_at is not null or not r.enabled then 'The rule is switched off'
          when not ${sql.unsafe(RULE_IS_KNOWN)} then ${NOT_KNOWN}
          when not (${sql.unsafe(RULE_LOOKS_AT)}) then 'The rule no longer looks at this user'
          when c.reason = 'OFFBOARDED' and hr.id is null then 'No longer reported as having left'
          -- Whom the rule still finds was found again just now, by the signs of today.
          when ${sql.unsafe(signsDiffer('r.signs', 'c.evidence'))} then 'The rule counts other signs now'
          when c.reason <> 'OFFBOARDED' and s.last_sign is not distinct from c.last_activity_at
            and coalesce(s.last_sign, u.active_date) > ${now}::timestamptz - make_interval(days => r.inactivity_threshold_days + 3)
            then 'The rule asks for more days now'
        end as skipped,
        (s.last_sign > coalesce(c.last_activity_at, '-infinity')
          and s.last_sign > least(${inactiveBefore}::timestamptz, ${now}::timestamptz - make_interval(days => r.inactivity_threshold_days + 3)))
          as "isActive"
      from reclamation_candidates c
      join reclamation_rules r on r.id = c.rule_id
      left join users u on u.id = c.user_id
      left join licenses l on l.id = c.license_id
      ${sql.unsafe(joinLeft(`'${now.toISOString()}'::timestamptz`))}
      left join lateral (select ${sql.unsafe(LAST_SIGN)} as last_sign) s on true
      where c.closed_at is null and c.status = any(${[...NOT_YET_TAKEN]}::text[]) and (u.id is null or u.account_id = any(${[...accountIds]}::text[]))
        and c.integration_id = (select integration_id from accounts where id = any(${[...accountIds]}::text[]) limit 1)
    ), closed as (
      update reclamation_candidates c set closed_at = ${now},
        status = case when judged.skipped is null then 'CLOSED_CANCELED' else 'CLOSED_SKIPPED' end
      from judged where judged.id = c.id and (judged.skipped is not null or judged."isActive")
        -- Looked at once more where somebody else wrote meanwhile: who is being taken by now is left to whoever takes.
        and c.closed_at is null and c.status = judged.status
      returning c.id, judged.status as "from", c.status as "to", coalesce(judged.skipped, 'The user became active again') as note
    )
    insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
    select id, ${now}, "from", "to", 'system', note from closed`;
}

/**
 * Judges the open candidates of one rule by the rule as it is now, without looking for others: those that it would not find
 * are closed as skipped, unless they are being taken right now, the others get its action, unless their user was asked
 * already. Two statements.
 *
 * @returns how many were closed.
 */
export async function rejudgeCandidates(
  tx: SqlOrTx,
  ruleId: string,
  { by, now }: { by: string; now: Date },
): Promise<number> {
  const closed = await tx`
    with judged as (
      select c.id, c.status, case
          when not r.enabled then 'The rule is switched off'
          when not ${tx.unsafe(RULE_IS_KNOWN)} then ${NOT_KNOWN}
          when not (${tx.unsafe(RULE_LOOKS_AT)}) then 'The rule no longer looks at this user'
          when c.reason <> 'OFFBOARDED' and coalesce(${tx.unsafe(LAST_SIGN)}, u.active_date) > ${now}::timestamptz - make_interval(days => r.inactivity_threshold_days + 3)
            then 'The rule as it is now does not call this user inactive'
        end as skipped
      from reclamation_candidates c
      join reclamation_rules r on r.id = c.rule_id
      join users u on u.id = c.user_id
      join licenses l on l.id = c.license_id
      where c.rule_id = ${ruleId} and c.closed_at is null and c.status = any(${[...NOT_YET_TAKEN]}::text[])
      order by c.id for update of c
    ), closed as (
      update reclamation_candidates c set closed_at = ${now}, status = 'CLOSED_SKIPPED'
      from judged where judged.id = c.id and judged.skipped is not null
      returning c.id, judged.status as was, judged.skipped
    )
    insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
    select id, ${now}, was, 'CLOSED_SKIPPED', ${by}, skipped from closed returning seq`;
  await tx`
    update reclamation_candidates c set action = r.action from reclamation_rules r
    where r.id = ${ruleId} and c.rule_id = r.id and c.closed_at is null and c.action <> r.action
      and c.status in ('READY', 'ATTENTION_REQUIRED')`;
  return closed.length;
}
