import { openPool, parseDatabaseUrl } from '../../src/db/client.ts';

/** Exits with 0 when the PostgreSQL named by the first argument lets us make databases, with 1 when it doesn't. */
const { sql, close } = openPool(parseDatabaseUrl(process.argv[2] ?? ''), { max: 1 });
try {
  const [row] = await sql<
    { can: boolean }[]
  >`select rolcreatedb or rolsuper as can from pg_roles where rolname = current_user`;
  process.exitCode = row?.can === true ? 0 : 1;
} catch {
  process.exitCode = 1;
}
await close();
