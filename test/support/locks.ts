import type { Database } from '#src/db/client.ts';

/** Until so many transactions wait for others, or what is pending is over. Only with a PostgreSQL. */
export async function untilBlocked(database: Database, count: number, ...pending: Promise<unknown>[]): Promise<void> {
  let isOver = false;
  if (pending.length > 0) void Promise.allSettled(pending).then(() => (isOver = true));
  for (;;) {
    const [row] = await database.sql<{ count: number }[]>`
      select count(distinct pid)::int as count from pg_locks where not granted
        and pid in (select pid from pg_stat_activity where datname = current_database())`;
    if (isOver || row!.count >= count) return;
  }
}
