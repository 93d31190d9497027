import type { Sql } from '../../db/client.ts';
import type { BeforeImage } from '../../db/tables/reclamations.ts';
import type { HoldingEvent, OwnedDay } from '../../policy/freed-seats.ts';
import { isOutOfCost } from './cost-exclusions.ts';

/** One item that took a license back, confirmed by Zoom, whether it was given back since or not. */
export interface TakenItem {
  itemId: string;
  candidateId: string;
  userId: string;
  accountId: string;
  licenseId: string;
  /** Null when the license is gone. */
  uniqueId: string | null;
  isBase: boolean;
  savingsAmount: string | null;
  savingsCurrency: string | null;
  freedAt: Date;
  restoredAt: Date | null;
  before: BeforeImage | null;
  /** Licenses that the user held right before the write and right after it, by the history; null where it has none. */
  heldBefore: string[] | null;
  heldAfter: string[] | null;
}

/** Everything that an integration took back, dry runs left out, in the order in which it was freed. */
export async function takenItems(sql: Sql, integrationId: string): Promise<TakenItem[]> {
  return sql<TakenItem[]>`
    select i.id as "itemId", i.candidate_id as "candidateId", i.user_id as "userId",
      coalesce(u.account_id, l.account_id, '') as "accountId", c.license_id as "licenseId", l.unique_id as "uniqueId",
      coalesce(l.category = 'BASE', false) as "isBase",
      c.savings_amount as "savingsAmount", c.savings_currency as "savingsCurrency", f.at as "freedAt",
      case when i.status = 'RESTORED' then i.at end as "restoredAt", i.before,
      b.licenses as "heldBefore", a.licenses as "heldAfter"
    from reclamation_items i
    join reclamations r on r.id = i.reclamation_id and r.kind = 'RECLAIM' and not r.dry_run
    join reclamation_candidates c on c.id = i.candidate_id
    left join users u on u.id = i.user_id
    left join licenses l on l.id = c.license_id
    -- A restore moves the item on, so when it was confirmed is what its candidate's history says.
    cross join lateral (
      select case when i.status = 'CONFIRMED' then i.at else coalesce((
        select max(e.at) from candidate_events e
        where e.candidate_id = i.candidate_id and e.to_status = 'CLOSED_COMPLETE' and e.at <= i.at
      ), i.sent_at, i.at) end as at
    ) f
    left join lateral (
      select h.licenses from user_history h
      where h.user_id = i.user_id and h.valid_from <= least(i.sent_at, f.at - interval '1 millisecond')
      order by h.valid_from desc, h.seq desc limit 1
    ) b on true
    left join lateral (
      select h.licenses from user_history h
      where h.user_id = i.user_id and h.valid_from <= f.at and (h.valid_to is null or h.valid_to > f.at)
      order by h.valid_from desc, h.seq desc limit 1
    ) a on true
    where i.integration_id = ${integrationId} and i.status in ('CONFIRMED', 'RESTORED')
    order by f.at, i.id`;
}

/** A license of which seats were freed, and when the first of them was. */
export interface FreedLicense {
  licenseId: string;
  accountId: string;
  uniqueId: string;
  /** Is it the license that makes a user what they are? */
  isBase: boolean;
  since: Date;
}

/** Who held a license at the start, as a number, and who began and ceased to hold it since. */
export interface LicenseStory {
  heldBefore: number;
  events: HoldingEvent[];
}

