import { readFileSync } from 'node:fs';
import type { GraphQLResolverMap } from '@apollo/subgraph';
import { parse } from 'graphql';
import { readCsv } from '../csv.ts';
import { startSubgraph, type Listening, type Trust } from '../subgraph.ts';

export const financeSchema = parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'));

type Row = Record<string, string | null>;

/** What finance answers, from its books. */
function resolvers(): GraphQLResolverMap<unknown> {
  const contracts = readCsv(new URL('contracts.csv', import.meta.url));
  const costCenters = readCsv(new URL('cost-centers.csv', import.meta.url));
  const byLicense = new Map(contracts.map((row) => [row['license'], row]));
  const byNumber = new Map(contracts.map((row) => [row['number'], row]));
  const byCode = new Map(costCenters.map((row) => [row['code'], row]));
  return {
    Query: { contracts: () => [...byNumber.values()] },
    Contract: {
      __resolveReference: ({ number }: Row) => byNumber.get(number ?? '') ?? null,
      seats: ({ seats }: Row) => Number(seats),
      annualTotal: ({ total, currency }: Row) => ({ amount: total, currency }),
    },
    License: {
      __resolveReference: (license: Row) => license,
      contract: ({ uniqueId }: Row) => byLicense.get(uniqueId ?? '') ?? null,
    },
    CostCenter: {
      __resolveReference: ({ code }: Row) => byCode.get(code ?? '') ?? null,
      budget: ({ budget, currency }: Row) => ({ amount: budget, currency }),
    },
  } as GraphQLResolverMap<unknown>;
}

/** Starts the finance subgraph. */
export function startFinance(trust: Trust, port = 0): Promise<Listening> {
  return startSubgraph({ typeDefs: financeSchema, resolvers: resolvers() }, trust, port);
}
