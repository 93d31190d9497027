import pino from 'pino';
import type { Config } from './config.ts';

export type Logger = pino.Logger;

/**
 * What must not reach a log line, whoever put it there: bearer and basic credentials, JWTs, and the parameters of
 * OAuth that are secrets. Redaction by path misses nested values, messages and URLs inside errors, so the finished
 * line is scrubbed.
 */
const SECRETS: readonly [RegExp, string][] = [
  [/\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}/gi, '$1 [secret]'],
  [/\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, '[secret]'],
  [
    /((?:access_token|refresh_token|client_secret|code_verifier|code|token|password|ticket|state)\\?["']?\s*[=:]\s*\\?["']?)[^\s"'&,;}\\]{6,}/gi,
    '$1[secret]',
  ],
];

/** Replaces everything in `text` that looks like a credential. */
export function scrub(text: string): string {
  return SECRETS.reduce((clean, [pattern, replacement]) => clean.replace(pattern, replacement), text);
}

/** A logger that writes scrubbed JSON lines to `write` (standard output by default). */
export function createLogger(
  level: Config['logLevel'],
  write: (line: string) => void = (line) => process.stdout.write(line),
): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: (line) => write(scrub(line)) });
}
