import { getNamedType, isObjectType, type GraphQLField, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import { ROOTS, SHAPES } from '#src/datasources/store/json-shapes.ts';
import type { Columns } from '#src/datasources/store/json-text.ts';
import { dice } from './random-documents.ts';

/** What a read may ask for by name: of each argument, texts of values that may stand there. */
export type Values = Readonly<Record<string, readonly string[]>>;

/** A query of nothing but what is known in SQL, made by dice, with the variables it wants. */
export function randomRead(
  schema: GraphQLSchema,
  columns: Columns,
  values: Values,
  references: readonly object[],
  seed: number,
): { query: string; variables: Record<string, unknown> } {
  const random = dice(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const chance = (part: number) => random() < part;
  let names = 0;
  const fragments: string[] = [];

  const knownIn = (type: GraphQLObjectType): GraphQLField<unknown, unknown>[] => {
    const shape = SHAPES[type.name];
    return Object.values(type.getFields()).filter(
      (field) =>
        shape === undefined ||
        columns.has(field) ||
        shape.fields?.[field.name] !== undefined ||
        shape.links?.[field.name] !== undefined,
    );
  };
  const call = (field: GraphQLField<unknown, unknown>): string => {
    const args = field.args
      .filter(({ name }) => values[name] !== undefined && (name === 'id' || name === 'first' || chance(0.4)))
      .map(({ name }) => `${name}: ${pick(values[name]!)}`);
    return args.length === 0 ? field.name : `${field.name}(${args.join(', ')})`;
  };
  const write = (field: GraphQLField<unknown, unknown>, depth: number): string => {
    const target = getNamedType(field.type);
    const below = isObjectType(target) ? ` { ${select(target, depth + 1)} }` : '';
    const alias = chance(0.3) ? `${pick(['o', 'k', 'key', 'node', 'p', 't', 'g', 'place', 'x'])}${(names += 1)}: ` : '';
    return `${alias}${call(field)}${below}`;
  };
  /** Fields of a type, each once; some in a fragment, or left out by a directive. */
  const select = (type: GraphQLObjectType, depth: number): string => {
    const leaves = (field: GraphQLField<unknown, unknown>) => !isObjectType(getNamedType(field.type));
    const fields = knownIn(type).filter((field) => depth < 5 || leaves(field) || field.name === 'pageInfo');
    const chosen = fields.filter((field) => chance(leaves(field) ? 0.4 : depth < 3 ? 0.35 : 0.15));
    const parts = chosen.map((field) => {
      const whole = write(field, depth);
      if (chance(0.08))
        return `... on ${type.name} @include(if: ${pick(['true', 'false', '$yes', '$no'])}) { ${whole} }`;
      if (chance(0.05)) {
        names += 1;
        fragments.push(`fragment F${names} on ${type.name} { ${whole} }`);
        return `...F${names}`;
      }
      return whole;
    });
    if (parts.length === 0 || chance(0.1)) parts.push('__typename');
    return parts.join(' ');
  };

  let body: string;
  if (chance(0.3)) {
    const kinds = Object.entries(SHAPES).filter(([, { keys }]) => keys !== undefined);
    const parts = kinds.map(([name]) => `... on ${name} { ${select(schema.getType(name) as GraphQLObjectType, 2)} }`);
    body = `_entities(representations: $references) { __typename ${parts.join(' ')} }`;
  } else {
    const fields = schema.getQueryType()!.getFields();
    const roots = Object.keys(ROOTS).filter(() => chance(0.3));
    body = (roots.length === 0 ? ['users'] : roots).map((name) => write(fields[name]!, 0)).join(' ');
  }
  const wanted = Array.from({ length: Math.floor(random() * 12) }, () => pick(references));
  const all: Record<string, readonly [type: string, value: unknown]> = {
    references: ['[_Any!]!', wanted],
    yes: ['Boolean!', true],
    no: ['Boolean!', false],
    size: ['Int', 3],
    nothing: ['String', null],
  };
  const text = `${body} ${fragments.join(' ')}`;
  const used = Object.entries(all).filter(([name]) => text.includes(`$${name}`));
  const head = used.length === 0 ? '' : `(${used.map(([name, [type]]) => `$${name}: ${type}`).join(', ')})`;
  return {
    query: `query Read${head} { ${body} } ${fragments.join(' ')}`,
    variables: Object.fromEntries(used.map(([name, [, value]]) => [name, value])),
  };
}
