import { describe, expect, it } from 'vitest';
import { accountTypeWords, planWords } from '#src/policy/plan-names.ts';

const words = (code: string, isBase = false) => planWords(code, { isBase });

describe('the name of a plan', () => {
  it.each([
    ['monthly', 'Pro', 'PRO', 'MONTHLY', null],
    ['yearly', 'Pro', 'PRO', 'ANNUALLY', null],
    ['plan_pro_three_years', 'Pro', 'PRO', null, 36],
    ['business_monthly', 'Business', 'BUSINESS', 'MONTHLY', null],
    ['business_yearly', 'Business', 'BUSINESS', 'ANNUALLY', null],
    ['plan_bus_two_years', 'Business', 'BUSINESS', null, 24],
    ['enterprise_quarterly', 'Enterprise', 'ENTERPRISE', 'QUARTERLY', null],
    ['edu20', 'Education', 'EDUCATION', null, null],
    ['trial', 'Free Trial', 'FREE', null, null],
    ['free', 'Basic', 'FREE', null, null],
  ])('of a base plan: %s is %s', (code, name, edition, billingPeriod, termMonths) => {
    expect(words(code, true)).toMatchObject({ name, isKnown: true, edition, billingPeriod, termMonths });
  });

  it.each([
    ['zobp_usca_monthly_unlimited', 'Zoom Workplace Business Plus (US/Canada, unlimited)', 'BUSINESS', 'MONTHLY'],
    ['zoe_prem_aunz_quarterly', 'Zoom Workplace Enterprise Premier (Australia/New Zealand)', 'ENTERPRISE', 'QUARTERLY'],
    ['zoe_prem_jp_yearly', 'Zoom Workplace Enterprise Premier (Japan)', 'ENTERPRISE', 'ANNUALLY'],
    ['pro_zpp_monthly', 'Zoom Meetings Pro and Zoom Phone Pro', 'PRO', 'MONTHLY'],
    [
      'zo_edu_sch_cmp_plus_global_yearly',
      'Zoom Workplace for Education School and Campus Plus (Global Select)',
      'EDUCATION',
      'ANNUALLY',
    ],
    ['webinar500_yearly', 'Webinar 500', null, 'ANNUALLY'],
    ['large500_monthly', 'Large Meeting 500', null, 'MONTHLY'],
    ['zroom_monthly', 'Zoom Rooms', null, 'MONTHLY'],
    ['zwb_plus_monthly', 'Zoom Whiteboard Plus', null, 'MONTHLY'],
    ['cmr_monthly_commitment_40', 'Cloud Recording (commitment of 40)', null, 'MONTHLY'],
    ['phone_calling_usca_monthly_unlimited', 'Zoom Phone calling (US/Canada, unlimited)', null, 'MONTHLY'],
  ])('of a bundle or an add-on: %s is %s', (code, name, edition, billingPeriod) => {
    expect(words(code)).toMatchObject({ name, isKnown: true, edition, billingPeriod });
  });

  it.each(['zxy_new_monthly', 'webinarX_yearly', 'toString', 'constructor_monthly', '__proto__', '', 'monthly', '🦄'])(
    'nobody knows (%s) is what came, and said to be unknown',
    (code) => {
      expect(words(code)).toMatchObject({ name: `Unknown (${code})`, isKnown: false, edition: null });
    },
  );

  it('is Zoom’s own where only Zoom knows it', () => {
    const given = { isBase: false, given: 'Zoom Meetings Max Monthly' };
    expect(planWords('max_zpp_monthly', given)).toMatchObject({ name: 'Zoom Meetings Max Monthly', isKnown: false });
  });

  it.each([
    ['zsched_three_year', 'Zoom Scheduler', null, 36],
    ['webinar500_2years', 'Webinar 500', null, 24],
    ['webinar500_yearly_prepay', 'Webinar 500', 'ANNUALLY', 12],
    ['webinar500', 'Webinar 500', null, null],
    ['webinar500_years', 'Unknown (webinar500_years)', null, null],
  ])('tells terms apart from how often is paid: %s', (code, name, billingPeriod, termMonths) => {
    expect(words(code)).toMatchObject({ name, billingPeriod, termMonths });
  });

  it('leaves the product as it is when only payment changes', () => {
    const products = (codes: string[], isBase = false) => new Set(codes.map((code) => words(code, isBase).product));
    expect(products(['monthly', 'yearly', 'plan_pro_three_years'], true)).toEqual(new Set(['pro']));
    expect(products(['business_monthly', 'business_yearly', 'plan_bus_two_years'], true)).toEqual(
      new Set(['business']),
    );
    expect(products(['webinar500_monthly', 'webinar500_yearly'])).toEqual(new Set(['webinar500']));
    expect(products(['new_thing_monthly', 'new_thing_yearly'])).toEqual(new Set(['new_thing']));
    expect(products(['webinar500_yearly', 'webinar1000_yearly', 'zobp_usca', 'zobp_jp']).size).toBe(4);
  });
});

describe('the type of a sub account', () => {
  it.each([
    ['FT-40', 'API Partner', 'API Partner', null],
    ['FT-41', 'Bulk License', 'Bulk License', null],
    ['FT-41', 'bulk_license', 'Bulk License', null],
    ['FT-42', 'Business', 'Business', 'BUSINESS'],
    ['FT-43', 'EDUCATION', 'Education', 'EDUCATION'],
    ['', ' Enterprise ', 'Enterprise', 'ENTERPRISE'],
    ['', 'Pro', 'Pro', 'PRO'],
    ['', 'business_monthly', 'Business', 'BUSINESS'],
  ])('%s: %s is called %s', (_, type, name, edition) => {
    expect(accountTypeWords(type)).toEqual({ name, isKnown: true, edition });
  });

  it('that nobody knows is what came, and said to be unknown', () => {
    expect(accountTypeWords('Reseller Gold')).toEqual({
      name: 'Unknown (Reseller Gold)',
      isKnown: false,
      edition: null,
    });
  });
});
