import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyGetKey } from 'jose';
import { request } from 'undici';
import { AppError } from '../errors.ts';

/** How long keys that were read are believed without looking again. */
const FRESH_MS = 600_000;

/**
 * How much longer they are believed while the issuer does not answer. What it signed before it went away has ended by
 * then, and a key that it withdrew is not believed for ever by keeping it from telling us.
 */
const STALE_MS = 3_600_000;

/** How long nobody asks again for a key that was not there. */
const COOLDOWN_MS = 30_000;

/** The same after a failure while no keys are known: nobody can be let in, so it is tried again sooner. */
const RETRY_MS = 1_000;

/** A caller who waits for keys is told within three seconds that there are none. */
const TIMEOUT_MS = 2_500;

const MAX_BYTES = 1_048_576;

/**
 * Finds the key that signed a token among those that the issuer publishes at `url`.
 *
 * They are read when the first token comes, every ten minutes, and when a token names one that is not among them: a new
 * key is known as soon as it is used. However many tokens name unknown keys, the issuer is asked once in half a minute.
 * While it does not answer, keys that are known go on for an hour.
 *
 * @throws {AppError} INTERNAL, retryable, when the keys can't be had; an error of jose for a token whose key is not there.
 */
export function remoteKeys(url: string, now: () => Date): JWTVerifyGetKey {
  let known: { find: ReturnType<typeof createLocalJWKSet>; at: number } | null = null;
  let failure: AppError | null = null;
  let askedAt = -Infinity;
  let asking: Promise<void> | null = null;

  const ask = () =>
    (asking ??= readKeys(url)
      .then((keys) => {
        known = { find: createLocalJWKSet(keys), at: now().getTime() };
        failure = null;
      })
      .catch((cause: unknown) => {
        failure = new AppError(
          'INTERNAL',
          'The keys of the token issuer could not be read, so nobody can be let in. Try again.',
          {
            retryable: true,
            retryAfterMs: RETRY_MS,
            cause,
          },
        );
      })
      .finally(() => {
        askedAt = now().getTime();
        asking = null;
      }));
  const askUnlessJustDone = async (pauseMs: number) => {
    if (asking !== null || now().getTime() - askedAt >= pauseMs) await ask();
  };
  /** Keys that may be believed now. */
  const believed = () => {
    if (known !== null && now().getTime() - known.at < FRESH_MS + STALE_MS) return known.find;
    throw failure ?? new AppError('INTERNAL', 'The keys of the token issuer are not known.', { retryable: true });
  };

  return async (header, token) => {
    const age = known === null ? Infinity : now().getTime() - known.at;
    if (age >= FRESH_MS) await askUnlessJustDone(age >= FRESH_MS + STALE_MS ? RETRY_MS : COOLDOWN_MS);
    try {
      return await believed()(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await askUnlessJustDone(COOLDOWN_MS);
      // Nobody can tell now whether it is a new key or none at all.
      if (failure !== null) throw failure;
      return believed()(header, token);
    }
  };
}

async function readKeys(url: string): Promise<JSONWebKeySet> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { statusCode, headers, body } = await request(url, { signal, headers: { accept: 'application/json' } });
  // A redirect is no answer either: who signs callers is decided by the environment alone.
  if (statusCode !== 200 || Number(headers['content-length'] ?? 0) > MAX_BYTES) {
    await body.dump();
    throw new Error(`The issuer answered ${statusCode} for its keys.`);
  }
  let text = '';
  for await (const chunk of body.setEncoding('utf8')) {
    text += chunk as string;
    if (text.length > MAX_BYTES) throw new Error('The issuer answered more than any list of keys is long.');
  }
  return JSON.parse(text) as JSONWebKeySet;
}
