import type { LicenseRow } from '../db/tables/rows.ts';

/** How many licenses may be assigned, as it is shown. */
export interface Provisioned {
  /** The real number, also where it is shown as unlimited; null where Zoom gives none. */
  count: number | null;
  unlimited: boolean;
}

/**
 * An integration that counts on-premises users shows all types as unlimited. Others show a number for what is paid for;
 * being a free user takes no seat.
 */
export function provisioned(
  license: Pick<LicenseRow, 'category' | 'userType' | 'provisionedCount'>,
  options: { includeOnPremises: boolean },
): Provisioned {
  const isUnlimited = license.category === 'BASE' && (options.includeOnPremises || license.userType !== 'LICENSED');
  return { count: license.provisionedCount, unlimited: isUnlimited };
}
