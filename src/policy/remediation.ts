import type { ReconciliationLineRow } from '../db/tables/rows.ts';

/** What can be done about what a reconciliation found (`RemediationAction`). */
export type RemediationAction =
  | 'SYNC'
  | 'ENTER_OWNED'
  | 'ENTER_PRICE'
  | 'REVIEW_CANDIDATES'
  | 'FIND_CANDIDATES'
  | 'BUY_OR_RECLAIM'
  | 'BUY_LESS'
  | 'RENEW'
  | 'COMPARE_WITH_ZOOM';

export interface Remediation {
  action: RemediationAction;
  message: string;
  /** How many licenses or holders it is about; null where it is about none. */
  count: number | null;
}

/**
 * What to do next about a license, the most pressing first; empty when there is nothing to do. `openCandidates` is how many
 * of its holders are candidates now.
 */
export function remediationsOf(line: Pick<ReconciliationLineRow, 'reasons'>, openCandidates: number): Remediation[] {
  const countOf = (code: string) => line.reasons.find((reason) => reason.code === code)?.count ?? 0;
  const has = (...codes: string[]) => line.reasons.some(({ code }) => codes.includes(code));
  const steps: Remediation[] = [];
  const offer = (action: RemediationAction, message: string, count: number | null = null) =>
    void steps.push({ action, message, count });

  if (has('ROSTER_INCOMPLETE', 'DATA_OLD', 'ACTIVITY_UNKNOWN'))
    offer('SYNC', 'Sync (`syncIntegration`), then reconcile again.');
  const over = countOf('OVER_ASSIGNED');
  if (over > 0) offer('BUY_OR_RECLAIM', `Buy ${over} more, or take ${over} back.`, over);
  if (openCandidates > 0) {
    const message = `Take back what is not used: ${openCandidates} open candidates (\`reclamationCandidates\`, \`reclaim\`).`;
    offer('REVIEW_CANDIDATES', message, openCandidates);
  } else if (has('INACTIVE_HOLDERS')) {
    const inactive = countOf('INACTIVE_HOLDERS');
    offer('FIND_CANDIDATES', 'Nobody is a candidate yet: see whether a rule looks at it, and sync.', inactive);
  }
  if (has('UNASSIGNED')) {
    const free = countOf('UNASSIGNED');
    offer('BUY_LESS', `Buy up to ${free} less at the next renewal, or give them to who needs one.`, free);
  }
  if (has('OWNED_UNKNOWN')) offer('ENTER_OWNED', 'Enter how many are owned.');
  if (has('ENTITLEMENT_ENDED', 'ENTITLEMENT_ENDS_SOON'))
    offer('RENEW', 'Enter what was bought after that, or give the licenses back before.');
  if (has('ZOOM_COUNTS_DIFFER', 'PLAN_GONE'))
    offer('COMPARE_WITH_ZOOM', "Look at the plans in Zoom's billing, and sync when they are as they should be.");
  if (has('NO_PRICE')) offer('ENTER_PRICE', 'Enter what one costs (`setEntitlement`).');
  return steps;
}
