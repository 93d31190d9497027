import {
  Kind,
  TypeInfo,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  print,
  visit,
  visitWithTypeInfo,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type VariableNode,
} from 'graphql';

/** A number from 0 to below 1, the same ones for a seed. */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TEXTS = [
  '',
  'a',
  'Sales',
  "'; drop table users; --",
  '%_\\',
  '\u0000',
  '𝒳 é ß',
  'x'.repeat(300),
  '2026-03-01',
  '2026-03-01T00:00:00Z',
  '-1',
  '1e400',
  'EUR',
  'https://x.example/',
  '{"a":1}',
  'WyJhIl0',
];
/** The first and the last instant, and those just beyond. */
const EDGES = [
  '0001-01-01T00:00:00Z',
  '0001-01-01T00:00:00+14:00',
  '9999-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59-12:00',
  '0000-02-29T00:00:00Z',
];
/** What only a variable can bring: a literal that holds half a character is no GraphQL. */
const ODD_TEXTS = ['\ud800', 'a\udc00b', 'a\u0000b', '\ufffd', '😀'.repeat(200), 'x'.repeat(20_000)];
const NUMBERS = [0, 1, -1, 5, 50, 500, 501, 2_147_483_647, -2_147_483_648, 1.5];

/**
 * A document that the schema allows, made by dice: fields, arguments, aliases, fragments. Values are of the right form but
 * mostly of nothing; some ids are those of `ids`.
 */
export function randomDocument(schema: GraphQLSchema, ids: readonly string[], seed: number): string {
  const random = dice(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const chance = (part: number) => random() < part;

  const value = (type: GraphQLInputType, depth: number, isNeeded = false): string => {
    if (isNonNullType(type)) return value(type.ofType, depth, true);
    if (!isNeeded && chance(0.05)) return 'null';
    if (isListType(type))
      return `[${Array.from({ length: Math.floor(random() * 3) }, () => value(type.ofType, depth + 1)).join(', ')}]`;
    if (isEnumType(type)) return pick(type.getValues()).name;
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(
        (field) => (isNonNullType(field.type) && field.defaultValue === undefined) || chance(depth > 2 ? 0.05 : 0.3),
      );
      return `{ ${fields.map((field) => `${field.name}: ${value(field.type, depth + 1)}`).join(', ')} }`;
    }
    switch (getNamedType(type).name) {
      case 'Int':
        return String(pick(NUMBERS.filter(Number.isInteger)));
      case 'Float':
        return String(pick(NUMBERS));
      case 'Boolean':
        return String(chance(0.5));
      case 'ID':
        return JSON.stringify(chance(0.7) ? pick(ids) : pick(TEXTS));
      case 'DateTime':
        return JSON.stringify(chance(0.9) ? '2026-03-01T00:00:00Z' : pick(EDGES));
      case 'Date':
        return JSON.stringify(chance(0.9) ? '2026-03-01' : pick(EDGES).slice(0, 10));
      case 'Currency':
        return '"EUR"';
      case 'Decimal':
        return chance(0.5) ? '"12.50"' : String(pick(NUMBERS));
      default:
        return JSON.stringify(pick(TEXTS));
    }
  };
  const call = (field: GraphQLField<unknown, unknown>): string => {
    const args = field.args
      .filter((argument) => (isNonNullType(argument.type) && argument.defaultValue === undefined) || chance(0.4))
      .map(
        (argument) =>
          `${argument.name}: ${argument.name === 'first' ? pick([1, 2, 5, 500, 0, -1]) : value(argument.type, 0)}`,
      );
    return args.length === 0 ? field.name : `${field.name}(${args.join(', ')})`;
  };
  let names = 0;
  const select = (type: GraphQLObjectType, depth: number): string => {
    const fields = Object.values(type.getFields()).filter(
      ({ name, type: of }) => !name.startsWith('_') && (depth < 5 || isLeafType(getNamedType(of))),
    );
    const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
      fields.length === 0 ? null : pick(fields),
    );
    const parts = chosen.map((field) => {
      if (field === null) return '__typename';
      names += 1;
      const target = getNamedType(field.type);
      const below = isObjectType(target) ? ` { ${select(target, depth + 1)} }` : '';
      const whole = `a${names}: ${call(field)}${below}`;
      return chance(0.1) ? `... on ${type.name} @include(if: true) { ${whole} }` : whole;
    });
    return parts.join(' ');
  };
  if (chance(0.15)) {
    const types = Object.values(schema.getTypeMap()).filter(
      (type): type is GraphQLObjectType =>
        isObjectType(type) && /@key/.test(type.astNode?.loc?.source.body ?? '') && 'id' in type.getFields(),
    );
    const type = pick(types);
    const key = `{ __typename: ${JSON.stringify(type.name)}, id: ${JSON.stringify(pick([...ids, ...TEXTS]))} }`;
    return `{ _entities(representations: [${key}]) { __typename } }`;
  }
  const mutation = schema.getMutationType();
  if (mutation != null && chance(0.2)) {
    const field = pick(Object.values(mutation.getFields()));
    const payload = getNamedType(field.type);
    return `mutation { ${call(field)} { ${isObjectType(payload) ? select(payload, 3) : ''} } }`;
  }
  return `query { ${select(schema.getQueryType()!, 0)} }`;
}

/** The same document with its texts in variables, some of which are odd. */
export function withVariables(schema: GraphQLSchema, document: string, seed: number) {
  const random = dice(seed);
  const variables: Record<string, string> = {};
  const definitions: string[] = [];
  const types = new TypeInfo(schema);
  const changed = visit(
    parse(document),
    visitWithTypeInfo(types, {
      StringValue(node): VariableNode | undefined {
        const type = types.getInputType();
        // Within a scalar that takes anything a value has no type of its own.
        if (type == null || getNamedType(type).name === '_Any') return undefined;
        const name = `v${definitions.length}`;
        definitions.push(`$${name}: ${String(type)}`);
        variables[name] = random() < 0.2 ? [...ODD_TEXTS, ...EDGES][Math.floor(random() * 11)]! : node.value;
        return { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: name } };
      },
    }),
  );
  const head = definitions.length === 0 ? '' : `(${definitions.join(', ')})`;
  const query = print(changed).replace(/^(query|mutation|)/, (word) => `${word || 'query'} ${head}`);
  return { query, variables };
}

/** The same text with some of its letters changed, left out, doubled or moved. */
export function mutated(text: string, seed: number): string {
  const random = dice(seed);
  const letters = [...text];
  const times = 1 + Math.floor(random() * 4);
  for (let round = 0; round < times && letters.length > 0; round += 1) {
    const at = Math.floor(random() * letters.length);
    const other = Math.floor(random() * letters.length);
    switch (Math.floor(random() * 5)) {
      case 0:
        letters[at] = String.fromCharCode(Math.floor(random() * 256));
        break;
      case 1:
        letters.splice(at, 1 + Math.floor(random() * 10));
        break;
      case 2:
        letters.splice(at, 0, ...letters.slice(other, other + 20));
        break;
      case 3:
        letters.splice(at, 0, '"{}[]():$@!|&\\\u0000\ufeff'[Math.floor(random() * 15)]!);
        break;
      default:
        letters.length = at;
    }
  }
  return letters.join('');
}
