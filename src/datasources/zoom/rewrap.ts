import type { Sql } from '../../db/client.ts';
import type { KeyRing } from '../../db/sealing.ts';
import {
  clientSecretsNotSealedBy,
  grantsNotSealedBy,
  replaceClientSecrets,
  replaceSealed,
  type SealedClientSecret,
  type SealedGrant,
} from '../store/sealed.ts';

export interface Rewrap {
  sql: Sql;
  keys: KeyRing;
  /** Told of every row that doesn't open, and stays as it is. */
  onProblem(integrationId: string, what: 'tokens' | 'client secret', words: string): void;
  /** Told after every batch how many rows were changed so far. */
  onBatch?(changed: number): void;
  /** Rows that are read and written at once; 500 when absent. */
  batch?: number;
}

/**
 * Seals with the current key what an older one has sealed, in batches of one statement each: whoever is cut off in
 * between has lost nothing, and goes on next time. A row that changes meanwhile was sealed anew by whoever changed it,
 * and is left alone.
 *
 * @returns how many rows were changed.
 */
export async function rewrapSecrets({ sql, keys, onProblem, onBatch, batch = 500 }: Rewrap): Promise<number> {
  const kid = keys.currentKid;
  const again = (sealed: string, context: string) =>
    keys.isStale(sealed) ? keys.seal(keys.open(sealed, context), context) : sealed;
  let changed = 0;

  const all = async <Row extends { id: string }>(
    what: 'tokens' | 'client secret',
    read: (after: string) => Promise<Row[]>,
    sealAgain: (row: Row) => Row,
    write: (pairs: { seen: Row; next: Row }[]) => Promise<number>,
  ) => {
    for (let rows = await read(''); rows.length > 0; rows = await read(rows.at(-1)?.id ?? '')) {
      const pairs = rows.flatMap((seen) => {
        try {
          return [{ seen, next: sealAgain(seen) }];
        } catch (error) {
          onProblem(seen.id, what, error instanceof Error ? error.message : 'unknown');
          return [];
        }
      });
      changed += await write(pairs);
      onBatch?.(changed);
    }
  };

  await all<SealedGrant>(
    'tokens',
    (after) => grantsNotSealedBy(sql, kid, after, batch),
    ({ id, accessToken, refreshToken, pendingAnswer }) => ({
      id,
      accessToken: again(accessToken, `grants.access_token:${id}`),
      refreshToken: again(refreshToken, `grants.refresh_token:${id}`),
      pendingAnswer: pendingAnswer === null ? null : again(pendingAnswer, `grants.pending_answer:${id}`),
    }),
    (pairs) => replaceSealed(sql, pairs),
  );
  await all<SealedClientSecret>(
    'client secret',
    (after) => clientSecretsNotSealedBy(sql, kid, after, batch),
    ({ id, clientSecret }) => ({ id, clientSecret: again(clientSecret, `integrations.client_secret:${id}`) }),
    (pairs) => replaceClientSecrets(sql, pairs),
  );
  return changed;
}
