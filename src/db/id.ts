import { randomBytes } from 'node:crypto';

/** What an id starts with, so that a person reading a log knows what it names. */
export type IdPrefix =
  | 'int'
  | 'run'
  | 'acc'
  | 'usr'
  | 'mtg'
  | 'lic'
  | 'can'
  | 'ask'
  | 'rec'
  | 'hld'
  | 'off'
  | 'itm'
  | 'rul'
  | 'exc'
  | 'grp'
  | 'aud'
  | 'flw'
  | 'uns'
  | 'ent'
  | 'fxr'
  | 'rcn';

/**
 * A new opaque id: prefix, 48 bits of time and 80 random ones, in base32. Ids made later sort later, so that fresh
 * rows land together in the index.
 */
export function newId(prefix: IdPrefix, now: number = Date.now()): string {
  const bytes = Buffer.alloc(16);
  bytes.writeUIntBE(now, 0, 6);
  randomBytes(10).copy(bytes, 6);
  return `${prefix}_${base32(bytes)}`;
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function base32(bytes: Buffer): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  let out = '';
  for (let i = 0; i < 26; i += 1) {
    out = `${ALPHABET[Number(bits & 31n)] ?? ''}${out}`;
    bits >>= 5n;
  }
  return out;
}
