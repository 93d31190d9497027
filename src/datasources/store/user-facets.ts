import type { Sql } from '../../db/client.ts';
import { DEFAULT_THRESHOLD_DAYS, LOGIN_LAG_DAYS } from '../../policy/inactivity.ts';
import type { Price } from '../../policy/savings.ts';
import type { UserFacetField, UserFilter } from '../../schema.generated.ts';
import { run, Values } from './batch.ts';
import { licensesOutOfCost, usersOutOfCost } from './cost-exclusions.ts';
import { dayOf, termsInForce } from './entitlements.ts';
import { activeAfter, SHOWN_NAME } from './licenses.ts';
import { COUNTED, USER_PARTS } from './user-columns.ts';
import { userConditions } from './user-filter.ts';

/** What the users of one value hold of one license, and its price. */
export interface FacetHolding {
  licenseId: string;
  held: number;
  /** Held by the inactive. */
  reclaimable: number;
  price: Price;
}

export interface FacetRow {
  /** Null: users without a value. */
  value: string | null;
  label: string | null;
  count: number;
  active: number;
  inactive: number;
  neverActive: number;
  /** Users that count and are kept out of cost. */
  excluded: number;
  /** Only licenses with a price, and only of who is not kept out of cost. */
  holdings: FacetHolding[];
}

/** Where the value of a field is found. */
interface Field {
  /** The value, of the user `t`; with `names`, the columns `key` and others that lead to it. */
  columns: string;
  /** Texts of Zoom's compare without regard to case. */
  isText?: boolean;
  /**
   * Rows (key, value, label, since) that take the value's place: joined to the user `p` by `on`, of whom there may be
   * several or none. `since` is after when a sign of use counts as active.
   */
  names?: { rows: string; on: string };
  /** The value is a license, and what is held of others is not asked for. */
  isLicense?: boolean;
}

const byUser = 'n.key = p.id';

const FIELDS: Record<UserFacetField, Field> = {
  DEPARTMENT: { columns: 't.department', isText: true },
  TYPE: { columns: 't.type' },
  STATUS: { columns: 't.status' },
  KIND: { columns: 't.kind' },
  MEETING_CAPACITY: { columns: 't.meeting_capacity::text' },
  WEBINAR_CAPACITY: { columns: 't.webinar_capacity::text' },
  LARGE_MEETING_CAPACITY: { columns: 't.large_meeting_capacity::text' },
  LAST_CLIENT_VERSION: { columns: 't.last_client_version', isText: true },
  COST_CENTER: { columns: 't.cost_center', isText: true },
  LOCATION: { columns: 't.location', isText: true },
  JOB_TITLE: { columns: 't.job_title', isText: true },
  MANAGER_EMAIL: { columns: 't.manager_email', isText: true },
  WOULD_BASIC_SUFFICE: { columns: 't.would_basic_suffice::text' },
  SUB_ACCOUNT: {
    columns: 't.account_id as key',
    names: {
      rows: `select a.id as key, a.id as value, a.name as label, null::timestamptz as since from accounts a where a.tier = 'SUB'`,
      on: 'n.key = p.key',
    },
  },
  GROUP: {
    columns: 't.account_id as key, t.group_ids',
    names: {
      rows:
        `select m.id as key, g.id as value, g.name as label, null::timestamptz as since ` +
        `from (select distinct p.id, p.key as account_id, z.id as zoom_group_id from people p, unnest(p.group_ids) z(id)) m ` +
        `join groups g using (account_id, zoom_group_id) where g.removed_at is null`,
      on: byUser,
    },
  },
  LICENSE: {
    columns: 'null as key',
    names: {
      rows:
        `select h.user_id as key, l.id as value, ${SHOWN_NAME} as label, s.since from license_assignments h ` +
        `join licenses l on l.id = h.license_id join since s on s.id = l.id join integrations i on i.id = l.integration_id`,
      on: byUser,
    },
    isLicense: true,
  },
};

/**
 * The users of an integration, value by value: one statement, in which users are only ever counted. Answers one value
 * more than asked for where there are more.
 */
