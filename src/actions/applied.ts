import type { lockIntegration } from '../datasources/store/integrations.ts';

export type Tx = Parameters<typeof lockIntegration>[0];

/** What became of an event in one place. */
export interface Applied {
  /** Not all of it could be applied: whom it waits for. */
  wait?: { zoomUserId: string | null; email: string | null };
  /** Users who are known now, and addresses that have another owner: what waited for them can be tried again. */
  known?: { zoomUserIds: string[]; emails: string[] };
}
