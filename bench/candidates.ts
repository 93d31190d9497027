import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { openApp } from '#src/app.ts';
import { readConfig } from '#src/config.ts';
import { integrationsByIds } from '#src/datasources/store/integrations.ts';
import { findCandidates } from '#src/jobs/find-candidates.ts';
import { Job } from '#src/jobs/job.ts';
import { createLogger } from '#src/log.ts';
import { CROWD, fillCrowd } from '#test/support/crowd.ts';
import { rowsIn } from '#test/support/rows.ts';
import { statementsOf } from '#test/support/statements.ts';
import { createDatabase } from './house.ts';
import { sampleMemory } from './memory.ts';

/**
 * How long the look for candidates takes among very many users, in how many statements and how much memory: a first look,
 * which finds them, and a second one, which finds the same. On `BENCH_DATABASE_URL`.
 */
export async function candidates(args: string[]): Promise<object> {
  const { values } = parseArgs({ args, options: { users: { type: 'string', default: '1000000' } } });
  const url = process.env['BENCH_DATABASE_URL'];
  if (url === undefined) throw new Error('Set BENCH_DATABASE_URL.');
  const own = await createDatabase(url);
  const config = readConfig({
    AUTH_JWT_SECRET: randomBytes(32).toString('base64url'),
    TOKEN_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    LOG_LEVEL: 'warn',
    DATABASE_URL: own.url,
  });
  const log = createLogger('warn', (line) => process.stderr.write(line));
  const app = await openApp(config, { works: false, log });
  const { database } = app.deps;
  try {
    const now = new Date();
    const begun = performance.now();
    await fillCrowd(database, Number(values.users), now);
    const { sql } = database;
    await sql`
      update accounts set is_roster_complete = true, roster_complete_at = ${now}, roles_known = true, profiles_read_at = ${now},
        activity_known_from = ${now}::timestamptz - interval '200 days'`;
    // A crowd comes without a rule, and then nobody is looked for.
    await rowsIn(database).rule({ id: CROWD.integrationId });
    process.stderr.write(`filled in ${Math.round((performance.now() - begun) / 1000)} s\n`);
    const memory = sampleMemory();
    const looks: object[] = [];
    for (const look of ['first', 'second']) {
      const [integration] = await integrationsByIds(sql, [CROWD.integrationId]);
      const run = await rowsIn(database).jobRun({ id: CROWD.integrationId }, { task: 'RECLAMATION' });
      const job = new Job(app.deps, integration!, run, new AbortController().signal);
      const from = performance.now();
      const { result, statements } = await statementsOf(database, () => findCandidates(job));
      const seconds = Math.round(performance.now() - from) / 1000;
      const [found] = await sql`select count(*)::int as count from reclamation_candidates where closed_at is null`;
      looks.push({ look, seconds, statements: statements.length, open: found?.['count'], ...result });
      process.stderr.write(`${JSON.stringify(looks.at(-1))}\n`);
    }
    memory.stop();
    return { users: Number(values.users), looks, rssMb: memory.read() };
  } finally {
    await app.close();
    await own.drop();
  }
}
