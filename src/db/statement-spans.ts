import { SpanKind } from '@opentelemetry/api';
import { beginSpan, currentSpan, fail } from '../tracing.ts';
import type { Sql } from './client.ts';

/** What the driver keeps of a statement that has not been sent yet. */
interface Statement {
  strings: readonly string[];
  /** Values, and parts of the statement that were put together elsewhere. */
  args: readonly unknown[];
  executed: boolean;
  resolve(rows: { count?: number }): void;
  reject(error: unknown): void;
  handle(): Promise<void>;
}

const patched = new WeakSet<object>();

/**
 * Makes every statement of this process's pools a span, where it belongs to one. The driver has no door for that: all
 * statements go through one method, which is wrapped once. Names are first word and table; values are nowhere in them.
 */
export function traceStatements(sql: Sql): void {
  // Never sent: statements begin when somebody waits for them.
  const statement = Object.getPrototypeOf(sql`select 1`) as Statement;
  if (patched.has(statement)) return;
  patched.add(statement);
  const handle = statement.handle;
  statement.handle = function (this: Statement) {
    if (!this.executed && currentSpan() !== undefined) begin(this);
    return handle.call(this);
  };
}

function begin(statement: Statement): void {
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
