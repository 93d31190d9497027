import type { Random } from './random.ts';

const URL64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const PLAIN = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
/** What the last of 22 base64 characters of 16 bytes can be. */
const LAST = 'AQgw';

/** An id as Zoom gives to users, groups and accounts: 22 characters, sometimes beginning with `-` or `_`. */
export function zoomId(random: Random): string {
  let id = '';
  for (let i = 0; i < 21; i++) id += URL64[Math.floor(random.next() * 64)];
  return id + LAST[Math.floor(random.next() * 4)];
}

const MEETINGS_PER_ACCOUNT = 999_999_937; // a prime below 10^9, so that scattering by multiplication is one to one
const SCATTER = 48_271;
const UNSCATTER = inverse(SCATTER, MEETINGS_PER_ACCOUNT);

/**
 * The number of a meeting (11 digits), computed from its place instead of stored: a big world has a million of them.
 * The leading digits name the account.
 */
export function meetingNumber(accountOrdinal: number, series: number): number {
  const scattered = Number((BigInt(series + 1) * BigInt(SCATTER)) % BigInt(MEETINGS_PER_ACCOUNT));
  return (80 + accountOrdinal) * 1e9 + scattered;
}

/** The way back: which account and which meeting, or null for a number that no account can have given out. */
export function readMeetingNumber(number: number): { accountOrdinal: number; series: number } | null {
  if (!Number.isSafeInteger(number) || number < 80e9) return null;
  const scattered = BigInt(number % 1e9);
  const series = Number((scattered * UNSCATTER) % BigInt(MEETINGS_PER_ACCOUNT)) - 1;
  return { accountOrdinal: Math.floor(number / 1e9) - 80, series };
}

/**
 * The uuid of one past instance, computed from its place. About one in twenty has a `/`, some of those begin with one or
 * hold two in a row: the ones that callers must encode twice.
 */
export function instanceUuid(accountOrdinal: number, instance: number): string {
  const place = accountOrdinal * 1e8 + instance;
  let hash = mix(place + 1);
  let id = '';
  for (let i = 0; i < 14; i++) {
    hash = mix(hash + i);
    id += PLAIN[hash % 62];
  }
  // The place itself sits in the middle, as seven digits of base 62, blurred so that neighbours look unlike.
  let rest = place;
  let middle = '';
  for (let i = 0; i < 7; i++) {
    middle += PLAIN[(rest + i * 17) % 62];
    rest = Math.floor(rest / 62);
  }
  id = id.slice(0, 7) + middle + id.slice(7) + LAST[hash % 4] + '==';
  const kind = mix(place + 77) % 60;
  if (kind === 0) return '/' + id.slice(1);
  if (kind === 1) return id.slice(0, 3) + '//' + id.slice(5);
  if (kind === 2) return id.slice(0, 16) + '/' + id.slice(17);
  return id;
}

/** The place that a uuid was computed from; null when it is none of ours. */
export function readInstanceUuid(uuid: string): { accountOrdinal: number; instance: number } | null {
  if (uuid.length !== 24) return null;
  let place = 0;
  let scale = 1;
  for (let i = 0; i < 7; i++) {
    const digit = PLAIN.indexOf(uuid[7 + i]!);
    if (digit < 0) return null;
    place += ((((digit - i * 17) % 62) + 124) % 62) * scale;
    scale *= 62;
  }
  const accountOrdinal = Math.floor(place / 1e8);
  const instance = place % 1e8;
  return instanceUuid(accountOrdinal, instance) === uuid ? { accountOrdinal, instance } : null;
}

function mix(value: number): number {
  let x = Math.trunc(value % 4294967296) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
}

function inverse(value: number, prime: number): bigint {
  let [oldR, r] = [BigInt(value), BigInt(prime)];
  let [oldS, s] = [1n, 0n];
  while (r !== 0n) {
    const quotient = oldR / r;
    [oldR, r] = [r, oldR - quotient * r];
    [oldS, s] = [s, oldS - quotient * s];
  }
  return ((oldS % BigInt(prime)) + BigInt(prime)) % BigInt(prime);
}
