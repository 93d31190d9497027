import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import http from '@graphql-mesh/transport-http';
import type { Listening } from '../subgraph.ts';

/** Starts Hive Gateway. It passes the caller's token on, and proves itself by the router's secret. */
export async function startHiveGateway(
  supergraphSdl: string,
  { routerSecret, port = 0 }: { routerSecret: string; port?: number },
): Promise<Listening> {
  const gateway = createGatewayRuntime({
    supergraph: supergraphSdl,
    transports: { http },
    logging: false,
    landingPage: false,
    // What a subgraph says is meant for callers.
    maskedErrors: false,
    propagateHeaders: {
      fromClientToSubgraphs({ request }) {
        const authorization = request.headers.get('authorization');
        return { 'x-router-secret': routerSecret, ...(authorization !== null && { authorization }) };
      },
    },
  });
  const server = createServer((request, response) => void gateway(request, response));
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async close() {
      server.closeAllConnections();
      server.close();
      await gateway[Symbol.asyncDispose]();
    },
  };
}
