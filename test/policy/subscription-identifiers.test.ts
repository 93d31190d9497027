import { describe, expect, it } from 'vitest';
import { licenseWords, seatsByLicense } from '#src/policy/license-names.ts';
import {
  subscriptionOf,
  unrecognizedIdentifiers,
  unrecognizedPlans,
  type SubscriptionFacts,
} from '#src/policy/subscription-identifiers.ts';

const plain: SubscriptionFacts = {
  status: 'ACTIVE',
  type: 'LICENSED',
  typeCode: 2,
  zoomOneType: null,
  planUnitedType: null,
  licenseInfos: null,
  features: null,
  removedAt: null,
};
const info = (type: string | null, option: string | null) => ({ type, option, subscriptionId: null });

describe('unrecognizedIdentifiers', () => {
  it.each<[string, Partial<SubscriptionFacts>, string[]]>([
    ['nothing special', {}, []],
    ['a type of the future', { type: 'OTHER', typeCode: 6 }, ['TYPE_6']],
    ['no type at all', { type: 'OTHER', typeCode: null }, ['TYPE_UNKNOWN']],
    ['a known bundle', { zoomOneType: '16' }, []],
    ['a known bundle beyond 2^53', { zoomOneType: '576460752303423488' }, []],
    ['several known bundles', { zoomOneType: '48' }, []],
    ['a known bundle and something more', { zoomOneType: '17' }, ['BUNDLE_17']],
    ['a bundle of the future', { zoomOneType: '1125899906842624' }, ['BUNDLE_1125899906842624']],
    ['a bundle too large for anything', { zoomOneType: '9223372036854775808' }, ['BUNDLE_9223372036854775808']],
    ['a bundle that is no number', { zoomOneType: 'gold' }, ['BUNDLE_gold']],
    ['no bundle', { zoomOneType: '0', planUnitedType: '' }, []],
    ['no united plan', { planUnitedType: 'none' }, []],
    ['a known united plan', { planUnitedType: '131072' }, []],
    ['a united plan of the future', { planUnitedType: '262144' }, ['UNITED_262144']],
    ['known license infos', { licenseInfos: [info('MEETING', '2'), info('ZOOM_WORKPLACE_BUNDLE', '16')] }, []],
    [
      'unknown license infos',
      {
        licenseInfos: [
          info('ZOOM_HOLOGRAM', '1'),
          info('ZOOM_HOLOGRAM', '1'),
          info('MEETING', '7'),
          info('toString', null),
          info(null, '9'),
          info(null, null),
        ],
      },
      ['INFO_ZOOM_HOLOGRAM_1', 'INFO_MEETING_7', 'INFO_toString', 'INFO_UNKNOWN_9'],
    ],
    ['known features', { features: { zoom_docs: true, meeting_capacity: 300, concurrent_meeting: 'Plus' } }, []],
    [
      'features of the future, of which one is on',
      { features: { zoom_hologram: true, zoom_smell: false, zoom_taste: 'true', zoom_touch: 1 } },
      ['FEATURE_zoom_hologram'],
    ],
    ['who is invited', { status: 'PENDING', zoomOneType: '1', features: { zoom_hologram: true } }, ['BUNDLE_1']],
    ['who is deactivated', { status: 'INACTIVE', type: 'OTHER', zoomOneType: '1', features: { x: true } }, []],
    ['who has left', { removedAt: new Date(), zoomOneType: '1' }, []],
  ])('of %s', (_, facts, expected) => {
    expect(unrecognizedIdentifiers({ ...plain, ...facts })).toEqual(expected);
  });
});

describe('unrecognizedPlans', () => {
  it('are those that are no license and nothing that we know, with how many hold them', () => {
    const usage = {
      plan_base: { type: 'business_yearly', hosts: 5, usage: 5 },
      plan_recording: 'cmr_monthly_commitment_40',
      plan_zoom_rooms: { type: 'zroom_yearly', hosts: 1, usage: 1 },
      plan_hologram: { type: 'holo_yearly', hosts: 9, usage: 4 },
      plan_smell: [
        { type: 'a', hosts: 1, usage: 1 },
        { type: 'b', hosts: 2, usage: 2 },
      ],
      plan_touch: 'touch_monthly',
      plan_nothing: null,
      plan_zoom_one_edu_premier: [{ type: 'edu', hosts: 3 }],
      something_else: { usage: 3 },
    };
    expect([...unrecognizedPlans(usage)]).toEqual([
      ['PLAN_hologram', 4],
      ['PLAN_smell', 3],
      ['PLAN_touch', null],
      ['PLAN_zoom_one_edu_premier', null],
    ]);
    expect(unrecognizedPlans(null).size).toBe(0);
  });

  it('provide the license that they are mapped to', () => {
    const plans = [
      { key: 'plan_base', type: 'biz', hosts: 5 },
      { key: 'plan_hologram', type: 'holo', hosts: 9 },
    ];
    const licensed = { uniqueId: 'LICENSED', plan: 'biz', count: 5 };
    expect(seatsByLicense(plans)).toEqual([licensed]);
    expect(seatsByLicense(plans, new Map([['PLAN_hologram', 'PLAN_hologram']]))).toEqual([
      licensed,
      { uniqueId: 'PLAN_hologram', plan: 'holo', count: 9 },
    ]);
    expect(seatsByLicense(plans, new Map([['PLAN_hologram', 'LICENSED']]))).toEqual([
      { uniqueId: 'LICENSED', plan: 'biz + holo', count: 14 },
    ]);
    // A plan that is known keeps the license that it is.
    expect(seatsByLicense(plans, new Map([['PLAN_base', 'OTHER']]))).toEqual([licensed]);
  });
});

describe('an identifier', () => {
  it.each([
    ['TYPE_6', 'USER_TYPE', 'Zoom type 6', 'BASE'],
    ['BUNDLE_99', 'WORKPLACE_BUNDLE', 'Zoom Workplace bundle 99', 'ADD_ON'],
    ['UNITED_262144', 'UNITED_PLAN', 'Zoom United plan 262144', 'ADD_ON'],
    ['INFO_ZOOM_HOLOGRAM_1', 'LICENSE_INFO', 'Zoom license ZOOM_HOLOGRAM_1', 'ADD_ON'],
    ['FEATURE_zoom_hologram', 'FEATURE', 'Zoom feature zoom_hologram', 'ADD_ON'],
    ['PLAN_hologram', 'PLAN_USAGE', 'Zoom plan hologram', 'ADD_ON'],
  ])('%s comes from %s and is called "%s"', (identifier, source, name, category) => {
    expect(subscriptionOf(identifier)).toEqual({ source, name });
    expect(licenseWords(identifier)).toMatchObject({ name: `Unknown (${name})`, category });
  });

  it.each(['LICENSED', 'WEBINAR_500', 'TYPE_', '', 'type_6'])('%s is none', (text) => {
    expect(subscriptionOf(text)).toBeNull();
  });
});
