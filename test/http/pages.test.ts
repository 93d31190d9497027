import type { FastifyInstance } from 'fastify';
import type { Browser, Page, Response } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { answerLink } from '#src/actions/answer-token.ts';
import { authorizeIntegration } from '#src/actions/authorize-integration.ts';
import { deleteIntegration } from '#src/actions/delete-integration.ts';
import { insertAsks } from '#src/datasources/store/asks.ts';
import type { Deps } from '#src/deps.ts';
import { createServer } from '#src/http/server.ts';
import { chromium } from '../support/browser.ts';
import { ADA, appWith, done, draft } from '../support/consent.ts';
import { openHouse, type House } from '../support/house.ts';
import { freePort } from '../support/processes.ts';
import { obstacles, tabThrough } from '../support/readable.ts';
import { rowsIn } from '../support/rows.ts';

const SCOPES = ['user:read:admin', 'meeting:read:admin', 'report:read:admin', 'account:read:admin', 'user:write:admin'];
const app = appWith('reclaims-licenses', SCOPES);
const rosterOnly = appWith('roster-only', ['user:read:list_users:admin', 'user:read:user:admin']);
const LONG_NAME = 'Northwind Traders Europe, Middle East and Africa (production)';

// The pages don't know which database is below them: one of the two runs is enough.
const isSeenElsewhere = inject('template').kind === 'postgres' && process.env['SCREENSHOTS'] === undefined;

