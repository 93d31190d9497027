import { reconcileDaily } from '../actions/reconcile-licenses.ts';
import { followUpAsks } from '../actions/follow-up-asks.ts';
import { queueSync } from '../actions/sync-integration.ts';
import { connectedIntegrations } from '../datasources/store/integrations.ts';
import { integrationsWithOpenRuns, lastScheduledSyncs } from '../datasources/store/job-runs.ts';
import { forgetReconciliations, lastReconciledAt } from '../datasources/store/reconciliations.ts';
import { bringQueueBack } from '../datasources/store/queue-clock.ts';
import { forgetEvents } from '../datasources/store/webhooks.ts';
import { repeatsDue } from '../datasources/store/repeats.ts';
import { openReclamations } from '../datasources/store/reclaim.ts';
import type { QueueHandlers } from '../datasources/queue.ts';
import type { Deps } from '../deps.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import { REPEAT } from '../policy/repeats.ts';
import { isReconciliationDue, isSyncDue, isTimeToForget, TIMETABLE } from '../policy/timetable.ts';
import { forgetOldHistory } from './forget-history.ts';
import { runReclamation } from './run-reclamation.ts';
import { sendMessages } from './send-messages.ts';
import { runSync } from './run-sync.ts';

/** What a worker does when the queue wakes it: the timetable of the house. */
export function jobHandlers(deps: Deps): QueueHandlers {
  return {
    sync: (integrationId, signal) => runSync(deps, integrationId, signal),
    reclamation: (reclamationId, signal) => runReclamation(deps, reclamationId, signal),
    tick: async (signal) => {
      await tick(deps);
      await lookAfterAsks(deps, signal);
      if (isTimeToForget(deps.now())) await forgetOldHistory(deps, signal);
    },
    mend: async () => {
      const notes = await bringQueueBack(deps.database.sql);
      if (notes > 0) deps.log.warn({ notes }, 'the database’s clock was set back; the queue goes on from now');
    },
  };
}

/** So long is it known which webhooks came: Zoom repeats one for an hour and a half at most. */
const EVENTS_KEPT_MS = 3 * DAY_MS;

/** So long is it known what was found by comparing: over a year, so that a term can be looked back on. */
const RECONCILIATIONS_KEPT_MS = 400 * DAY_MS;

/** So long are seats and use kept day by day: over the three years of the longest term. */
const LICENSE_DAYS_KEPT_MS = 1200 * DAY_MS;

/** Forgets what is past, queues what is due, and wakes a worker for everything that waits: a message that was lost is found here. */
export async function tick(deps: Deps): Promise<void> {
  const { sql } = deps.database;
  const ago = (ms: number) => new Date(deps.now().getTime() - ms);
  await forgetEvents(sql, ago(EVENTS_KEPT_MS));
  await forgetReconciliations(sql, ago(RECONCILIATIONS_KEPT_MS), ago(LICENSE_DAYS_KEPT_MS));
  const lastSyncs = await lastScheduledSyncs(sql, TIMETABLE);
  const lastReconciled = await lastReconciledAt(sql, TIMETABLE);
  const open = new Set(await integrationsWithOpenRuns(sql));
  const repeats = await repeatsDue(sql, deps.now());
  const settled: string[] = [];
  for (const integration of await connectedIntegrations(sql)) {
    // What waits or runs has to end first; what is due then is queued after it.
    if (open.has(integration.id)) continue;
    if (isSyncDue(integration, lastSyncs.get(integration.id) ?? null, deps.now())) {
      await queueSync(deps, integration, null, TIMETABLE);
      continue;
    }
    const again = (repeats.get(integration.id) ?? []).filter((task) => integration.enabledTasks.includes(task));
    if (again.length > 0) {
      await queueSync(deps, integration, [...again, 'RECLAMATION'], REPEAT);
      continue;
    }
    // Nothing is due or open: what the last sync found is what there is to compare.
    const last = lastReconciled.get(integration.id);
    if (last !== undefined && isReconciliationDue(integration, last, deps.now())) settled.push(integration.id);
  }
  for (const integrationId of open) await deps.queue.requestSync(integrationId);
  for (const reclamationId of await openReclamations(sql, deps.now()))
    await deps.queue.requestReclamation(reclamationId);
  for (const integrationId of settled) {
    try {
      await reconcileDaily(deps, integrationId);
    } catch (error) {
      // The next look tries again; others must not wait for it.
      deps.log.error({ err: error, integrationId }, 'licenses could not be reconciled');
    }
  }
}

/** Goes on with everybody who was asked, and sends what there is to say, the news of this look too. */
export async function lookAfterAsks(deps: Deps, signal: AbortSignal): Promise<void> {
  try {
    await followUpAsks(deps);
  } catch (error) {
    // What is to be sent must not wait for it.
    deps.log.error({ err: error }, 'the look after those who were asked failed');
  }
  await sendMessages(deps, signal);
}
