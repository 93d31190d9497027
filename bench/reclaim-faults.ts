import { parseArgs } from 'node:util';
import { createDatabase } from './house.ts';
import { reclaimStorm } from './storm.ts';

/** Takes and gives back while everything goes wrong. On `BENCH_DATABASE_URL`: killed workers need a server to come back to. */
export async function reclaimFaults(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      items: { type: 'string', default: '1000' },
      kills: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
    },
  });
  const url = process.env['BENCH_DATABASE_URL'];
  if (url === undefined) throw new Error('Name a PostgreSQL server in BENCH_DATABASE_URL.');
  const database = await createDatabase(url);
  try {
    return await reclaimStorm({
      databaseUrl: database.url,
      items: Number(values.items),
      kills: Number(values.kills),
      seed: Number(values.seed),
      tell: (line) => process.stderr.write(`${line}\n`),
    });
  } finally {
    await database.drop();
  }
}
