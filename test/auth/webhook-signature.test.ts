import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { refusalOf, REPLAY_WINDOW_MS, signatureOf, validationAnswer } from '#src/auth/webhook-signature.ts';
import { Secret } from '#src/secret.ts';

const secret = new Secret('a secret token');
const now = Date.parse('2026-05-20T10:00:00Z');
const timestamp = String(now / 1000);
const body = Buffer.from('{"event":"user.updated",  "payload":{}}');
const signature = signatureOf(secret, timestamp, body);

describe('a signature', () => {
  it('is the HMAC of version, time and body', () => {
    const hex = createHmac('sha256', 'a secret token').update(`v0:${timestamp}:${body.toString()}`).digest('hex');
    expect(signature).toBe(`v0=${hex}`);
    expect(refusalOf(secret, { signature, timestamp, body }, now)).toBeNull();
  });

  it.each([
    ['of another body', { signature, timestamp, body: Buffer.from('{"event":"user.updated", "payload":{}}') }],
    ['of another secret', { signature: signatureOf(new Secret('other'), timestamp, body), timestamp, body }],
    ['of another time', { signature, timestamp: String(now / 1000 + 1), body }],
    ['without its version', { signature: signature.slice(3), timestamp, body }],
    ['that is missing', { signature: 'undefined', timestamp, body }],
    ['that is empty', { signature: '', timestamp, body }],
    ['whose time is no number', { signature: signatureOf(secret, '1e9', body), timestamp: '1e9', body }],
    ['whose time is negative', { signature: signatureOf(secret, '-1', body), timestamp: '-1', body }],
  ])('%s is refused in words', (_, signed) => {
    expect(refusalOf(secret, signed, now)).toMatch(/\w+ \w+ .*\./);
  });

  it('counts for five minutes before and after', () => {
    const signed = { signature, timestamp, body };
    expect(refusalOf(secret, signed, now + REPLAY_WINDOW_MS)).toBeNull();
    expect(refusalOf(secret, signed, now - REPLAY_WINDOW_MS)).toBeNull();
    expect(refusalOf(secret, signed, now + REPLAY_WINDOW_MS + 1)).toContain('five minutes');
    expect(refusalOf(secret, signed, now - REPLAY_WINDOW_MS - 1)).toContain('five minutes');
  });
});

describe("Zoom's question for the address", () => {
  it('is answered with the token and its HMAC', () => {
    const encryptedToken = createHmac('sha256', 'a secret token').update('qgg8vlvZRS6UYooatFL8Aw').digest('hex');
    expect(validationAnswer(secret, 'qgg8vlvZRS6UYooatFL8Aw')).toEqual({
      plainToken: 'qgg8vlvZRS6UYooatFL8Aw',
      encryptedToken,
    });
  });

  it.each([`v0:${timestamp}:{}`, 'with blank', '', 'x'.repeat(129), 7, null, undefined, {}])(
    'is not answered for %j: what could be signed with the answer is no token',
    (token) => {
      expect(validationAnswer(secret, token)).toBeNull();
    },
  );
});
