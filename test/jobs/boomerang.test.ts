import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changeType, signIn, type SandboxUser, type WebhookBody } from '#sandbox/index.ts';
import { acknowledgeReturns } from '#src/actions/acknowledge-returns.ts';
import { reclaim } from '#src/actions/reclaim-license.ts';
import { restore } from '#src/actions/restore-license.ts';
import { settleSavings } from '#src/actions/settle-savings.ts';
import { SCOPES, type Caller } from '#src/caller.ts';
import { eraseIntegrationData } from '#src/datasources/store/erasure.ts';
import { itemsOf } from '#src/datasources/store/reclaim.ts';
import { runReclamation } from '#src/jobs/run-reclamation.ts';
import { JWT_SECRET } from '../support/house.ts';
import { token } from '../support/server.ts';
import { makePaid, neverAborted, openCandidates, syncNow, userNamed } from '../support/worlds.ts';
import { openWebhookHouse, type WebhookHouse } from '../support/webhook-house.ts';

const ADA: Caller = { sub: 'ada', scopes: new Set(SCOPES) };
const NAMES = ['ann', 'ben', 'cat', 'dan', 'eve'] as const;

let house: WebhookHouse;
let taken: string;
const people = new Map<string, SandboxUser>();
const person = (name: string) => people.get(name)!;
const world = () => house.sandbox.world;
const pass = () => house.clock.advance(5 * 60_000);
const sync = () => syncNow(house, house.integration);

async function take(names: readonly string[]) {
  const rows = await house.database.sql<{ id: string }[]>`
    select c.id from reclamation_candidates c join users u on u.id = c.user_id
    where c.closed_at is null and u.email = any(${names.map((name) => `${name}@example.com`)}::text[])`;
  expect(rows).toHaveLength(names.length);
  const outcome = await reclaim(house.deps, ADA, { candidateIds: rows.map(({ id }) => id) });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals));
  await runReclamation(house.deps, outcome.reclamation.id, neverAborted());
  return { id: outcome.reclamation.id, items: await itemsOf(house.database.sql, outcome.reclamation.id) };
}

interface Returned {
  id: string;
  returnedAt: string | null;
  returnedBy: { cause: string; certainty: string; operator: string | null; message: string } | null;
}

async function ask(query: string, variables: Record<string, unknown> = {}) {
  const answer = await house.server.inject({
    method: 'POST',
    url: '/graphql',
    headers: { authorization: `Bearer ${await token(SCOPES, {}, JWT_SECRET)}` },
    payload: { query, variables },
  });
  const { data, errors } = answer.json<{ data: any; errors?: unknown }>();
  expect(errors).toBeUndefined();
  return data;
}

/** What came back to somebody, as callers see it. */
async function returnsOf(name: string): Promise<Returned[]> {
  const { user } = await ask(
    'query ($email: String!) { user(email: $email) { returns { id returnedAt returnedBy { cause certainty operator message } } } }',
    { email: `${name}@example.com` },
  );
  return user.returns;
}

beforeAll(async () => {
  house = await openWebhookHouse({
    world: (made) => {
      for (const name of NAMES) {
        const isSso = name === 'ann';
        people.set(name, makePaid(made, name, 200, { loginTypes: [isSso ? 101 : 100], ssoType: isSso ? 2 : null }));
      }
      people.set('admin', makePaid(made, 'admin', 1, { roleId: '1' }));
    },
  });
  await sync();
  const { id, items } = await take(NAMES);
  expect(items.map(({ status }) => status)).toEqual(NAMES.map(() => 'CONFIRMED'));
  taken = id;
  pass();
  await sync();
}, 120_000);
afterAll(() => house?.close());

