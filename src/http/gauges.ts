import { Gauge, type Registry } from 'prom-client';
import { measures, type Measure } from '../datasources/store/measures.ts';
import { dayCapOf } from '../datasources/zoom/plans.ts';
import type { RateLabel } from '../datasources/zoom/endpoints.ts';
import type { Deps } from '../deps.ts';
import { within } from './within.ts';

/** So long is an answer of the database good: however many scrape, it is asked no more often. */
const GOOD_MS = 5_000;
/** A scrape waits no longer than this for the database. */
const PATIENCE_MS = 2_000;

/** Every gauge that is read from the database, with the name of its second label. */
const GAUGES: Readonly<Record<string, { help: string; labels: readonly string[] }>> = {
  integration_status: { help: '1 for the status that an integration has.', labels: ['integration', 'status'] },
  sync_age_seconds: {
    help: 'Since the last task that succeeded began; since the authorization where none did.',
    labels: ['integration', 'task'],
  },
  sync_last_failed: {
    help: '1 where the latest run of a task failed or stayed incomplete.',
    labels: ['integration', 'task'],
  },
  accounts: { help: 'Zoom accounts of an integration, sub accounts included.', labels: ['integration'] },
  accounts_incomplete: { help: 'Of these, those whose latest roster did not arrive whole.', labels: ['integration'] },
  accounts_activity_unknown: { help: 'Of these, those whose activity was never read.', labels: ['integration'] },
  roster_age_seconds: {
    help: 'Age of the oldest complete roster among the accounts; since the authorization where one has none.',
    labels: ['integration'],
  },
  activity_age_seconds: {
    help: 'Since the moment up to which activity is known, of the account that is furthest behind.',
    labels: ['integration'],
  },
  zoom_calls_today: { help: "Calls of the UTC day, by Zoom's rate label.", labels: ['integration', 'label'] },
  zoom_calls_day_share: {
    help: "Share of the day's cap that is used, labels that share it together; absent where there is no cap.",
    labels: ['integration', 'label'],
  },
  zoom_calls_blocked_seconds: {
    help: 'For how long Zoom has told us to send nothing more.',
    labels: ['integration', 'label'],
  },
  job_runs: { help: 'Tasks that wait or run.', labels: ['status'] },
  job_runs_oldest_seconds: { help: 'How long the oldest of them has been waiting or running.', labels: ['status'] },
  reclamation_items: { help: 'Users of open requests, by how far they are.', labels: ['integration', 'status'] },
  reclamations_waiting: {
    help: 'Requests that the guard holds until a second caller confirms.',
    labels: ['integration', 'for'],
  },
  reclamation_holds: { help: 'Holds in force; integration="all" for everything.', labels: ['integration'] },
  database_pool_connections: { help: 'Connections of this process, by state.', labels: ['state'] },
};

/** Brings the gauges up to date. Never fails: what the database does not tell is left out, and `database_scrape_ok` is 0. */
export type RefreshGauges = () => Promise<void>;

/** Puts the gauges of the database into a registry. */
export function databaseGauges(registry: Registry, { database, now, log }: Deps): RefreshGauges {
  const registers = [registry];
  const gauges = new Map(
    Object.entries(GAUGES).map(([name, { help, labels }]) => [
      name,
      new Gauge({ name, help, labelNames: labels, registers }),
    ]),
  );
  const ok = new Gauge({
    name: 'database_scrape_ok',
    help: '1 when the database answered in time; without it, what is read from it is absent.',
    registers,
  });
  const seconds = new Gauge({
    name: 'database_scrape_seconds',
    help: 'How long the database took to answer, waiting for a free connection included.',
    registers,
  });
  const full = new Gauge({
    name: 'database_writes_refused',
    help: '1 while writes are refused because the disk of the embedded database is nearly full.',
    registers,
  });
  const most = new Gauge({
    name: 'database_pool_connections_max',
    help: 'As many connections may this process open for its work.',
    registers,
  });
  most.set(database.sql.options.max);

  const set = ({ name, integration, kind, value }: Measure) => {
    const labels = [integration, kind].filter((label) => label !== null);
    gauges
      .get(name)
      ?.labels(...labels)
      .set(value);
  };
  const read = async () => {
    const startedAt = performance.now();
    let rows: Measure[] | null = null;
    try {
      rows = await within(PATIENCE_MS, measures(database.sql, now()));
      if (rows === null) log.warn({ waitedMs: PATIENCE_MS }, 'the database is too slow to be measured');
    } catch (error) {
      log.warn({ err: error }, 'the database could not be measured');
    }
    for (const gauge of gauges.values()) gauge.reset();
    seconds.set((performance.now() - startedAt) / 1000);
    ok.set(rows === null ? 0 : 1);
    full.set(database.isFull() ? 1 : 0);
    for (const row of rows ?? []) set(row);
    for (const row of daysShares(rows ?? [])) set(row);
  };

  let reading: Promise<void> | null = null;
  let goodUntil = 0;
  return () => {
    if (reading === null || performance.now() > goodUntil) {
      reading = read();
      goodUntil = performance.now() + GOOD_MS;
    }
    return reading;
  };
}

/** How much of each day's cap is used. */
function daysShares(rows: readonly Measure[]): Measure[] {
  const planOf = new Map(rows.filter(({ name }) => name === 'rate_plan').map((row) => [row.integration, row.kind]));
  const today = rows.filter(({ name }) => name === 'zoom_calls_today');
  return today.flatMap(({ integration, kind }) => {
    const plan = planOf.get(integration) as Parameters<typeof dayCapOf>[0] | undefined;
    const { calls, sharedWith } = dayCapOf(plan ?? null, kind as RateLabel);
    if (calls === null) return [];
    const labels: readonly (string | null)[] = [kind, ...sharedWith];
    const used = today
      .filter((row) => row.integration === integration && labels.includes(row.kind))
      .reduce((sum, { value }) => sum + value, 0);
    return [{ name: 'zoom_calls_day_share', integration, kind, value: used / calls }];
  });
}