export async function userFacets(
  sql: Sql,
  integrationId: string,
  field: UserFacetField,
  filter: UserFilter | null | undefined,
  size: number,
  now: Date,
): Promise<{ totalUsers: number; facets: FacetRow[] }> {
  const { columns, isText, names, isLicense } = FIELDS[field];
  const values = new Values();
  const integration = values.add(integrationId, 'text');
  const moment = values.add(now.toISOString(), 'timestamptz');
  const lately = `${moment} - make_interval(hours => ${24 * (DEFAULT_THRESHOLD_DAYS + LOGIN_LAG_DAYS)})`;
  const conditions = [`t.integration_id = ${integration}`, ...userConditions(filter, values, now)].join(' and ');
  const people = (selected: string) =>
    USER_PARTS.map(
      (part) =>
        `select t.id, ${selected}, ${COUNTED} as counted, t.id in (select o.id from users_out o) as is_out, t.last_activity_at as at from users t where ${conditions} and ${part}`,
    ).join(' union all ');
  const member =
    names === undefined
      ? `member as materialized (${people(`${columns} as value, ${columns} as label, ${lately} as since`)})`
      : `people as materialized (${people(columns)}), member as materialized (` +
        `select p.id, n.value, n.label, coalesce(n.since, ${lately}) as since, p.counted, p.is_out, p.at ` +
        `from people p left join (${names.rows}) n on ${names.on})`;
  const isOut = isLicense === true ? '(is_out or value in (select o.id from licenses_out o))' : 'is_out';
  const held =
    isLicense === true
      ? 'member m join priced e on e.license_id = m.value'
      : 'member m join license_assignments h on h.user_id = m.id join priced e on e.license_id = h.license_id';
  // Counted first as they are written, and only then without regard to case: that is looked at once a text, not a user.
  const place = isText === true ? 'lower(value)' : 'value';
  const raw = await run(
    sql,
    `with since as materialized (
       select t.id, ${activeAfter(moment)} as since from licenses t where t.integration_id = ${integration}
     ), users_out as materialized (${usersOutOfCost(moment, `t.integration_id = ${integration}`)}
     ), licenses_out as materialized (${licensesOutOfCost(moment)}
     ), ${member}, written as (
       select value, min(label) as label, count(*) as count, count(*) filter (where counted and at > since) as active,
         count(*) filter (where counted and (at is null or at <= since)) as inactive,
         count(*) filter (where counted and at is null) as never, count(*) filter (where counted and ${isOut}) as excluded
       from member group by value
     ), facet as (
       select ${place} as place, min(value) as value, min(label) as label, sum(count)::int as count, sum(active)::int as active,
         sum(inactive)::int as inactive, sum(never)::int as never, sum(excluded)::int as excluded
       from written group by place order by count desc, place nulls last limit ${values.add(size + 1, 'int')}
     ), priced as (
       select e.*, s.since from ${termsInForce(values.add(dayOf(now), 'date'))} e join since s on s.id = e.license_id
       where e.cost is not null and e.license_id not in (select o.id from licenses_out o)
     ), holding as (
       select ${place} as place, license_id, sum(held)::int as held, sum(reclaimable)::int as reclaimable from (
         select m.value, e.license_id, count(*) as held, count(*) filter (where m.at is null or m.at <= e.since) as reclaimable
         from ${held} where m.counted and not m.is_out group by m.value, e.license_id
       ) written group by place, license_id
     )
     select (select count(*)::int from ${names === undefined ? 'member' : 'people'}) as total, f.*, h.license_id, h.held, h.reclaimable, e.cost::text as cost,
       e.currency, e.payment_frequency, e.effective_date::text as effective_date, e.expiration_date::text as expiration_date
     from (select 1) one left join facet f on true
       left join holding h on coalesce(h.place, '') = coalesce(f.place, '') and (h.place is null) = (f.place is null)
       left join priced e on e.license_id = h.license_id
     order by f.count desc, f.place nulls last, h.license_id`,
    values,
    false,
  );
  return { totalUsers: (raw[0]?.['total'] as number | undefined) ?? 0, facets: toFacets(raw) };
}

/** One row for each value and license becomes one for each value. */
function toFacets(raw: readonly Record<string, unknown>[]): FacetRow[] {
  const facets: FacetRow[] = [];
  for (const row of raw) {
    if (row['count'] === null) continue;
    const value = row['value'] as string | null;
    let facet = facets.at(-1);
    if (facet?.value !== value) {
      const [count, active, inactive, neverActive, excluded] = ['count', 'active', 'inactive', 'never', 'excluded'].map(
        (name) => row[name] as number,
      ) as [number, number, number, number, number];
      const label = row['label'] as string | null;
      facet = { value, label, count, active, inactive, neverActive, excluded, holdings: [] };
      facets.push(facet);
    }
    if (row['license_id'] === null) continue;
    facet.holdings.push({
      licenseId: row['license_id'] as string,
      held: row['held'] as number,
      reclaimable: row['reclaimable'] as number,
      price: {
        cost: row['cost'] as string | null,
        currency: row['currency'] as string | null,
        paymentFrequency: row['payment_frequency'] as Price['paymentFrequency'],
        effectiveDate: row['effective_date'] as string | null,
        expirationDate: row['expiration_date'] as string | null,
      },
    });
  }
  return facets;
}
