import { planTask } from '../actions/plan-sync.ts';
import { integrationsByIds } from '../datasources/store/integrations.ts';
import { beginRun, endRun, failOpenRuns, nextRun, type JobTask } from '../datasources/store/job-runs.ts';
import { REPEAT_AT, repeatsInARow } from '../datasources/store/repeats.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import type { IntegrationRow, JobRunRow } from '../db/tables/rows.ts';
import { isCollision, outageOf } from '../db/outage.ts';
import type { Deps } from '../deps.ts';
import { AppError } from '../errors.ts';
import { asRequest } from '../origin.ts';
import { repeatAt } from '../policy/repeats.ts';
import { inSpan, linkTo } from '../tracing.ts';
import { findCandidates } from './find-candidates.ts';
import { Job, type JobResult, type Task } from './job.ts';
import { syncActivity } from './sync-activity.ts';
import { syncLicenseInformation, syncLicenses } from './sync-licenses.ts';
import { syncRoster } from './sync-roster.ts';

const TASKS: Readonly<Record<JobTask, Task>> = {
  APPLICATION_ROSTER: syncRoster,
  APPLICATION_ACCESS: syncActivity,
  LICENSE_INFORMATION: syncLicenseInformation,
  LICENSE_DIFFERENTIATION: syncLicenses,
  RECLAMATION: findCandidates,
};

/** A run that was taken up so often without an end brings its workers down, or meets the writes of others each time. */
const MAX_ATTEMPTS = 20;

/** Runs everything that waits for an integration, one task after the other. */
export async function runSync(deps: Deps, integrationId: string, signal: AbortSignal): Promise<void> {
  const { sql } = deps.database;
  for (;;) {
    signal.throwIfAborted();
    const [integration] = await integrationsByIds(sql, [integrationId]);
    if (integration == null || integration.status !== 'CONNECTED') {
      const words = 'The integration is not connected (any more). Authorize it, then sync again.';
      await failOpenRuns(sql, integrationId, integration?.reauthorizationReason ?? words, deps.now());
      return;
    }
    const run = await nextRun(sql, integrationId);
    if (run === null) return;
    const link = linkTo(run.traceparent);
    const attributes = { 'integration.id': integrationId, 'job_run.id': run.id, 'job_run.attempt': run.attempts + 1 };
    const isParked = await asRequest(run.id, () =>
      inSpan(`job ${run.task}`, { attributes, links: link === null ? [] : [link] }, () =>
        runOne(deps, integration, run, signal),
      ),
    );
    if (isParked) return;
  }
}

/** @returns true when the run waits for a later moment, and with it all that come after it. */
async function runOne(deps: Deps, integration: IntegrationRow, run: JobRunRow, signal: AbortSignal): Promise<boolean> {
  const { sql } = deps.database;
  if (run.attempts >= MAX_ATTEMPTS) {
    await endRun(
      sql,
      run.id,
      {
        status: 'FAILED',
        error:
          `The run was begun ${run.attempts} times and never came to an end: workers died at it, or met what others wrote. ` +
          `Sync again, and if it stays, report run ${run.id}.`,
      },
      deps.now(),
    );
    deps.metrics.countRun(integration.id, run.task, 'FAILED');
    return false;
  }
  // It may have been ended since it was looked up: somebody disconnects the integration.
  if (!(await beginRun(sql, run.id, deps.now()))) return false;
  const job = new Job(deps, integration, { ...run, startedAt: run.startedAt ?? deps.now() }, signal);
  const log = deps.log.child({ integrationId: integration.id, jobRunId: run.id, task: run.task });
  try {
    log.info({ attempt: run.attempts + 1 }, 'run begins');
    if (run.planned === null) job.plan(await planTask(deps, integration, run.task, job.startedAt));
    const result: JobResult = await TASKS[run.task](job);
    const repeat = result.status === 'SUCCEEDED' ? null : await noteRepeat(job);
    await job.save();
    const note = [result.note, repeat].filter((words) => words !== null).join(' ') || null;
    await endRun(sql, run.id, { status: result.status, error: note }, deps.now());
    deps.metrics.countRun(integration.id, run.task, result.status);
    log.info({ status: result.status, note: result.note }, 'run ended');
    return false;
  } catch (caught) {
    const error = job.failure ?? caught;
    // Told to stop: the run stays as it is, and whoever takes it up goes on from the checkpoint.
    if (signal.aborted) throw error;
    // The same when the database is away or full: the queue hands the run out again when it is back.
    if (outageOf(error) !== null) throw error;
    await job.save();
    // Nor is it the run's fault that somebody else wrote at the same time.
    if (isCollision(error)) {
      log.warn({ err: error, attempt: run.attempts + 1 }, 'run met a write of somebody else, and is gone on with');
      throw error;
    }
    if (error instanceof ZoomError && mustStop(error) && !error.endsRun) {
      const startAfter = new Date(deps.now().getTime() + (error.retryAfterMs ?? 60_000));
      const words = `${error.message} It goes on by itself at ${startAfter.toISOString()}.`;
      await endRun(sql, run.id, { status: 'QUEUED', error: words }, deps.now());
      await deps.queue.requestSync(integration.id, startAfter);
      log.warn({ startAfter }, 'run waits for Zoom');
      return true;
    }
    const words =
      error instanceof AppError
        ? error.message
        : `Something of ours failed; nothing was concluded from what was read. Sync again, and if it stays, report run ${run.id}.`;
    log.error({ err: error }, 'run failed');
    const repeat = await noteRepeat(job);
    await job.save();
    await endRun(sql, run.id, { status: 'FAILED', error: repeat === null ? words : `${words} ${repeat}` }, deps.now());
    deps.metrics.countRun(integration.id, run.task, 'FAILED');
    return false;
  }
}

/** Notes when a run is to be repeated that Zoom's silence cut short. @returns the same in words; null: it is not. */
async function noteRepeat(job: Job): Promise<string | null> {
  if (!job.hasZoomFailed) return null;
  const { deps, run } = job;
  const at = repeatAt(await repeatsInARow(deps.database.sql, run), deps.now());
  if (at === null)
    return 'It was repeated several times already and is tried again with the next sync of the timetable.';
  job.checkpoint[REPEAT_AT] = at.toISOString();
  return `It is repeated by itself at ${at.toISOString()}.`;
}
