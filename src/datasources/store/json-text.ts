import { getTableColumns, type Column } from 'drizzle-orm';
import { PgBoolean, PgInteger, PgText, PgTimestamp } from 'drizzle-orm/pg-core';
import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  isEnumType,
  isNonNullType,
  isObjectType,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { LaterEntities, Values, type NamedBy } from './batch.ts';
import { namedBy, ROOTS, SHAPES, type Asked, type Link, type ListArgs } from './json-shapes.ts';
import { cursorText, instantText } from './keyset.ts';
import { askedPage, countText, pageText } from './page.ts';

/** A query with everything that decides what is answered. */
export interface Question {
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** Checked against the operation, with its defaults; a `Later` may stand where `LATER_ARGUMENTS` says, `LaterEntities` for representations. */
  variables: Readonly<Record<string, unknown>>;
  now: Date;
  columns: Columns;
  /** Told of every field that is asked for, and of entities; throws where the caller may not. */
  enter: (type: string, field: string | null) => void;
}

/** A statement of one row with one column `data`: the answer as JSON text. Its values may have to be filled. */
export interface JsonStatement {
  text: string;
  values: Values;
  /** Are there few shapes of it? */
  isFixed: boolean;
  /** Does the moment that it was written at stand in it? */
  isOfMoment: boolean;
}

/** The query asks for something that is not known in SQL. */
export class NotInSql extends Error {}

/** Rows as JSON objects. Callers choose the names of columns, but none with a dollar sign. */
const ROW = '"row$"';

/** PostgreSQL cuts longer names off. */
const LONGEST_NAME = 63;

/** Links that one statement may follow. PostgreSQL plans thousands for minutes, where resolvers ask a handful of statements. */
const MOST_LINKS = 40;

type PageLink = Extract<Link, { kind: 'page' }>;
type Fields = ReadonlyMap<string, readonly FieldNode[]>;

/** What fields without a resolver are in SQL. To be made before anybody else puts something around resolvers. */
export type Columns = ReadonlyMap<GraphQLField<unknown, unknown>, string>;

/** The columns that answer fields of the types that are known in SQL: of the same name, and of a type that fits. */
export function columnsIn(schema: GraphQLSchema): Columns {
  const columns = new Map<GraphQLField<unknown, unknown>, string>();
  for (const [name, { table }] of Object.entries(SHAPES)) {
    const type = schema.getType(name);
    if (!isObjectType(type)) throw new Error(`The schema has no type ${name}.`);
    const known: Readonly<Record<string, Column | undefined>> = getTableColumns(table);
    for (const field of Object.values(type.getFields())) {
      const column = known[field.name];
      const text = column === undefined || field.resolve !== undefined ? null : columnText(field, column);
      if (text !== null) columns.set(field, text);
    }
  }
  return columns;
}

function columnText({ type }: GraphQLField<unknown, unknown>, column: Column): string | null {
  if (isNonNullType(type) && !column.notNull) return null;
  const text = `t."${column.name}"`;
  const named = getNullableType(type);
  if (isEnumType(named)) return column instanceof PgText ? text : null;
  switch (String(named)) {
    case 'ID':
    case 'String':
      return column instanceof PgText ? text : null;
    case 'Int':
      return column instanceof PgInteger ? text : null;
    case 'Boolean':
      return column instanceof PgBoolean ? text : null;
    case 'DateTime':
      return column instanceof PgTimestamp ? instantText(text) : null;
    default:
      return null;
  }
}

/**
 * Writes one statement that answers a whole query as JSON, in the order that was asked for.
 *
 * @throws {NotInSql} where it can't; whatever `enter` throws; {AppError} BAD_USER_INPUT for arguments that are none.
 */
export function jsonText(question: Question): JsonStatement {
  const writer = new Writer(question);
  const text = `select row_to_json(${ROW})::text as data from (select ${writer.root()}) ${ROW}`;
  const { values, isFixed, isOfMoment } = writer;
  return { text, values, isFixed, isOfMoment };
}

type Write = (name: string, nodes: readonly FieldNode[]) => string;

class Writer implements Asked {
  readonly values = new Values();
  isFixed = true;
  isOfMoment = false;
  #links = 0;
  readonly #question: Question;

  constructor(question: Question) {
    this.#question = question;
  }

