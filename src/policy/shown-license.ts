import type { IntegrationRow, LicenseRow } from '../db/tables/rows.ts';
import type { CountingOptions, UserType } from './counted-types.ts';

/** A field of a license that a person may enter where Zoom doesn't say it. */
export type LicenseField = 'NAME' | 'USER_TYPE' | 'PROVISIONED';

/** What may be entered as provisioned. */
export type ProvisionedEntry = 'NOTHING' | 'NUMBER' | 'NUMBER_OR_UNLIMITED';

const FREE: ReadonlySet<UserType | null> = new Set<UserType>(['BASIC', 'UNASSIGNED', 'NONE']);

/** Does the integration take name, type and seats of licenses from Zoom? Then nobody enters them. */
export function isReadFromZoom({ enabledTasks }: Pick<IntegrationRow, 'enabledTasks'>): boolean {
  return enabledTasks.includes('LICENSE_INFORMATION');
}

/** What of an integration decides about what is shown of a license. */
export type ShowingOptions = Pick<IntegrationRow, 'enabledTasks' | 'includeOnPremises'>;

/**
 * The license as it counts: what Zoom says while the integration reads it from there, what a person entered otherwise; what
 * nobody entered, or might not enter now, is what Zoom said last. The other one stays in the row.
 */
export function shownLicense(license: LicenseRow, integration: ShowingOptions): LicenseRow {
  if (isReadFromZoom(integration)) return { ...license, enteredCount: null, enteredUnlimited: null };
  const userType = license.enteredUserType ?? license.userType;
  const entry = provisionedEntry({ category: license.category, userType }, integration);
  const enteredCount = entry === 'NOTHING' ? null : license.enteredCount;
  const enteredUnlimited = entry === 'NUMBER_OR_UNLIMITED' ? license.enteredUnlimited : null;
  const hasSeats = enteredCount !== null || enteredUnlimited === true;
  return {
    ...license,
    name: license.enteredName ?? license.name,
    userType,
    enteredCount,
    enteredUnlimited,
    provisionedCount: hasSeats ? null : license.provisionedCount,
  };
}

/**
 * What a person may enter as provisioned, by the user type: for free ones a number or Unlimited; where on-premises users are
 * included, the same for Licensed and On-Premises. Otherwise Licensed and everything else takes a number only, and
 * On-Premises nothing.
 */
export function provisionedEntry(
  { category, userType }: Pick<LicenseRow, 'category' | 'userType'>,
  { includeOnPremises }: Pick<CountingOptions, 'includeOnPremises'>,
): ProvisionedEntry {
  if (category === 'ADD_ON') return 'NUMBER';
  if (FREE.has(userType)) return 'NUMBER_OR_UNLIMITED';
  if (userType === 'ON_PREM') return includeOnPremises ? 'NUMBER_OR_UNLIMITED' : 'NOTHING';
  return userType === 'LICENSED' && includeOnPremises ? 'NUMBER_OR_UNLIMITED' : 'NUMBER';
}

/** Fields that can't be entered now: all of them while they come from Zoom, and what the license has no place for. */
export function readOnlyFields(license: LicenseRow, integration: ShowingOptions): LicenseField[] {
  if (isReadFromZoom(integration)) return ['NAME', 'USER_TYPE', 'PROVISIONED'];
  const shown = shownLicense(license, integration);
  return [
    ...(shown.category === 'ADD_ON' ? (['USER_TYPE'] as const) : []),
    ...(provisionedEntry(shown, integration) === 'NOTHING' ? (['PROVISIONED'] as const) : []),
  ];
}

/** Something about a license that somebody should look at. */
export interface LicenseProblem {
  code: 'ON_PREMISES_NOT_IN_PLAN' | 'PLAN_GONE';
  message: string;
}

/**
 * What is odd about a license: On-Premises where the account's plan has no Meeting Connector (`mayHaveConnector` null: not
 * known, so nothing is said), and a plan that Zoom no longer names while people hold its license.
 */
export function licenseProblems(
  license: Pick<LicenseRow, 'category' | 'userType' | 'planGoneAt'>,
  facts: { planName: string | null; mayHaveConnector: boolean | null; assigned: number },
): LicenseProblem[] {
  const problems: LicenseProblem[] = [];
  if (license.category === 'BASE' && license.userType === 'ON_PREM' && facts.mayHaveConnector === false) {
    problems.push({
      code: 'ON_PREMISES_NOT_IN_PLAN',
      message:
        `The account's plan is ${facts.planName ?? 'another one'}; the On-Premises Meeting Connector belongs to Enterprise, ` +
        'Business and Education plans only. Look at who holds the license, or at the plan, in Zoom.',
    });
  }
  if (license.planGoneAt !== null) {
    const held = facts.assigned === 0 ? 'Nobody holds it.' : `${facts.assigned} still hold it.`;
    problems.push({
      code: 'PLAN_GONE',
      message: `Zoom names no plan for it since ${license.planGoneAt.toISOString()}. ${held} Look at the subscription in Zoom.`,
    });
  }
  return problems;
}
