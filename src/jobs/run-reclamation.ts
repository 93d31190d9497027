import { recordAudit } from '../datasources/store/audit.ts';
import { guardCounts, moveReclamation, openItems, reclamationToRun, itemsOf } from '../datasources/store/reclaim.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import type { IntegrationRow, ReclamationItemRow, ReclamationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { asRequest } from '../origin.ts';
import { inSpan } from '../tracing.ts';
import { breaks, guardAllows } from '../policy/guard.ts';
import { holdsOf } from '../datasources/store/holds.ts';
import { failItem, heldWords, leaveAlone, STOPPED } from './item-work.ts';
import { reclaimItem } from './reclaim-item.ts';
import { BULK, mayGoTogether, removeAddOns } from './remove-add-ons.ts';
import { restoreItem } from './restore-item.ts';

/**
 * Carries a request out, one item after the other. Every write is noted before it is sent, so that whoever comes after a
 * crash knows what may have happened and looks before doing anything.
 */
export function runReclamation(deps: Deps, reclamationId: string, signal: AbortSignal): Promise<void> {
  const attributes = { 'reclamation.id': reclamationId };
  return asRequest(reclamationId, () =>
    inSpan('job reclamation', { attributes }, () => carryOut(deps, reclamationId, signal)),
  );
}

async function carryOut(deps: Deps, reclamationId: string, signal: AbortSignal): Promise<void> {
  const { sql } = deps.database;
  const reclamation = await reclamationToRun(sql, reclamationId);
  if (reclamation === null || reclamation.dryRun || reclamation.finishedAt !== null) return;
  const mayBegin = !reclamation.needsConfirmation || reclamation.confirmedAt !== null;
  if (!mayBegin && reclamation.stopRequestedAt === null && !hasExpired(reclamation, deps.now())) return;
  await moveReclamation(sql, reclamation.id, 'RUNNING', null);

  const tally = { inARow: 0, bad: 0, ended: 0 };
  let whyStopped: string | null = null;
  const items = await openItems(sql, reclamation.id);
  /** Items that went along with an earlier one. */
  const done = new Set<string>();
  for (const [index, item] of items.entries()) {
    signal.throwIfAborted();
    if (done.has(item.id)) continue;
    const integration = await integrationById(sql, reclamation.integrationId);
    whyStopped ??= await whyNotGoOn(deps, reclamation.id, integration, tally);
    // What is on its way is looked after even now; what has not begun is left alone.
    if (whyStopped !== null && item.status === 'PLANNED') {
      await leaveAlone({ deps, reclamation, item }, 'STOPPED', whyStopped, 'READY');
      continue;
    }
    if (integration === null) continue;
    const work = { deps, integration, reclamation, item, whyStopped, signal };
    const count = (ending: string) => {
      tally.inARow = ending === 'FAILED' ? tally.inARow + 1 : 0;
      tally.bad += ending === 'FAILED' ? 1 : 0;
      tally.ended += 1;
    };
    const goTogether = isForBulk(reclamation, item) && whyStopped === null && mayGoTogether(integration);
    const together = goTogether ? items.slice(index, index + BULK).filter((one) => isForBulk(reclamation, one)) : [];
    try {
      if (together.length > 1) {
        const works = together.map((one) => ({ ...work, item: one }));
        for (const [id, ending] of await removeAddOns(works)) {
          done.add(id);
          count(ending);
        }
        if (done.has(item.id)) continue;
      }
      count(await (reclamation.kind === 'RECLAIM' ? reclaimItem : restoreItem)(work));
    } catch (error) {
      if (signal.aborted) throw error;
      if (!(error instanceof AppError)) throw error;
      // What may have been applied is never given up: it waits until Zoom can be asked what became of it.
      const mine = new Set([item.id, ...together.map(({ id }) => id)]);
      const isSent = (await openItems(sql, reclamation.id)).some(
        ({ id, status }) => mine.has(id) && status !== 'PLANNED',
      );
      if (isSent || isPassing(error)) {
        await park(deps, reclamation, error);
        return;
      }
      await failItem({ deps, reclamation, item }, error);
      count('FAILED');
    }
  }
  await finish(deps, reclamation.id, whyStopped !== null);
}

/** Can an item go with others by one call? What is on its way is looked after by itself. */
function isForBulk({ kind }: ReclamationRow, { action, status }: ReclamationItemRow): boolean {
  return kind === 'RECLAIM' && action === 'REMOVE_ADD_ON' && status === 'PLANNED';
}

