import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { parseDatabaseUrl } from '#src/db/client.ts';
import { openEmbeddedOver } from '#src/db/embedded.ts';
import { migrateDatabase } from '#src/db/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** What `testDatabase` copies: a dumped data folder, or a template on a PostgreSQL. */
    template: { kind: 'dump'; path: string } | { kind: 'postgres'; url: string; name: string };
  }
}

/** Migrates one template that every test file then copies: on `TEST_DATABASE_URL` where set, embedded otherwise. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const url = process.env.TEST_DATABASE_URL;
  if (url !== undefined && url !== '') {
    const name = `zoom_license_template_${process.pid}_${Date.now()}`;
    const admin = postgres({ ...parseDatabaseUrl(url), ssl: false, max: 1, onnotice: () => undefined });
    await admin.unsafe(`create database ${name}`);
    await migrateDatabase({ ...parseDatabaseUrl(url), database: name });
    project.provide('template', { kind: 'postgres', url, name });
    return async () => {
      await admin.unsafe(`drop database if exists ${name} with (force)`);
      await admin.end();
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'zoom-license-test-'));
  const pglite = await PGlite.create();
  const embedded = await openEmbeddedOver(pglite);
  await migrateDatabase(embedded.connection);
  const path = join(folder, 'template.tar');
  await writeFile(path, Buffer.from(await (await pglite.dumpDataDir('none')).arrayBuffer()));
  await embedded.close();
  project.provide('template', { kind: 'dump', path });
  return () => rm(folder, { recursive: true, force: true });
}
