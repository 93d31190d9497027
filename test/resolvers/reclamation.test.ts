import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '#src/db/client.ts';
import type { CandidateRow, IntegrationRow, LicenseRow, RuleRow, UserRow } from '#src/db/tables/rows.ts';
import { testDatabase } from '../support/database.ts';
import { rowsIn } from '../support/rows.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { statementsOf } from '../support/statements.ts';

const NOW = new Date('2026-03-01T12:00:00.000Z');
const ago = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

let database: Database;
let server: TestServer;
let rows: ReturnType<typeof rowsIn>;
let integration: IntegrationRow;
let license: LicenseRow;
let rule: RuleRow;
let people: UserRow[];
const candidates: CandidateRow[] = [];

beforeAll(async () => {
  database = await testDatabase();
  server = await startServer(database, { deps: { now: () => NOW } });
  rows = rowsIn(database);
  integration = await rows.integration();
  const account = await rows.account(integration);
  license = await rows.license(account);
  rule = await rows.rule(integration, { condition: { departments: ['Sales'] } });
  people = await rows.users(
    account,
    Array.from({ length: 60 }, (_, index) => ({ lastLoginAt: index % 2 === 0 ? ago(80) : null, activeDate: ago(300) })),
  );
  for (const [index, person] of people.entries()) {
    candidates.push(
      await rows.candidate(person, license, rule, {
        inactiveDays: 70 + (index % 7),
        status: (['READY', 'AWAITING_USER', 'ATTENTION_REQUIRED'] as const)[index % 3],
        action: index % 4 === 0 ? 'DEACTIVATE' : 'DOWNGRADE',
        reason: index % 2 === 0 ? 'INACTIVE' : 'NEVER_ACTIVE',
        lastActivityAt: index % 2 === 0 ? ago(80) : null,
        savingsAmount: index % 5 === 0 ? null : String(index),
        savingsCurrency: index % 5 === 0 ? null : index % 2 === 0 ? 'EUR' : 'USD',
        blockers: index === 0 ? [{ code: 'EXCLUDED', message: 'On leave.', until: ago(-5).toISOString() }] : [],
      }),
    );
  }
});
afterAll(async () => {
  await server.close();
  await database.close();
});

const FIELDS = `
  id action reason status inactiveDays lastActivityAt detectedAt
  user { email } license { name } rule { name appliesTo condition { departments groupIds neverActiveOnly } integration { id } }
  evidence { windowFrom rosterAt signs { sign lastAt } } blockers { code message until } history { at from to by note }
  estimatedAnnualSavings { amount currency }`;

