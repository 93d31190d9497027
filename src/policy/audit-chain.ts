import { createHash } from 'node:crypto';

/** What the first event has in the place of a hash before it. */
export const NO_HASH = '0'.repeat(64);

/** An event as the chain has it: its place, what was hashed, and both hashes. */
export interface Link {
  position: number;
  id: string;
  content: string;
  previousHash: string;
  hash: string;
}

/** A place in the chain and what it must hash to. */
export type Head = Pick<Link, 'position' | 'hash'>;

/** SHA-256 of the hash before, a line feed and the content; hex. */
export function hashOf({ previousHash, content }: Pick<Link, 'previousHash' | 'content'>): string {
  return createHash('sha256').update(`${previousHash}\n${content}`).digest('hex');
}

/**
 * What is wrong with an event that comes after `before` (the place alone where what was there is not looked at), in words;
 * null when nothing is.
 */
export function whyBroken(before: { position: number; hash: string | null }, link: Link): string | null {
  const name = `Event ${link.position} (${link.id})`;
  if (link.position !== before.position + 1) {
    const missing = link.position - before.position - 1;
    return `${missing} event(s) before event ${link.position} (${link.id}) are missing: the one before it is ${before.position}.`;
  }
  if (before.hash !== null && link.previousHash !== before.hash) {
    return `${name} does not follow event ${before.position}: that one was changed or put in another's place.`;
  }
  if (hashOf(link) !== link.hash) return `${name} was changed: what it says does not fit its hash.`;
  return null;
}

/** Reads a head that was written down as `position:hash`; null when it is none. */
export function parseHead(text: string): Head | null {
  const match = /^(\d{1,15}):([0-9a-f]{64})$/.exec(text.trim());
  return match === null ? null : { position: Number(match[1]), hash: match[2] ?? '' };
}

/** A head as people write it down. */
export const headText = ({ position, hash }: Head) => `${position}:${hash}`;
