import type { UserRow } from '../db/tables/rows.ts';
import { DAY_MS } from './inactivity.ts';

/** A Basic user's meetings end after so many minutes, unless the user is alone. */
export const BASIC_MINUTES = 40;
/** So many people fit into a Basic user's meeting. */
export const BASIC_PEOPLE = 100;

/** What a Basic user can't do, in the order in which it is told. */
const INSUFFICIENCIES = [
  'LONG_MEETING',
  'LARGE_MEETING',
  'WEBINAR',
  'CLOUD_RECORDING',
  'POLL',
  'REGISTRATION',
] as const;

export type BasicInsufficiency = (typeof INSUFFICIENCIES)[number];

/** What a user did within the window. */
export type BasicFacts = Pick<
  UserRow,
  'longMeetingsHosted' | 'largestMeeting' | 'webinarsHosted' | 'cloudRecordings' | 'pollsHeld' | 'registrants'
>;

/** From when to when something is known without a gap; null: not at all. */
export interface KnownTime {
  from: Date | null;
  until: Date | null;
}

/** Of what a user hosted within the window, is there anything of which this is not known? */
export interface HostedGaps {
  participants: boolean;
  polls: boolean;
  registrants: boolean;
}

/** What needed more than a Basic user; empty for nothing seen. */
export function basicReasons(facts: BasicFacts): BasicInsufficiency[] {
  const happened: Record<BasicInsufficiency, boolean> = {
    LONG_MEETING: facts.longMeetingsHosted > 0,
    LARGE_MEETING: (facts.largestMeeting ?? 0) > BASIC_PEOPLE,
    WEBINAR: facts.webinarsHosted > 0,
    CLOUD_RECORDING: facts.cloudRecordings > 0,
    POLL: facts.pollsHeld > 0,
    REGISTRATION: facts.registrants > 0,
  };
  return INSUFFICIENCIES.filter((reason) => happened[reason]);
}

/**
 * Would a Basic user have been enough? What was seen says no at once. That nothing was seen says yes only where everything
 * is known; where it is not, what was `true` stays, and the rest is not known. The same as the verdict in
 * `users.would_basic_suffice`.
 */
export function wouldBasicSuffice(facts: BasicFacts, isKnown: boolean, before: boolean | null): boolean | null {
  if (basicReasons(facts).length > 0) return false;
  return isKnown || before === true ? true : null;
}

/** The reasons, and what could not be looked at for all of the window. */
export interface BasicEvidence {
  reasons: BasicInsufficiency[];
  notLookedAt: BasicInsufficiency[];
}

/** What a verdict rests on. `recordings` says from when to when recordings are known. */
export function basicEvidence(
  facts: BasicFacts,
  { window, recordings, gaps }: { window: KnownTime; recordings: KnownTime; gaps: HostedGaps },
): BasicEvidence {
  const { from, until } = window;
  const isUnknown = from === null || until === null;
  const hasRecordings =
    !isUnknown &&
    recordings.from !== null &&
    recordings.until !== null &&
    recordings.from <= from &&
    // Both are read by the same sync, one a little before the other.
    recordings.until.getTime() >= until.getTime() - DAY_MS;
  const missing: Record<BasicInsufficiency, boolean> = {
    LONG_MEETING: isUnknown,
    LARGE_MEETING: isUnknown || gaps.participants,
    WEBINAR: isUnknown,
    CLOUD_RECORDING: !hasRecordings,
    POLL: isUnknown || gaps.polls,
    REGISTRATION: isUnknown || gaps.registrants,
  };
  return { reasons: basicReasons(facts), notLookedAt: INSUFFICIENCIES.filter((reason) => missing[reason]) };
}
