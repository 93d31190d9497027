import { main, openDatabaseAlone } from './app.ts';
import { migrateDatabase } from './db/migrate.ts';

await main(async () => {
  const { connection, close } = await openDatabaseAlone();
  try {
    await migrateDatabase(connection);
    process.stdout.write('The database has the current schema.\n');
  } finally {
    await close();
  }
});
