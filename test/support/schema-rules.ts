import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  print,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

/** What the rules leave alone, by place; whoever adds to one of them says why in `docs/schema.md`. */
export interface Exceptions {
  /** Yes-or-no fields whose name doesn't begin like a question. */
  booleans: ReadonlySet<string>;
  /** Ids of something else, where there may be nothing left to point at. */
  references: ReadonlySet<string>;
  /** Enums whose values Zoom gives, with the value for what nobody knows yet; null where the field is null then. */
  fromZoom: ReadonlyMap<string, string | null>;
}

const FEDERATION = /^(_|federation__|link__|core__)/;
/** How a question begins that is answered with yes or no, as a statement about what the field belongs to. */
const QUESTION = /^(is|has|needs|would|include|notify|erase|confirm|fits|never|excluded|in)[A-Z]/;
/** A participle or adjective says the same without `is`: enabled, locked, managed, unlimited, autoPopulated. */
const STATE = /(ed|active|Active)$/;
const TIMES = new Set(['DateTime', 'Date', 'DateTimeFilter', 'DateFilter']);

type Field = GraphQLField<unknown, unknown> | GraphQLInputField;
type Rule = (schema: GraphQLSchema, exceptions: Exceptions) => string[];

/** The rules of `docs/schema.md` that a program can hold, by name; each gives what breaks it. */
export const SCHEMA_RULES: Readonly<Record<string, Rule>> = {
  'a mutation takes one input': (schema) =>
    mutations(schema)
      .filter(({ args: [input, ...others] }) => {
        const type = String(input?.type);
        return input?.name !== 'input' || others.length > 0 || !/^[A-Z]\w*Input!$/.test(type);
      })
      .map(({ name }) => name),

  'a mutation answers with a payload that has userErrors': (schema) =>
    mutations(schema)
      .filter(({ type }) => {
        const payload = getNamedType(type);
        if (!isNonNullType(type) || !isObjectType(payload) || !payload.name.endsWith('Payload')) return true;
        return String(payload.getFields()['userErrors']?.type) !== '[UserError!]!';
      })
      .map(({ name }) => name),

  'what a payload carries may be missing': (schema) =>
    places(schema)
      .filter(({ type, field }) => type.name.endsWith('Payload') && field.name !== 'userErrors')
      .filter(({ field }) => isNonNullType(field.type) && !isListType(field.type.ofType))
      .map(({ place }) => place),

  'a list of things has pages, or says how long it is': (schema) =>
    outputs(schema)
      .filter(({ type, field }) => isList(field) && !/(Connection|Payload)$/.test(type.name))
      .filter(({ field }) => isObjectType(getNamedType(field.type)) && !/@listSize\(/.test(directives(field)))
      .map(({ place }) => place)
      .filter((place) => !sizedByParent(schema).has(place)),

  'a connection is one as Relay says, with nodes and a total': (schema) =>
    objects(schema)
      .filter(({ name }) => name.endsWith('Connection'))
      .filter((type) => {
        const { edges, nodes, pageInfo, totalCount } = type.getFields();
        const edge = edges && getNamedType(edges.type);
        const edgeFields = isObjectType(edge) ? edge.getFields() : {};
        const item = String(edgeFields['node']?.type).replace(/!$/, '');
        return (
          String(edges?.type) !== `[${String(edge)}!]!` ||
          String(edgeFields['cursor']?.type) !== 'String!' ||
          String(nodes?.type) !== `[${item}!]!` ||
          String(pageInfo?.type) !== 'PageInfo!' ||
          !/^Int!?$/.test(String(totalCount?.type))
        );
      })
      .map(({ name }) => name),

  'a field with pages takes first and after': (schema) =>
    outputs(schema)
      .filter(({ field }) => getNamedType(field.type).name.endsWith('Connection'))
      .filter(({ field }) => !['first', 'after'].every((name) => field.args.some((arg) => arg.name === name)))
      .map(({ place }) => place),

  'an id is an ID': (schema) =>
    places(schema)
      .filter(({ field }) => field.name === 'id')
      .filter(({ field }) => !/^(ID!?|IdFilter)$/.test(String(field.type)))
      .map(({ place }) => place),

  'what can be pointed at is an entity': (schema) =>
    objects(schema)
      .filter((type) => (type.astNode?.directives ?? []).some(({ name }) => name.value === 'key'))
      .filter((type) => String(type.getFields()['id']?.type) !== 'ID!')
      .map(({ name }) => name),

  'things point at things, not at ids': (schema, { references }) =>
    outputs(schema)
      .filter(({ field }) => getNamedType(field.type).name === 'ID' && field.name !== 'id')
      // Of what was deleted only the id is left.
      .filter(({ field, place }) => !/^(deleted|removed)[A-Z]\w*Id$/.test(field.name) && !references.has(place))
      .map(({ place }) => place),

  'an enum of Zoom’s has a place for what is new there': (schema, { fromZoom }) =>
    [...fromZoom].flatMap(([name, unknown]) => {
      const type = schema.getType(name);
      if (!isEnumType(type)) return [`${name} is no enum`];
      if (unknown !== null) return type.getValue(unknown) === undefined ? [`${name} has no ${unknown}`] : [];
      return outputs(schema)
        .filter(({ field }) => getNamedType(field.type) === type && isNonNullType(field.type))
        .map(({ place }) => place);
    }),

  'what is deprecated says what to use instead': (schema) =>
    [
      ...places(schema).map(({ place, field }) => ({ place, deprecationReason: field.deprecationReason })),
      ...values(schema),
    ]
      .filter(({ deprecationReason }) => deprecationReason != null)
      .filter(({ deprecationReason }) => !/\b(use|ask for|see)\b.+/i.test(deprecationReason ?? ''))
      .map(({ place }) => place),

  'a yes or no reads as one': (schema, { booleans }) =>
    places(schema)
      .filter(({ field }) => getNamedType(field.type).name === 'Boolean')
      .filter(
        ({ type, field }) => !type.name.endsWith('Filter') && !QUESTION.test(field.name) && !STATE.test(field.name),
      )
      .map(({ place }) => place)
      .filter((place) => !booleans.has(place)),

  'a time is a DateTime or a Date': (schema) =>
    places(schema)
      .filter(({ field }) => /[a-z](At|Date)$/.test(field.name) && !isEnumType(getNamedType(field.type)))
      .filter(({ field }) => !TIMES.has(getNamedType(field.type).name))
      .map(({ place }) => place),

  'money names its currency': (schema) =>
    [...objects(schema), ...Object.values(schema.getTypeMap()).filter(isInputObjectType)]
      .filter((type) => {
        const fields: Record<string, Field> = type.getFields();
        const isMoney = Object.values(fields).some(({ type }) => getNamedType(type).name === 'Decimal');
        return isMoney && !/^(Currency!?|String!?)$/.test(String(fields['currency']?.type));
      })
      .map(({ name }) => name),

  'money is no floating point number': (schema) =>
    places(schema)
      .filter(({ field }) => /(cost|price|amount|savings)s?$/i.test(field.name))
      .filter(({ field }) => getNamedType(field.type).name === 'Float')
      .map(({ place }) => place),

  'names are written as everywhere': (schema) => [
    ...types(schema)
      .filter(({ name }) => !/^[A-Z][A-Za-z0-9]*$/.test(name))
      .map(({ name }) => name),
    ...types(schema)
      .filter((type) => isInputObjectType(type) && !/(Input|Filter|Order)$/.test(type.name))
      .map(({ name }) => name),
    ...places(schema)
      .filter(({ field }) => !/^[a-z][A-Za-z0-9]*$/.test(field.name))
      .map(({ place }) => place),
    ...values(schema)
      .filter(({ value }) => !/^[A-Z][A-Z0-9_]*$/.test(value))
      .map(({ place }) => place),
  ],
};

function types(schema: GraphQLSchema): GraphQLNamedType[] {
  return Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !FEDERATION.test(type.name),
  );
}

