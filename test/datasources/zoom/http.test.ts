import { getEventListeners } from 'node:events';
import { Agent } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { send } from '#src/datasources/zoom/http.ts';
import { startServer, type ZoomServer } from './zoom-server.ts';

let zoom: ZoomServer;
const agent = new Agent();

beforeAll(async () => {
  zoom = await startServer();
  zoom.answer(({ path }) => (path === '/silent' ? 'hang' : { json: {} }));
});
afterAll(async () => {
  await agent.destroy();
  await zoom.close();
});

const call = (path: string, signal: AbortSignal, timeoutMs = 60_000) =>
  send(agent, { method: 'GET', url: `${zoom.url}${path}`, headers: {}, timeoutMs, signal });
const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

it('keeps nothing of a call that is over, though it might have taken a minute', async () => {
  const { signal } = new AbortController();
  await call('/', signal);
  const before = timers();
  for (let n = 0; n < 50; n += 1) expect((await call('/', signal)).status).toBe(200);
  await expect(call('/silent', signal, 30)).rejects.toMatchObject({ kind: 'TIMEOUT', outcome: 'UNKNOWN' });
  expect(timers() - before).toBeLessThan(5);
  expect(getEventListeners(signal, 'abort')).toEqual([]);
});

it('tells a call that was called off from one that took too long', async () => {
  const off = new AbortController();
  const calledOff = call('/silent', off.signal, 5_000);
  setTimeout(() => off.abort(), 30);
  await expect(calledOff).rejects.toMatchObject({ kind: 'ABORTED', outcome: 'UNKNOWN' });
  await expect(call('/', off.signal)).rejects.toMatchObject({ kind: 'ABORTED', outcome: 'NOT_SENT' });
});
