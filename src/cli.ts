import { keysAlone, main, openDatabaseAlone } from './app.ts';
import { runCli } from './cli/index.ts';
import { openPool, type Database } from './db/client.ts';

await main(async () => {
  // Whoever reads what we print has had enough: `… | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  let alone: Awaited<ReturnType<typeof openDatabaseAlone>> | null = null;
  let pool: Database | null = null;
  try {
    process.exitCode = await runCli(process.argv.slice(2), {
      async sql() {
        alone ??= await openDatabaseAlone();
        pool ??= openPool(alone.connection, { max: 1 });
        return pool.sql;
      },
      keys: keysAlone,
      out: process.stdout,
      err: process.stderr,
    });
  } finally {
    await (pool as Database | null)?.close();
    await (alone as Awaited<ReturnType<typeof openDatabaseAlone>> | null)?.close();
  }
});
