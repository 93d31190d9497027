import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { deauthorizeIntegration } from '#src/actions/deauthorize-integration.ts';
import { deleteIntegration } from '#src/actions/delete-integration.ts';
import type { SandboxUser } from '#sandbox/index.ts';
import { ADA } from '../support/consent.ts';
import { untilBlocked } from '../support/locks.ts';
import { openWebhookHouse, type WebhookHouse } from '../support/webhook-house.ts';
import { appDeauthorized, userSignedIn } from '../support/webhooks.ts';
import { makePaid, syncNow } from '../support/worlds.ts';

let house: WebhookHouse;
let ann: SandboxUser;
beforeEach(async () => {
  house = await openWebhookHouse({ world: (world) => void (ann = makePaid(world, 'ann', 100)) });
  await syncNow(house, house.integration, ['APPLICATION_ROSTER']);
  house.clock.advance(60_000);
});
afterEach(() => house.close());

const nowMs = () => house.clock.now().getTime();
const isPostgres = inject('template').kind === 'postgres';

const left = async () => {
  const [row] = await house.database.sql<{ users: number; signs: number; waiting: number }[]>`
    select (select count(*)::int from users) as users, (select count(*)::int from sign_ins) as signs,
      (select count(*)::int from webhook_events where payload is not null) as waiting`;
  return row;
};

// Embedded, one transaction is over before the next one begins.
describe.skipIf(!isPostgres)('a webhook that is being applied while its integration ends leaves nothing behind', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['deleted', () => deleteIntegration(house.deps, ADA, { integrationId: house.integration.id })],
    [
      'deauthorized here',
      () => deauthorizeIntegration(house.deps, ADA, { integrationId: house.integration.id, eraseData: true }),
    ],
    [
      'deauthorized at Zoom',
      () =>
        house.tell(
          appDeauthorized({
            accountId: house.integration.zoomAccountId!,
            userId: house.integration.authorizedZoomUserId!,
            clientId: house.integration.clientId!,
            at: nowMs(),
          }),
        ),
    ],
  ])('when it is %s', async (_, end) => {
    let told: Promise<number> | undefined;
    let ended: Promise<unknown> | undefined;
    await house.database.sql.begin(async (tx) => {
      await tx`select from users where email = 'ann@example.com' for update`;
      told = house.tell(userSignedIn(ann, nowMs() - 1_000));
      await untilBlocked(house.database, 1);
      ended = end();
      await untilBlocked(house.database, 2);
    });
    expect(await told).toBe(204);
    await ended;
    expect(await left()).toEqual({ users: 0, signs: 0, waiting: 0 });
  });
});
