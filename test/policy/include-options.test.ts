import { describe, expect, it } from 'vitest';
import type { LicenseRow } from '#src/db/tables/rows.ts';
import { countedTypes } from '#src/policy/counted-types.ts';
import { ownedSeats } from '#src/policy/owned.ts';
import { mayHaveConnector } from '#src/policy/plan-information.ts';
import { accountTypeWords, planWords } from '#src/policy/plan-names.ts';
import { provisioned } from '#src/policy/provisioned-display.ts';
import { licenseProblems, provisionedEntry, readOnlyFields, shownLicense } from '#src/policy/shown-license.ts';

const license = (userType: LicenseRow['userType'], given: Partial<LicenseRow> = {}): LicenseRow => ({
  id: 'lic_1',
  integrationId: 'int_1',
  accountId: 'acc_1',
  uniqueId: userType ?? 'WEBINAR_500',
  name: 'By Zoom',
  category: userType === null ? 'ADD_ON' : 'BASE',
  userType,
  plan: null,
  provisionedCount: null,
  planGoneAt: null,
  enteredName: null,
  enteredUserType: null,
  enteredCount: null,
  enteredUnlimited: null,
  autoPopulated: true,
  managed: true,
  createdAt: new Date(0),
  updatedAt: new Date(0),
  ...given,
});

const tasks = (isRead: boolean) => (isRead ? (['LICENSE_INFORMATION'] as const) : (['APPLICATION_ROSTER'] as const));
const options = (includeOnPremises: boolean, isRead: boolean) => ({
  includeOnPremises,
  enabledTasks: [...tasks(isRead)],
});

/** What a portal shows as provisioned. */
function display(row: LicenseRow, includeOnPremises: boolean, isRead = true) {
  const shown = shownLicense(row, options(includeOnPremises, isRead));
  return provisioned(shown, ownedSeats(shown, [], '2026-03-01'), {
    includeOnPremises,
    zoomCount: row.provisionedCount,
  });
}

describe('who is tracked', () => {
  it.each([
    ['FX-38, FT-47, FT-49: both No or blank: licensed only', {}, ['LICENSED', 'OTHER']],
    ['FX-37, FT-46: free users Yes', { includeFreeUsers: true }, ['LICENSED', 'OTHER', 'BASIC', 'UNASSIGNED', 'NONE']],
    ['FT-48: on-premises Yes', { includeOnPremises: true }, ['LICENSED', 'OTHER', 'ON_PREM']],
    [
      'FT-46, FT-48: both Yes',
      { includeFreeUsers: true, includeOnPremises: true },
      ['LICENSED', 'OTHER', 'BASIC', 'UNASSIGNED', 'NONE', 'ON_PREM'],
    ],
  ])('%s', (_, given, types) => {
    expect(countedTypes({ includeFreeUsers: false, includeOnPremises: false, ...given })).toEqual(types);
  });
});

describe('what is displayed as provisioned', () => {
  it.each([
    ['FT-50: Licensed of on-premises Yes is Unlimited, the count beside', true, 'LICENSED', 100, 100, true],
    ['FT-50: Basic of on-premises Yes is Unlimited', true, 'BASIC', null, null, true],
    ['FT-50: On-Prem of on-premises Yes is Unlimited', true, 'ON_PREM', 7, 7, true],
    ['FT-51: Licensed of on-premises No is a count', false, 'LICENSED', 100, 100, false],
    ['FT-51: Licensed of on-premises No without a number of Zoom', false, 'LICENSED', null, null, false],
    ['FT-52: Basic of on-premises No is Unlimited', false, 'BASIC', null, null, true],
    ['FT-52: Basic of on-premises No is Unlimited, a count of Zoom beside', false, 'BASIC', 5, 5, true],
    ['an add-on is a count either way', true, null, 10, 10, false],
    ['an add-on is a count either way', false, null, 10, 10, false],
  ] as const)('%s', (_, includeOnPremises, userType, zoomCount, count, unlimited) => {
    const shown = display(license(userType, { provisionedCount: zoomCount }), includeOnPremises);
    expect(shown).toMatchObject({ count, unlimited });
  });

  it('is what was entered only while Zoom is not asked (contradiction 4), and both are kept', () => {
    const row = license('LICENSED', {
      provisionedCount: 100,
      enteredCount: 40,
      enteredName: 'Ours',
      enteredUserType: 'BASIC',
    });
    expect(display(row, false)).toEqual({ count: 100, unlimited: false, source: 'ZOOM' });
    expect(display(row, false, false)).toEqual({ count: 40, unlimited: false, source: 'ENTERED' });
    expect(shownLicense(row, options(false, true))).toMatchObject({ name: 'By Zoom', userType: 'LICENSED' });
    expect(shownLicense(row, options(false, false))).toMatchObject({ name: 'Ours', userType: 'BASIC' });
    // A number that somebody entered is a number, also where the rule says Unlimited.
    expect(display({ ...row, enteredUserType: null }, true, false)).toMatchObject({ count: 40, unlimited: false });
    expect(display(license('BASIC', { enteredCount: 9 }), false, false)).toMatchObject({ count: 9, unlimited: false });
  });

  it('is Unlimited where that was entered, with the count of Zoom beside; once it may not be any more, what Zoom said', () => {
    const row = license('LICENSED', { provisionedCount: 100, enteredUnlimited: true });
    expect(display(row, true, false)).toEqual({ count: 100, unlimited: true, source: 'ENTERED' });
    expect(display(row, false, false)).toEqual({ count: 100, unlimited: false, source: 'ZOOM' });
    expect(display(license('ON_PREM', { enteredCount: 3 }), false, false)).toMatchObject({
      count: null,
      unlimited: true,
    });
  });

  it('is what was bought where Zoom gives no count, and says so', () => {
    const shown = shownLicense(license('LICENSED'), options(false, true));
    const term = { effectiveDate: null, expirationDate: null, quantity: 25, unlimited: false };
    const owned = ownedSeats(shown, [term], '2026-03-01');
    const given = { includeOnPremises: false, zoomCount: null };
    expect(provisioned(shown, owned, given)).toEqual({ count: 25, unlimited: false, source: 'ENTITLEMENT' });
    const unlimited = ownedSeats(shown, [{ ...term, quantity: null, unlimited: true }], '2026-03-01');
    expect(provisioned(shown, unlimited, given)).toEqual({ count: null, unlimited: true, source: 'UNLIMITED' });
  });
});