  root(): string {
    const { schema, operation, fragments, variables, enter } = this.#question;
    const query = schema.getQueryType();
    if (query == null || operation.operation !== 'query') throw new NotInSql();
    const fields = collectFields(schema, fragments, variables, query, operation.selectionSet);
    return this.#list(query, fields, (name, nodes) => {
      const field = fieldOf(query, name);
      const args = this.#arguments(field, nodes);
      if (name === '_entities') return this.#entities(args['representations'], nodes);
      enter(query.name, name);
      const link = ROOTS[name]?.(args, this);
      if (link == null) throw new NotInSql();
      return this.#link(link, field, nodes, args);
    });
  }

  /** A select list of fields. */
  #list(type: GraphQLObjectType, fields: Fields, write: Write): string {
    const columns: string[] = [];
    for (const [alias, nodes] of fields) {
      if (alias.length > LONGEST_NAME) throw new NotInSql();
      const name = nodes[0]!.name.value;
      columns.push(`${name === '__typename' ? `'${type.name}'::text` : write(name, nodes)} as "${alias}"`);
    }
    return columns.join(', ');
  }

  #below(type: GraphQLObjectType, nodes: readonly FieldNode[]): Fields {
    const { schema, fragments, variables } = this.#question;
    return collectSubfields(schema, fragments, variables, type, nodes);
  }

  #arguments(field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[]): Record<string, unknown> {
    return getArgumentValues(field, nodes[0]!, this.#question.variables);
  }

  /** The select list of an object of the row `t`. */
  #columns(type: GraphQLObjectType, nodes: readonly FieldNode[], shape = SHAPES[type.name]): string {
    if (shape === undefined) throw new NotInSql();
    return this.#list(type, this.#below(type, nodes), (name, inner) => {
      const field = fieldOf(type, name);
      this.#question.enter(type.name, name);
      const link = shape.links?.[name];
      if (link !== undefined) return this.#link(link, field, inner, this.#arguments(field, inner));
      const text = shape.fields?.[name] ?? this.#question.columns.get(field);
      if (text === undefined) throw new NotInSql();
      return typeof text === 'string' ? text : text(this);
    });
  }

  #link(link: Link, field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[], args: object): string {
    this.#links += 1;
    if (this.#links > MOST_LINKS) throw new NotInSql();
    const type = getNamedType(field.type);
    if (!isObjectType(type)) throw new NotInSql();
    if (link.kind === 'page') return this.#page(link, type, nodes, args as ListArgs);
    const columns = this.#columns(type, nodes, link.kind === 'same' ? undefined : link.shape);
    if (link.kind === 'same') return asJson(columns);
    const { key, from, where, order } = link;
    const rows = `${columns} from (select ${key}) k cross join ${from} where ${where}`;
    if (link.kind === 'many') {
      return `(select coalesce(json_agg(${ROW}), '[]') from (select ${rows} order by ${order ?? 't.id'}) ${ROW})`;
    }
    const one = asJson(order === undefined ? rows : `${rows} order by ${order} limit 1`);
    // Where something has to be and isn't, PostgreSQL fails over these words, and resolvers say what is wrong.
    const none = `(select ('nothing is there for ' || k.key)::json from (select ${key}) k)`;
    return isNonNullType(field.type) ? `coalesce(${one}, ${none})` : one;
  }

  /** Entities in the order in which they were named, each kind of key at once; null for those that there aren't. */
  #entities(representations: unknown, nodes: readonly FieldNode[]): string {
    const texts: string[] = [];
    if (representations instanceof LaterEntities) {
      const keep = keeperOf(representations);
      const named = this.values.addLater((given) => representations.read(given).map(keep), 'text[]');
      texts.push(this.#entity(representations, nodes, `unnest(${named}) with ordinality n(key, place)`));
    } else {
      for (const { by, places, keys } of groupsOf(representations)) {
        const named = `${this.values.add(places, 'int[]')}, ${this.values.add(keys.map(keeperOf(by)), 'text[]')}`;
        texts.push(this.#entity(by, nodes, `unnest(${named}) n(place, key)`));
      }
    }
    if (texts.length === 0) return `'[]'::json`;
    return `(select json_agg(e.node order by e.place) from (${texts.join(' union all ')}) e)`;
  }

  /** Rows of a place and a node, of all that is named in `n` by one key. */
  #entity({ type: name, key }: NamedBy, nodes: readonly FieldNode[], named: string): string {
    this.#question.enter(name, null);
    const type = this.#question.schema.getType(name);
    if (!isObjectType(type)) throw new NotInSql();
    const { from, where, order } = keyOf({ type: name, key });
    const rows = `${this.#columns(type, nodes)} from (select n.key) k cross join ${from} where ${where}`;
    const node = asJson(order === undefined ? rows : `${rows} order by ${order} limit 1`);
    return `select n.place, ${node} as node from ${named}`;
  }

  /** A connection: what each row of the page gives it are columns of `g`, which are put together as columns of `x`. */
  #page(link: PageLink, type: GraphQLObjectType, nodes: readonly FieldNode[], args: ListArgs): string {
    const { values } = this;
    const { now } = this.#question;
    const source = link.source(args, now);
    if (!source.isFixed) this.isFixed = false;
    if (source.dependsOnNow === true || args.filter != null) this.isOfMoment = true;
    const page = askedPage(source, args, now);
    const cursor = () => cursorText(source.order, page.terms, page.asOf, values);
    const item = getNamedType(fieldOf(type, 'nodes').type) as GraphQLObjectType;
    const ofRow: string[] = [];
    const ofPage: string[] = [];
    let seesNext = false;
    const fields = this.#list(type, this.#below(type, nodes), (name, inner) => {
      this.#question.enter(type.name, name);
      if (name === 'totalCount') return `(select ${countText(source, values)} from (select ${link.key}) k)`;
      if (name === 'pageInfo') {
        seesNext = true;
        return asJson(this.#pageInfo(fieldOf(type, name), inner, page.cursor !== null));
      }
      const column = `c${ofRow.length}`;
      const columns =
        name === 'nodes' ? this.#columns(item, inner) : this.#edge(fieldOf(type, name), item, inner, cursor);
      ofRow.push(`${asJson(columns)} as ${column}`);
      ofPage.push(column);
      return `x.${column}`;
    });
    if (ofPage.length === 0 && !seesNext) return asJson(`${fields} from (select ${link.key}) k`);
    const { size } = page;
    const isIn = seesNext ? ' filter (where g.is_in)' : '';
    const put = ofPage.map((column) => `coalesce(json_agg(g.${column})${isIn}, '[]') as ${column}`);
    if (seesNext) {
      ofRow.push(`${cursor()} as cursor`);
      put.push(`count(*) > ${size} as more`, `array_agg(g.cursor)${isIn} as cursors`);
    }
    // Written out, a size tells PostgreSQL that a plan made once is as good as one for every request.
    const limit = String(seesNext ? size + 1 : size);
    const selected = { parents: `(select ${link.key}) k`, head: '', columns: ofRow.join(', '), limit };
    const rows = pageText(source, page, selected, values);
    const placed = seesNext ? `select p.*, row_number() over () <= ${size} as is_in from (${rows}) p` : rows;
    return asJson(`${fields} from (select ${put.join(', ')} from (${placed}) g) x`);
  }

  #pageInfo(field: GraphQLField<unknown, unknown>, nodes: readonly FieldNode[], hasPrevious: boolean): string {
    const type = getNamedType(field.type) as GraphQLObjectType;
    return this.#list(type, this.#below(type, nodes), (name) => {
      this.#question.enter(type.name, name);
      switch (name) {
        case 'hasNextPage':
          return 'x.more';
        case 'hasPreviousPage':
          return String(hasPrevious);
        case 'startCursor':
          return 'x.cursors[1]';
        case 'endCursor':
          return 'x.cursors[cardinality(x.cursors)]';
        default:
          throw new NotInSql();
      }
    });
  }

  #edge(
    field: GraphQLField<unknown, unknown>,
    item: GraphQLObjectType,
    nodes: readonly FieldNode[],
    cursor: () => string,
  ) {
    const type = getNamedType(field.type) as GraphQLObjectType;
    return this.#list(type, this.#below(type, nodes), (name, inner) => {
      this.#question.enter(type.name, name);
      if (name === 'cursor') return cursor();
      if (name === 'node') return asJson(this.#columns(item, inner));
      throw new NotInSql();
    });
  }
}

