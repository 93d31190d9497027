import { createSecretKey } from 'node:crypto';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginInlineTrace } from '@apollo/server/plugin/inlineTrace';
import { startStandaloneServer } from '@apollo/server/standalone';
import { buildSubgraphSchema, type GraphQLResolverMap } from '@apollo/subgraph';
import { GraphQLError, type DocumentNode } from 'graphql';
import { jwtVerify } from 'jose';

/** Something that listens until it is closed. */
export interface Listening {
  url: string;
  close(): Promise<void>;
}

/** What a subgraph is asked to trust. */
export interface Trust {
  /** Callers' tokens are signed with it (HS256). */
  jwtSecret: string;
  /** Only who knows it may ask: the gateway. */
  routerSecret: string;
}

/** Starts a subgraph that answers the gateway alone, and only for callers who prove themselves. `port` 0 takes any. */
export async function startSubgraph(
  { typeDefs, resolvers }: { typeDefs: DocumentNode; resolvers: GraphQLResolverMap<unknown> },
  { jwtSecret, routerSecret }: Trust,
  port = 0,
): Promise<Listening> {
  const server = new ApolloServer({
    schema: buildSubgraphSchema([{ typeDefs, resolvers }]),
    plugins: [ApolloServerPluginInlineTrace()],
    stopOnTerminationSignals: false,
  });
  const refuse = (code: string, status: number, message: string) =>
    new GraphQLError(message, { extensions: { code, http: { status } } });
  const { url } = await startStandaloneServer(server, {
    listen: { host: '127.0.0.1', port },
    context: async ({ req }) => {
      if (req.headers['x-router-secret'] !== routerSecret) {
        throw refuse('FORBIDDEN', 403, 'This address answers its router only.');
      }
      const token = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '';
      await jwtVerify(token, createSecretKey(Buffer.from(jwtSecret)), { algorithms: ['HS256'] }).catch(() => {
        throw refuse('UNAUTHENTICATED', 401, 'Send a bearer token.');
      });
      return {};
    },
  });
  return { url, close: () => server.stop() };
}
