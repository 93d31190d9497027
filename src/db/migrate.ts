import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { openPool, type ConnectionOptions, type Sql } from './client.ts';

const FOLDER = fileURLToPath(new URL('../../drizzle', import.meta.url));

/** Any number that no other advisory lock in this database uses. */
const MIGRATION_LOCK = 7_263_401;

/**
 * Brings the database to the current schema. Several processes may start at once: the first one works, the others
 * wait for it and find nothing left to do.
 */
export async function migrateDatabase(connection: ConnectionOptions): Promise<void> {
  // The lock belongs to a session, so the migration must run on the very connection that took it.
  const { sql, db, close } = openPool(connection, { max: 1 });
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    try {
      await migrate(db, { migrationsFolder: FOLDER });
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`;
    }
  } finally {
    await close();
  }
}

/** How the schema of a database stands to this code: the same, or behind or ahead of it. */
export async function schemaState(sql: Sql): Promise<'current' | 'older' | 'newer'> {
  const [row] = await sql<{ last: string | null }[]>`select max(created_at) as last from drizzle.__drizzle_migrations`;
  const last = Number(row?.last ?? 0);
  if (last === latestMigration()) return 'current';
  return last < latestMigration() ? 'older' : 'newer';
}

let latest: number | null = null;

/** When the last migration that this code knows was made, by the journal in `drizzle/`. */
function latestMigration(): number {
  if (latest === null) {
    const journal = JSON.parse(readFileSync(`${FOLDER}/meta/_journal.json`, 'utf8')) as { entries: { when: number }[] };
    latest = Math.max(...journal.entries.map(({ when }) => when));
  }
  return latest;
}
