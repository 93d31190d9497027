import type { Sql } from '../../db/client.ts';
import { recordAudit } from './audit.ts';
import { isOutOfCost } from './cost-exclusions.ts';
import { dayOf, termsInForce } from './entitlements.ts';
import { CONCERNS_USER, IS_FOR_USER } from './exclusions.ts';
import { newId } from '../../db/id.ts';
import type { BlockerRecord, CandidateStatus, EvidenceRecord } from '../../db/tables/reclamations.ts';
import type { CandidateRow, RuleRow, UserRow } from '../../db/tables/rows.ts';
import { NOT_YET_TAKEN } from '../../policy/candidate-transitions.ts';
import type { SignFacts } from '../../policy/activity-signs.ts';
import type { Price } from '../../policy/savings.ts';
import { lastSignOf, signsDiffer } from './last-sign.ts';
import { joinLeft } from './offboardings.ts';

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
}

/** Names `column as "camelCase"` of everything that decides about a user `u` of an account `ac`. */
export const PERSON_COLUMNS = `u.status, u.zoom_user_id as "zoomUserId", u.role_id as "roleId", u.login_types as "loginTypes",
  u.is_room as "isRoom", u.is_service_account as "isServiceAccount", u.zoom_one_type as "zoomOneType", u.plan_united_type as "planUnitedType",
  u.next_event_at as "nextEventAt", u.last_login_at as "lastLoginAt", u.last_sign_in_at as "lastSignInAt",
  u.last_meeting_created_at as "lastMeetingCreatedAt", u.last_long_meeting_hosted_at as "lastLongMeetingHostedAt",
  u.last_cloud_recording_at as "lastCloudRecordingAt", u.last_meeting_hosted_at as "lastMeetingHostedAt", u.last_meeting_joined_at as "lastMeetingJoinedAt",
  u.last_webinar_hosted_at as "lastWebinarHostedAt", u.active_date as "activeDate",
  ac.roles_known as "rolesKnown", ac.activity_known_until as "activityKnownUntil"`;

/** SQL: does an exclusion `e` that holds at `now` keep user `u` or license `l` out of candidates? */
export function excludes(sql: Sql, now: Date) {
  return sql`
    e.deleted_at is null and (e.expires_at is null or e.expires_at > ${now}) and e.scope in ('CANDIDATES', 'BOTH')
    and ${sql.unsafe(IS_FOR_USER)} and (${sql.unsafe(CONCERNS_USER)} or e.license_id = l.id)`;
}

/** SQL: when a sign that rule `r` counts was last seen of user `u`. */
const LAST_SIGN = lastSignOf('r.signs');

/** SQL: does rule `r` look at user `u` who holds license `l`, whenever they were last seen? */
const RULE_LOOKS_AT = `
  case when r.applies_to is null then l.category = 'BASE' and u.type in ('LICENSED', 'ON_PREM')
    else l.unique_id = r.applies_to end
  and (jsonb_typeof(r.condition -> 'departments') is distinct from 'array'
    or coalesce(r.condition -> 'departments' ? u.department, false))
  and (jsonb_typeof(r.condition -> 'groupIds') is distinct from 'array'
    or exists (select from groups g where r.condition -> 'groupIds' ? g.id and g.zoom_group_id = any(u.group_ids)))
  and (r.condition ->> 'neverActiveOnly' is distinct from 'true' or (${LAST_SIGN}) is null)`;

/**
 * Holders of the licenses that a rule looks at who have left, or whose last sign that it counts (or creation, for those without any) is
 * at or before `inactiveBefore` (`onlyLeft`: only who has left); without a price where they are kept out of cost. Without those who are excluded, whose candidate a person closed or whose license was given back after
 * `coolDownSince`. In order of user, after `afterUserId`, at most `limit`.
 */
export async function inactiveHolders(
  sql: Sql,
  rule: RuleRow,
  {
    accountId,
    types,
    inactiveBefore,
    onlyLeft = false,
    coolDownSince,
    now,
    afterUserId,
    limit,
  }: {
    accountId: string;
    types: readonly string[];
    inactiveBefore: Date;
    onlyLeft?: boolean;
    coolDownSince: Date;
    now: Date;
    afterUserId: string;
    limit: number;
  },
): Promise<HolderRow[]> {
  return sql<HolderRow[]>`
    select u.id as "userId", l.id as "licenseId", l.unique_id as "licenseUniqueId", hr.left_at as "leftAt", ${sql.unsafe(PERSON_COLUMNS)},
      t.cost, t.currency, t.payment_frequency as "paymentFrequency", t.effective_date::text as "effectiveDate",
      t.expiration_date::text as "expirationDate"
    from license_assignments a
    join licenses l on l.id = a.license_id
    join users u on u.id = a.user_id
    join accounts ac on ac.id = u.account_id
    join reclamation_rules r on r.id = ${rule.id}
    ${sql.unsafe(joinLeft(`'${now.toISOString()}'::timestamptz`))}
    left join ${sql.unsafe(termsInForce(`'${dayOf(now)}'::date`))} t
      on t.license_id = l.id and not ${sql.unsafe(isOutOfCost(`'${now.toISOString()}'::timestamptz`))}
    where l.account_id = ${accountId} and l.managed and u.removed_at is null and u.id > ${afterUserId}
      and ${sql.unsafe(RULE_LOOKS_AT)}
      and u.type = any(${[...types]}::text[])
      and not exists (select from exclusions e where ${excludes(sql, now)})
      and (hr.id is not null or (not ${onlyLeft} and coalesce(${sql.unsafe(LAST_SIGN)}, u.active_date) <= ${inactiveBefore}
        -- Who came from another account of the tree has left their signs there.
        and not exists (
          select from users o
          where o.email = u.email and o.integration_id = u.integration_id and o.account_id <> u.account_id
            and ${sql.unsafe(lastSignOf('r.signs', 'o'))} > ${inactiveBefore}
        )))
      and not exists (
        select from reclamation_candidates c
        where c.user_id = u.id and c.license_id = l.id and (
          greatest(c.dismissed_at, c.restored_at) > greatest(${coolDownSince}, hr.reported_at)
          or (c.kept_until > ${now} and c.closed_at > coalesce(hr.reported_at, '-infinity'))
        )
      )
    order by u.id limit ${limit}`;
}

