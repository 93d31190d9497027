import { readFileSync } from 'node:fs';
import { parse, validate, type GraphQLSchema } from 'graphql';
import type { Config } from '../config.ts';
import { AppError, ConfigError } from '../errors.ts';
import type { Screen } from './screen.ts';

/** Puts the text of a document in the place of its id, where a request names one. Never changes what it was given. */
export type Trust = (params: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;

/**
 * Documents that are known by id: the file that the environment names, a JSON object of id and text. Requests name one as
 * `documentId`, or as persisted queries do, by `extensions.persistedQuery.sha256Hash`.
 *
 * `Trust` throws {AppError} BAD_USER_INPUT for an unknown id, and FORBIDDEN, where only these may be asked, for any other
 * text.
 *
 * @throws {ConfigError} naming everything that is wrong with the file: it is missing, has an id without a text, or a text
 *   that the schema or the limits refuse.
 */
export function trustedDocuments(config: Config['trustedDocuments'], schema: GraphQLSchema, screen: Screen): Trust {
  if (config === null) return (params) => params;
  const known = readDocuments(config.file, schema, screen);
  const texts = new Set(known.values());
  return (params) => {
    const id = idIn(params);
    if (id === null) {
      if (config.only && !texts.has(params['query'] as string)) {
        throw new AppError('FORBIDDEN', 'Only documents that are known here may be asked, by their `documentId`.');
      }
      return params;
    }
    const text = known.get(id);
    if (text === undefined) throw new AppError('BAD_USER_INPUT', 'No document with this id is known here.');
    if (params['query'] !== undefined && params['query'] !== text) {
      throw new AppError('BAD_USER_INPUT', 'The text is not that of the document with this id. Send one of the two.');
    }
    // The id has done its work; the server would look for it in a store that it doesn't have.
    const { documentId: _, extensions: __, ...others } = params;
    return { ...others, query: text };
  };
}

function idIn({ documentId, extensions }: Readonly<Record<string, unknown>>): string | null {
  if (typeof documentId === 'string') return documentId;
  const { persistedQuery } = (extensions ?? {}) as { persistedQuery?: { sha256Hash?: unknown } | null };
  return typeof persistedQuery?.sha256Hash === 'string' ? persistedQuery.sha256Hash : null;
}

function readDocuments(file: string, schema: GraphQLSchema, screen: Screen): Map<string, string> {
  let entries: [string, unknown][];
  try {
    entries = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as object);
  } catch (error) {
    throw new ConfigError([`TRUSTED_DOCUMENTS: ${file} can't be read as JSON: ${(error as Error).message}`]);
  }
  const problems = entries.flatMap(([id, text]) => {
    const wrong = wrongWith(text, schema, screen);
    return wrong === null ? [] : [`TRUSTED_DOCUMENTS: document ${id}: ${wrong}`];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return new Map(entries as [string, string][]);
}

function wrongWith(text: unknown, schema: GraphQLSchema, screen: Screen): string | null {
  if (typeof text !== 'string') return 'has no text';
  try {
    const [error] = validate(schema, parse(text));
    return error?.message ?? screen(text, {})?.message ?? null;
  } catch (error) {
    return (error as Error).message;
  }
}
