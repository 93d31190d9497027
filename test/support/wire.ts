import { connect, createServer, type Socket } from 'node:net';
import type { ConnectionOptions } from '#src/db/client.ts';

/** A wire to a database that can be cut so that nothing comes through and nobody is told: a black hole. */
export interface Wire {
  connection: ConnectionOptions;
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

/** Lays a wire to a database. */
export async function wireTo(connection: ConnectionOptions): Promise<Wire> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((near) => {
    const far = connection.host.startsWith('/')
      ? connect(`${connection.host}/.s.PGSQL.${connection.port}`)
      : connect(connection.port, connection.host);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (piece) => to.write(piece));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
      if (isCut) from.pause();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    connection: { ...connection, host: '127.0.0.1', port },
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause();
    },
    mend() {
      isCut = false;
      for (const socket of sockets) socket.resume();
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
