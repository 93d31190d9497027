import pino from 'pino';
import type { Config } from './config.ts';
import { currentRequest } from './origin.ts';
import { currentSpan } from './tracing.ts';

export type Logger = pino.Logger;

/**
 * What must not reach a log line, whoever put it there: bearer and basic credentials, JWTs, passwords inside addresses,
 * and values of names that say what they are. Redaction by path misses nested values, messages and URLs inside errors, so
 * the finished line is scrubbed.
 */
const CREDENTIALS: readonly [RegExp, string][] = [
  [/(\/answers\/)[A-Za-z0-9_.~%-]+/g, '$1[secret]'],
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [secret]'],
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, '[secret]'],
  [/(\w:\/\/[^\s/:@"']*:)[^\s/@"']+(?=@)/g, '$1[secret]'],
];

/** A name like `refresh_token`, `clientSecret` or `code`, what JSON, URLs and both inside each other put after it, and a value. */
const NAMED =
  /((?:code_?verifier|code|token|secret|password|ticket|state|cookie)(?:\\*["'])?\s*(?:[=:]|%3D)\s*(?:\\*["'])?)([^\s"'&,;}\\%]{6,})/gi;

/** Codes of errors and words for states, which are no secrets: `ECONNREFUSED`, `CONNECTED`. */
const PLAIN = /^[A-Z][A-Z_]+$/;

/** Replaces everything in `text` that looks like a credential. */
export function scrub(text: string): string {
  const clean = CREDENTIALS.reduce((line, [pattern, replacement]) => line.replace(pattern, replacement), text);
  return clean.replace(NAMED, (whole, name: string, value: string) => (PLAIN.test(value) ? whole : `${name}[secret]`));
}

/** What the database tells of a failed statement beside code and message: the values of the row that it was about. */
const VALUES: readonly string[] = ['detail', 'where', 'query', 'parameters', 'args'];

function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const told = pino.stdSerializers.err(error) as unknown as Record<string, unknown>;
  return Object.fromEntries(Object.entries(told).filter(([name]) => !VALUES.includes(name)));
}

/**
 * A logger that writes scrubbed JSON lines to `write` (standard output by default). Every line that is written on behalf of a
 * request carries its id.
 */
export function createLogger(
  level: Config['logLevel'],
  write: (line: string) => void = (line) => process.stdout.write(line),
): Logger {
  const serializers = { err: withoutValues };
  // Pino adds these below what a line says itself, so that nothing is told twice.
  const mixin = () => {
    const requestId = currentRequest();
    const span = currentSpan()?.spanContext();
    return {
      ...(requestId !== null && { requestId }),
      ...(span !== undefined && { traceId: span.traceId, spanId: span.spanId }),
    };
  };
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers, mixin },
    { write: (line) => write(scrub(line)) },
  );
}
