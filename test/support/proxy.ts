import { connect, createServer, type AddressInfo, type NetConnectOpts, type Socket } from 'node:net';

/** A way to a server that can be disturbed. */
export interface Proxy {
  port: number;
  /**
   * `open`: bytes pass. `black hole`: connections are taken, and stay, but nothing passes in either direction, and what was
   * sent is lost. `closed`: connections are cut and new ones cut at once.
   */
  state: 'open' | 'black hole' | 'closed';
  close(): void;
}

/** Listens on a free port and passes everything on. */
export async function openProxy(target: NetConnectOpts): Promise<Proxy> {
  const pairs = new Set<[Socket, Socket]>();
  const lost = new WeakSet<Socket>();
  let state: Proxy['state'] = 'open';
  const pass = (from: Socket, to: Socket) => {
    from.on('data', (bytes) => {
      // A connection that has lost bytes is never whole again; who uses it has to find that out.
      if (state === 'open' && !lost.has(from) && !lost.has(to)) to.write(bytes);
      else lost.add(from);
    });
    from.on('error', () => undefined);
    from.on('close', () => {
      if (state !== 'black hole') to.destroy();
    });
  };
  const server = createServer((near) => {
    if (state === 'closed') return near.destroy();
    const far = connect(target);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    near.once('close', () => pairs.delete(pair));
    pass(near, far);
    pass(far, near);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const [near, far] of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    get state() {
      return state;
    },
    set state(next) {
      state = next;
      if (next === 'closed') cut();
    },
    close() {
      cut();
      server.close();
    },
  };
}
