import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { lockExclusion, patchExclusion, skipExcluded } from '../datasources/store/exclusions.ts';
import type { ExclusionRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { UpdateExclusionInput } from '../schema.generated.ts';
import { Problems } from './problems.ts';
import { refuse, type Outcome } from './outcome.ts';

/**
 * Changes why, for how long and out of what an exclusion keeps; fields left out stay. Whom it keeps out stays too: that
 * would be another exclusion. Open candidates that it names now are closed at once, unless somebody is acting on them.
 */
export async function updateExclusion(
  deps: Deps,
  caller: Caller,
  input: UpdateExclusionInput,
): Promise<Outcome<{ exclusion: ExclusionRow }>> {
  const now = deps.now();
  const problems = new Problems();
  const wanted: Partial<Pick<ExclusionRow, 'reason' | 'owner' | 'expiresAt' | 'scope'>> = {};
  if (input.reason != null) wanted.reason = problems.text('reason', input.reason, 1000);
  if (input.owner != null) wanted.owner = problems.text('owner', input.owner);
  if (input.scope != null) wanted.scope = input.scope;
  if (input.expiresAt !== undefined) {
    wanted.expiresAt = input.expiresAt;
    if (input.expiresAt !== null && !(input.expiresAt > now)) {
      problems.add('expiresAt', 'Must be in the future; lift the exclusion to end it now.');
    }
  }
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };

  const exclusion = await deps.database.sql.begin(async (tx) => {
    const before = await lockExclusion(tx, input.exclusionId);
    if (before === null) return null;
    const changed = Object.entries(wanted).filter(
      ([field, to]) => JSON.stringify(before[field as keyof typeof wanted]) !== JSON.stringify(to),
    );
    if (changed.length === 0) return before;
    const after = await patchExclusion(tx, before.id, Object.fromEntries(changed));
    if (after === null) return null;
    const skippedCandidates = await skipExcluded(tx, after, { by: caller.sub, now });
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'exclusion.updated',
        integrationId: after.integrationId,
        subject: after.id,
        details: {
          // Free words may tell of people, and the trail is never erased.
          ...Object.fromEntries(
            changed.map(([field, to]) => [
              field,
              field === 'reason' || field === 'owner' ? 'changed' : { from: before[field as keyof typeof wanted], to },
            ]),
          ),
          skippedCandidates,
        },
      },
    ]);
    return after;
  });
  if (exclusion === null) return refuse('NOT_FOUND', 'There is no such exclusion.', ['input', 'exclusionId']);
  return { ok: true, exclusion };
}
