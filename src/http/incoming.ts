import type { HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import type { Trust } from './trusted-documents.ts';

/** A request as the GraphQL server wants it, and what in it is looked at before. Not yet known to be GraphQL at all. */
export interface Incoming {
  request: Pick<HTTPGraphQLRequest, 'body' | 'search'>;
  text: unknown;
  variables: unknown;
  operationName: unknown;
}

/**
 * Reads a request from its body or, for `GET`, from its address, with the text of the document where it was named by id.
 *
 * @throws {AppError} what `trust` throws.
 */
export function incoming({ method, url, body }: FastifyRequest, trust: Trust): Incoming {
  if (method === 'GET') {
    const mark = url.indexOf('?');
    const search = new URLSearchParams(mark === -1 ? '' : url.slice(mark));
    const params = Object.fromEntries([...search].map(([name, value]) => [name, isJson(name) ? read(value) : value]));
    const { query, variables, operationName } = trust(params);
    if (query !== params['query']) {
      search.set('query', String(query));
      search.delete('extensions');
    }
    return { request: { search: `?${search.toString()}`, body: undefined }, text: query, variables, operationName };
  }
  // Lists and other things that are no request are refused by the server.
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { request: { search: '', body }, text: undefined, variables: body, operationName: undefined };
  }
  const params = trust(body as Record<string, unknown>);
  const { query, variables, operationName } = params;
  return { request: { search: '', body: params }, text: query, variables, operationName };
}

const isJson = (name: string) => name === 'variables' || name === 'extensions';

/** A JSON value; text that is none stays text, which the server refuses. */
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
