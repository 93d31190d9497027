import { parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { READY_QUERIES } from '#src/http/explorer-queries.ts';
import { buildSubgraph } from '#src/schema.ts';
import type { Database } from '#src/db/client.ts';
import { chromium } from '../support/browser.ts';
import { testDatabase } from '../support/database.ts';
import { startServer, token } from '../support/server.ts';

describe('the explorer', () => {
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.close());

  it('has ready queries that this schema answers, each of one operation with a name', () => {
    const { schema } = buildSubgraph();
    const names = READY_QUERIES.map(({ query }) => {
      const document = parse(query);
      expect(validate(schema, document)).toEqual([]);
      expect(document.definitions).toHaveLength(1);
      const [operation] = document.definitions;
      return operation?.kind === 'OperationDefinition' ? operation.name?.value : undefined;
    });
    expect(names).toContain('WhoIsInactive');
    expect(new Set(names).size).toBe(READY_QUERIES.length);
    expect(names).not.toContain(undefined);
  });

  it('offers to reclaim as a dry run only', () => {
    const reclaim = READY_QUERIES.filter(({ query }) => query.includes('mutation'));
    expect(reclaim.map(({ variables }) => JSON.parse(variables ?? '{}'))).toEqual([
      { input: { candidateIds: [], dryRun: true } },
    ]);
  });

  it('is not there where it is off; the endpoint still answers', async () => {
    const server = await startServer(database, { config: { explorer: false } });
    try {
      const page = await server.app.inject({ url: '/graphql', headers: { accept: 'text/html' } });
      expect([page.statusCode, page.json().errors[0].message]).toEqual([
        403,
        'The explorer is off here; EXPLORER=true switches it on.',
      ]);
      expect((await server.ask('{ integrations { id } }')).data).toEqual({ integrations: [] });
    } finally {
      await server.close();
    }
  });

  it.skipIf(chromium === null)('works in a browser that reaches nobody else', async () => {
    const server = await startServer(database);
    const browser = await chromium!();
    try {
      const origin = await server.app.listen({ host: '127.0.0.1', port: 0 });
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      const elsewhere: string[] = [];
      const complaints: string[] = [];
      page.on('request', (request) => {
        if (!/^(blob|data):/.test(request.url()) && new URL(request.url()).origin !== origin) {
          elsewhere.push(request.url());
        }
      });
      page.on('console', (message) => {
        if (message.type() === 'error') complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      // Sent by the browser with every request, in the place of the field "Headers".
      await page.setExtraHTTPHeaders({ authorization: `Bearer ${await token()}` });
      await page.goto(`${origin}/graphql`);
      await page.getByRole('tab', { name: 'FirstLook' }).waitFor();
      const names = READY_QUERIES.map(({ query }) => /(?:query|mutation) (\w+)/.exec(query)?.[1] ?? '');
      const tabsAreWhole = async () => {
        const { x: logo = 0 } = (await page.locator('.graphiql-logo').boundingBox()) ?? {};
        for (const name of names) {
          const box = await page.getByRole('tab', { name }).boundingBox();
          expect((box?.x ?? Infinity) + (box?.width ?? 0), `${name} ends before the logo`).toBeLessThanOrEqual(logo);
        }
        const tabs = await page
          .locator('.graphiql-tabs')
          .evaluate(({ scrollWidth, clientWidth }) => [scrollWidth, clientWidth]);
        expect(tabs[0], 'nothing is scrolled out of sight').toBe(tabs[1]);
      };
      await tabsAreWhole();

      await page.getByRole('button', { name: /Execute query/ }).click();
      await page.locator('.result-window').getByText('integrations').first().waitFor();

      await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
      await page.getByText('Root Types', { exact: false }).first().waitFor();
      // Now they have less room.
      await tabsAreWhole();
      if (process.env['SCREENSHOTS'] !== undefined) {
        await page.screenshot({ path: `${process.env['SCREENSHOTS']}/explorer.png` });
      }
      expect(elsewhere).toEqual([]);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
      await server.close();
    }
  });
});
