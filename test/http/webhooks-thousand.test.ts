import { expect, it } from 'vitest';
import type { SandboxUser } from '#sandbox/index.ts';
import type { Sandbox } from '#sandbox/index.ts';
import { makePaid, syncNow } from '../support/worlds.ts';
import { Dice, webhookStory } from '../support/webhook-story.ts';
import { openWebhookHouse, type WebhookHouse } from '../support/webhook-house.ts';

const COUNT = 1_000;
const LISTED = 30;
const NEWCOMERS = 30;
const SEED = 99;

async function housePeopled(): Promise<{ house: WebhookHouse; listed: SandboxUser[] }> {
  const listed: SandboxUser[] = [];
  const house = await openWebhookHouse({
    world: (world) => {
      for (let n = 0; n < LISTED; n += 1) {
        listed.push(makePaid(world, `listed-${n}`, n * 3, { ...(n % 5 === 0 && { webinarCapacity: 500 }) }));
      }
    },
  });
  await syncNow(house, house.integration, ['APPLICATION_ROSTER']);
  return { house, listed };
}

/** Everything that webhooks changed, by names that both houses share: our ids and the times of writing are their own. */
async function endState({ database: { sql } }: WebhookHouse) {
  const users = await sql`
    select zoom_user_id, email, first_name, last_name, display_name, status, type, type_code, department, role_id, timezone,
      webinar_enabled, webinar_capacity, large_meeting_enabled, large_meeting_capacity, meeting_capacity, removed_at,
      settings_read_at is null as settings_due, active_date is null as without_date, webhook_at - 'settingsReadAt' as webhook_at,
      last_sign_in_at, last_meeting_hosted_at, last_meeting_joined_at, last_webinar_hosted_at, last_long_meeting_hosted_at,
      meetings_hosted, meetings_joined, webinars_hosted, long_meetings_hosted, is_room
    from users order by zoom_user_id, email`;
  const licenses = await sql`
    select u.zoom_user_id, l.unique_id from license_assignments a join users u on u.id = a.user_id
    join licenses l on l.id = a.license_id order by 1, 2`;
  const openHistory = await sql`
    select u.zoom_user_id, h.status, h.type_code, h.licenses from user_history h join users u on u.id = h.user_id
    where h.valid_to is null order by 1`;
  const signIns = await sql`
    select s.email, s.at, s.kind, u.zoom_user_id, s.client_type, s.client_version
    from sign_ins s left join users u on u.id = s.user_id order by s.email, s.at, s.kind`;
  const meetings = await sql`
    select m.uuid, m.kind, m.topic, m.start_time, m.end_time, m.duration_minutes, m.type_code, u.zoom_user_id
    from meetings m left join users u on u.id = m.host_user_id order by m.uuid`;
  const participants = await sql`
    select m.uuid, p.position, p.email, p.joined_at, u.zoom_user_id
    from meeting_participants p join meetings m on m.id = p.meeting_id left join users u on u.id = p.user_id
    order by m.uuid, p.position`;
  const waiting = await sql`
    select id, zoom_user_id from webhook_events where applied_at is null order by id`;
  return { users, licenses, openHistory, signIns, meetings, participants, waiting };
}

/** Sends all; some at the same time as others. */
async function tellAll(house: WebhookHouse, events: readonly unknown[], width: number): Promise<void> {
  let next = 0;
  const statuses = new Map<number, number>();
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let event = events[next++]; event !== undefined; event = events[next++]) {
        const status = await house.tell(event);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
      }
    }),
  );
  expect(Object.fromEntries(statuses)).toEqual({ 204: events.length });
}

it(
  'a thousand webhooks in any order, each twice, some at once, end as they do once in order',
  { timeout: 240_000 },
  async () => {
    const first = await housePeopled();
    const second = await housePeopled();
    // One story for both: the worlds are of one seed, and so are the people.
    const fromMs = Math.max(first.house.clock.now().getTime(), second.house.clock.now().getTime()) + 1_000;
    const ids = (listed: SandboxUser[]) => listed.map((user) => user.id);
    expect(ids(first.listed)).toEqual(ids(second.listed));
    const story = webhookStory((first.house.sandbox satisfies Sandbox).world, {
      listed: first.listed,
      newcomers: NEWCOMERS,
      count: COUNT,
      fromMs,
      seed: SEED,
    });
    expect(story).toHaveLength(COUNT);
    for (const { house } of [first, second]) house.clock.advance(3 * 3_600_000);

    await tellAll(first.house, story, 1);
    const inOrder = await endState(first.house);
    const dice = new Dice(SEED + 1);
    await tellAll(second.house, dice.shuffle([...story, ...story]), 6);
    const inAnyOrder = await endState(second.house);

    // The story is worth telling.
    expect(inOrder.users.length).toBeGreaterThan(50);
    expect(inOrder.users.filter((user) => user['removed_at'] !== null).length).toBeGreaterThan(5);
    expect(inOrder.licenses.length).toBeGreaterThan(20);
    expect(inOrder.signIns.length).toBeGreaterThan(80);
    expect(inOrder.meetings.length).toBeGreaterThan(20);
    for (const part of Object.keys(inOrder) as (keyof typeof inOrder)[]) {
      expect([part, [...inAnyOrder[part]]]).toEqual([part, [...inOrder[part]]]);
    }
    const [events] = await second.house.database.sql<
      { count: number }[]
    >`select count(*)::int as count from webhook_events`;
    expect(events!.count).toBe(COUNT);
    await first.house.close();
    await second.house.close();
  },
);
