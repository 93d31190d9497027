import { describe, expect, it } from 'vitest';
import {
  basicEvidence,
  basicReasons,
  wouldBasicSuffice,
  type BasicFacts,
  type HostedGaps,
  type KnownTime,
} from '#src/policy/basic-sufficiency.ts';

const nothing: BasicFacts = {
  longMeetingsHosted: 0,
  largestMeeting: null,
  webinarsHosted: 0,
  cloudRecordings: 0,
  pollsHeld: 0,
  registrants: 0,
};

describe('basicReasons', () => {
  it.each<[Partial<BasicFacts>, string[]]>([
    [{}, []],
    [{ longMeetingsHosted: 1 }, ['LONG_MEETING']],
    [{ largestMeeting: 100 }, []],
    [{ largestMeeting: 101 }, ['LARGE_MEETING']],
    [{ webinarsHosted: 1 }, ['WEBINAR']],
    [{ cloudRecordings: 1 }, ['CLOUD_RECORDING']],
    [{ pollsHeld: 1 }, ['POLL']],
    [{ registrants: 1 }, ['REGISTRATION']],
    [{ registrants: 2, longMeetingsHosted: 3 }, ['LONG_MEETING', 'REGISTRATION']],
  ])('%j: %j', (facts, expected) => {
    expect(basicReasons({ ...nothing, ...facts })).toEqual(expected);
  });
});

describe('wouldBasicSuffice', () => {
  it.each<[string, Partial<BasicFacts>, boolean, boolean | null, boolean | null]>([
    ['nothing seen, all known', {}, true, null, true],
    ['nothing seen, not all known', {}, false, null, null],
    ['nothing seen, not all known this time', {}, false, true, true],
    ['nothing seen any more, not all known', {}, false, false, null],
    ['nothing seen any more, all known', {}, true, false, true],
    ['something seen, all known', { pollsHeld: 1 }, true, true, false],
    ['something seen, not all known', { webinarsHosted: 1 }, false, null, false],
  ])('%s', (_, facts, isKnown, before, expected) => {
    expect(wouldBasicSuffice({ ...nothing, ...facts }, isKnown, before)).toBe(expected);
  });
});

describe('basicEvidence', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 0, day));
  const window = { from: at(5), until: at(25) };
  const gaps: HostedGaps = { participants: false, polls: false, registrants: false };
  const missing = (recordings: KnownTime, more: Partial<{ window: KnownTime; gaps: HostedGaps }> = {}) =>
    basicEvidence(nothing, { window, recordings, gaps, ...more }).notLookedAt;

  it.each<[string, KnownTime, string[]]>([
    ['known for all of it', { from: at(5), until: at(25) }, []],
    ['known a little less long, by the same sync', { from: at(1), until: new Date(at(25).getTime() - 60_000) }, []],
    ['known from too late', { from: at(6), until: at(25) }, ['CLOUD_RECORDING']],
    ['known until days before', { from: at(5), until: at(23) }, ['CLOUD_RECORDING']],
    ['never read', { from: null, until: null }, ['CLOUD_RECORDING']],
  ])('recordings %s', (_, recordings, expected) => {
    expect(missing(recordings)).toEqual(expected);
  });

  it('names what is not known of the meetings hosted', () => {
    const all = { participants: true, polls: true, registrants: true };
    expect(missing(window, { gaps: all })).toEqual(['LARGE_MEETING', 'POLL', 'REGISTRATION']);
  });

  it('names everything before the first look', () => {
    expect(missing(window, { window: { from: null, until: null } })).toHaveLength(6);
  });
});
