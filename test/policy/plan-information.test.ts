import { CronExpressionParser } from 'cron-parser';
import { describe, expect, it } from 'vitest';
import { namedPlansOf, planSeatsOf, plansOf, refusedCounts } from '#src/datasources/zoom/accounts.ts';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { seatsByLicense } from '#src/policy/license-names.ts';
import { assignedByZoom, ownPlan, planInformation, planNameOf } from '#src/policy/plan-information.ts';
import { scheduledJobs } from '#src/policy/timetable.ts';

const informationOf = (usage: Record<string, unknown>, mapped?: Map<string, string>) =>
  planInformation(namedPlansOf(usage), mapped);

describe('License Information', () => {
  it('FT-17, FT-18, FT-19, FT-62…FT-64: tells name, unique id and total of every plan, also of what is no license of ours', () => {
    const plans = informationOf({
      plan_base: { type: 'business_yearly', hosts: 100, usage: 80, pending: 2, active_hosts: 7 },
      plan_webinar: [{ type: 'webinar500_monthly', hosts: 3, usage: 1 }],
      plan_zoom_rooms: { type: 'zroom_yearly', hosts: 5, usage: 4 },
      plan_phone: {
        plan_base: { type: 'phone_base_x', hosts: 1 },
        plan_calling: [
          { type: 'phone_calling_usca_monthly_unlimited', hosts: 9, usage: 8 },
          { type: 'phone_calling_jp_yearly', hosts: 2 },
        ],
      },
      plan_recording: { type: 'cmr_monthly_commitment_40', plan_storage: '40 GB' },
      plan_audio: 'zoomaudio_unlimit_usca_monthly',
      plan_whiteboard: null,
      note: 'no plan',
    });
    expect(plans.map(({ uniqueId, name, seats, licenseUniqueId }) => [uniqueId, name, seats, licenseUniqueId])).toEqual(
      [
        ['plan_base:business', 'Business', 100, 'LICENSED'],
        ['plan_audio:zoomaudio_unlimit_usca', 'Audio conferencing (unlimited, US/Canada)', null, null],
        ['plan_phone.plan_base:phone_base_x', 'Unknown (phone_base_x)', 1, null],
        ['plan_phone.plan_calling:phone_calling_jp', 'Zoom Phone calling (Japan)', 2, null],
        ['plan_phone.plan_calling:phone_calling_usca_unlimited', 'Zoom Phone calling (US/Canada, unlimited)', 9, null],
        ['plan_recording:cmr_commitment_40', 'Cloud Recording (commitment of 40)', null, null],
        ['plan_webinar:webinar500', 'Webinar 500', 3, 'WEBINAR_500'],
        ['plan_zoom_rooms:zroom', 'Zoom Rooms', 5, null],
      ],
    );
    expect(plans[0]).toMatchObject({ assigned: 80, pending: 2, billingPeriod: 'ANNUALLY', edition: 'BUSINESS' });
  });

  it('FT-20: is read once every 24 hours, while its task is on', () => {
    const jobs = (enabledTasks: IntegrationRow['enabledTasks']) =>
      scheduledJobs(
        { id: 'int_1', status: 'CONNECTED', enabledTasks } as IntegrationRow,
        new Date('2026-03-01T12:00:00Z'),
      );
    const [job] = jobs(['LICENSE_INFORMATION']);
    const times = CronExpressionParser.parse(job?.cron ?? '', { tz: 'UTC' })
      .take(4)
      .map((at) => at.toDate().getTime());
    expect(times.slice(1).map((time, at) => (time - times[at]!) / 3_600_000)).toEqual([24, 24, 24]);
    expect(jobs(['APPLICATION_ROSTER']).map(({ task }) => task)).not.toContain('LICENSE_INFORMATION');
  });

  it('FT-63: a unique id stays when only the payment changes, and differs for another product', () => {
    const ids = (base: string, webinar: string) =>
      informationOf({ plan_base: { type: base, hosts: 1 }, plan_webinar: [{ type: webinar, hosts: 1 }] }).map(
        ({ uniqueId }) => uniqueId,
      );
    expect(ids('monthly', 'webinar500_monthly')).toEqual(ids('plan_pro_three_years', 'webinar500_yearly'));
    expect(ids('business_monthly', 'webinar1000_monthly')).not.toEqual(ids('monthly', 'webinar1000_monthly'));
  });

  it('adds up what differs only in how it is paid, and knows no sum of what it does not know', () => {
    const webinars = (hosts: unknown) =>
      informationOf({
        plan_webinar: [
          { type: 'webinar500_yearly', hosts, usage: 2 },
          { type: 'webinar500_monthly', hosts: 3, usage: 1 },
        ],
      });
    expect(webinars(4)).toMatchObject([
      { code: 'webinar500_monthly + webinar500_yearly', seats: 7, assigned: 3, billingPeriod: null },
    ]);
    expect(webinars(-1)).toMatchObject([{ seats: null, assigned: 3 }]);
  });

  it('says what a plan stands for that a person mapped', () => {
    const usage = { plan_zoom_one_edu_x: [{ type: 'edu_x_yearly', hosts: 9 }] };
    expect(informationOf(usage)).toMatchObject([{ licenseUniqueId: null, isKnown: false }]);
    const mapped = new Map([['PLAN_zoom_one_edu_x', 'LICENSED']]);
    expect(informationOf(usage, mapped)).toMatchObject([{ licenseUniqueId: 'LICENSED' }]);
  });

  it("calls the account's own plan: the base plan, or the bundle where the base plan has no seats", () => {
    const nameOf = (usage: Record<string, unknown>) => ownPlan(informationOf(usage))?.name ?? null;
    const bundle = [{ type: 'zobp_jp_yearly', hosts: 5 }];
    expect(nameOf({ plan_base: { type: 'yearly', hosts: 5 }, plan_zoom_one: bundle })).toBe('Pro');
    expect(nameOf({ plan_base: { type: 'free', hosts: 0 }, plan_zoom_one: bundle })).toBe(
      'Zoom Workplace Business Plus (Japan)',
    );
    expect(nameOf({ plan_base: { type: 'trial', hosts: 0 } })).toBe('Free Trial');
    expect(nameOf({ plan_webinar: [{ type: 'webinar500_yearly', hosts: 5 }] })).toBeNull();
    expect(nameOf({})).toBeNull();
  });

  it('calls a license after the codes that it keeps', () => {
    expect(planNameOf({ category: 'BASE', plan: 'yearly' })).toBe('Pro');
    expect(planNameOf({ category: 'ADD_ON', plan: 'webinar500_yearly + webinar500_monthly' })).toBe('Webinar 500');
    expect(planNameOf({ category: 'BASE', plan: 'zobp_jp_yearly + odd' })).toBe(
      'Zoom Workplace Business Plus (Japan) + Unknown (odd)',
    );
    expect(planNameOf({ category: 'BASE', plan: null })).toBeNull();
  });
});

