import type { Sql } from '../../db/client.ts';
import type { CapacityUse } from '../../policy/right-size.ts';
import { isCounted } from './user-filter.ts';

/** An add-on that somebody holds, with what it was used for. */
export interface CapacityUseRow extends CapacityUse {
  userId: string;
  accountId: string;
}

/**
 * Webinar and large meeting add-ons of an integration with their use, by address. Of accounts whose activity has a gap
 * nothing is said. One statement.
 */
export async function capacityUse(sql: Sql, integrationId: string): Promise<CapacityUseRow[]> {
  return sql<CapacityUseRow[]>`
    select u.id as "userId", u.account_id as "accountId", a.add_on as "addOn", a.capacity, coalesce(m.held, 0) as held,
      coalesce(m.uncounted, 0) as uncounted, m.peak, ac.activity_known_from as "knownFrom",
      ac.activity_known_until as "knownUntil"
    from users u
    join integrations i on i.id = u.integration_id
    join accounts ac on ac.id = u.account_id and ac.removed_at is null and ac.activity_problem is null
    cross join lateral (values
      ('webinar', 'WEBINAR', u.webinar_enabled, u.webinar_capacity),
      ('large_meeting', 'MEETING', u.large_meeting_enabled, u.large_meeting_capacity)
    ) a(add_on, kind, enabled, capacity)
    left join lateral (
      select count(*)::int as held, count(*) filter (where participant_count is null)::int as uncounted,
        max(participant_count) as peak
      from meetings where host_user_id = u.id and kind = a.kind and start_time >= ac.activity_known_from
    ) m on true
    where u.integration_id = ${integrationId} and u.removed_at is null and u.status = 'ACTIVE' and u.kind = 'PERSON'
      and a.enabled and ${sql.unsafe(isCounted('u', 'i'))}
    order by u.email, u.id, a.add_on`;
}