describe('what may be entered as provisioned', () => {
  it.each([
    ['FT-22, FT-23: Basic', 'BASIC', false, 'NUMBER_OR_UNLIMITED'],
    ['FT-23: without a meetings license', 'UNASSIGNED', false, 'NUMBER_OR_UNLIMITED'],
    ['FT-23: None', 'NONE', false, 'NUMBER_OR_UNLIMITED'],
    ['FT-22: Licensed of on-premises No', 'LICENSED', false, 'NUMBER'],
    ['FT-24: On-Premises of on-premises No', 'ON_PREM', false, 'NOTHING'],
    ['FT-24: Basic of on-premises Yes', 'BASIC', true, 'NUMBER_OR_UNLIMITED'],
    ['FT-24: Licensed of on-premises Yes', 'LICENSED', true, 'NUMBER_OR_UNLIMITED'],
    ['FT-24: On-Premises of on-premises Yes', 'ON_PREM', true, 'NUMBER_OR_UNLIMITED'],
    ['a type that nobody knows', 'OTHER', true, 'NUMBER'],
    ['an add-on', null, true, 'NUMBER'],
  ] as const)('%s', (_, userType, includeOnPremises, entry) => {
    expect(provisionedEntry(license(userType), { includeOnPremises })).toBe(entry);
  });

  it('FT-72, FT-73, FT-74: nothing while the task is on; otherwise what the license has', () => {
    const all = ['NAME', 'USER_TYPE', 'PROVISIONED'];
    expect(readOnlyFields(license('LICENSED'), options(true, true))).toEqual(all);
    expect(readOnlyFields(license('LICENSED'), options(false, false))).toEqual([]);
    expect(readOnlyFields(license(null), options(false, false))).toEqual(['USER_TYPE']);
    expect(readOnlyFields(license('ON_PREM'), options(false, false))).toEqual(['PROVISIONED']);
    expect(readOnlyFields(license('ON_PREM', { enteredUserType: 'LICENSED' }), options(false, false))).toEqual([]);
  });
});

describe('FT-53: the On-Premises Meeting Connector', () => {
  const edition = (code: string) => planWords(code, { isBase: true }).edition;
  it.each([
    ['enterprise_yearly', true],
    ['business_monthly', true],
    ['edu20', true],
    ['zobp_usca_yearly_unlimited', true],
    ['zoe_prem_jp_yearly', true],
    ['yearly', false],
    ['trial', false],
    ['webinar500_yearly', null],
    ['something_new', null],
  ])('on %s: %s', (code, may) => {
    expect(mayHaveConnector(edition(code))).toBe(may);
  });

  it('on a type of sub account', () => {
    const may = (type: string) => mayHaveConnector(accountTypeWords(type).edition);
    expect(['Enterprise', 'Business', 'Education', 'Pro', 'API Partner'].map(may)).toEqual([
      true,
      true,
      true,
      false,
      null,
    ]);
  });

  it('on another plan is told as a problem, with what to do; not on one that nobody knows', () => {
    const problems = (may: boolean | null, userType: LicenseRow['userType'] = 'ON_PREM') =>
      licenseProblems(license(userType), { planName: 'Pro', mayHaveConnector: may, assigned: 2 });
    expect(problems(false)).toEqual([
      {
        code: 'ON_PREMISES_NOT_IN_PLAN',
        message: expect.stringMatching(/plan is Pro; .*Enterprise, Business and Education/),
      },
    ]);
    expect([problems(true), problems(null), problems(false, 'LICENSED')]).toEqual([[], [], []]);
  });

  it('a plan that is gone is told as well, with who still holds it', () => {
    const gone = license('LICENSED', { planGoneAt: new Date('2026-03-01T00:00:00Z') });
    const facts = { planName: null, mayHaveConnector: null, assigned: 2 };
    expect(licenseProblems(gone, facts)).toEqual([
      { code: 'PLAN_GONE', message: expect.stringMatching(/since 2026-03-01.* 2 still hold it/) },
    ]);
  });
});
