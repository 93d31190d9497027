import { candidates } from './candidates.ts';
import { filters } from './filters.ts';
import { reclaimFaults } from './reclaim-faults.ts';
import { hostile } from './hostile.ts';
import { ingest } from './ingest.ts';
import { kill } from './kill.ts';
import { load } from './load.ts';
import { many } from './many.ts';
import { outage } from './outage.ts';
import { reads } from './reads.ts';
import { reclaim } from './reclaim.ts';
import { reconcile } from './reconcile.ts';
import { rolling } from './rolling.ts';
import { statements } from './statements.ts';
import { sync } from './sync.ts';
import { tiered } from './tiered.ts';
import { truth } from './truth.ts';

/** Each benchmark prints what it sees on the way to standard error, and answers one JSON object. */
const BENCHMARKS: Readonly<Record<string, { about: string; run: (args: string[]) => Promise<object> }>> = {
  sync: {
    about:
      'a first and a second sync of an account; --users N (10000), --days D (all), --latency MS (0), --seed S, --once',
    run: sync,
  },
  truth: {
    about: 'everybody as callers see them beside the truth, field by field; --users N (10000), --days D (90)',
    run: truth,
  },
  tiered: {
    about:
      'a master and its sub accounts beside the truth; --sub-accounts N (20), --tree-users N (2000), --days D (30), --no-rate-limits, --fail-one',
    run: tiered,
  },
  statements: { about: 'SQL statements a request costs, by number of rows', run: statements },
  reads: {
    about:
      'the same reads by us and by others, on one PostgreSQL; --users N (100000), --meetings N (10 a user), --rounds R (5), --seconds S (2), --shapes …, --peers …',
    run: reads,
  },
  candidates: {
    about: 'the look for candidates among very many users: seconds, statements, memory; --users N (1000000)',
    run: candidates,
  },
  ingest: {
    about: 'a roster written beside an insert by hand, and once more unchanged; --users N (100000), --rounds R (3)',
    run: ingest,
  },
  filters: {
    about: 'filters, orders, facets and series over many users; --users N (100000), --days D (30), --rounds R (9)',
    run: filters,
  },
  reconcile: {
    about: 'owned against used in a tree of accounts; --users N (100000), --accounts N (50), --rounds R (5)',
    run: reconcile,
  },
  'reclaim-faults': {
    about:
      'many licenses taken and given back while Zoom fails and workers are killed; --items N (1000), --kills K (20), --seed S',
    run: reclaimFaults,
  },
  kill: {
    about: 'servers and workers killed at any moment of syncs; --kills N (20), --users N (500), --seed S',
    run: kill,
  },
  outage: {
    about:
      'the database black-holed, cut off and restarted while callers ask and a sync runs; --users N (300), --seconds S (15), --pg-bin FOLDER --restarts R (3)',
    run: outage,
  },
  many: {
    about:
      'four servers and four workers: limits, one refresh, raced migrations, SIGTERM; --users N (150), --starts N (20)',
    run: many,
  },
  rolling: {
    about:
      'this version deployed over the releases before, old and new beside each other; --back K (2), --users N (40), --seconds S (15), --seed S, --signal NAME (SIGTERM)',
    run: rolling,
  },
  load: {
    about: 'ten times as many requests as one server can answer; --seconds S (60), --users N (2000)',
    run: load,
  },
  hostile: { about: 'requests that nobody honest sends: status, reason and milliseconds of each', run: hostile },
  reclaim: { about: 'one license taken back: the calls that Zoom sees', run: reclaim },
};

const [name, ...args] = process.argv.slice(2);
const benchmark = BENCHMARKS[name ?? ''];
if (benchmark === undefined) {
  if (name !== undefined) console.error(`There is no benchmark "${name}".`);
  for (const [known, { about }] of Object.entries(BENCHMARKS)) console.log(`${known.padEnd(15)} ${about}`);
  process.exit(name === undefined ? 0 : 2);
}
console.log(JSON.stringify({ benchmark: name, ...(await benchmark.run(args)) }));
// A check that did not hold has set its code.
process.exit();