export interface FoundCandidate {
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
}

/**
 * Writes what was found: new candidates begin, open ones are brought up to date unless somebody is already acting on
 * them. Answers the ids of the new ones. Two statements.
 */
export async function saveCandidates(
  sql: Sql,
  rule: RuleRow,
  found: readonly FoundCandidate[],
  now: Date,
): Promise<{ created: number }> {
  if (found.length === 0) return { created: 0 };
  const json = JSON.stringify(found.map((candidate) => ({ ...candidate, id: newId('can', now.getTime()) })));
  const created = await sql.begin(async (tx) => {
    const rows = await tx<{ id: string; isNew: boolean; from: string; to: string }[]>`
      with old as (
        select id, user_id, license_id, status from reclamation_candidates
        where closed_at is null and integration_id = ${rule.integrationId}
      )
      insert into reclamation_candidates as c (id, integration_id, user_id, license_id, rule_id, action, reason, status,
        inactive_days, last_activity_at, evidence, blockers, savings_amount, savings_currency, detected_at, not_before)
      select id, ${rule.integrationId}, "userId", "licenseId", ${rule.id}, action, reason, status, "inactiveDays",
        "lastActivityAt", evidence, blockers, "savingsAmount", "savingsCurrency", ${now}, "notBefore"
      from jsonb_to_recordset(${json}::text::jsonb) as new(
        id text, "userId" text, "licenseId" text, action text, reason text, status text, "inactiveDays" int,
        "lastActivityAt" timestamptz, evidence jsonb, blockers jsonb, "savingsAmount" numeric, "savingsCurrency" text,
        "notBefore" timestamptz
      )
      on conflict (user_id, license_id) where closed_at is null do update set
        rule_id = excluded.rule_id, action = excluded.action, reason = excluded.reason, status = excluded.status,
        inactive_days = excluded.inactive_days, last_activity_at = excluded.last_activity_at,
        evidence = excluded.evidence, blockers = excluded.blockers, savings_amount = excluded.savings_amount,
        savings_currency = excluded.savings_currency, not_before = excluded.not_before
      where c.status in ('READY', 'ATTENTION_REQUIRED')
      returning c.id, (xmax = 0) as "isNew", (select old.status from old where old.id = c.id) as "from", c.status as "to"`;
    await tx`
      insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
      select id, ${now}, "from", "to", 'system', case when "from" is null then 'Found by the rule' else 'Looked at again' end
      from jsonb_to_recordset(${JSON.stringify(rows.filter((row) => row.isNew || row.from !== row.to))}::text::jsonb)
        as step(id text, "from" text, "to" text)`;
    const found = rows.filter((row) => row.isNew).length;
    if (found > 0) {
      await recordAudit(tx, [
        {
          at: now,
          actor: 'system',
          action: 'candidates.found',
          integrationId: rule.integrationId,
          subject: rule.id,
          details: { candidates: found },
        },
      ]);
    }
    return found;
  });
  return { created };
}

/**
 * Closes open candidates that no longer hold, unless somebody is acting on them: canceled when the user became active
 * by a sign that counts, skipped when nobody says any more that the user has left, when the license is gone or not managed, or the user has left, is excluded, is no longer counted, or is none that the rule as
 * it is now would find. One statement and a row of history each.
 */
export async function closeOutdatedCandidates(
  sql: Sql,
  accountId: string,
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
      where c.closed_at is null and c.status = any(${[...NOT_YET_TAKEN]}::text[]) and (u.id is null or u.account_id = ${accountId})
        and c.integration_id = (select integration_id from accounts where id = ${accountId})
    ), closed as (
      update reclamation_candidates c set closed_at = ${now},
        status = case when judged.skipped is null then 'CLOSED_CANCELED' else 'CLOSED_SKIPPED' end
      from judged where judged.id = c.id and (judged.skipped is not null or judged."isActive")
      returning c.id, judged.status as "from", c.status as "to", coalesce(judged.skipped, 'The user became active again') as note
    )
    insert into candidate_events (candidate_id, at, from_status, to_status, by, note)
    select id, ${now}, "from", "to", 'system', note from closed`;
}
