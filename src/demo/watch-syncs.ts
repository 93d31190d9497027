import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import { say, type Ask } from './ask.ts';

interface Run {
  id: string;
  task: string;
  status: string;
  error: string | null;
  progress: { done: number; total: number };
}

/** An integration whose sync is watched, and what its lines begin with. */
export interface Watched {
  integrationId: string;
  title: string;
}

/** Shows syncs while they work, until all are over: bars on a terminal, plain lines in a pipe. */
export async function watchSyncs(ask: Ask, watched: readonly Watched[]): Promise<void> {
  const width = Math.max(...watched.map(({ title }) => title.length));
  const show = process.stdout.isTTY ? bars(width) : lines(width);
  for (;;) {
    const all: { title: string; runs: Run[] }[] = [];
    for (const { integrationId, title } of watched) {
      const { integration } = await ask<{ integration: { jobRuns: { nodes: Run[] } } }>(
        `query ($id: ID!) { integration(id: $id) { jobRuns(first: 5) { nodes { id task status error progress { done total } } } } }`,
        { id: integrationId },
      );
      const runs = integration.jobRuns.nodes.toReversed();
      for (const run of runs) show.run(title, run);
      all.push({ title, runs });
    }
    if (all.every(({ runs }) => runs.length > 0 && runs.every(isOver))) {
      show.stop();
      for (const { title, runs } of all)
        for (const run of runs) if (run.error !== null) say(`  ${title} ${run.task}: ${run.error}`);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
}

const isOver = (run: Run) => !['QUEUED', 'RUNNING'].includes(run.status);

interface Show {
  run(title: string, run: Run): void;
  stop(): void;
}

function lines(width: number): Show {
  const shown = new Map<string, string>();
  return {
    run(title, { id, task, status, progress }) {
      if (status === 'QUEUED') return;
      const far = status === 'RUNNING' ? ` ${progress.done}/${progress.total}` : '';
      const line = `  ${title.padEnd(width)} ${task} ${status.toLowerCase()}${far}`;
      if (shown.get(id) !== line) say(line);
      shown.set(id, line);
    },
    stop() {},
  };
}

function bars(width: number): Show {
  const all = new MultiBar(
    { format: '  {title} {task} {bar} {value}/{total} {status}', hideCursor: true, clearOnComplete: false },
    Presets.shades_classic,
  );
  const shown = new Map<string, SingleBar>();
  return {
    run(title, run) {
      if (run.status === 'QUEUED') return;
      const payload = { title: title.padEnd(width), task: run.task.padEnd(23), status: run.status.toLowerCase() };
      const bar = shown.get(run.id) ?? all.create(1, 0, payload);
      shown.set(run.id, bar);
      const total = Math.max(1, run.progress.total);
      bar.setTotal(total);
      bar.update(isOver(run) ? total : run.progress.done, payload);
    },
    stop: () => all.stop(),
  };
}