/** How an entity is found that SQL knows by that key: `namedBy` names no other. */
const keyOf = ({ type, key }: NamedBy) => SHAPES[type]!.keys![key]!;
const keeperOf = (by: NamedBy) => keyOf(by).keep ?? ((name: string) => name);

interface Group {
  by: NamedBy;
  places: number[];
  keys: string[];
}

/** Representations by how they name their entities. */
function groupsOf(representations: unknown): Iterable<Group> {
  const groups = new Map<string, Group>();
  if (!Array.isArray(representations)) throw new NotInSql();
  for (const [place, one] of (representations as readonly unknown[]).entries()) {
    const by = namedBy(one);
    if (by === null) throw new NotInSql();
    const name = `${by.type} ${by.key}`;
    let group = groups.get(name);
    if (group === undefined) groups.set(name, (group = { by, places: [], keys: [] }));
    group.places.push(place);
    group.keys.push((one as Record<string, string>)[by.key]!);
  }
  return groups.values();
}

const asJson = (selected: string) => `(select row_to_json(${ROW}) from (select ${selected}) ${ROW})`;

function fieldOf(type: GraphQLObjectType, name: string): GraphQLField<unknown, unknown> {
  const field = type.getFields()[name];
  if (field === undefined) throw new NotInSql();
  return field;
}
