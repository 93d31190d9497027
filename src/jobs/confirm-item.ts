import { recordHistory, refreshAssignments } from '../datasources/store/assignments.ts';
import { applyRemoval, applyToUser, moveCandidates, moveItem } from '../datasources/store/reclaim.ts';
import type { PlannedCandidate } from '../datasources/store/planned-candidates.ts';
import { shareRoster } from '../datasources/store/roster-order.ts';
import { onZoomClock } from '../datasources/zoom/clock.ts';
import { toHoldings } from '../datasources/zoom/to-row.ts';
import type { UserProfilePayload, UserSettingsPayload } from '../datasources/zoom/users.ts';
import { tellOf, tellUnmoved, type ItemWork } from './item-work.ts';

/**
 * Zoom shows the effect: writes it down everywhere at once. `user` is null when Zoom knows nobody any more; `settings` when
 * they were not read, because somebody without a paid type holds no add-ons. `askedAt`: when Zoom was asked.
 */
export async function confirmItem(
  { deps, item, reclamation }: ItemWork,
  candidate: PlannedCandidate,
  user: UserProfilePayload | null,
  settings: UserSettingsPayload | null,
  askedAt: Date,
): Promise<'CONFIRMED'> {
  const now = deps.now();
  const seenAt = onZoomClock(deps, askedAt);
  const accountId = candidate.accountId ?? '';
  const words = `Taken back by ${reclamation.id}`;
  await deps.database.sql.begin(async (tx) => {
    await shareRoster(tx, accountId);
    await moveItem(tx, item, 'CONFIRMED', {}, now);
    const move = { to: 'CLOSED_COMPLETE' as const, by: reclamation.requestedBy, note: words, blockers: [] };
    tellUnmoved(deps, move.to, await moveCandidates(tx, [item.candidateId], move, now));
    if (user === null) {
      await applyRemoval(tx, item.userId, `The user was removed by ${reclamation.id}`, now, seenAt);
    } else {
      const holdings = toHoldings(user, settings, candidate.status);
      await applyToUser(tx, item.userId, holdings, now, seenAt);
      await refreshAssignments(tx, { integrationId: item.integrationId, accountId }, now, [item.userId]);
      await recordHistory(tx, accountId, now, [item.userId]);
    }
    await tellOf(
      tx,
      { item, reclamation },
      'done',
      {
        action: item.action,
        license: candidate.licenseUniqueId,
        before: { status: item.before?.status ?? 'active', type: candidate.type },
        after: user === null ? null : { status: user.status, typeCode: user.type },
      },
      now,
    );
  });
  return 'CONFIRMED';
}