describe('how many Zoom counts as given out', () => {
  const asOf = new Date('2026-03-01T00:00:00Z');
  const summary = { summary: { licensed: 70 }, summaryAt: new Date('2026-03-02T00:00:00Z') };
  const plans = (usage: unknown) =>
    informationOf({ plan_base: { type: 'yearly', hosts: 100, usage } }).map((plan) => ({
      ...plan,
      accountId: 'a',
      asOf,
    }));

  it('is what plan usage says; else, of Licensed, its summary of users; else nothing', () => {
    const of = (uniqueId: string, usage: unknown) => assignedByZoom({ uniqueId }, plans(usage), summary);
    expect(of('LICENSED', 80)).toEqual({ count: 80, source: 'PLAN_USAGE', asOf });
    expect(of('LICENSED', undefined)).toEqual({ count: 70, source: 'USER_SUMMARY', asOf: summary.summaryAt });
    expect(of('WEBINAR_500', 80)).toBeNull();
    expect(assignedByZoom({ uniqueId: 'LICENSED' }, [], { summary: null, summaryAt: null })).toBeNull();
  });
});

describe('numbers that can’t be', () => {
  it.each([-1, 1e12, 1.5, '88', true, {}, Number.MAX_SAFE_INTEGER])('seats of %j are refused in words', (hosts) => {
    const usage = {
      plan_base: { type: 'yearly', hosts, usage: 3 },
      plan_zoom_rooms: { type: 'zroom_yearly', hosts: 2 },
    };
    expect(refusedCounts(usage)).toEqual([`hosts of plan_base is ${JSON.stringify(hosts)}.`]);
    expect(plansOf(usage)).toMatchObject([
      { key: 'plan_base', plan: { type: 'yearly', hosts: null, usage: 3 } },
      { key: 'plan_zoom_rooms', plan: { hosts: 2 } },
    ]);
    // The bundle does not take the place of a base plan of which the number is odd.
    const withBundle = { ...usage, plan_zoom_one: [{ type: 'zobp_jp_yearly', hosts: 9 }] };
    expect(seatsByLicense(planSeatsOf(withBundle))).toEqual([{ uniqueId: 'LICENSED', plan: 'yearly', count: null }]);
    expect(informationOf(withBundle).map((plan) => plan.licenseUniqueId)).toEqual(['LICENSED', null, null]);
  });

  it('make the sum of a license unknown, and are no zero', () => {
    const usage = {
      plan_webinar: [
        { type: 'webinar500_monthly', hosts: 3 },
        { type: 'webinar500_yearly', hosts: -1 },
      ],
    };
    expect(seatsByLicense(planSeatsOf(usage))).toMatchObject([{ uniqueId: 'WEBINAR_500', count: null }]);
  });

  it('are none where Zoom leaves a number out, and plans that are no plans are said to be', () => {
    expect(refusedCounts({ plan_base: { type: 'yearly', hosts: null }, plan_recording: 'cmr', plan_x: 7 })).toEqual([]);
    expect(refusedCounts({ plan_base: 'yearly', plan_webinar: [5, null] })).toEqual([
      'plan_base is "yearly".',
      'plan_webinar is 5.',
    ]);
  });
});
