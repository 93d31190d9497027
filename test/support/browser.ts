import { existsSync } from 'node:fs';
import { chromium as playwright, type Browser } from 'playwright-core';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) =>
  existsSync(path),
);
if (executablePath === undefined) {
  console.warn('NO CHROMIUM: what is to be looked at in a browser is skipped. apt-get install chromium');
}

/** Starts the machine's own Chromium; null where there is none. Whoever starts it closes it. */
export const chromium: (() => Promise<Browser>) | null =
  executablePath === undefined ? null : () => playwright.launch({ executablePath, args: ['--no-sandbox'] });
