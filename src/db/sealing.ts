import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TokenKey } from '../config.ts';
import { Secret } from '../secret.ts';

/**
 * Seals secrets for rest with AES-256-GCM. The row and column that a secret belongs to are authenticated with it, so
 * that a sealed value moved to another row doesn't open.
 */
export class KeyRing {
  readonly #keys: readonly TokenKey[];
  readonly #first: TokenKey;

  constructor(keys: readonly [TokenKey, ...TokenKey[]]) {
    this.#keys = keys;
    this.#first = keys[0];
  }

  /** Key id that `seal` uses now. */
  get currentKid(): string {
    return this.#first.kid;
  }

  /** Ids of all keys, the current one first. */
  get kids(): string[] {
    return this.#keys.map(({ kid }) => kid);
  }

  /** `context` names where the value lives, for example `grants.access_token:int_…`. */
  seal(value: Secret, context: string): string {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.#first.key, nonce);
    cipher.setAAD(Buffer.from(`${this.#first.kid}\n${context}`));
    const body = Buffer.concat([cipher.update(value.reveal(), 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${this.#first.kid}.${nonce.toString('base64url')}.${body.toString('base64url')}`;
  }

  /** @throws when the key is gone, the context is another one, or a bit was changed. */
  open(sealed: string, context: string): Secret {
    const [kid = '', nonce = '', body = ''] = sealed.split('.');
    const key = this.#keys.find((candidate) => candidate.kid === kid);
    if (key === undefined) {
      throw new Error(`A stored secret is sealed with key "${kid}", which TOKEN_KEYS doesn't have. Add that key back.`);
    }
    const bytes = Buffer.from(body, 'base64url');
    const decipher = createDecipheriv('aes-256-gcm', key.key, Buffer.from(nonce, 'base64url'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(`${kid}\n${context}`));
    decipher.setAuthTag(bytes.subarray(-16));
    return new Secret(Buffer.concat([decipher.update(bytes.subarray(0, -16)), decipher.final()]).toString('utf8'));
  }

  /** A signature of a text, with a key of its own that is made from the first one. */
  sign(text: string): string {
    return `${this.#first.kid}.${macOf(this.#first, text)}`;
  }

  /** Was a text signed by one of the keys? Takes as long for a wrong signature as for a right one. */
  isSigned(text: string, signature: string): boolean {
    const [kid = '', mac = ''] = signature.split('.');
    const key = this.#keys.find((candidate) => candidate.kid === kid);
    if (key === undefined) return false;
    const right = Buffer.from(macOf(key, text));
    const given = Buffer.from(mac);
    return given.length === right.length && timingSafeEqual(given, right);
  }

  /** Is it sealed with another key than the current one? */
  isStale(sealed: string): boolean {
    return !sealed.startsWith(`${this.#first.kid}.`);
  }
}

/** What is sealed and what is signed must not share a key. */
function macOf({ key }: TokenKey, text: string): string {
  const signing = Buffer.from(hkdfSync('sha256', key, '', 'signed text', 32));
  return createHmac('sha256', signing).update(text).digest('base64url');
}
