import { askedAgain, insertAsks, remind, tellOfEnds, unreachedCandidates } from '../datasources/store/asks.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { moveAllCandidates } from '../datasources/store/reclaim.ts';
import type { Deps } from '../deps.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import type { Tx } from './applied.ts';
import { takeDue } from './take-due.ts';

/**
 * Goes on with everybody who was asked: asks again whose time is over, reminds, tells how it ended, hands over to a person whom
 * no message reaches, and takes what is due. Safe to run in several places at once; statements don't grow with candidates.
 */
export async function followUpAsks(deps: Deps): Promise<void> {
  const { sql } = deps.database;
  const now = deps.now();
  const { channels } = deps.notify;
  if (channels.length > 0) {
    await sql.begin((tx) => askAgain(tx, deps, now));
    // The nearest day first: whoever is past several gets one reminder.
    for (const days of [...deps.config.notify.reminderDays].sort((a, b) => a - b)) {
      await sql.begin((tx) => remind(tx, days, channels, now));
    }
    await sql.begin((tx) => tellOfEnds(tx, channels, now));
  }
  await sql.begin(async (tx) => {
    const ids = await unreachedCandidates(tx);
    const message = 'The question could not be delivered by any channel, so nothing is taken. See its messages.';
    const blockers = [{ code: 'NOT_REACHED', message, until: null }];
    await moveAllCandidates(tx, ids, { to: 'ATTENTION_REQUIRED', by: 'system', note: message, blockers }, now);
  });
  await takeDue(deps);
}

async function askAgain(tx: Tx, deps: Deps, now: Date): Promise<void> {
  const again = await askedAgain(tx, now);
  const ids = again.map(({ id }) => id);
  const note = 'The day until when it was needed has come: the holder is asked again.';
  await moveAllCandidates(tx, ids, { to: 'AWAITING_USER', by: 'system', note }, now);
  await insertAsks(
    tx,
    again.map(({ id, integrationId, userId, askedBy, days }) => ({
      candidateId: id,
      integrationId,
      userId,
      role: 'HOLDER',
      askedBy,
      dueAt: new Date(now.getTime() + days * DAY_MS),
    })),
    'ASK',
    deps.notify.channels,
    now,
  );
  await recordAudit(
    tx,
    again.map(({ id, integrationId, userId, days }) => ({
      at: now,
      actor: 'system',
      action: 'candidate.asked',
      integrationId,
      subject: id,
      details: { userId, days },
    })),
  );
}
