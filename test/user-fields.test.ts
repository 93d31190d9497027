import {
  getNamedType,
  isEnumType,
  isScalarType,
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { buildSubgraph } from '#src/schema.ts';

const { schema } = buildSubgraph();

/** Fields that are not the user's own, and why nobody filters or orders by them. */
const FILTERED_ELSEWHERE: Record<string, string> = {
  knownFrom: 'of the account, the same for all its users',
  knownUntil: 'of the account, the same for all its users',
  offboardedAt: 'said by HR of an address; who is found by it is among the candidates with the reason OFFBOARDED',
  excludedFromCost: 'said by exclusions, which are listed themselves',
};
const ORDERED_ELSEWHERE: Record<string, string> = {
  ...FILTERED_ELSEWHERE,
  id: 'opaque: its order says nothing',
};

const fields = ['User', 'UserActivity'].flatMap((name) =>
  Object.values((schema.getType(name) as GraphQLObjectType).getFields())
    .filter(({ type }) => isScalarType(getNamedType(type)) || isEnumType(getNamedType(type)))
    .map((field) => field.name),
);

describe('what is shown of a user', () => {
  it('can be filtered by', () => {
    const known = Object.keys((schema.getType('UserFilter') as GraphQLInputObjectType).getFields());
    expect(fields.filter((name) => !known.includes(name) && !(name in FILTERED_ELSEWHERE))).toEqual([]);
  });

  it('can be ordered by', () => {
    const known = (schema.getType('UserOrderField') as GraphQLEnumType).getValues().map(({ name }) => name);
    const constant = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
    expect(fields.filter((name) => !known.includes(constant(name)) && !(name in ORDERED_ELSEWHERE))).toEqual([]);
  });

  it('is not excepted without being there', () => {
    expect(Object.keys(ORDERED_ELSEWHERE).filter((name) => !fields.includes(name))).toEqual([]);
  });
});