describe('candidates', () => {
  const list = async (args: string, after: string | null = null) => {
    const { data, errors } = await server.ask(
      `query ($after: String) { reclamationCandidates(${args} after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { ${FIELDS} } } }`,
      { after },
    );
    expect(errors).toBeUndefined();
    return data.reclamationCandidates as {
      totalCount: number;
      pageInfo: { hasNextPage: boolean; endCursor: string };
      nodes: any[];
    };
  };

  it('say what they rest on', async () => {
    const [oldest] = candidates;
    const { nodes } = await list(`filter: { user: { eq: "${people[0]?.id}" } }`);
    expect(nodes).toEqual([
      expect.objectContaining({
        id: oldest?.id,
        // Open ones count on, from the user's own activity.
        inactiveDays: 80,
        user: { email: people[0]?.email },
        rule: {
          name: rule.name,
          appliesTo: null,
          integration: { id: integration.id },
          condition: { departments: ['Sales'], groupIds: null, neverActiveOnly: null },
        },
        evidence: { windowFrom: null, rosterAt: '2026-03-01T00:00:00.000Z', signs: [{ sign: 'login', lastAt: null }] },
        blockers: [{ code: 'EXCLUDED', message: 'On leave.', until: ago(-5).toISOString() }],
        history: [{ at: oldest?.detectedAt.toISOString(), from: null, to: 'READY', by: 'system', note: null }],
      }),
    ]);
  });

  it('come newest first, page by page', async () => {
    const ids: string[] = [];
    for (let after: string | null = null; ;) {
      const page = await list('first: 7', after);
      ids.push(...page.nodes.map(({ id }) => id as string));
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(ids).toEqual([...candidates].reverse().map(({ id }) => id));
  });

  it.each([
    // One currency after the other.
    [
      'SAVINGS',
      (row: CandidateRow) =>
        row.savingsAmount === null ? null : `${row.savingsCurrency} ${row.savingsAmount.padStart(12, '0')}`,
    ],
    ['LAST_ACTIVITY_AT', (row: CandidateRow) => row.lastActivityAt?.getTime() ?? null],
    ['INACTIVE_DAYS', (row: CandidateRow) => row.inactiveDays],
    ['STATUS', (row: CandidateRow) => row.status],
    ['DETECTED_AT', (row: CandidateRow) => row.detectedAt.getTime()],
  ])('come in the order of %s, unknown values last', async (field, valueOf) => {
    for (const direction of ['ASC', 'DESC']) {
      const seen: string[] = [];
      for (let after: string | null = null; ;) {
        const page = await list(`first: 11 orderBy: [{ field: ${field}, direction: ${direction} }]`, after);
        seen.push(...page.nodes.map(({ id }) => id as string));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(new Set(seen).size).toBe(candidates.length);
      const values = seen.map((id) => valueOf(candidates.find((row) => row.id === id)!));
      const known = values.filter((value) => value !== null);
      const ordered = [...known].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
      expect(values.slice(0, known.length)).toEqual(direction === 'ASC' ? ordered : ordered.reverse());
    }
  });

  it('are found by what they are', async () => {
    const count = async (filter: string) => (await list(`filter: ${filter}`)).totalCount;
    const where = (holds: (row: CandidateRow) => boolean) => candidates.filter(holds).length;
    expect(await count('{ status: { eq: READY } }')).toBe(where((row) => row.status === 'READY'));
    expect(await count('{ status: { notIn: [READY] }, action: { eq: DEACTIVATE } }')).toBe(
      where((row) => row.status !== 'READY' && row.action === 'DEACTIVATE'),
    );
    expect(await count('{ or: [{ reason: { eq: INACTIVE } }, { inactiveDays: { gte: 75 } }] }')).toBe(
      where((row) => row.reason === 'INACTIVE' || row.inactiveDays >= 75),
    );
    expect(await count(`{ rule: { eq: "${rule.id}" }, license: { ne: "${license.id}" } }`)).toBe(0);
    expect(await count(`{ detectedAt: { gt: "${candidates[9]?.detectedAt.toISOString()}" } }`)).toBe(50);
    expect(await count('{ or: [] }')).toBe(0);
  });

  it('cost the same number of statements, one or sixty', async () => {
    const count = async (first: number) =>
      (await statementsOf(database, () => list(`first: ${first}`))).statements.length;
    expect(await count(60)).toBe(await count(1));
  });
});

describe('reclamations', () => {
  const query = `query ($first: Int) { reclamations(first: $first) { totalCount nodes {
    id kind status dryRun requestedBy requestedAt reason needsConfirmation counts { total planned confirmed failed }
    items(first: 2) { totalCount pageInfo { hasNextPage } nodes {
      id action status at error { code message zoomCode } before { readAt status features } user { email } candidate { id }
    } }
  } } }`;

  it('show their items in the order of work', async () => {
    const reclamation = await rows.reclamation(integration, { requestedAt: ago(1) });
    const [first, second, third] = candidates as [CandidateRow, CandidateRow, CandidateRow];
    const confirmed = await rows.item(reclamation, first, {
      status: 'CONFIRMED',
      before: {
        readAt: ago(1).toISOString(),
        status: 'active',
        typeCode: 2,
        zoomOneType: null,
        planUnitedType: null,
        roleId: null,
        groupIds: [],
        features: { webinar: true },
      },
    });
    const failed = await rows.item(reclamation, second, {
      status: 'FAILED',
      error: { code: 'REFUSED', message: 'No.', zoomCode: 300 },
    });
    await rows.item(reclamation, third);
    const { data, errors } = await server.ask(query, { first: 1 });
    expect(errors).toBeUndefined();
    expect(data.reclamations.nodes[0]).toMatchObject({
      id: reclamation.id,
      counts: { total: 3, planned: 1, confirmed: 1, failed: 1 },
      items: {
        totalCount: 3,
        pageInfo: { hasNextPage: true },
        nodes: [
          { id: confirmed.id, before: { status: 'active', features: { webinar: true } }, error: null },
          { id: failed.id, before: null, error: { code: 'REFUSED', message: 'No.', zoomCode: 300 } },
        ],
      },
    });
  });

  it('cost the same number of statements, one or thirty', async () => {
    for (let more = 0; more < 30; more += 1) {
      const reclamation = await rows.reclamation(integration, { requestedAt: ago(2 + more) });
      await rows.item(reclamation, candidates[more]!);
    }
    const count = async (first: number) => {
      const { result, statements } = await statementsOf(database, () => server.ask(query, { first }));
      expect(result.errors).toBeUndefined();
      expect(result.data.reclamations.nodes).toHaveLength(first);
      return statements.length;
    };
    expect(await count(30)).toBe(await count(1));
  });
});