describe('a license that was taken', () => {
  it('and stays away has not come back', async () => {
    for (const name of NAMES) expect(await returnsOf(name)).toEqual([]);
  });

  it('and that somebody gives back has come back at once, by whom the webhook names', async () => {
    const told: WebhookBody[] = [];
    changeType({ world: world(), emit: (body) => told.push(body) }, person('ben'), 2, person('admin'));
    for (const body of told) expect(await house.tell(body)).toBe(204);
    expect(await returnsOf('ben')).toMatchObject([
      {
        returnedAt: expect.any(String),
        returnedBy: { cause: 'PERSON', certainty: 'KNOWN', operator: 'admin@example.com' },
      },
    ]);
  });

  it('and that comes back without a webhook is seen by the next sync: by the operation log, single sign-on, or unknown', async () => {
    const silent = { world: world(), emit: () => undefined };
    pass();
    changeType(silent, person('cat'), 2, person('admin'));
    signIn(silent, person('ann'));
    person('dan').type = 2;
    pass();
    await sync();
    expect(await returnsOf('cat')).toMatchObject([
      { returnedBy: { cause: 'PERSON', certainty: 'KNOWN', operator: 'admin@example.com' } },
    ]);
    expect(await returnsOf('ann')).toMatchObject([
      {
        returnedBy: {
          cause: 'SSO_MAPPING',
          certainty: 'LIKELY',
          operator: null,
          message: expect.stringContaining('SAML response mapping'),
        },
      },
    ]);
    expect(await returnsOf('dan')).toMatchObject([{ returnedBy: { cause: 'UNKNOWN', certainty: 'UNKNOWN' } }]);
  });

  it('and that we gave back has not come back', async () => {
    const [item] = (await itemsOf(house.database.sql, taken)).filter(({ userId }) => userId === eveId);
    const outcome = await restore(house.deps, ADA, { reclamationId: taken, itemIds: [item!.id] });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusals));
    await runReclamation(house.deps, outcome.reclamation.id, neverAborted());
    expect(person('eve').type).toBe(2);
    pass();
    await sync();
    expect(await returnsOf('eve')).toEqual([]);
  });
  let eveId = '';
  beforeAll(async () => {
    eveId = (await userNamed(house, 'eve')).id;
  });

  it('and came back saves nothing, and is counted of its rule', async () => {
    const { entries } = await settleSavings(house.deps, house.integration.id, { from: null, to: null });
    const states = new Map(entries.map(({ userId, state }) => [userId, state]));
    for (const name of NAMES) expect(states.get((await userNamed(house, name)).id), name).toBe('RETURNED');
    const { reclamationRules } = await ask('{ reclamationRules { taken returned } }');
    const counts = reclamationRules.filter((rule: { taken: number }) => rule.taken > 0);
    expect(counts).toEqual([{ taken: 5, returned: 4 }]);
  });

  it('and came back is found again, but not taken, until somebody says that the cause is mended', async () => {
    // Ann signed in: she is active.
    const found = await openCandidates(house);
    expect(Object.keys(found).sort()).toEqual(['ben', 'cat', 'dan']);
    for (const name of ['ben', 'cat', 'dan']) {
      expect(found[name]).toMatchObject({ status: 'ATTENTION_REQUIRED', codes: ['BOOMERANG'] });
    }
    const before = house.sandbox.calls.filter(({ method }) => method !== 'GET').length;
    await expect(take(['ben'])).rejects.toThrow(/BLOCKED.*acknowledgeReturns/);
    expect(house.sandbox.calls.filter(({ method }) => method !== 'GET').length).toBe(before);

    const [ben] = await returnsOf('ben');
    const { acknowledgeReturns: payload } = await ask(
      `mutation ($id: ID!) { acknowledgeReturns(input: { candidateIds: [$id], note: "Mapping mended" }) {
         reclamationCandidates { returnAcknowledgedBy } userErrors { code } } }`,
      { id: ben!.id },
    );
    expect(payload).toEqual({ reclamationCandidates: [{ returnAcknowledgedBy: 'tester' }], userErrors: [] });
    expect((await openCandidates(house))['ben']).toMatchObject({ status: 'READY', codes: [] });
    await sync();
    expect(await openCandidates(house)).toMatchObject({ ben: { status: 'READY' }, cat: { codes: ['BOOMERANG'] } });
    // As if the day of the first request were over, which was as much as the guard allows.
    await house.database.sql`update reclamation_items set sent_at = sent_at - interval '2 days'`;
    expect((await take(['ben'])).items).toMatchObject([{ status: 'CONFIRMED' }]);
    expect(person('ben').type).toBe(1);

    expect(await acknowledgeReturns(house.deps, ADA, { candidateIds: [ben!.id] })).toMatchObject({
      ok: false,
      refusals: [{ code: 'NOTHING_TO_DO' }],
    });
  });

  it('and came back may be taken again after 30 days', async () => {
    house.clock.advance(31 * 86_400_000);
    await sync();
    expect(await openCandidates(house)).toMatchObject({ cat: { status: 'READY', codes: [] } });
  });

  it('leaves no name and no address in the audit trail, and none of who gave it back once data is erased', async () => {
    const { sql } = house.database;
    const events = await sql<{ action: string; text: string }[]>`
      select action, details::text || coalesce(subject, '') as text from audit_events`;
    expect(new Set(events.map(({ action }) => action))).toContain('license.returned');
    expect(events.filter(({ text }) => /@|ann\b|\bben\b/i.test(text))).toEqual([]);
    await sql.begin((tx) => eraseIntegrationData(tx, house.integration.id));
    const left = await sql`select from reclamation_candidates where returned_operator is not null`;
    expect(left).toHaveLength(0);
  });
});
