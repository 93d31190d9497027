import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { mapUnrecognizedSubscription } from '#src/actions/map-subscription.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { ADA, done } from '../support/consent.ts';
import { Job } from '#src/jobs/job.ts';
import { syncLicenseInformation } from '#src/jobs/sync-licenses.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import { untilBlocked } from '../support/locks.ts';
import { rowsIn } from '../support/rows.ts';
import { makePaid, neverAborted, syncNow } from '../support/worlds.ts';

let house: House;
let integration: IntegrationRow;
beforeAll(async () => {
  house = await openHouse({ users: 0, rateLimits: false, world: (world) => void makePaid(world, 'ann', 1) });
  integration = await connectedIntegration(house);
  house.sandbox.faults.add({
    match: { path: '/accounts/{accountId}/plans/usage' },
    times: Infinity,
    action: {
      mutateBody: (body: object) => ({ ...body, plan_hologram: { type: 'holo_yearly', hosts: 12, usage: 7 } }),
    },
  });
  await syncNow(house, integration);
}, 60_000);
afterAll(() => house?.close());

// Embedded, one transaction is over before the next one begins.
it.skipIf(inject('template').kind !== 'postgres')(
  'the seats of a plan stay with its license when that is named in the middle of a sync',
  async () => {
    const run = await rowsIn(house.database).jobRun(integration, { task: 'LICENSE_INFORMATION' });
    let synced: Promise<unknown> | undefined;
    let mapped: Promise<unknown> | undefined;
    await house.database.sql.begin(async (tx) => {
      await tx`select from accounts for update`;
      synced = syncLicenseInformation(new Job(house.deps, integration, run, neverAborted()));
      await untilBlocked(house.database, 1);
      const input = { integrationId: integration.id, identifier: 'PLAN_hologram', licenseName: 'Hologram' };
      mapped = mapUnrecognizedSubscription(house.deps, ADA, input).then(done);
      await untilBlocked(house.database, 2, mapped);
    });
    await Promise.all([synced, mapped]);
    const rows = await house.database.sql<{ name: string; seats: number | null }[]>`
      select name, provisioned_count as seats from licenses where unique_id = 'PLAN_hologram'`;
    expect([...rows]).toEqual([{ name: 'Hologram', seats: 12 }]);
  },
);
