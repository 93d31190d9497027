import type { Database } from '#src/db/client.ts';

/** Ids of what `fillCrowd` makes. */
export const CROWD = {
  integrationId: 'int_crowd_0123456789abcdef',
  accountId: 'acc_crowd_0',
  group: (number: number) => `grp_crowd_${number}`,
  license: (uniqueId: 'BASIC' | 'LICENSED' | 'WEBINAR_500' | 'LARGE_MEETING_1000') => `lic_crowd_${uniqueId}`,
} as const;

const FILLED = ['users', 'license_assignments', 'groups', 'accounts', 'licenses', 'activity_days'];

/**
 * A company of `size` users on one tiered integration, written by the database itself: a master and nine sub accounts,
 * 400 departments of very different sizes, 50 groups, four licenses, settings of about 1 kB a user, and `days` days of
 * what they did. Every run makes the same rows, apart from `now`.
 */
export async function fillCrowd({ sql }: Database, size: number, now: Date, days = 0): Promise<void> {
  const id = CROWD.integrationId;
  // What it does in the middle of this keeps ours below from counting rows as visible to all.
  for (const table of FILLED) await sql.unsafe(`alter table ${table} set (autovacuum_enabled = false)`);
  await sql`
    insert into integrations (id, display_name, kind, region, status, enabled_tasks)
    values (${id}, 'Crowd', 'TIERED', 'NA', 'CONNECTED', '{APPLICATION_ROSTER,APPLICATION_ACCESS,RECLAMATION}')`;
  await sql`
    insert into accounts (id, integration_id, zoom_account_id, name, tier, master_id, activity_known_from, activity_known_until)
    select 'acc_crowd_' || n, ${id}, 'zacc-' || n, 'Company ' || n, case when n = 0 then 'MASTER' else 'SUB' end,
      case when n > 0 then 'acc_crowd_0' end, ${now}::timestamptz - interval '64 days', ${now}
    from generate_series(0, 9) n`;
  await sql`
    insert into groups (id, integration_id, account_id, zoom_group_id, name)
    select 'grp_crowd_' || n, ${id}, 'acc_crowd_0', 'zgrp-' || n, 'Group ' || n from generate_series(0, 49) n`;
  await sql`
    insert into licenses (id, integration_id, account_id, unique_id, name, category, user_type)
    select 'lic_crowd_' || unique_id, ${id}, 'acc_crowd_0', unique_id, initcap(unique_id), category, user_type
    from (values ('BASIC', 'BASE', 'BASIC'), ('LICENSED', 'BASE', 'LICENSED'), ('WEBINAR_500', 'ADD_ON', null),
      ('LARGE_MEETING_1000', 'ADD_ON', null)) v(unique_id, category, user_type)`;
  await sql`
    insert into entitlements (id, license_id, integration_id, cost, currency, payment_frequency, updated_by)
    values ('ent_crowd_LICENSED', 'lic_crowd_LICENSED', ${id}, 149.9, 'EUR', 'ANNUALLY', 'crowd'),
      ('ent_crowd_WEBINAR_500', 'lic_crowd_WEBINAR_500', ${id}, 79, 'USD', 'MONTHLY', 'crowd')`;
  await fillUsers(sql, size, now);
  await sql`
    insert into license_assignments (user_id, license_id, integration_id, since)
    select id, 'lic_crowd_' || type, integration_id, first_seen_at from users
      where integration_id = ${id} and type in ('BASIC', 'LICENSED') and removed_at is null
    union all
    select id, 'lic_crowd_WEBINAR_500', integration_id, first_seen_at from users
      where integration_id = ${id} and webinar_enabled and removed_at is null
    union all
    select id, 'lic_crowd_LARGE_MEETING_1000', integration_id, first_seen_at from users
      where integration_id = ${id} and large_meeting_enabled and removed_at is null`;
  if (days > 0) await fillDays(sql, days, now);
  // Numbers for the planner, and for scans of an index alone: what a database does by itself after a while.
  for (const table of FILLED) await sql.unsafe(`vacuum analyze ${table}`);
}

/**
 * `each` meetings of every user of the crowd, a few with odd words or without what Zoom may leave out.
 */
export async function fillMeetings({ sql }: Database, each: number, now: Date): Promise<void> {
  await sql`
    insert into meetings (id, integration_id, account_id, uuid, zoom_meeting_id, kind, topic, host_user_id, created_at,
      start_time, end_time, duration_minutes, participant_count)
    select 'mtg_' || n || '_' || u.id, u.integration_id, u.account_id, 'uuid-' || n || u.id, n::text,
      case when n % 5 = 4 then 'WEBINAR' else 'MEETING' end,
      case n % 4 when 0 then 'Weekly "sync" \ 𝒳 é' || chr(9) || chr(8232) || n when 1 then null else 'Topic ' || n end, u.id,
      case when n % 3 = 0 then s.at - interval '1 day' end, s.at, case when n % 7 > 0 then s.at + interval '45 minutes' end,
      case when n % 7 > 0 then 45 end, n % 12
    from users u cross join generate_series(1, ${each}) n
      cross join lateral (select date_trunc('milliseconds', ${now}::timestamptz - make_interval(hours => 7 * n, secs => 0.123 * (hashtext(u.id) % 1000))) as at) s
    where u.integration_id = ${CROWD.integrationId}`;
  await sql`vacuum analyze meetings`;
}

