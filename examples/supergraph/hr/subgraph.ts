import { readFileSync } from 'node:fs';
import type { GraphQLResolverMap } from '@apollo/subgraph';
import { parse } from 'graphql';
import { readCsv } from '../csv.ts';
import { startSubgraph, type Listening, type Trust } from '../subgraph.ts';

export const hrSchema = parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'));

/** Somebody on HR's list. */
export interface Person {
  number: string;
  email: string;
  name: string;
  department: string;
  costCenter: string;
  /** Personnel number; null: leads the company. */
  manager: string | null;
  status: 'EMPLOYED' | 'ON_LEAVE' | 'LEFT';
  /** ISO day; null: still here. */
  leftAt: string | null;
}

/** HR's list of the company that the demo's Zoom account belongs to. */
export function readPeople(): Person[] {
  return readCsv(new URL('people.csv', import.meta.url)) as unknown as Person[];
}

/** What HR answers, from its list. */
function resolversOf(people: readonly Person[]): GraphQLResolverMap<unknown> {
  const byNumber = new Map(people.map((person) => [person.number, person]));
  const byEmail = new Map(people.map((person) => [person.email, person]));
  const teams = Map.groupBy(people, ({ manager }) => manager);
  const departments = Map.groupBy(people, ({ department }) => department);
  const costCenters = Map.groupBy(people, ({ costCenter }) => costCenter);
  return {
    Query: {
      employees: (_: unknown, { status }: { status?: Person['status'] | null }) =>
        status == null ? people : people.filter((person) => person.status === status),
      employee: (_: unknown, { email }: { email: string }) => byEmail.get(email.toLowerCase()) ?? null,
      departments: () => [...departments.keys()].sort().map((name) => ({ name })),
    },
    Employee: {
      __resolveReference: ({ number }: Pick<Person, 'number'>) => byNumber.get(number) ?? null,
      department: ({ department }: Person) => ({ name: department }),
      costCenter: ({ costCenter }: Person) => ({ code: costCenter }),
      manager: ({ manager }: Person) => (manager === null ? null : byNumber.get(manager)),
      team: ({ number }: Person) => teams.get(number) ?? [],
      // Whether there is such a user only Zoom's subgraph knows.
      user: ({ email }: Person) => ({ email }),
    },
    Department: {
      __resolveReference: (department: { name: string }) => department,
      employees: ({ name }: { name: string }) =>
        (departments.get(name) ?? []).filter(({ status }) => status !== 'LEFT'),
    },
    CostCenter: {
      __resolveReference: (costCenter: { code: string }) => costCenter,
      employees: ({ code }: { code: string }) => costCenters.get(code) ?? [],
    },
    User: {
      __resolveReference: (user: { email: string }) => user,
      employee: ({ email }: { email: string }) => byEmail.get(email.toLowerCase()) ?? null,
    },
  } as GraphQLResolverMap<unknown>;
}

/** Starts the HR subgraph. */
export function startHr(trust: Trust, people: readonly Person[] = readPeople(), port = 0): Promise<Listening> {
  return startSubgraph({ typeDefs: hrSchema, resolvers: resolversOf(people) }, trust, port);
}
