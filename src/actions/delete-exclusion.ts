import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { liftExclusion } from '../datasources/store/exclusions.ts';
import type { Deps } from '../deps.ts';
import type { DeleteExclusionInput } from '../schema.generated.ts';
import { refuse, type Outcome } from './outcome.ts';

/** Lifts an exclusion. */
export async function deleteExclusion(
  deps: Deps,
  caller: Caller,
  input: DeleteExclusionInput,
): Promise<Outcome<{ exclusionId: string }>> {
  const now = deps.now();
  const isLifted = await deps.database.sql.begin(async (tx) => {
    const exclusion = await liftExclusion(tx, input.exclusionId, now);
    if (exclusion === null) return false;
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'exclusion.deleted',
        integrationId: exclusion.integrationId,
        subject: exclusion.id,
        details: { scope: exclusion.scope, expiresAt: exclusion.expiresAt },
      },
    ]);
    return true;
  });
  if (!isLifted) return refuse('NOT_FOUND', 'There is no such exclusion.', ['input', 'exclusionId']);
  return { ok: true, exclusionId: input.exclusionId };
}
