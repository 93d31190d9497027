import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import fastify from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { endConnections } from '#src/http/draining.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

async function openServer() {
  const server = fastify({ forceCloseConnections: 'idle' });
  server.decorate('isDraining', false);
  endConnections(server);
  let asked = () => {};
  const isAsked = new Promise<void>((resolve) => (asked = resolve));
  let answer = () => {};
  const mayAnswer = new Promise<void>((resolve) => (answer = resolve));
  server.get('/', async () => {
    asked();
    await mayAnswer;
    return 'whole answer';
  });
  server.get('/quick', () => sleep(200, 'soon'));
  const { port } = new URL(await server.listen({ host: '127.0.0.1', port: 0 }));
  const open = async () => {
    const socket = connect(Number(port), '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  return { server, open, isAsked, answer };
}

describe('ending the server', () => {
  it('does not wait for a connection on which nothing was asked', async () => {
    const { server, open } = await openServer();
    const socket = await open();
    await Promise.all([server.close(), once(socket, 'close')]);
  }, 5_000);

  it('answers what is under way, and does not wait for the next question', async () => {
    const { server, open, isAsked, answer } = await openServer();
    const socket = await open();
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await isAsked;
    const ended = server.close();
    answer();
    const [said] = await Promise.all([text(socket), ended]);
    expect(said).toMatch(/^HTTP\/1.1 200/);
    expect(said).toContain('whole answer');
  }, 5_000);

  it('lets go of a connection that was kept after its answer, even while others are still answered', async () => {
    const { server, open, isAsked, answer } = await openServer();
    const [slow, quick] = [await open(), await open()];
    slow.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await isAsked;
    quick.write('GET /quick HTTP/1.1\r\nhost: x\r\n\r\n');
    await sleep(50);
    const ended = server.close();
    expect(await text(quick)).toContain('soon');
    answer();
    await Promise.all([text(slow), ended]);
  }, 5_000);

  it('tells callers to leave before it ends', async () => {
    const { server, open, answer } = await openServer();
    answer();
    server.isDraining = true;
    const socket = await open();
    socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await text(socket)).toMatch(/connection: close/i);
    await server.close();
  }, 5_000);

  it('still says no to what comes on a new connection while it ends', async () => {
    const { server, open, isAsked, answer } = await openServer();
    const [slow, late] = [await open(), await open()];
    slow.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
    await isAsked;
    server.isDraining = true;
    const ended = server.close();
    await sleep(20);
    late.write('GET /quick HTTP/1.1\r\nhost: x\r\n\r\n');
    expect(await text(late)).toMatch(/^HTTP\/1.1 503[^]*connection: close/i);
    answer();
    await Promise.all([text(slow), ended]);
  }, 5_000);
});
