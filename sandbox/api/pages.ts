import { randomBytes } from 'node:crypto';
import { invalidField, ZoomError } from './errors.ts';
import type { ApiCall } from './endpoint.ts';

const TOKEN_LIFE_MS = 15 * 60_000;

interface Listing {
  /** The question: account, path and every parameter but the token. */
  key: string;
  /** The answer when it was first asked: later pages show this, whatever changed since. */
  items: readonly unknown[];
  offset: number;
  expiresAt: number;
}

export interface Page<T> {
  items: readonly T[];
  offset: number;
  pageSize: number;
  total: number;
  nextPageToken: string;
  pageNumber: number;
  pageCount: number;
}

/** Hands out pages, and tokens for the next one that die after 15 minutes and fit only the same question. */
export class Pages {
  readonly #listings = new Map<string, Listing>();

  take<T>(call: ApiCall, path: string, max: number, build: () => readonly T[]): Page<T> {
    const pageSize = Math.min(max, positive(call, 'page_size', 30));
    const key = [
      call.account.id,
      path,
      ...[...call.query]
        .filter(([name]) => name !== 'next_page_token')
        .map(String)
        .sort(),
    ].join('&');
    const token = call.query.get('next_page_token');
    let items: readonly T[];
    let offset: number;
    if (token) {
      const listing = this.#listings.get(token);
      if (!listing || listing.key !== key || listing.expiresAt <= call.now) {
        throw new ZoomError(400, 300, 'The next page token is invalid or expired.');
      }
      items = listing.items as readonly T[];
      offset = listing.offset;
    } else {
      items = build();
      offset = (positive(call, 'page_number', 1) - 1) * pageSize;
    }
    const next = offset + pageSize;
    let nextPageToken = '';
    if (next < items.length) {
      nextPageToken = randomBytes(24).toString('base64url') + '2';
      this.#forget(call.now);
      this.#listings.set(nextPageToken, { key, items, offset: next, expiresAt: call.now + TOKEN_LIFE_MS });
    }
    return {
      items: items.slice(offset, next),
      offset,
      pageSize,
      total: items.length,
      nextPageToken,
      pageNumber: Math.floor(offset / pageSize) + 1,
      pageCount: Math.max(1, Math.ceil(items.length / pageSize)),
    };
  }

  #forget(now: number): void {
    // Tokens are kept in order of making, and all live equally long.
    for (const [token, listing] of this.#listings) {
      if (listing.expiresAt > now) return;
      this.#listings.delete(token);
    }
  }
}

/** What most lists say around their items. */
export function pageFields(page: Page<unknown>) {
  return {
    next_page_token: page.nextPageToken,
    page_count: page.pageCount,
    page_number: page.pageNumber,
    page_size: page.pageSize,
    total_records: page.total,
  };
}

function positive(call: ApiCall, name: string, otherwise: number): number {
  const value = call.query.get(name);
  if (value === null || value === '') return otherwise;
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1) throw invalidField(name, `Invalid field: ${value}.`);
  return number;
}
