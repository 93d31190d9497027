import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How long a connection may take to show that something is asked on it. */
const UNREAD_MS = 250;

/**
 * Lets the server end as soon as what is under way is answered. Node waits for a connection on which nothing was asked
 * yet, and for one that is kept after its answer, until they time out: more than a minute.
 *
 * From when `isDraining` is set, every answer says that its connection ends, so that callers go elsewhere by themselves
 * before connections are cut under them.
 */
export function endConnections(server: FastifyInstance): void {
  const unused = new Set<Socket>();
  let isClosing = false;
  server.server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.server.on('request', ({ socket }, response) => {
    unused.delete(socket);
    // Sent already: a server that is closing refuses by itself, and says that the connection ends.
    if (server.isDraining && !response.headersSent) response.setHeader('connection', 'close');
    response.once('close', () => {
      if (isClosing) socket.end();
    });
  });
  server.addHook('preClose', (done) => {
    isClosing = true;
    // What was sent on a new connection may not have been read yet; it is answered, if only with a no.
    setTimeout(() => {
      for (const socket of unused) socket.destroy();
    }, UNREAD_MS);
    done();
  });
}