/** Two participants of every third of those meetings, and the host's sign-in before every third. */
export async function fillGuests({ sql }: Database): Promise<void> {
  await sql`
    insert into meeting_participants (meeting_id, position, integration_id, user_id, name, email, joined_at, left_at, duration_seconds)
    select m.id, p, m.integration_id, case when p = 0 then m.host_user_id end, case when p = 1 then 'Guest ' || p end,
      case when p = 1 then 'guest@example.com' end, m.start_time, m.end_time, 60 * m.duration_minutes
    from meetings m cross join generate_series(0, 1) p where m.integration_id = ${CROWD.integrationId} and m.participant_count % 3 = 0`;
  await sql`
    insert into sign_ins (account_id, integration_id, email, at, kind, user_id, client_type)
    select m.account_id, m.integration_id, u.email, m.start_time, 'SIGN_IN', u.id, 'Browser'
    from meetings m join users u on u.id = m.host_user_id
    where m.integration_id = ${CROWD.integrationId} and m.participant_count % 3 = 1 on conflict do nothing`;
  for (const table of ['meeting_participants', 'sign_ins']) await sql.unsafe(`vacuum analyze ${table}`);
}

/** `spread(n, salt)` is a number from 0 to 1 that looks thrown and is the same every time. */
const SPREAD = (salt: number) => `(abs(hashint4extended(n, ${salt})::numeric) % 1000003 / 1000003)::float8`;

async function fillUsers(sql: Database['sql'], size: number, now: Date): Promise<void> {
  await sql.unsafe(
    `insert into users (id, integration_id, account_id, zoom_user_id, email, first_name, last_name, display_name, status, type,
       type_code, active_date, department, last_client_version, last_login_at, last_sign_in_at, group_ids, job_title,
       cost_center, location, manager_email, login_types, meeting_capacity, large_meeting_enabled, large_meeting_capacity,
       webinar_enabled, webinar_capacity, features, last_meeting_created_at, last_meeting_hosted_at, last_meeting_joined_at,
       last_webinar_hosted_at, last_long_meeting_hosted_at, last_cloud_recording_at, meetings_hosted, meetings_joined,
       webinars_hosted, long_meetings_hosted, cloud_recordings, largest_meeting, would_basic_suffice, is_room,
       is_service_account, first_seen_at, updated_at, removed_at)
     select 'usr_crowd_' || lpad(to_hex(hashint4extended(n, 1)), 16, '0'), $2, 'acc_crowd_' || case when a < 0.7 then 0 else 1 + n % 9 end,
       case when s < 0.97 then 'zusr-' || n end, 'first' || hashint4(n) % 997 || '.last' || n || '@example.com', 'First' || n % 997, 'Last' || n % 4999,
       'First' || n % 997 || ' Last' || n % 4999,
       case when s < 0.9 then 'ACTIVE' when s < 0.97 then 'INACTIVE' else 'PENDING' end, t.type, t.code,
       $3::timestamptz - make_interval(hours => (8760 * 6 * a)::int),
       case when d > 0.05 then 'Department ' || floor(400 * d * d * d) end,
       case when l < 0.8 then '6.' || floor(9 * d) || '.' || floor(40 * l * d) || '.' || n % 500 end, w.login,
       case when l < 0.7 then w.login end,
       case when a < 0.7 then array['zgrp-' || floor(50 * d * d)] else '{}'::text[] end,
       case when l < 0.9 then 'Title ' || n % 300 end, case when d < 0.95 then 'CC-' || floor(200 * d) end,
       case when s < 0.93 then 'Location ' || floor(60 * s * s) end,
       case when d < 0.9 then 'boss.' || floor(5000 * d) || '@example.com' end, '{101}', case when t.code = 2 then 300 else 100 end,
       d < 0.01, case when d < 0.01 then 1000 end, s < 0.02, case when s < 0.02 then 500 end,
       jsonb_build_object('meeting_capacity', 300, 'zoom_phone', false, 'note', repeat(md5(n::text), 28)),
       w.login - interval '1 hour', case when l < 0.4 then w.login + interval '1 hour' end, case when l < 0.6 then w.login + interval '2 hours' end,
       case when s < 0.02 then w.login end, case when l < 0.3 then w.login + interval '1 hour' end, case when l < 0.05 then w.login end,
       floor(40 * l * d)::int, floor(80 * l * a)::int, case when s < 0.02 then 3 else 0 end, floor(20 * l * d)::int,
       case when l < 0.05 then n % 9 else 0 end, case when l < 0.4 then 2 + n % 150 end, case when l < 0.9 then d < 0.5 end,
       n % 500 = 0, n % 333 = 1, $3::timestamptz - interval '300 days', $3, case when n % 50 = 7 then $3::timestamptz end
     from (select n, ${SPREAD(2)} as a, ${SPREAD(3)} as s, ${SPREAD(4)} as d, ${SPREAD(5)} as l, ${SPREAD(6)} as k from generate_series(1, $1::int) n) x
       cross join lateral (select case when k < 0.8 then 'LICENSED' else 'BASIC' end as type, case when k < 0.8 then 2 else 1 end as code) t
       cross join lateral (select case when l < 0.95 then $3::timestamptz - make_interval(secs => 86400 * 300 * l * l * l) end as login) w`,
    [size, CROWD.integrationId, now.toISOString()],
  );
}

async function fillDays(sql: Database['sql'], days: number, now: Date): Promise<void> {
  await sql.unsafe(
    `insert into activity_days (account_id, integration_id, day, user_id, sign_ins, meetings_hosted, long_meetings_hosted,
       meetings_joined, webinars_hosted, cloud_recordings)
     select account_id, integration_id, ($2::timestamptz at time zone 'UTC')::date - d, id, 1, n % 2, n / 2 % 2, n % 3, n / 7 % 2, n / 5 % 2
     from generate_series(0, $3::int - 1) d
       cross join lateral (select u.*, abs(hashtextextended(u.id, d)) % 100 as n from users u where u.integration_id = $1) x
     where n < 20`,
    [CROWD.integrationId, now.toISOString(), days],
  );
}
