import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { composeSupergraph } from '../../examples/supergraph/compose.ts';
import { startFinance } from '../../examples/supergraph/finance/subgraph.ts';
import { startApolloGateway } from '../../examples/supergraph/gateways/apollo.ts';
import { startHiveGateway } from '../../examples/supergraph/gateways/hive.ts';
import { startHr, type Person } from '../../examples/supergraph/hr/subgraph.ts';
import type { Listening } from '../../examples/supergraph/subgraph.ts';
import { SCOPES } from '#src/caller.ts';
import { createServer } from '#src/http/server.ts';
import { JWT_SECRET, type House } from '../support/house.ts';
import { token } from '../support/server.ts';

export const ROUTER_SECRET = 'the router and its subgraphs know this';

export const GATEWAYS = ["Apollo's gateway", 'Hive Gateway'] as const;
export type GatewayName = (typeof GATEWAYS)[number];

export interface Answer {
  data: any;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** Two gateways in front of this service, HR and finance, all of them over HTTP. */
export interface Portal {
  /** The service itself. */
  zoomUrl: string;
  /** Where each gateway answers. */
  gatewayUrls: Record<GatewayName, string>;
  /** Operations that reached the service, since they were last taken away. */
  asked: { query: string; variables: Record<string, unknown> }[];
  /** Asks as somebody with these scopes; null brings no token. */
  ask(
    gateway: GatewayName,
    query: string,
    variables?: Record<string, unknown>,
    options?: { scopes?: readonly string[] | null; sub?: string },
  ): Promise<Answer>;
  close(): Promise<void>;
}

/** A query of the example, by its name. */
export function exampleQuery(name: string): string {
  return readFileSync(new URL(`../../examples/supergraph/queries/${name}.graphql`, import.meta.url), 'utf8');
}

/** Starts everything around a house whose configuration knows `ROUTER_SECRET`. */
export async function openPortal(house: House, people: readonly Person[]): Promise<Portal> {
  const trust = { jwtSecret: JWT_SECRET, routerSecret: ROUTER_SECRET };
  const asked: Portal['asked'] = [];
  const app: FastifyInstance = await createServer(house.deps);
  app.addHook('preHandler', async (request) => {
    if (request.body !== undefined) asked.push(request.body as Portal['asked'][number]);
  });
  const zoomUrl = `${await app.listen({ host: '127.0.0.1', port: 0 })}/graphql`;
  const hr = await startHr(trust, people);
  const finance = await startFinance(trust);
  const addresses = { zoom: zoomUrl, hr: hr.url, finance: finance.url };
  const gateways: Record<GatewayName, Listening> = {
    "Apollo's gateway": await startApolloGateway(composeSupergraph(addresses, { policies: false }), {
      routerSecret: ROUTER_SECRET,
    }),
    'Hive Gateway': await startHiveGateway(composeSupergraph(addresses), { routerSecret: ROUTER_SECRET }),
  };
  return {
    zoomUrl,
    gatewayUrls: Object.fromEntries(GATEWAYS.map((name) => [name, gateways[name].url])) as Portal['gatewayUrls'],
    asked,
    async ask(gateway, query, variables = {}, { scopes = SCOPES, sub = 'portal' } = {}) {
      const authorization: Record<string, string> =
        scopes === null ? {} : { authorization: `Bearer ${await token(scopes, { sub }, JWT_SECRET)}` };
      const response = await fetch(gateways[gateway].url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...authorization },
        body: JSON.stringify({ query, variables }),
      });
      return (await response.json()) as Answer;
    },
    async close() {
      await Promise.all(Object.values(gateways).map((gateway) => gateway.close()));
      await Promise.all([hr.close(), finance.close(), app.close()]);
    },
  };
}
