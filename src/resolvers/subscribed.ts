import type { ChangesOf } from '../changes.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';

/**
 * Changes of one kind in an integration. Who carries the operation out gives each row to `resolve`, with the loaders that
 * came with it.
 *
 * @throws {AppError} BAD_USER_INPUT for an integration that there is not.
 */
export async function subscribed(
  { changes, load }: Context,
  integrationId: string,
  kind: 'jobRuns' | 'candidates',
): Promise<ChangesOf<object>> {
  if (changes === null) throw new Error('Nobody looks for changes here.');
  if ((await load.integrationById.load(integrationId)) === null) {
    throw new AppError('BAD_USER_INPUT', 'No integration has this id, so that there is nothing to subscribe to.');
  }
  return changes[kind](integrationId);
}
