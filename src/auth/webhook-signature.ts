import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../secret.ts';

/** So far may the time that Zoom signed be from Zoom's clock as we know it. */
export const REPLAY_WINDOW_MS = 5 * 60_000;

/** What a webhook says of its origin. */
export interface Signed {
  /** Header `x-zm-signature`. */
  signature: string;
  /** Header `x-zm-request-timestamp`: seconds since 1970, as it came. */
  timestamp: string;
  /** The body as it came, byte by byte: what is parsed and written again may differ. */
  body: Buffer;
}

/** Why a signature was not accepted, in words. */
export type Refused = string;

const digest = (value: string) => createHash('sha256').update(value).digest();

/** Zoom's signature of a body at a time. */
export function signatureOf(secret: Secret, timestamp: string, body: Buffer): string {
  return `v0=${createHmac('sha256', secret.reveal()).update(`v0:${timestamp}:`).update(body).digest('hex')}`;
}

/**
 * Tells whether Zoom signed a body lately. Takes as long for a wrong signature as for a right one, whatever they have in
 * common. `zoomNowMs` is Zoom's clock as we know it.
 *
 * @returns null when it did, otherwise why not.
 */
export function refusalOf(secret: Secret, { signature, timestamp, body }: Signed, zoomNowMs: number): Refused | null {
  if (!/^\d{1,12}$/.test(timestamp)) return 'The header x-zm-request-timestamp is not a time in seconds.';
  const isRight = timingSafeEqual(digest(signature), digest(signatureOf(secret, timestamp, body)));
  if (!isRight) return 'The signature is not the one of this body. Is ZOOM_WEBHOOK_SECRET the secret token of the app?';
  const awayMs = Math.abs(Number(timestamp) * 1000 - zoomNowMs);
  if (awayMs > REPLAY_WINDOW_MS) return 'The signature is more than five minutes away from our clock.';
  return null;
}

/**
 * What `plainToken` may look like. A signature is made over text with colons in it: were any text answered, the answer
 * could be used to sign an event.
 */
const PLAIN_TOKEN = /^[A-Za-z0-9_-]{1,128}$/;

/** Zoom's question whether an address is ours, answered; null for a token that is none of Zoom's. */
export function validationAnswer(
  secret: Secret,
  plainToken: unknown,
): { plainToken: string; encryptedToken: string } | null {
  if (typeof plainToken !== 'string' || !PLAIN_TOKEN.test(plainToken)) return null;
  return { plainToken, encryptedToken: createHmac('sha256', secret.reveal()).update(plainToken).digest('hex') };
}
