import type { LicenseRow } from '../db/tables/rows.ts';
import type { Owned } from './owned.ts';

/** How many licenses may be assigned, as it is shown. */
export interface Provisioned {
  /** The real number, also where it is shown as unlimited; null where there is none. */
  count: number | null;
  unlimited: boolean;
  /** Where it comes from. */
  source: Owned['source'];
}

/**
 * An integration that counts on-premises users shows all types as unlimited. Others show a number for what is paid for;
 * being a free user takes no seat. What a person entered, which they may only where Zoom is not asked, is shown as they
 * entered it. `zoomCount` is what Zoom said last, and stays beside.
 */
export function provisioned(
  license: Pick<LicenseRow, 'category' | 'userType' | 'provisionedCount' | 'enteredCount' | 'enteredUnlimited'>,
  owned: Owned,
  options: { includeOnPremises: boolean; zoomCount: number | null },
): Provisioned {
  const { enteredCount } = license;
  if (enteredCount !== null) return { count: enteredCount, unlimited: false, source: 'ENTERED' };
  if (license.enteredUnlimited === true) return { count: options.zoomCount, unlimited: true, source: 'ENTERED' };
  const isUnlimited = license.category === 'BASE' && (options.includeOnPremises || license.userType !== 'LICENSED');
  return {
    count: license.provisionedCount ?? owned.count,
    unlimited: isUnlimited || owned.unlimited,
    source: owned.source,
  };
}
