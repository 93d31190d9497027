import { ApolloGateway, RemoteGraphQLDataSource, type GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { GraphQLError } from 'graphql';
import type { Listening } from '../subgraph.ts';

interface Context {
  authorization?: string | undefined;
}

/** A subgraph that gets the caller's token, and the secret by which it knows its gateway. */
class Subgraph extends RemoteGraphQLDataSource<Context> {
  readonly #routerSecret: string;

  constructor(url: string, routerSecret: string) {
    super({ url });
    this.#routerSecret = routerSecret;
  }

  override willSendRequest({ request, context: { authorization } }: GraphQLDataSourceProcessOptions<Context>): void {
    request.http?.headers.set('x-router-secret', this.#routerSecret);
    if (authorization !== undefined) request.http?.headers.set('authorization', authorization);
  }

  // Left to itself the gateway says "403: Forbidden", and the subgraph's own words are lost.
  override async errorFromResponse(...[response]: Parameters<RemoteGraphQLDataSource['errorFromResponse']>) {
    const body = (await response.json().catch(() => null)) as {
      errors?: { message: string; extensions?: Record<string, unknown> }[];
    } | null;
    const [first] = body?.errors ?? [];
    return new GraphQLError(first?.message ?? `The subgraph answered with HTTP ${response.status}.`, {
      extensions: { ...first?.extensions },
    });
  }
}

/** Starts Apollo's gateway. It passes the caller's token on, and proves itself by the router's secret. */
export async function startApolloGateway(
  supergraphSdl: string,
  { routerSecret, port = 0 }: { routerSecret: string; port?: number },
): Promise<Listening> {
  const gateway = new ApolloGateway({
    supergraphSdl,
    buildService: ({ url = '' }) => new Subgraph(url, routerSecret),
  });
  const server = new ApolloServer<Context>({ gateway, introspection: true, stopOnTerminationSignals: false });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port },
    context: ({ req }) => Promise.resolve({ authorization: req.headers.authorization }),
  });
  return { url, close: () => server.stop() };
}
