import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ACTIVITY_SIGNS, countedSigns, DEFAULT_SIGNS, lastSign, type SignFacts } from '#src/policy/activity-signs.ts';

const never: SignFacts = {
  lastLoginAt: null,
  lastSignInAt: null,
  lastMeetingCreatedAt: null,
  lastMeetingHostedAt: null,
  lastMeetingJoinedAt: null,
  lastWebinarHostedAt: null,
  lastLongMeetingHostedAt: null,
  lastCloudRecordingAt: null,
};
const at = (day: number) => new Date(Date.UTC(2026, 0, day));

describe('countedSigns', () => {
  it('are the usual ones where a rule names none', () => {
    for (const signs of [null, undefined, []]) expect(countedSigns(signs)).toEqual(DEFAULT_SIGNS);
  });

  it('are those named, each once, in one order, whatever order they came in', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ACTIVITY_SIGNS), { minLength: 1 }), (signs) => {
        expect(countedSigns(signs)).toEqual(ACTIVITY_SIGNS.filter((sign) => new Set(signs).has(sign)));
      }),
    );
  });
});

describe('lastSign', () => {
  it('is the later of what the roster and the report of sign-ins say', () => {
    expect(lastSign({ ...never, lastLoginAt: at(1), lastSignInAt: at(3) }, ['SIGNED_IN'])).toEqual(at(3));
    expect(lastSign({ ...never, lastLoginAt: at(4), lastSignInAt: at(3) }, ['SIGNED_IN'])).toEqual(at(4));
  });

  it('ignores what does not count', () => {
    const facts = { ...never, lastLoginAt: at(9), lastMeetingHostedAt: at(8), lastLongMeetingHostedAt: at(2) };
    expect(lastSign(facts, ['LONG_MEETING_HOSTED'])).toEqual(at(2));
    expect(lastSign(facts, ['CLOUD_RECORDED', 'MEETING_CREATED'])).toBeNull();
    expect(lastSign(facts, [...DEFAULT_SIGNS])).toEqual(at(9));
  });
});
