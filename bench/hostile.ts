import type { Database } from '#src/db/client.ts';
import { hostileRequests } from '#test/support/hostile.ts';
import { startServer, token } from '#test/support/server.ts';

const ROUNDS = 9;

/**
 * How long a server is kept busy by each request that nobody honest sends, from its bytes to its answer, in the process
 * that answers. There is no database: none of them comes so far.
 */
export async function hostile(): Promise<object> {
  const server = await startServer({} as Database);
  const authorization = `Bearer ${await token()}`;
  // So that none of them pays for code that is not compiled yet.
  for (let round = 0; round < 50; round += 1) await server.ask('{ __schema { types { name fields { name } } } }');
  const rows = [];
  for (const { name, method, url, headers, payload } of hostileRequests()) {
    const times: number[] = [];
    let status = 0;
    let reason = '';
    for (let round = 0; round < ROUNDS; round += 1) {
      const startedAt = performance.now();
      const answer = await server.app.inject({
        method,
        url,
        headers: { ...headers, authorization },
        ...(payload !== undefined && { payload }),
      });
      times.push(performance.now() - startedAt);
      status = answer.statusCode;
      reason = answer.json<{ errors: { message: string }[] }>().errors[0]?.message ?? '';
    }
    times.sort((a, b) => a - b);
    rows.push({ name, status, reason: reason.slice(0, 90), ms: round(times[4]), most: round(times[ROUNDS - 1]) });
  }
  for (const { name, status, reason, ms, most } of rows) {
    console.error(`| ${name} | ${status} | ${reason.replaceAll('|', '\\|')} | ${ms} | ${most} |`);
  }
  await server.close();
  return { rounds: ROUNDS, rows };
}

const round = (ms: number | undefined) => Math.round((ms ?? 0) * 10) / 10;
