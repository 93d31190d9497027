import { jobRuns } from '../../db/tables/index.ts';
import type { JobRunRow } from '../../db/tables/rows.ts';
import { readerOf } from './batch.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';

const NEWEST_FIRST: readonly OrderTerm<JobRunRow>[] = [
  columnTerm('createdAt', 'created_at', 'timestamptz', { descending: true }),
  columnTerm('id', 'id', 'text', { descending: true }),
];

/** Runs by integration, newest first. */
export const jobRunsOfIntegration: Source<JobRunRow> = {
  reader: readerOf(jobRuns),
  from: 'job_runs t',
  belongs: 't.integration_id = k.key',
  order: 'job runs',
  terms: () => NEWEST_FIRST,
  isFixed: true,
};