const objects = (schema: GraphQLSchema): GraphQLObjectType[] => types(schema).filter(isObjectType);

const mutations = (schema: GraphQLSchema) => Object.values(schema.getMutationType()?.getFields() ?? {});

const outputs = (schema: GraphQLSchema) =>
  objects(schema).flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ name }) => !name.startsWith('_'))
      .map((field) => ({ type, field, place: `${type.name}.${field.name}` })),
  );

/** Every field of what goes out and what comes in. */
function places(schema: GraphQLSchema): { type: GraphQLNamedType; field: Field; place: string }[] {
  const inputs = types(schema)
    .filter(isInputObjectType)
    .flatMap((type) =>
      Object.values(type.getFields()).map((field) => ({ type, field, place: `${type.name}.${field.name}` })),
    );
  return [...outputs(schema), ...inputs];
}

const values = (schema: GraphQLSchema) =>
  types(schema)
    .filter(isEnumType)
    .flatMap((type) =>
      type.getValues().map(({ name, deprecationReason }) => ({
        value: name,
        place: `${type.name}.${name}`,
        deprecationReason,
      })),
    );

/** Lists that the field above them cuts to a size. */
const sizedByParent = (schema: GraphQLSchema) =>
  new Set(
    outputs(schema).flatMap(({ field }) => {
      const [, sized = ''] = /sizedFields: \[([^\]]*)\]/.exec(directives(field)) ?? [];
      return [...sized.matchAll(/"(\w+)"/g)].map(([, name]) => `${getNamedType(field.type).name}.${name}`);
    }),
  );

const isList = ({ type }: Field) => isListType(getNullableType(type));
const directives = ({ astNode }: Field) => (astNode?.directives ?? []).map((node) => print(node)).join(' ');