/** The story of each license since its first seat was freed, by its id: one statement, by the history of users. */
export async function licenseStories(sql: Sql, freed: readonly FreedLicense[]): Promise<Map<string, LicenseStory>> {
  const stories = new Map<string, LicenseStory>(
    freed.map(({ licenseId }) => [licenseId, { heldBefore: 0, events: [] }]),
  );
  const rows = await sql<
    { licenseId: string; kind: 'START' | HoldingEvent['kind']; at: Date; userId: string; count: number }[]
  >`
    with wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(freed)}::text::jsonb)
        as w("licenseId" text, "accountId" text, "uniqueId" text, "isBase" boolean, since timestamptz)
    ), step as materialized (
      select w."licenseId", w.since, h.user_id, h.valid_from, h.valid_to, w."uniqueId" = any(h.licenses) as holds,
        -- A base license comes with another type or status; where both stay, somebody only said what the type stands for.
        w."isBase" and lag(h.valid_to) over story = h.valid_from and lag(h.status) over story = h.status
          and lag(h.type_code) over story is not distinct from h.type_code as is_recount,
        lag(h.valid_to) over story as before_to, lag(w."uniqueId" = any(h.licenses)) over story as held_before,
        lead(h.valid_from) over story as after_from, lead(w."uniqueId" = any(h.licenses)) over story as holds_after
      from wanted w join users u on u.account_id = w."accountId" join user_history h on h.user_id = u.id
      window story as (partition by w."licenseId", h.user_id order by h.valid_from, h.seq)
    )
    select "licenseId", 'START' as kind, since as at, '' as "userId", count(*)::int as count from step
    where holds and valid_from < since and (valid_to is null or valid_to >= since) group by 1, 3
    union all
    select "licenseId", case when is_recount then 'COUNTED' else 'HELD' end, valid_from, user_id, 1 from step
    where holds and valid_from >= since and (held_before and before_to = valid_from) is not true
    union all
    select "licenseId", 'LET_GO', valid_to, user_id, 1 from step
    where holds and valid_to >= since and (holds_after and after_from = valid_to) is not true`;
  for (const { licenseId, kind, at, userId, count } of rows) {
    const story = stories.get(licenseId);
    if (story === undefined) continue;
    if (kind === 'START') story.heldBefore = count;
    else story.events.push({ at, userId, kind });
  }
  return stories;
}

/** What was owned of each license, by its id, oldest day first. Days between two that say the same are left out. */
export async function ownedDays(sql: Sql, licenseIds: readonly string[]): Promise<Map<string, OwnedDay[]>> {
  const rows = await sql<(OwnedDay & { licenseId: string })[]>`
    select license_id as "licenseId", day::text as day, owned from (
      select license_id, day, owned,
        lag(owned) over story is not distinct from owned and lead(owned) over story is not distinct from owned
          and lag(day) over story is not null and lead(day) over story is not null as is_between
      from license_days where license_id = any(${[...licenseIds]}::text[])
      window story as (partition by license_id order by day)
    ) d where not is_between order by license_id, day`;
  return Map.groupBy(rows, ({ licenseId }) => licenseId);
}

/** Open candidates of a license; those that were closed since with what was said of them. */
export interface OpenCandidates {
  licenseId: string;
  count: number;
  /** Are they open now? Then the price of now counts. */
  isOpen: boolean;
  /** Are their users, or is the license, kept out of cost now? Then they save nothing. */
  isOutOfCost: boolean;
  savingsAmount: string | null;
  savingsCurrency: string | null;
}

/** Candidates that were open at the moment `at`, by license. */
export async function openCandidates(sql: Sql, integrationId: string, at: Date, now: Date): Promise<OpenCandidates[]> {
  return sql<OpenCandidates[]>`
    select c.license_id as "licenseId", c.closed_at is null as "isOpen", count(*)::int as count,
      coalesce(c.closed_at is null and ${sql.unsafe(isOutOfCost(`'${now.toISOString()}'::timestamptz`))}, false) as "isOutOfCost",
      case when c.closed_at is not null then c.savings_amount end as "savingsAmount",
      case when c.closed_at is not null then c.savings_currency end as "savingsCurrency"
    from reclamation_candidates c
    left join users u on u.id = c.user_id
    left join licenses l on l.id = c.license_id
    where c.integration_id = ${integrationId} and c.detected_at <= ${at} and (c.closed_at is null or c.closed_at > ${at})
    group by 1, 2, 4, 5, 6`;
}
