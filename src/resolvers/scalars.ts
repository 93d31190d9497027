import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';
import { GraphQLCurrency, GraphQLJSON, GraphQLLocalDate } from 'graphql-scalars';
import { isDay, isKeptInstant } from '../policy/bounds.ts';

// What each one is, is said in the schema: a description here would take its place.

const INSTANT = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d(\.\d{1,9})?)?([Zz]|[+-]\d\d:\d\d)$/;

function toInstant(value: unknown): Date {
  const date = typeof value === 'string' && INSTANT.test(value) ? new Date(value) : null;
  // The engine accepts a 30th of February and makes a 2nd of March of it.
  if (date === null || Number.isNaN(date.getTime()) || !isDay((value as string).slice(0, 10))) {
    throw new GraphQLError(
      'DateTime must be an instant with its zone, ISO 8601, for example `2026-03-01T09:30:00.000Z`.',
    );
  }
  // The zone may carry it into the year before the first, or behind the last.
  if (!isKeptInstant(date.getTime())) throw new GraphQLError('DateTime must lie in the years 1 to 9999, in UTC.');
  return date;
}

function toUrl(value: unknown): string {
  if (typeof value !== 'string' || !URL.canParse(value)) throw new GraphQLError('URL must be an absolute URL.');
  return value;
}

/** Up to 16 digits before the point and 4 behind it, and nothing is lost on the way: text goes in and out. */
const DECIMAL = /^-?\d{1,16}(\.\d{1,4})?$/;

function toDecimal(value: unknown): string {
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string' || !DECIMAL.test(text)) {
    throw new GraphQLError('Decimal must be a number with at most 16 digits before the point and 4 behind it.');
  }
  return text;
}

/** `149.9000`, as the database keeps it, is shown as `149.90`. */
function tidy(decimal: string): string {
  const [whole, fraction = ''] = decimal.split('.');
  return `${whole}.${fraction.replace(/0+$/, '').padEnd(2, '0')}`;
}

/** A scalar whose literals are texts. */
function textScalar<T>(
  name: string,
  parse: (value: unknown) => T,
  serialize: (value: unknown) => unknown,
): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    serialize,
    parseValue: parse,
    parseLiteral: (node) => parse(node.kind === Kind.STRING ? node.value : null),
  });
}

export const scalars = {
  DateTime: textScalar('DateTime', toInstant, (value) => (value instanceof Date ? value.toISOString() : value)),
  Date: new GraphQLScalarType({ ...GraphQLLocalDate.toConfig(), name: 'Date', description: undefined }),
  URL: textScalar('URL', toUrl, String),
  Currency: new GraphQLScalarType({ ...GraphQLCurrency.toConfig(), description: undefined }),
  Decimal: new GraphQLScalarType({
    name: 'Decimal',
    serialize: (value) => tidy(String(value)),
    parseValue: toDecimal,
    // The digits of a literal are taken as they were written.
    parseLiteral: (node) =>
      toDecimal(node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : null),
  }),
  JSON: new GraphQLScalarType({ ...GraphQLJSON.toConfig(), description: undefined }),
};
