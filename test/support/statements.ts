import type { Database } from '#src/db/client.ts';

/** Everything that is sent to the database while `run` runs. */
export async function statementsOf<T>(
  database: Database,
  run: () => Promise<T>,
): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const { options } = database.sql;
  const before = options.debug;
  options.debug = (_, query) => {
    statements.push(query);
  };
  try {
    return { result: await run(), statements };
  } finally {
    options.debug = before;
  }
}
