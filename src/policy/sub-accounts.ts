import type { IntegrationRow } from '../db/tables/rows.ts';

/** What to do about a master account that may not list its sub accounts. */
const WHAT_TO_DO =
  'Look at Zoom Web Portal > Account Management > Sub Accounts: where that is missing, ask Zoom to enable the Master ' +
  'Account feature, or make the integration REGULAR.';

/** Zoom does not let an account list its sub accounts; `reason` says what it answered. */
export function withoutSubAccounts(reason: string): string {
  return `Zoom does not show this account's sub accounts: ${reason} ${WHAT_TO_DO}`;
}

/** Why a sub account is not read while that is so. */
export function whyNotReadBelow(reason: string): string {
  return `Not read, and as it was last known: ${reason}`;
}

/** What of a tree of accounts no integration of this kind can see, in words. */
export function outOfReach(kind: IntegrationRow['kind']): string[] {
  if (kind === 'REGULAR') return [];
  return [
    'Zoom shows a master account its own sub accounts only. In a tree of three tiers, accounts below a sub account ' +
      'can not be read through the master: connect each sub account that has some by a tiered integration of its own.',
    'Zoom tells plans and seats only of sub accounts whose bills the master pays. For others enter entitlements by hand, ' +
      'or connect them by regular integrations of their own.',
  ];
}
