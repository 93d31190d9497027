import { describe, expect, it } from 'vitest';
import { losesOf, warningsOf, type PlanSubject } from '#src/policy/plan-words.ts';

const subject = (more: Partial<PlanSubject> = {}): PlanSubject => ({
  action: 'DOWNGRADE',
  license: 'Licensed',
  licenses: ['Licensed', 'Webinar 500'],
  loginTypes: [100],
  features: null,
  cloudRecordings: 0,
  transfer: null,
  ...more,
});
const codes = (more: Partial<PlanSubject>) => warningsOf(subject(more)).map(({ code }) => code);

describe('what is lost', () => {
  it.each<[Partial<PlanSubject>, string[]]>([
    [{ action: 'REMOVE_ADD_ON', license: 'Webinar 500' }, ['Webinar 500']],
    [{ action: 'DOWNGRADE' }, ['Licensed', 'Webinar 500']],
    [{ action: 'DEACTIVATE' }, ['Licensed', 'Webinar 500', 'Signing in to Zoom']],
    [{ action: 'UNLINK' }, ['Licensed', 'Webinar 500', 'Membership in the account']],
    [{ action: 'DELETE' }, ['Licensed', 'Webinar 500', 'The user, with everything that is not handed over']],
  ])('%j', (more, expected) => {
    expect(losesOf(subject(more))).toEqual(expected);
  });
});

describe('what could go wrong', () => {
  it.each<[Partial<PlanSubject>, string[]]>([
    [{}, []],
    [{ loginTypes: [101] }, ['MAY_RETURN']],
    [{ action: 'DEACTIVATE' }, ['ACCESS_LOST']],
    [{ cloudRecordings: 3 }, ['RECORDINGS_AT_RISK']],
    [{ cloudRecordings: 3, action: 'REMOVE_ADD_ON' }, []],
    [{ features: { zoom_phone: true } }, ['PHONE_LOST']],
    [{ action: 'DELETE', cloudRecordings: 1 }, ['NO_UNDO', 'NOT_HANDED_OVER', 'RECORDINGS_AT_RISK']],
    [
      {
        action: 'DELETE',
        cloudRecordings: 1,
        transfer: { email: 'a@b.c', parts: ['meeting', 'webinar', 'recording'] },
      },
      ['NO_UNDO'],
    ],
    [{ action: 'UNLINK', loginTypes: [101], transfer: null }, ['NO_UNDO', 'NOT_HANDED_OVER', 'MAY_RETURN']],
  ])('%j', (more, expected) => {
    expect(codes(more)).toEqual(expected);
  });

  it('says what nobody gets', () => {
    const [, second] = warningsOf(subject({ action: 'DELETE', transfer: { email: 'a@b.c', parts: ['meeting'] } }));
    expect(second?.message).toBe('Nobody gets their webinars, recordings.');
  });
});
