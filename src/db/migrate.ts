import { fileURLToPath } from 'node:url';
import { migrate } from 'drizzle-orm/postgres-js/migrator';
import { openPool, type ConnectionOptions } from './client.ts';

/** Any number that no other advisory lock in this database uses. */
const MIGRATION_LOCK = 7_263_401;

/**
 * Brings the database to the current schema. Several processes may start at once: the first one works, the others
 * wait for it and find nothing left to do.
 */
export async function migrateDatabase(connection: ConnectionOptions): Promise<void> {
  // The lock belongs to a session, so the migration must run on the very connection that took it.
  const { sql, db, close } = openPool(connection, 1);
  try {
    await sql`select pg_advisory_lock(${MIGRATION_LOCK})`;
    try {
      await migrate(db, { migrationsFolder: fileURLToPath(new URL('../../drizzle', import.meta.url)) });
    } finally {
      await sql`select pg_advisory_unlock(${MIGRATION_LOCK})`;
    }
  } finally {
    await close();
  }
}
