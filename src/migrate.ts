import { main, configOrExit } from './app.ts';
import { parseDatabaseUrl } from './db/client.ts';
import { openEmbedded } from './db/embedded.ts';
import { migrateDatabase } from './db/migrate.ts';

await main(async () => {
  // Neither callers nor secrets matter to a migration: what the environment doesn't say is made up.
  const auth = process.env['AUTH_JWKS_URL'] === undefined ? { AUTH_JWT_SECRET: 'x'.repeat(32) } : {};
  const config = configOrExit({ ...auth, TOKEN_KEYS: `k:${'A'.repeat(43)}=`, ...process.env });
  const embedded = config.databaseUrl === null ? await openEmbedded(config.dataDir) : null;
  try {
    await migrateDatabase(embedded?.connection ?? parseDatabaseUrl(config.databaseUrl?.reveal() ?? ''));
    process.stdout.write('The database has the current schema.\n');
  } finally {
    await embedded?.close();
  }
});
