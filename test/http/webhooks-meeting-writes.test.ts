import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { mapUnrecognizedSubscription } from '#src/actions/map-subscription.ts';
import type { SandboxUser } from '#sandbox/index.ts';
import { ADA, done } from '../support/consent.ts';
import { untilBlocked } from '../support/locks.ts';
import { openWebhookHouse, type WebhookHouse } from '../support/webhook-house.ts';
import { userUpdated } from '../support/webhooks.ts';
import { makePaid, syncNow } from '../support/worlds.ts';

const NAMES = ['ann', 'ben', 'cleo', 'dan', 'eve'];

let house: WebhookHouse;
const people: SandboxUser[] = [];
beforeEach(async () => {
  house = await openWebhookHouse({
    world: (world) => {
      people.length = 0;
      for (const name of NAMES) people.push(makePaid(world, name, 100, { type: name === 'ben' ? 2 : 6 }));
    },
  });
  await syncNow(house, house.integration, ['APPLICATION_ROSTER']);
  house.clock.advance(60_000);
});
afterEach(() => house.close());

const now = () => ({ at: house.clock.now().getTime() });
const heldBy = async () => {
  const rows = await house.database.sql<{ name: string; held: string[] }[]>`
    select split_part(u.email, '@', 1) as name, array_agg(l.unique_id order by 1) as held
    from users u join license_assignments a on a.user_id = u.id join licenses l on l.id = a.license_id group by 1`;
  return Object.fromEntries(rows.filter(({ name }) => NAMES.includes(name)).map(({ name, held }) => [name, held]));
};

// Embedded, one transaction is over before the next one begins.
describe.skipIf(inject('template').kind !== 'postgres')('a webhook that comes in the middle of', () => {
  it('a mapping is under it', async () => {
    const { id } = house.integration;
    const [licensed] = await house.database.sql<{ id: string }[]>`select id from licenses where unique_id = 'LICENSED'`;
    let mapping: Promise<unknown> | undefined;
    let told: Promise<number> | undefined;
    const giveUp = new Error('on purpose');
    await house.database.sql
      .begin(async (tx) => {
        // The mapping has looked for its holders and waits here.
        await tx`
          insert into license_mappings (id, integration_id, identifier, unique_id, created_by, created_at)
          values ('x', ${id}, 'TYPE_6', 'BASIC', 'x', now())`;
        const input = { integrationId: id, identifier: 'TYPE_6', licenseId: licensed!.id };
        mapping = mapUnrecognizedSubscription(house.deps, ADA, input).then(done);
        await untilBlocked(house.database, 1);
        told = house.tell(userUpdated(people[1]!, { type: 6 }, {}, now()));
        await untilBlocked(house.database, 2, told);
        throw giveUp;
      })
      .catch((error: unknown) => expect(error).toBe(giveUp));
    await mapping;
    expect(await told).toBe(204);
    expect(await heldBy()).toEqual(Object.fromEntries(NAMES.map((name) => [name, ['LICENSED']])));
  });

  it('deriving who holds what is not overwritten', async () => {
    const { sql } = house.database;
    const [first] = await sql<{ userId: string; licenseId: string }[]>`
      delete from license_assignments a using (
        select a.user_id, a.license_id from license_assignments a join licenses l on l.id = a.license_id
          join users u on u.id = a.user_id where l.unique_id = 'TYPE_6' order by u.ctid limit 1
      ) one where a.user_id = one.user_id and a.license_id = one.license_id
      returning a.user_id as "userId", a.license_id as "licenseId"`;
    let deriving: Promise<unknown> | undefined;
    let told: Promise<number[]> | undefined;
    await sql.begin(async (tx) => {
      await tx`
        insert into license_assignments (user_id, license_id, integration_id, since)
        values (${first!.userId}, ${first!.licenseId}, ${house.integration.id}, now())`;
      deriving = syncNow(house, house.integration, ['APPLICATION_ROSTER']);
      await untilBlocked(house.database, 1);
      told = Promise.all(people.slice(2).map((user) => house.tell(userUpdated(user, { type: 2 }, {}, now()))));
      await untilBlocked(house.database, 4, told);
    });
    await deriving;
    expect(await told).toEqual([204, 204, 204]);
    expect(await heldBy()).toEqual({
      ann: ['TYPE_6'],
      ben: ['LICENSED'],
      cleo: ['LICENSED'],
      dan: ['LICENSED'],
      eve: ['LICENSED'],
    });
  });
});
