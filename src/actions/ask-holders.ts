import { recordAudit } from '../datasources/store/audit.ts';
import { insertAsks } from '../datasources/store/asks.ts';
import { moveAllCandidates, moveCandidates } from '../datasources/store/reclaim.ts';
import type { PlannedCandidate } from '../datasources/store/planned-candidates.ts';
import type { NewItem } from '../datasources/store/reclaim.ts';
import type { BlockerRecord } from '../db/tables/reclamations.ts';
import type { Deps } from '../deps.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import type { Tx } from './applied.ts';
import type { Refusal } from './outcome.ts';

/** Why an item takes nothing: its holder is asked first. */
const USER_ASKED = 'USER_ASKED';

export const isAsked = ({ status, error }: Pick<NewItem, 'error'> & { status: string }) =>
  status === 'SKIPPED' && error?.code === USER_ASKED;

/** An item whose holder is asked instead. */
export function askedItem(item: NewItem, days: number, isPlan: boolean): NewItem {
  const message = `The holder ${isPlan ? 'would be' : 'is'} asked first, and has ${days} days to answer.`;
  return { ...item, status: 'SKIPPED', error: { code: USER_ASKED, message, zoomCode: null } };
}

/** Why somebody can't be asked; null when they can. */
function whyNotAskable({ email }: PlannedCandidate, { notify }: Deps): BlockerRecord | null {
  if (notify.channels.length === 0) {
    const message =
      'The rule asks its users first, and there is no way to: set NOTIFY_WEBHOOK_URL or SMTP_URL, or switch notifyUser off.';
    return { code: 'NO_CHANNEL', message, until: null };
  }
  if (email === null || !email.includes('@')) {
    return {
      code: 'NO_EMAIL',
      message: 'The rule asks its users first, and this one has no e-mail address.',
      until: null,
    };
  }
  return null;
}

/**
 * What keeps holders from being asked; those of them who were ready need somebody's attention then, unless `isPlan`. Empty
 * when all can be asked.
 */
export async function askRefusals(
  tx: Tx,
  deps: Deps,
  candidates: readonly PlannedCandidate[],
  { isPlan, now }: { isPlan: boolean; now: Date },
): Promise<Refusal[]> {
  const blocked = candidates.flatMap((candidate) => {
    const blocker = whyNotAskable(candidate, deps);
    return blocker === null ? [] : [{ ...candidate, blocker }];
  });
  const toMove = isPlan ? [] : blocked.filter(({ candidateStatus }) => candidateStatus === 'READY');
  for (const code of new Set(toMove.map(({ blocker }) => blocker.code))) {
    const same = toMove.filter(({ blocker }) => blocker.code === code);
    const blockers = same.slice(0, 1).map(({ blocker }) => blocker);
    const note = blockers[0]?.message ?? null;
    const ids = same.map(({ id }) => id);
    await moveCandidates(tx, ids, { to: 'ATTENTION_REQUIRED', by: 'system', note, blockers }, now);
  }
  return blocked.map(({ id, blocker }) => ({
    code: 'BLOCKED',
    message: `Candidate ${id}: ${blocker.message}`,
    field: ['input', 'candidateIds'],
  }));
}

/** Asks the holders of candidates, who were looked at and locked before: a message leaves when this is committed. */
export async function askHolders(
  tx: Tx,
  deps: Deps,
  candidates: readonly PlannedCandidate[],
  { by, reason, now }: { by: string; reason: string | null; now: Date },
): Promise<void> {
  if (candidates.length === 0) return;
  const ids = candidates.map(({ id }) => id);
  const note = ['The holder is asked.', reason].filter((words) => words !== null).join(' ');
  await moveAllCandidates(tx, ids, { to: 'AWAITING_USER', by, note, blockers: [] }, now);
  await insertAsks(
    tx,
    candidates.map(({ id, integrationId, userId, daysToAnswer }) => ({
      candidateId: id,
      integrationId,
      userId,
      role: 'HOLDER',
      askedBy: by,
      dueAt: new Date(now.getTime() + (daysToAnswer ?? 0) * DAY_MS),
    })),
    'ASK',
    deps.notify.channels,
    now,
  );
  await recordAudit(
    tx,
    candidates.map(({ id, integrationId, userId, licenseId, daysToAnswer }) => ({
      at: now,
      actor: by,
      action: 'candidate.asked',
      integrationId,
      subject: id,
      details: { userId, licenseId, days: daysToAnswer },
    })),
  );
}
