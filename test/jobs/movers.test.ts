import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addPastMeeting, type Account, type SandboxUser } from '#sandbox/index.ts';
import { createExclusion } from '#src/actions/create-exclusion.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { connectedIntegration, openHouse, type House } from '../support/house.ts';
import {
  candidateStatus,
  DAY,
  makePaid,
  neverAborted,
  openCandidates,
  rosterNames,
  syncNow,
  userNamed,
} from '../support/worlds.ts';

let house: House;
let integration: IntegrationRow;
const people: Record<string, SandboxUser> = {};
const caller = { sub: 'ops@example.com', scopes: new Set(['zoom:operate']) } as never;
const [FROM, TO] = [0, 1];

const account = (index: number): Account => house.sandbox.world.subAccounts[index]!;
/** The person is taken from one account and put into another, as Zoom's support does it: same id, same address. */
function move(user: SandboxUser, from: Account, to: Account) {
  from.users.delete(user.id);
  from.usersByEmail.delete(user.email);
  user.accountId = to.id;
  to.users.set(user.id, user);
  to.usersByEmail.set(user.email, user);
}
const rowsOf = (name: string) =>
  house.database.sql<{ zoomAccountId: string; isHere: boolean; licenses: number }[]>`
    select ac.zoom_account_id as "zoomAccountId", u.removed_at is null as "isHere",
      (select count(*)::int from license_assignments a where a.user_id = u.id) as licenses
    from users u join accounts ac on ac.id = u.account_id where u.email = ${`${name}@example.com`} order by 2`;

beforeAll(async () => {
  house = await openHouse({
    users: 0,
    subAccounts: 2,
    rateLimits: false,
    world: (made) => {
      const [from] = made.subAccounts;
      for (const [name, daysAgo] of [
        ['idle', 200],
        ['host', 300],
        ['kept', 200],
        ['stuck', 200],
        ['sent', 200],
      ] as const) {
        people[name] = makePaid(made, name, daysAgo, { accountId: from!.id });
      }
      addPastMeeting(made, {
        hostId: people['host']!.id,
        startAt: made.now() - 6 * DAY,
        participants: [{ name: 'Guest' }],
      });
    },
  });
  integration = await connectedIntegration(house, { kind: 'TIERED' });
  await syncNow(house, integration);
  expect(Object.keys(await openCandidates(house)).sort()).toEqual(['idle', 'kept', 'sent', 'stuck']);
}, 60_000);
afterAll(() => house?.close());

describe('somebody who moves to another account of the tree', () => {
  it('is there once, holds their license once, and leaves candidate and use behind in truth', async () => {
    const kept = await userNamed(house, 'kept');
    const excluded = await createExclusion(house.deps, caller, {
      integrationId: integration.id,
      userId: kept.id,
      reason: 'On leave',
      owner: 'hr@example.com',
    } as never);
    expect(excluded.ok).toBe(true);
    house.clock.advance(60_000);
    for (const name of ['idle', 'host', 'kept']) move(people[name]!, account(FROM), account(TO));
    // The account that they left can't be read: what the other one says is enough.
    house.sandbox.faults.add({
      match: { path: `/accounts/${account(FROM).id}/users`, query: { status: 'inactive' } },
      times: Infinity,
      action: { status: 400, body: { code: 300, message: 'Oops.' } },
    });
    await syncNow(house, integration);
    for (const name of ['idle', 'host', 'kept']) {
      expect(await rowsOf(name)).toEqual([
        { zoomAccountId: account(FROM).id, isHere: false, licenses: 0 },
        { zoomAccountId: account(TO).id, isHere: true, licenses: 1 },
      ]);
    }
    const names = await rosterNames(house);
    expect(names.filter((name) => name in people)).toEqual(Object.keys(people).sort());
    const [old] = await house.database.sql`
      select c.status, (select note from candidate_events e where e.candidate_id = c.id order by seq desc limit 1) as note
      from reclamation_candidates c join users u on u.id = c.user_id
      where u.email = 'idle@example.com' and c.closed_at is not null`;
    expect(old).toEqual({ status: 'CLOSED_SKIPPED', note: 'The user moved to another account of the tree.' });
    // The one who hosted in the old account is none here; the exclusion went along; the idle one is found again.
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['idle', 'sent', 'stuck']);
    house.sandbox.faults.clear();
    await syncNow(house, integration);
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['idle', 'sent', 'stuck']);
  }, 60_000);

  it('and back is the same row again, still excluded though nothing else of them is new', async () => {
    const before = await rowsOf('host');
    house.clock.advance(60_000);
    for (const name of ['host', 'kept']) move(people[name]!, account(TO), account(FROM));
    await syncNow(house, integration);
    expect(Object.keys(await openCandidates(house)).sort()).toEqual(['idle', 'sent', 'stuck']);
    const [excluded] = await house.database.sql<{ isHere: boolean; zoomAccountId: string }[]>`
      select u.removed_at is null as "isHere", a.zoom_account_id as "zoomAccountId"
      from exclusions e join users u on u.id = e.user_id join accounts a on a.id = u.account_id`;
    expect(excluded).toEqual({ isHere: true, zoomAccountId: account(FROM).id });
    expect(await rowsOf('host')).toEqual(
      before.map((row) => ({
        ...row,
        zoomAccountId: row.zoomAccountId === account(TO).id ? account(FROM).id : account(TO).id,
      })),
    );
  }, 60_000);
});

describe('an account that ends while somebody is being acted on', () => {
  it('leaves nothing open: neither what was planned nor what was sent', async () => {
    const { sql } = house.database;
    const [sent] = await sql<{ id: string }[]>`
      select c.id from reclamation_candidates c join users u on u.id = c.user_id where u.email = 'sent@example.com' and c.closed_at is null`;
    const [stuck] = await sql<{ id: string }[]>`
      select c.id from reclamation_candidates c join users u on u.id = c.user_id where u.email = 'stuck@example.com' and c.closed_at is null`;
    const asked = await reclaim(house.deps, caller, { candidateIds: [sent!.id, stuck!.id], reason: 'Idle' } as never);
    expect(asked).toMatchObject({ ok: true });
    const { reclamation } = asked as { reclamation: { id: string } };
    await sql`update reclamation_items set status = 'UNKNOWN', sent_at = now() where candidate_id = ${sent!.id}`;
    house.sandbox.world.subAccounts.shift();
    await syncNow(house, integration);
    expect(await candidateStatus(house, 'stuck')).toBe('AWAITING_REVOCATION');
    house.sandbox.calls.length = 0;
    await runReclamation(house.deps, reclamation.id, neverAborted());
    expect(house.sandbox.calls).toEqual([]);
    const items = await sql`
      select i.status, i.error ->> 'code' as code, c.status as candidate from reclamation_items i
      join reclamation_candidates c on c.id = i.candidate_id where i.reclamation_id = ${reclamation.id} order by i.status`;
    expect(items).toEqual([
      { status: 'FAILED', code: 'NOT_FOUND', candidate: 'CLOSED_SKIPPED' },
      { status: 'SKIPPED', code: 'NOT_FOUND', candidate: 'CLOSED_SKIPPED' },
    ]);
  }, 60_000);

  it('and closes what was put back meanwhile', async () => {
    const { sql } = house.database;
    await sql`
      update reclamation_candidates c set status = 'READY', closed_at = null from users u
      where u.id = c.user_id and u.email = 'stuck@example.com'`;
    await syncNow(house, integration, ['RECLAMATION']);
    expect(await candidateStatus(house, 'stuck')).toBe('CLOSED_SKIPPED');
  }, 30_000);
});