/** Will it be otherwise later, by itself? (A dead grant ends the whole request; that is looked after with the others.) */
function isPassing(error: AppError): boolean {
  return (
    error.retryable || error.code === 'REAUTHORIZATION_REQUIRED' || (error instanceof ZoomError && mustStop(error))
  );
}

/** Is the time over in which a second caller could have confirmed it? */
function hasExpired({ needsConfirmation, confirmedAt, expiresAt }: ReclamationRow, now: Date): boolean {
  return needsConfirmation && confirmedAt === null && expiresAt !== null && expiresAt <= now;
}

/** @returns why no further item may begin, in words; null when the next one may. */
async function whyNotGoOn(
  deps: Deps,
  reclamationId: string,
  integration: IntegrationRow | null,
  tally: Parameters<typeof breaks>[0],
): Promise<string | null> {
  const { sql } = deps.database;
  const reclamation = await reclamationToRun(sql, reclamationId);
  if (reclamation === null || reclamation.stopRequestedAt !== null) return STOPPED;
  if (integration === null || integration.deletedAt !== null) return 'The integration was deleted.';
  if (integration.status !== 'CONNECTED') return 'The integration is not connected to Zoom any more.';
  if (!integration.enabledTasks.includes('RECLAMATION')) return 'Reclamation was switched off.';
  const [hold] = await holdsOf(sql, [integration.id]);
  if (hold != null) return heldWords(hold);
  if (reclamation.needsConfirmation && reclamation.confirmedAt === null) return 'Nobody confirmed it in time.';
  if (breaks(tally)) return `Zoom refused ${tally.bad} of ${tally.ended} users; nothing more was tried.`;
  if (reclamation.kind === 'RECLAIM' && reclamation.confirmedAt === null) {
    const { paidUsers, recent } = await guardCounts(sql, integration.id, deps.now());
    // The items still planned are among the recent ones, this one too.
    if (!guardAllows(paidUsers, recent, 0)) {
      deps.metrics.countGuardRefusal(integration.id);
      return 'More users than the guard allows in 24 hours would be touched.';
    }
  }
  return null;
}

/** Zoom can't be asked now: the request stays as it is and goes on later. */
async function park(deps: Deps, reclamation: ReclamationRow, error: AppError): Promise<void> {
  const waitMs = error.retryAfterMs ?? (isPassing(error) ? 15_000 : 600_000);
  const startAfter = new Date(deps.now().getTime() + waitMs);
  deps.log.warn({ reclamationId: reclamation.id, startAfter, code: error.code }, 'reclamation waits for Zoom');
  if (error.code === 'REAUTHORIZATION_REQUIRED') {
    const open = await openItems(deps.database.sql, reclamation.id);
    for (const item of open) {
      if (item.status === 'PLANNED') await leaveAlone({ deps, reclamation, item }, error.code, error.message, 'READY');
    }
    // An item on its way keeps the request open: the timetable comes back to it once Zoom can be asked again.
    if (open.every((item) => item.status === 'PLANNED')) await finish(deps, reclamation.id, true);
    return;
  }
  await deps.queue.requestReclamation(reclamation.id, startAfter);
}

async function finish(deps: Deps, reclamationId: string, isStopped: boolean): Promise<void> {
  const { sql } = deps.database;
  const items = await itemsOf(sql, reclamationId);
  const statuses = items.map((item) => item.status);
  const has = (status: ReclamationItemRow['status']) => statuses.includes(status);
  const isDone = has('CONFIRMED') || has('RESTORED');
  const isOpen = has('SENT') || has('UNKNOWN');
  // A hold or a stop may keep an item from being sent right before its write.
  const wasStopped = isStopped || items.some(({ error }) => error?.code === 'STOPPED');
  const status = wasStopped
    ? 'STOPPED'
    : !has('FAILED') && !isOpen
      ? 'SUCCEEDED'
      : isDone || isOpen
        ? 'PARTIALLY_FAILED'
        : 'FAILED';
  const now = deps.now();
  await sql.begin(async (tx) => {
    const { integrationId, requestedBy } = await moveReclamation(tx, reclamationId, status, now);
    await recordAudit(tx, [
      {
        at: now,
        actor: requestedBy,
        action: 'reclamation.finished',
        integrationId,
        subject: reclamationId,
        details: {
          status,
          items: Object.fromEntries(
            Map.groupBy(statuses, String)
              .entries()
              .map(([key, all]) => [key, all.length]),
          ),
        },
      },
    ]);
  });
}
