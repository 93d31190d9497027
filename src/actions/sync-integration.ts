import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { integrationById, lockIntegration } from '../datasources/store/integrations.ts';
import { queueRuns, TASK_ORDER, type JobTask } from '../datasources/store/job-runs.ts';
import type { IntegrationRow, JobRunRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { SyncIntegrationInput } from '../schema.generated.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';

/** Queues a sync and answers at once. */
export async function syncIntegration(
  deps: Deps,
  caller: Caller,
  input: SyncIntegrationInput,
): Promise<Outcome<{ jobRuns: JobRunRow[]; integration: IntegrationRow }>> {
  const integration = await integrationById(deps.database.sql, input.integrationId);
  if (integration === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
  const refusal = notConnected(integration);
  if (refusal !== null) return { ok: false, refusals: [refusal] };
  const tasks = input.tasks ?? null;
  if (tasks?.length === 0)
    return refuse('INVALID', 'Name at least one task, or leave the list out.', ['input', 'tasks']);

  // Looking for candidates goes on while taking licenses back is switched off, so that task may always be asked for.
  const off = (tasks ?? []).filter((task) => task !== 'RECLAMATION' && !integration.enabledTasks.includes(task));
  if (off.length > 0) {
    return refuse('TASK_DISABLED', `Switched off for this integration: ${[...new Set(off)].join(', ')}.`, [
      'input',
      'tasks',
    ]);
  }
  const jobRuns = await queueSync(deps, integration, tasks, caller.sub);
  return { ok: true, jobRuns, integration };
}

/** Why nothing can be done with an integration that is not connected; null when it is. */
export function notConnected(integration: IntegrationRow): Refusal | null {
  if (integration.status === 'CONNECTED') return null;
  if (integration.status === 'REAUTHORIZATION_REQUIRED') {
    return {
      code: 'REAUTHORIZATION_REQUIRED',
      message: integration.reauthorizationReason ?? 'Zoom no longer accepts this connection. Authorize it again.',
    };
  }
  return { code: 'NOT_CONNECTED', message: 'The integration is not connected. Authorize and validate it first.' };
}

/**
 * Writes the runs of a sync down and wakes a worker. Null asks for everything that is switched on, with a look for
 * candidates at the end; the roster always comes first. A task that waits already is not queued a second time.
 *
 * @returns one run a task, in the order in which they run.
 */
export async function queueSync(
  deps: Deps,
  integration: Pick<IntegrationRow, 'id' | 'enabledTasks'>,
  tasks: readonly JobTask[] | null,
  requestedBy: string,
): Promise<JobRunRow[]> {
  const wanted = new Set<string>(tasks ?? [...integration.enabledTasks, 'RECLAMATION']).add('APPLICATION_ROSTER');
  const ordered = TASK_ORDER.filter((task) => wanted.has(task));
  const now = deps.now();
  const runs = await deps.database.sql.begin(async (tx) => {
    // Two who ask at the same time must not both find nothing queued.
    if ((await lockIntegration(tx, integration.id)) === null) return [];
    const queued = await queueRuns(tx, integration.id, ordered, requestedBy, now);
    await recordAudit(tx, [
      {
        at: now,
        actor: requestedBy,
        action: 'integration.sync_requested',
        integrationId: integration.id,
        details: { tasks: ordered },
      },
    ]);
    return queued;
  });
  await deps.queue.requestSync(integration.id);
  return runs;
}
