import { SpanKind } from '@opentelemetry/api';
import { beginSpan, currentSpan, fail } from '../tracing.ts';
import type { Sql } from './client.ts';
import { beforeEveryStatement, type Statement } from './every-statement.ts';

/**
 * Makes every statement of this process's pools a span, where it belongs to one. Names are first word and table; values are
 * nowhere in them.
 */
export function traceStatements(sql: Sql): void {
  beforeEveryStatement(sql, begin);
}

function begin(statement: Statement): void {
  if (currentSpan() === undefined) return;
  const { verb, table } = namesIn(textOf(statement));
  const span = beginSpan(table === null ? verb : `${verb} ${table}`, {
    kind: SpanKind.CLIENT,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': verb,
      ...(table !== null && { 'db.collection.name': table }),
    },
  });
  if (span === null) return;
  const { resolve, reject } = statement;
  statement.resolve = (rows) => {
    if (typeof rows?.count === 'number') span.setAttribute('db.response.returned_rows', rows.count);
    span.end();
    resolve(rows);
  };
  statement.reject = (error) => {
    fail(span, error);
    span.end();
    reject(error);
  };
}

const LETTERS = 2_000;

/** The text of a statement up to where its table must have been named; the text is ours, and values are left out. */
function textOf({ strings, args }: Statement): string {
  let text = '';
  for (const [index, part] of strings.entries()) {
    if (text.length > LETTERS) break;
    const inner = args[index];
    text += part + (isStatement(inner) ? textOf(inner) : ' ');
  }
  return text;
}

function isStatement(value: unknown): value is Statement {
  return value instanceof Promise && 'strings' in value;
}

/** The first word of a statement, and the first table that it names. */
function namesIn(text: string): { verb: string; table: string | null } {
  const verb = /^[\s(]*([a-z]+)/i.exec(text)?.[1]?.toLowerCase() ?? 'statement';
  // What is followed by a parenthesis is a function.
  const table =
    /\b(?:insert\s+into|update|delete\s+from|from|join)\s+"?([a-z_]+)\b"?(?!\s*\()/i.exec(text)?.[1] ?? null;
  return { verb, table };
}
