import type { Db } from '../../db/client.ts';
import type { KeyRing } from '../../db/sealing.ts';
import type { Logger } from '../../log.ts';
import { clientSecretsNotSealedBy, grantsNotSealedBy, replaceClientSecret, replaceSealed } from '../store/grants.ts';

/**
 * Seals with the current key what an older one has sealed. A row that changes meanwhile was sealed anew by whoever
 * changed it, and is left alone. One that doesn't open is named in the log and left as it is.
 *
 * @returns how many rows were changed.
 */
export async function rewrapSecrets({ db, keys, log }: { db: Db; keys: KeyRing; log: Logger }): Promise<number> {
  const again = (sealed: string, context: string) =>
    keys.isStale(sealed) ? keys.seal(keys.open(sealed, context), context) : sealed;
  let changed = 0;

  for (const grant of await grantsNotSealedBy(db, keys.currentKid)) {
    const id = grant.integrationId;
    try {
      const done = await replaceSealed(db, grant, {
        accessToken: again(grant.accessToken, `grants.access_token:${id}`),
        refreshToken: again(grant.refreshToken, `grants.refresh_token:${id}`),
        pendingAnswer: grant.pendingAnswer === null ? null : again(grant.pendingAnswer, `grants.pending_answer:${id}`),
      });
      if (done) changed += 1;
    } catch (error) {
      log.error({ integrationId: id, error: wordsOf(error) }, 'Tokens could not be sealed with the current key');
    }
  }
  for (const { id, clientSecret } of await clientSecretsNotSealedBy(db, keys.currentKid)) {
    try {
      const next = again(clientSecret, `integrations.client_secret:${id}`);
      if (await replaceClientSecret(db, id, clientSecret, next)) changed += 1;
    } catch (error) {
      log.error(
        { integrationId: id, error: wordsOf(error) },
        'A client secret could not be sealed with the current key',
      );
    }
  }
  return changed;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
