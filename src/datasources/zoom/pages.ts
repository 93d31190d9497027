import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ZoomError } from './errors.ts';
import type { ZoomClient } from './client.ts';
import type { Endpoint } from './endpoints.ts';

/** The largest page that every listing accepts. */
const PAGE_SIZE = 300;
/** A token lives 15 minutes; a listing whose pages take that long twice is not going to end. */
const MAX_RESTARTS = 2;
/** Six million rows: no account is that big, so a listing that is doesn't end. */
const MAX_PAGES = 20_000;
/** Zoom may send an empty page in the middle; it doesn't send many in a row. */
const MAX_EMPTY_PAGES = 3;

export interface Listing<T> {
  endpoint: Endpoint;
  params?: Record<string, string>;
  query?: Record<string, string | undefined>;
  /** The field that holds the rows. */
  rows: string;
  row: z.ZodType<T>;
  /** What a row is about, where each thing has one row: one that comes twice makes up for none that is missing. */
  keyOf?: (row: T) => string;
  /** A code of Zoom's that says, to the question for the first page, that there can't be any rows. */
  nothingWhen?: number;
}

/**
 * A listing of Zoom's, page by page, until Zoom says that there is no more.
 *
 * An early end is an error, never a short list. When a page token has expired the listing starts again and yields its
 * first pages once more, so what is done with a page must bear being done twice (upserts). Rows that Zoom moves from
 * one page to another while the listing runs may come twice as well.
 *
 * @throws {ZoomError} of kind `BAD_ANSWER` when tokens or pages repeat, when pages never end, and when fewer rows came than
 * Zoom counted; of kind `PAGE_TOKEN` when tokens expire time and again.
 */
export async function* pages<T>(zoom: ZoomClient, listing: Listing<T>): AsyncGenerator<T[]> {
  for (let restarts = 0; ; restarts += 1) {
    try {
      yield* once(zoom, listing);
      return;
    } catch (error) {
      if (!(error instanceof ZoomError) || error.kind !== 'PAGE_TOKEN' || restarts >= MAX_RESTARTS) throw error;
    }
  }
}

async function* once<T>(
  zoom: ZoomClient,
  { endpoint, params, query, rows, row, keyOf, nothingWhen }: Listing<T>,
): AsyncGenerator<T[]> {
  const schema = pageSchema(rows, row);
  const tokens = new Set<string>();
  const prints = new Set<string>();
  const keys = new Set<string>();
  const lie = (what: string) =>
    new ZoomError(`Zoom's listing is not complete: ${what}.`, {
      endpoint: `${endpoint.method} ${endpoint.path}`,
      kind: 'BAD_ANSWER',
      outcome: 'REFUSED',
    });
  let token: string | undefined;
  let received = 0;
  let fewestAnnounced = Number.POSITIVE_INFINITY;
  let emptyPages = 0;

  for (let page = 1; page <= MAX_PAGES; page += 1) {
    let answer;
    try {
      answer = await zoom.call({
        endpoint,
        params,
        // Zoom ties a token to the very query it came from: nothing but the token may change between pages.
        query: { ...query, page_size: String(PAGE_SIZE), next_page_token: token },
        schema,
      });
    } catch (error) {
      if (page === 1 && nothingWhen !== undefined && error instanceof ZoomError && error.zoomCode === nothingWhen)
        return;
      throw error;
    }
    received += answer.rows.length;
    if (keyOf !== undefined) for (const one of answer.rows) keys.add(keyOf(one));
    // In the place of a page whose rows are missing then, whatever the count says.
    if (answer.rows.length > 0) {
      const print = createHash('sha256').update(JSON.stringify(answer.rows)).digest('base64');
      if (prints.has(print)) throw lie('Zoom sent the same page twice');
      prints.add(print);
    }
    if (answer.total !== null) fewestAnnounced = Math.min(fewestAnnounced, answer.total);
    emptyPages = answer.rows.length === 0 ? emptyPages + 1 : 0;
    yield answer.rows;

    if (answer.token === null) {
      // People come and go while a long listing runs, and one who came behind our back is counted but never listed.
      // The smallest of Zoom's counts is what must have arrived at any rate.
      const came = keyOf === undefined ? received : keys.size;
      if (fewestAnnounced !== Number.POSITIVE_INFINITY && came < fewestAnnounced) {
        throw lie(`${came} of ${fewestAnnounced} rows came`);
      }
      return;
    }
    if (tokens.has(answer.token)) throw lie('Zoom sent the same page token twice');
    if (emptyPages > MAX_EMPTY_PAGES) throw lie('empty pages follow one another without end');
    tokens.add(answer.token);
    token = answer.token;
  }
  throw lie('it does not end');
}

function pageSchema<T>(rows: string, row: z.ZodType<T>) {
  return z
    .object({
      next_page_token: z.string().nullish(),
      total_records: z.number().nullish(),
      // Without its list a page is only believed when it counts to nothing.
      [rows]: z.array(row).nullish(),
    })
    .superRefine((page: Record<string, unknown>, context) => {
      if (!Array.isArray(page[rows]) && page['total_records'] !== 0) {
        context.addIssue({ code: 'custom', path: [rows], message: 'is missing' });
      }
    })
    .transform((page: Record<string, unknown>) => ({
      rows: (page[rows] ?? []) as T[],
      token: (page['next_page_token'] || null) as string | null,
      total: (page['total_records'] ?? null) as number | null,
    }));
}
