import { describe, expect, it } from 'vitest';
import { licenseOfPlan, licenseWords, seatsByLicense, usageByLicense } from '#src/policy/license-names.ts';

describe('licenseWords', () => {
  it.each([
    ['BASIC', 'Basic', 'BASE', 'BASIC'],
    ['LICENSED', 'Licensed', 'BASE', 'LICENSED'],
    ['ON_PREM', 'On-Premises', 'BASE', 'ON_PREM'],
    ['UNASSIGNED', 'Unassigned (no meetings license)', 'BASE', 'UNASSIGNED'],
    ['NONE', 'None', 'BASE', 'NONE'],
    ['WEBINAR', 'Webinar', 'ADD_ON', null],
    ['WEBINAR_500', 'Webinar 500', 'ADD_ON', null],
    ['LARGE_MEETING_1000', 'Large Meeting 1000', 'ADD_ON', null],
    ['TYPE_7', 'Unknown (Zoom type 7)', 'BASE', 'OTHER'],
    ['TYPE_UNKNOWN', 'Unknown (Zoom type UNKNOWN)', 'BASE', 'OTHER'],
    ['WEBINAR_x', 'Unknown (WEBINAR_x)', 'BASE', 'OTHER'],
    ['toString', 'Unknown (toString)', 'BASE', 'OTHER'],
  ])('calls %s "%s"', (uniqueId, name, category, userType) => {
    expect(licenseWords(uniqueId)).toEqual({ uniqueId, name, category, userType });
  });
});

const plan = (key: string, type: string | null, hosts: number | null = 10) => ({ key, type, hosts });

describe('licenseOfPlan', () => {
  it.each([
    ['plan_base', 'business_yearly', true, 'LICENSED'],
    ['plan_zoom_one', 'zobp_usca_yearly_unlimited', false, 'LICENSED'],
    ['plan_zoom_one', 'zobp_usca_yearly_unlimited', true, null],
    ['plan_united', 'x', false, 'LICENSED'],
    ['plan_webinar', 'webinar500_yearly', true, 'WEBINAR_500'],
    ['plan_webinar', null, true, 'WEBINAR'],
    ['plan_large_meeting', 'large1000_yearly', true, 'LARGE_MEETING_1000'],
    ['plan_phone', 'phone', true, null],
    ['plan_zoom_rooms', 'zroom_yearly', true, null],
    ['plan_recording', null, true, null],
  ])('%s (%s, base plan: %s) provides %s', (key, type, hasBasePlan, license) => {
    expect(licenseOfPlan(plan(key, type), hasBasePlan)).toBe(license);
  });
});

describe('seatsByLicense', () => {
  it('adds several plans of a license up, and keeps others apart', () => {
    const seats = seatsByLicense([
      plan('plan_base', 'business_yearly', 100),
      plan('plan_webinar', 'webinar500_yearly', 3),
      plan('plan_webinar', 'webinar500_monthly', 2),
      plan('plan_webinar', 'webinar1000_yearly', 1),
      plan('plan_phone', 'phone', 50),
    ]);
    expect(seats).toEqual([
      { uniqueId: 'LICENSED', plan: 'business_yearly', count: 100 },
      { uniqueId: 'WEBINAR_500', plan: 'webinar500_monthly + webinar500_yearly', count: 5 },
      { uniqueId: 'WEBINAR_1000', plan: 'webinar1000_yearly', count: 1 },
    ]);
  });

  it('takes the bundle where no base plan has seats, and never both', () => {
    const bundle = plan('plan_zoom_one', 'zobp', 40);
    expect(seatsByLicense([plan('plan_base', 'free', 0), bundle])).toEqual([
      { uniqueId: 'LICENSED', plan: 'zobp', count: 40 },
    ]);
    expect(seatsByLicense([plan('plan_base', 'biz', 5), bundle])).toEqual([
      { uniqueId: 'LICENSED', plan: 'biz', count: 5 },
    ]);
  });

  it('does not make a number of what Zoom leaves out', () => {
    expect(seatsByLicense([plan('plan_webinar', null, null)])).toEqual([
      { uniqueId: 'WEBINAR', plan: null, count: null },
    ]);
    expect(seatsByLicense([])).toEqual([]);
  });
});

describe('usageByLicense', () => {
  const used = (key: string, type: string, hosts: number, usage: number | null, pending: number | null = null) => ({
    ...plan(key, type, hosts),
    usage,
    pending,
  });

  it('adds up what Zoom counts, of the plans whose seats count', () => {
    const usage = usageByLicense(
      [
        used('plan_base', 'business_yearly', 100, 80, 3),
        used('plan_zoom_one', 'zobp', 40, 40),
        used('plan_webinar', 'webinar500_yearly', 3, 2),
        used('plan_webinar', 'webinar500_monthly', 2, 1, 1),
        used('plan_zoom_whatever', 'x', 5, 4),
        used('plan_phone', 'phone', 50, 7),
      ],
      new Map([['PLAN_ZOOM_WHATEVER', 'WHATEVER']]),
    );
    expect(Object.fromEntries(usage)).toMatchObject({
      LICENSED: { assigned: 80, pending: 3 },
      WEBINAR_500: { assigned: 3, pending: 1 },
    });
    expect([...usage.keys()].sort()).toEqual(
      seatsByLicense(
        [used('plan_base', 'b', 1, 1), used('plan_webinar', 'w500', 1, 1), used('plan_zoom_whatever', 'x', 1, 1)],
        new Map([['PLAN_ZOOM_WHATEVER', 'WHATEVER']]),
      )
        .map(({ uniqueId }) => uniqueId)
        .sort(),
    );
  });

  it('says nothing of a license where Zoom leaves out the use of one of its plans', () => {
    const usage = usageByLicense([
      used('plan_webinar', 'webinar500_yearly', 3, 2),
      used('plan_webinar', 'webinar500_monthly', 2, null),
      used('plan_base', 'b', 1, 0),
    ]);
    expect([...usage]).toEqual([['LICENSED', { assigned: 0, pending: 0 }]]);
  });
});
