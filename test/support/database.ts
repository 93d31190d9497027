import { readFile } from 'node:fs/promises';
import postgres from 'postgres';
import { inject } from 'vitest';
import { openPool, parseDatabaseUrl, type Database } from '#src/db/client.ts';
import { openEmbedded } from '#src/db/embedded.ts';

let copies = 0;

/** A migrated, empty database of the calling test file's own; `close` takes it away. */
export async function testDatabase(): Promise<Database> {
  const template = inject('template');
  if (template.kind === 'dump') {
    const embedded = await openEmbedded(null, { dump: new Blob([await readFile(template.path)]) });
    const database = openPool(embedded.connection);
    return {
      ...database,
      async close() {
        await database.close();
        await embedded.close();
      },
    };
  }
  copies += 1;
  const name = `${template.name}_${process.pid}_${copies}`;
  const admin = postgres({ ...parseDatabaseUrl(template.url), ssl: false, max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${name} template ${template.name}`);
  // Nobody pulls the plug of a test, and waiting for the disk at every commit is most of the time.
  await admin.unsafe(`alter database ${name} set synchronous_commit = off`);
  const database = openPool({ ...parseDatabaseUrl(template.url), database: name });
  return {
    ...database,
    async close() {
      await database.close();
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}
