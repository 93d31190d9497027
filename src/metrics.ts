import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What became of one request to Zoom. */
export type CallOutcome = 'ok' | 'refused' | 'rate_limited' | 'unavailable' | 'no_answer';

/** What became of one refresh of a token: `refused` ends the grant, `failed` may go well next time. */
export type RefreshOutcome = 'ok' | 'refused' | 'failed';

/** Measures of the way to Zoom. */
export interface ZoomMeasures {
  called(call: { integrationId: string; label: string; outcome: CallOutcome; seconds: number }): void;
  /** So long did a call wait for leave to be sent. */
  waited(label: string, seconds: number): void;
  refreshed(integrationId: string, outcome: RefreshOutcome): void;
}

/** What one process tells Prometheus about itself. What the database knows is read by whoever answers `/metrics`. */
export interface Metrics {
  registry: Registry;
  zoom: ZoomMeasures;
  /** One GraphQL operation, by kind and outcome; `cost` as it was worked out, null where it never got so far. */
  observeOperation(operation: string, outcome: 'ok' | 'error', seconds: number, cost?: number | null): void;
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void;
  /** So many subscriptions are open now. */
  streamsOpen(count: number): void;
  /** One webhook of Zoom's, by event and what became of it. */
  countWebhook(event: string, outcome: string): void;
  /** One task of a sync came to an end. */
  countRun(integrationId: string, task: string, status: string): void;
  /** A request to take back was stopped, or held for a second caller, because it is over the guard. */
  countGuardRefusal(integrationId: string): void;
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const LONG_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600];
const COSTS = [1, 10, 100, 1_000, 10_000, 100_000, 500_000];

/** The labels that measures have: none whose values callers, users or Zoom could make up without end. */
const BY = {
  operation: ['operation', 'outcome'],
  webhook: ['event', 'outcome'],
  request: ['method', 'route', 'status'],
  call: ['integration', 'label', 'outcome'],
} as const;

/** Measures of one process; each call makes new ones, so that tests can run several. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const operations = new Histogram({
    name: 'graphql_operation_duration_seconds',
    help: 'Duration of GraphQL operations.',
    labelNames: BY.operation,
    buckets: SECONDS,
    registers,
  });
  const costs = new Histogram({
    name: 'graphql_operation_cost',
    help: 'What GraphQL operations may cost, as worked out before they run.',
    labelNames: ['operation'],
    buckets: COSTS,
    registers,
  });
  const streams = new Gauge({
    name: 'graphql_streams_open',
    help: 'Subscriptions that are open in this process.',
    registers,
  });
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Duration of HTTP requests.',
    labelNames: BY.request,
    buckets: SECONDS,
    registers,
  });
  const webhooks = new Counter({
    name: 'zoom_webhooks_total',
    help: "Webhooks of Zoom's.",
    labelNames: BY.webhook,
    registers,
  });
  const calls = new Counter({
    name: 'zoom_calls_total',
    help: 'Requests sent to Zoom, repetitions included.',
    labelNames: BY.call,
    registers,
  });
  const callSeconds = new Histogram({
    name: 'zoom_call_duration_seconds',
    help: 'From sending a request to Zoom to the end of its answer.',
    labelNames: ['label'],
    buckets: LONG_SECONDS,
    registers,
  });
  const waits = new Histogram({
    name: 'zoom_call_wait_seconds',
    help: "How long calls waited for leave to be sent, so that Zoom's limits hold.",
    labelNames: ['label'],
    buckets: LONG_SECONDS,
    registers,
  });
  const refreshes = new Counter({
    name: 'zoom_token_refreshes_total',
    help: 'Refreshes of access tokens.',
    labelNames: ['integration', 'outcome'],
    registers,
  });
  const runs = new Counter({
    name: 'job_runs_ended_total',
    help: 'Tasks of syncs that came to an end.',
    labelNames: ['integration', 'task', 'status'],
    registers,
  });
  const guard = new Counter({
    name: 'reclamation_guard_refusals_total',
    help: 'Requests that were held or stopped because they are over the guard.',
    labelNames: ['integration'],
    registers,
  });
  return {
    registry,
    streamsOpen: (count) => streams.set(count),
    zoom: {
      called({ integrationId, label, outcome, seconds }) {
        calls.inc({ integration: integrationId, label, outcome });
        callSeconds.observe({ label }, seconds);
      },
      waited: (label, seconds) => waits.observe({ label }, seconds),
      refreshed: (integrationId, outcome) => refreshes.inc({ integration: integrationId, outcome }),
    },
    observeOperation(operation, outcome, seconds, cost = null) {
      operations.observe({ operation, outcome }, seconds);
      if (cost !== null) costs.observe({ operation }, cost);
    },
    observeRequest: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    countWebhook: (event, outcome) => webhooks.inc({ event, outcome }),
    countRun: (integration, task, status) => runs.inc({ integration, task, status }),
    countGuardRefusal: (integration) => guard.inc({ integration }),
  };
}

/** Adds what Node and the system tell of this process: CPU, memory, garbage, the delay of the event loop. Once a process. */
export function measureProcess(registry: Registry, version: string): void {
  // Looking every 10 ms, as it would, takes as much CPU as all else that a process does while nobody asks.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 50 });
  new Gauge({
    name: 'zoom_license_info',
    help: 'Always 1; the labels say what runs.',
    labelNames: ['version'],
    registers: [registry],
  }).set({ version }, 1);
}
