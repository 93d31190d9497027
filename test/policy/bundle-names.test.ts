import { describe, expect, it } from 'vitest';
import { bundlesOf } from '#src/policy/bundle-names.ts';
import { KNOWN_BUNDLES, KNOWN_UNITED } from '#src/policy/subscription-identifiers.ts';

const workplace = (zoomOneType: string | null) => bundlesOf({ zoomOneType, planUnitedType: null });
const united = (planUnitedType: string | null) => bundlesOf({ zoomOneType: null, planUnitedType });

describe('the bundles of a user', () => {
  it.each([
    ['4', 'Zoom Workplace Enterprise'],
    ['16', 'Zoom Workplace Business Plus (US/Canada)'],
    ['128', 'Zoom Workplace Business Plus (Japan)'],
    ['268435456', 'Zoom Workplace Enterprise Premier (Japan)'],
    ['536870912', 'Zoom Workplace Enterprise Premier (UK/Ireland)'],
    ['1073741824', 'Zoom Workplace Enterprise Premier (Australia/New Zealand)'],
    ['4398046511104', 'Zoom Workplace Pro Plus (US/Canada)'],
    // Beyond what a number of JavaScript holds exactly.
    ['576460752303423488', 'Zoom Workplace for Education Enterprise Student'],
    ['18014398509481984', 'Zoom Workplace for Education School and Campus'],
  ])('zoom_one_type %s is %s', (code, name) => {
    expect(workplace(code)).toEqual([{ source: 'WORKPLACE_BUNDLE', code, name, isKnown: true }]);
  });

  it.each([
    ['1', 'Zoom United Pro (US/Canada)'],
    ['16', 'Zoom United Pro with Phone Pro'],
    ['256', 'Zoom United Business (Global Select)'],
    ['16384', 'Zoom United Enterprise with Phone Pro'],
    ['131072', 'Zoom United Enterprise (Japan)'],
  ])('plan_united_type %s is %s', (code, name) => {
    expect(united(code)).toEqual([{ source: 'UNITED_PLAN', code, name, isKnown: true }]);
  });

  it('have a name each, of their own', () => {
    for (const [known, of] of [
      [KNOWN_BUNDLES, workplace],
      [KNOWN_UNITED, united],
    ] as const) {
      const names = known.flatMap((bit) => of(String(bit)));
      expect(names.every(({ isKnown }) => isKnown)).toBe(true);
      expect(new Set(names.map(({ name }) => name)).size).toBe(known.length);
    }
  });

  it('are taken apart where there are several, and what nobody knows is said to be', () => {
    expect(workplace('20').map(({ name }) => name)).toEqual([
      'Zoom Workplace Enterprise',
      'Zoom Workplace Business Plus (US/Canada)',
    ]);
    expect(workplace('1125899906842628').map(({ name }) => name)).toEqual([
      'Zoom Workplace Enterprise',
      'Unknown (1125899906842624)',
    ]);
    for (const odd of ['premium', '-4', '99999999999999999999', '9223372036854775808', '1.5']) {
      expect(united(odd)).toEqual([{ source: 'UNITED_PLAN', code: odd, name: `Unknown (${odd})`, isKnown: false }]);
    }
    for (const none of [null, '', '0', 'none', 'None']) expect([workplace(none), united(none)]).toEqual([[], []]);
    expect(bundlesOf({ zoomOneType: '4', planUnitedType: '1' })).toHaveLength(2);
  });
});
