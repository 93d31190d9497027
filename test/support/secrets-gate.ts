import { afterAll, beforeAll, expect } from 'vitest';
import { leaksSoFar, overhear, watch } from './secrets.ts';

/**
 * Stands at the end of every test file: nothing that was printed or logged in it may hold a secret that the product used
 * meanwhile, or a bearer token.
 */
watch();

beforeAll(() => {
  for (const name of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    const say = console[name].bind(console);
    console[name] = (...words: unknown[]) => {
      overhear(words.map(String).join(' '));
      say(...words);
    };
  }
});
afterAll(() => {
  const leaks = leaksSoFar().map((value) => `${value.slice(0, 4)}… (${value.length} letters)`);
  expect(leaks, 'secrets that were printed or logged').toEqual([]);
});
