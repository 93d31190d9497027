import { defineConfig } from 'vitest/config';

/**
 * `SUITE_RUNS_TWICE` says that the suite is run on the embedded database and on PostgreSQL. What takes long and does not
 * depend on the database is then seen on one of them: stories that each want a house of their own are faster on PostgreSQL.
 */
const SEEN_ON_POSTGRES = [
  'test/actions/apply-deauthorization.test.ts',
  'test/actions/receive-webhook.test.ts',
  'test/cli/keys.test.ts',
  'test/datasources/queue.test.ts',
  'test/datasources/store/user-filter-plans.test.ts',
  'test/datasources/zoom/limits.test.ts',
  'test/datasources/zoom/token.test.ts',
  'test/http/subscriptions.test.ts',
  'test/http/webhooks-thousand.test.ts',
  'test/jobs/asking.test.ts',
  'test/jobs/boomerang.test.ts',
  'test/jobs/find-candidates.test.ts',
  'test/jobs/guard-property.test.ts',
  'test/jobs/meeting-extras.test.ts',
  'test/jobs/movers.test.ts',
  'test/jobs/plan-apply.test.ts',
  'test/jobs/read-meanwhile.test.ts',
  'test/jobs/reclaim-actions.test.ts',
  'test/jobs/reclaim-meanwhile.test.ts',
  'test/jobs/reclaim.test.ts',
  'test/jobs/run-reclamation.test.ts',
  'test/jobs/sync-again.test.ts',
  'test/jobs/sync-roster.test.ts',
  'test/jobs/sync-within-plan.test.ts',
  'test/jobs/tiered.test.ts',
  'test/jobs/unkept-input.test.ts',
  'test/jobs/wrong-clock.test.ts',
  'test/jobs/zoom-silent.test.ts',
];
const SEEN_EMBEDDED = [
  'test/auth/**',
  'test/contract/**',
  'test/datasources/zoom/client.test.ts',
  'test/datasources/zoom/sandbox.test.ts',
  'test/db/disk.test.ts',
  'test/db/embedded.test.ts',
  'test/gateways/**',
  'test/http/explorer.test.ts',
  'test/http/fuzz.test.ts',
  'test/http/matrix.test.ts',
  'test/http/metrics.test.ts',
  'test/http/oauth*.test.ts',
  'test/jobs/bad-input.test.ts',
  'test/jobs/people.test.ts',
  'test/jobs/read-details.test.ts',
  'test/jobs/read-parts.test.ts',
  'test/jobs/reclaim-signs.test.ts',
  'test/jobs/reconcile-daily.test.ts',
  'test/jobs/sync-activity.test.ts',
  'test/jobs/sync-licenses.test.ts',
  'test/jobs/sync-truth.test.ts',
  'test/jobs/tiered-truth.test.ts',
  'test/jobs/zoom-away.test.ts',
  'test/policy/**',
  'test/sandbox/**',
];
const isOnPostgres = process.env['TEST_DATABASE_URL'] !== undefined;
const seenElsewhere =
  process.env['SUITE_RUNS_TWICE'] === undefined ? [] : isOnPostgres ? SEEN_EMBEDDED : SEEN_ON_POSTGRES;
if (seenElsewhere.length > 0) {
  console.log(`Seen on ${isOnPostgres ? 'the embedded database' : 'PostgreSQL'} only: ${seenElsewhere.join(', ')}`);
}

export default defineConfig({
  // Node gives everybody graphql's CommonJS build; vite would give our own files a second copy.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: seenElsewhere,
    globalSetup: ['test/support/global-setup.ts'],
    setupFiles: ['test/support/secrets-gate.ts'],
    pool: 'forks',
    maxWorkers: 2,
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
