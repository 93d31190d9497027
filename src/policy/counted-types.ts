import type { UserRow } from '../db/tables/rows.ts';

export type UserType = UserRow['type'];

/** Which kinds of users an integration counts in licenses, activity and candidates. */
export interface CountingOptions {
  includeFreeUsers: boolean;
  includeOnPremises: boolean;
}

const ALWAYS: readonly UserType[] = ['LICENSED', 'OTHER'];

/**
 * The types that count. Free users (Basic, and those without any meeting license) only when included; on-premises users
 * likewise. A type that we have no name for counts: hiding it would hide a license.
 */
export function countedTypes(options: CountingOptions): UserType[] {
  return [
    ...ALWAYS,
    ...(options.includeFreeUsers ? (['BASIC', 'UNASSIGNED', 'NONE'] as const) : []),
    ...(options.includeOnPremises ? (['ON_PREM'] as const) : []),
  ];
}