describe.skipIf(chromium === null || isSeenElsewhere)(
  'pages that people see, without JavaScript (only without TEST_DATABASE_URL)',
  () => {
    let house: House;
    let deps: Deps;
    let server: FastifyInstance;
    let browser: Browser;
    let page: Page;
    /** Addresses that the browser asked, without ours and those of the sandbox's Zoom. */
    const elsewhere: string[] = [];
    const complaints: string[] = [];

    beforeAll(async () => {
      const port = await freePort();
      house = await openHouse({ users: 12, apps: [app, rosterOnly], env: { PUBLIC_URL: `http://127.0.0.1:${port}` } });
      deps = house.deps;
      server = await createServer(deps);
      await server.listen({ host: '127.0.0.1', port });
      browser = await chromium!();
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await server?.close();
      await house?.close();
    });

    beforeEach(async () => {
      house.sandbox.faults.clear();
      for (const { id } of await house.database.sql<
        { id: string }[]
      >`select id from integrations where deleted_at is null and status <> 'DRAFT'`) {
        await deleteIntegration(deps, ADA, { integrationId: id });
      }
      elsewhere.length = 0;
      complaints.length = 0;
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
      page = await context.newPage();
      const ours = [deps.config.publicUrl, new URL(house.sandbox.oauthUrl).origin];
      page.on('request', (request) => {
        if (!ours.includes(new URL(request.url()).origin)) elsewhere.push(request.url());
      });
      page.on('console', (message) => complaints.push(message.text()));
    });
    afterEach(() => page.context().close());

    /** Keeps a picture of the page in the folder `SCREENSHOTS`, for people to look at; in dark colors only where asked. */
    async function screenshot(name: string): Promise<void> {
      const folder = process.env['SCREENSHOTS'];
      if (folder === undefined) return;
      await page.emulateMedia({ colorScheme: process.env['DARK'] === undefined ? 'light' : 'dark' });
      await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
    }

    /** Looks at the page that is open, wide in light colors and narrow in dark ones. */
    async function looksRight(name: string, response: Response | null, status = 200): Promise<void> {
      expect(response?.status(), name).toBe(status);
      const policy = (await response?.headerValue('content-security-policy')) ?? '';
      expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]+=*'; base-uri 'none'/);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toMatch(/script-src|unsafe|https?:|\*/);
      expect(await response?.headerValue('referrer-policy')).toBe('no-referrer');
      // Colors don't depend on the width, nor the other way round.
      for (const [width, colorScheme] of [
        [1280, 'light'],
        [360, 'dark'],
      ] as const) {
        await page.setViewportSize({ width, height: 740 });
        await page.emulateMedia({ colorScheme });
        expect(await obstacles(page), `${name}, ${width} px, ${colorScheme}`).toEqual([]);
        await screenshot(`${name}-${width}`);
      }
      // Typed keys go where they are seen to go, also on the narrow page.
      const { invisible } = await tabThrough(page);
      expect(invisible).toEqual([]);
      // The icon that a browser looks for by itself is its own doing, and of ours anyway.
      expect(elsewhere).toEqual([]);
      expect(complaints.filter((text) => !text.includes('status of'))).toEqual([]);
    }

    const authorizationOf = async (input: { displayName?: string } = {}, with_ = app) => {
      const { id } = await draft(house, with_, { displayName: LONG_NAME, ...input });
      return done(await authorizeIntegration(deps, ADA, { integrationId: id })).authorizationUrl;
    };
    const decide = async (decision: 'Allow' | 'Deny') => {
      const [response] = await Promise.all([
        page.waitForResponse((answer) => new URL(answer.url()).pathname === '/oauth/zoom/callback'),
        page.getByRole('button', { name: decision }).click(),
      ]);
      await page.waitForLoadState();
      return response;
    };

    describe('of an authorization', () => {
      it('ask for consent, and tell that it is connected; the same again that it is over', async () => {
        const link = await authorizationOf();
        await looksRight('consent', await page.goto(link));
        expect((await tabThrough(page)).reached).toEqual(['decision deny', 'decision allow']);
        const connected = await decide('Allow');
        await looksRight('connected', connected);
        expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(`${LONG_NAME} is connected`);

        await looksRight('replayed', await page.reload(), 409);
        expect(await page.title()).toBe('This was finished before');
        // It is connected: a page that says otherwise would send people on a second way.
        expect(await page.locator('main').innerText()).not.toContain('Not connected');
        await looksRight('used-link', await page.goto(link), 409);
      });

      it('tell that it was denied', async () => {
        await page.goto(await authorizationOf());
        await looksRight('denied', await decide('Deny'));
        expect(await page.title()).toBe('Access was not allowed');
      });

      it('tell that an answer was not asked for, or came to another browser', async () => {
        const forged = `${deps.config.publicUrl}/oauth/zoom/callback?code=abc&state=${'deadbeef'.repeat(5)}`;
        await looksRight('wrong-state', await page.goto(forged), 403);
        await page.goto(await authorizationOf());
        await page.context().clearCookies();
        await page
          .context()
          .addCookies([{ name: 'zoom_oauth', value: 'x'.repeat(43), domain: '127.0.0.1', path: '/oauth/zoom' }]);
        await looksRight('other-browser', await decide('Allow'), 403);
      });

      it('tell that Zoom is down, that it does not know the app, and what is missing', async () => {
        house.sandbox.faults.add({ match: { method: 'POST', path: '/oauth/token' }, action: { reset: 'before' } });
        await page.goto(await authorizationOf());
        await looksRight('zoom-down', await decide('Allow'), 502);
        house.sandbox.faults.clear();

        const unknown = await page.goto(await authorizationOf({}, { ...app, clientId: 'nobody-knows' }));
        await looksRight('unknown-app', unknown, 400);

        await page.goto(await authorizationOf({}, rosterOnly));
        await looksRight('scopes-missing', await decide('Allow'));
        expect(await page.getByRole('list', { name: 'What to do' }).getByRole('listitem').count()).toBeGreaterThan(1);
      });
    });

    describe('of a question', () => {
      /** Asks somebody whether a license is still needed; gives the link. */
      async function ask(role: 'HOLDER' | 'MANAGER', dueInDays: number): Promise<string> {
        const make = rowsIn(house.database);
        const integration = await make.integration({ status: 'DRAFT' });
        const account = await make.account(integration);
        const rule = await make.rule(integration, { notifyUser: true, daysBeforeAutoReclamation: 5 });
        const license = await make.license(account, { name: 'Zoom Workplace Business Plus <One> "Pro"' });
        const email = `bartholomaeus.von-und-zu-wolkenstein-trostburg.${account.id}@northwind-traders.example`;
        const user = await make.user(account, { email, firstName: '', lastName: '', displayName: email });
        await make.assign(license, [user]);
        const candidate = await make.candidate(user, license, rule, {
          status: role === 'HOLDER' ? 'AWAITING_USER' : 'AWAITING_APPROVAL',
          lastActivityAt: new Date('2026-03-04T10:00:00.000Z'),
        });
        const dueAt = new Date(deps.now().getTime() + dueInDays * 86_400_000);
        const question = {
          candidateId: candidate.id,
          integrationId: integration.id,
          userId: user.id,
          role,
          askedBy: 'test',
          dueAt,
        };
        await insertAsks(house.database.sql, [question], role === 'HOLDER' ? 'ASK' : 'APPROVAL', [], deps.now());
        const [row] = await house.database.sql<
          { id: string }[]
        >`select id from candidate_asks where candidate_id = ${candidate.id}`;
        return answerLink(deps, row!.id);
      }
      const send = async (choice: RegExp) => {
        await page.getByRole('radio', { name: choice }).check();
        return sendForm();
      };
      const sendForm = async () => {
        const [response] = await Promise.all([
          page.waitForResponse((answer) => answer.request().method() === 'POST'),
          page.getByRole('button', { name: 'Send the answer' }).click(),
        ]);
        await page.waitForLoadState();
        return response;
      };

      it('can be answered by keys alone: kept, and then it was answered', async () => {
        const link = await ask('HOLDER', 5);
        await looksRight('question', await page.goto(link));
        await page.goto(link);
        expect((await tabThrough(page)).reached).toEqual(['choice KEEP', 'until', 'note', 'button']);
        await page.goto(link);
        await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
        await page.getByLabel('Why?').fill('A webinar every quarter.');
        await page.getByRole('button').focus();
        const [answer] = await Promise.all([
          page.waitForResponse((response) => response.request().method() === 'POST'),
          page.keyboard.press('Enter'),
        ]);
        await page.waitForLoadState();
        await looksRight('kept', answer);
        expect(await page.locator('main').innerText()).toContain('You want to keep it.');
        await looksRight('answered', await page.goto(link), 409);
      });

      it('is asked again where the day is missing, and takes a day', async () => {
        await page.goto(await ask('HOLDER', 5));
        await page.getByLabel('Why?').fill('\n</textarea><b>The fair</b> is in spring.');
        await looksRight('no-day', await send(/until a day/), 422);
        expect(await page.getByRole('alert').innerText()).toMatch(/until which day/);
        // What was written is still there.
        expect(await page.getByRole('radio', { name: /until a day/ }).isChecked()).toBe(true);
        expect(await page.getByLabel('Why?').inputValue()).toBe('\n</textarea><b>The fair</b> is in spring.');
        const last = await page.getByLabel(/Last day/).getAttribute('max');
        await page.getByLabel(/Last day/).fill(last ?? '');
        await looksRight('needed-until', await sendForm());
      });

      it('takes a license that is given back', async () => {
        await page.goto(await ask('HOLDER', 5));
        await looksRight('given-back', await send(/give it back/));
      });

      it('asks the manager', async () => {
        await looksRight('manager', await page.goto(await ask('MANAGER', 5)));
        await looksRight('approved', await send(/may be kept/));
      });

      it('is over when its time is, and not known when its link was changed', async () => {
        await looksRight('expired', await page.goto(await ask('HOLDER', -60)), 410);
        await looksRight('unknown', await page.goto(`${deps.config.publicUrl}/answers/ask_1.x`), 404);
      });
    });
  },
);
