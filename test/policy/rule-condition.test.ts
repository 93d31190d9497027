import { getNamedType, isInputObjectType, isListType, isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { CONDITION_KINDS, unknownOf } from '#src/policy/rule-condition.ts';
import { buildSubgraph } from '#src/schema.ts';

it.each(['RuleConditionInput', 'RuleCondition'])('knows every key of %s, and of which kind it is', (name) => {
  const type = buildSubgraph().schema.getType(name);
  if (!isInputObjectType(type) && !isObjectType(type)) throw new Error(`There is no ${name}.`);
  const kinds = Object.values(type.getFields()).map((field) => [
    field.name,
    isListType(field.type) ? 'LIST' : String(getNamedType(field.type)) === 'DateTime' ? 'INSTANT' : 'FLAG',
  ]);
  expect(Object.fromEntries(kinds)).toEqual(CONDITION_KINDS);
});

it('names what it does not know, and nothing else', () => {
  const condition = {
    departments: ['Sales'],
    roleIds: null,
    neverActiveOnly: true,
    createdBefore: '2020-01-01T00:00:00Z',
  };
  expect(unknownOf({ condition, signs: ['SIGNED_IN'] })).toEqual([]);
  expect(unknownOf({ condition: null, signs: null })).toEqual([]);
  expect(unknownOf({ condition: { ...condition, cities: ['Rome'] }, signs: ['CHATTED'] })).toEqual([
    'cities',
    'CHATTED',
  ]);
});
