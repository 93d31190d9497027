import type { Database } from '#src/db/client.ts';

/** Everything that is sent to the database while `run` runs, without what the driver asks about the database itself. */
export async function statementsOf<T>(
  database: Database,
  run: () => Promise<T>,
): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const { options } = database.sql;
  const before = options.debug;
  options.debug = (_, query) => {
    if (!query.includes('pg_catalog.pg_type')) statements.push(query);
  };
  try {
    return { result: await run(), statements };
  } finally {
    options.debug = before;
  }
}
