import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { KeyRing } from '#src/db/sealing.ts';
import { Secret } from '#src/secret.ts';

const k1 = { kid: 'k1', key: randomBytes(32) };
const k2 = { kid: 'k2', key: randomBytes(32) };
const context = 'grants.access_token:int_1';

describe('KeyRing', () => {
  it('opens what it sealed, in the same place only', () => {
    const ring = new KeyRing([k1]);
    const sealed = ring.seal(new Secret('top secret'), context);
    expect(sealed).not.toContain('top secret');
    expect(ring.open(sealed, context).reveal()).toBe('top secret');
    expect(() => ring.open(sealed, 'grants.access_token:int_2')).toThrow();
    expect(() => ring.open(sealed, 'grants.refresh_token:int_1')).toThrow();
  });

  it('refuses every flipped bit', () => {
    const ring = new KeyRing([k1]);
    const sealed = ring.seal(new Secret('x'), context);
    const [kid, nonce, body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const copy = Buffer.from(bytes);
      copy[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => ring.open(`${kid}.${nonce}.${copy.toString('base64url')}`, context)).toThrow();
    }
  });

  it('opens with any key of the ring and seals with the first', () => {
    const old = new KeyRing([k1]).seal(new Secret('x'), context);
    const rotated = new KeyRing([k2, k1]);
    expect(rotated.open(old, context).reveal()).toBe('x');
    expect(rotated.isStale(old)).toBe(true);
    expect(rotated.isStale(rotated.seal(new Secret('x'), context))).toBe(false);
  });

  it('names the key that is missing', () => {
    const sealed = new KeyRing([k1]).seal(new Secret('x'), context);
    expect(() => new KeyRing([k2]).open(sealed, context)).toThrow(/"k1".*TOKEN_KEYS/);
  });
});
