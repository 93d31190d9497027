import { openBenchHouse, type BenchHouse } from './house.ts';

const PAGE = `query ($id: ID!, $first: Int!) {
  users(integrationId: $id, first: $first) {
    nodes { email licenses { name } activity { lastActivityAt inactiveDays } meetings(first: 5) { nodes { id startTime } } }
  }
}`;

/** SQL statements that one request costs, for pages of 1, 10 and 100 users. */
export async function statements(): Promise<object> {
  const house = await openBenchHouse({ users: 200, seed: 3 });
  try {
    await finished(house);
    const counts: Record<string, number> = {};
    for (const first of [1, 10, 100]) {
      const { sql } = house.app.deps.database;
      let count = 0;
      const before = sql.options.debug;
      sql.options.debug = () => {
        count += 1;
      };
      await house.ask(PAGE, { id: house.integrationId, first });
      sql.options.debug = before;
      counts[`first: ${first}`] = count;
    }
    return { query: PAGE.replace(/\s+/g, ' '), statements: counts };
  } finally {
    await house.close();
  }
}

/** Waits until no run of the integration waits or works. */
export async function finished(house: BenchHouse): Promise<void> {
  for (;;) {
    const { integration } = await house.ask<{ integration: { jobRuns: { nodes: { status: string }[] } } }>(
      'query ($id: ID!) { integration(id: $id) { jobRuns(first: 5) { nodes { status } } } }',
      { id: house.integrationId },
    );
    const { nodes } = integration.jobRuns;
    if (nodes.length > 0 && nodes.every((run) => !['QUEUED', 'RUNNING'].includes(run.status))) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
