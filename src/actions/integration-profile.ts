import type { IntegrationRow } from '../db/tables/rows.ts';
import { DAY_MS, MAX_WINDOW_DAYS } from '../policy/inactivity.ts';
import type { Problems } from './problems.ts';

/** Clocks of callers may run ahead of ours by this much. */
const CLOCK_SKEW_MS = 60_000;

const MAX_CREDENTIAL = 500;

/** Start of the activity to look at: within the last 365 days. */
export function checkActivityFrom(problems: Problems, from: Date | null, now: Date): void {
  if (from === null) return;
  const agoMs = now.getTime() - from.getTime();
  if (Number.isNaN(agoMs)) problems.add('analyzeActivityFrom', 'Is not an instant.');
  else if (agoMs < -CLOCK_SKEW_MS) problems.add('analyzeActivityFrom', 'Must not be in the future.');
  // Whole days, so that "365 days ago" is still that when the request arrives a moment later.
  else if (Math.floor(agoMs / DAY_MS) > MAX_WINDOW_DAYS) {
    problems.add('analyzeActivityFrom', `Must be at most ${MAX_WINDOW_DAYS} days back.`);
  }
}

/** Client id or secret: visible characters without blanks, which is all that Zoom gives out. */
export function checkCredential(problems: Problems, field: 'clientId' | 'clientSecret', value: string): string {
  const text = value.trim();
  if (text === '' || text.length > MAX_CREDENTIAL || !/^[\x21-\x7e]+$/.test(text)) {
    problems.add(field, `Must be 1 to ${MAX_CREDENTIAL} visible ASCII characters, without blanks.`);
  } else if (field === 'clientId' && text.includes(':')) {
    problems.add(field, 'Must not contain a colon.');
  }
  return text;
}

const MAX_PATTERNS = 100;
const MAX_PATTERN_LENGTH = 100;

/** Addresses of programs: none of them may fit everybody. Without those that are there twice, in any case of letters. */
export function readServicePatterns(problems: Problems, patterns: readonly string[]): string[] {
  const read = patterns.map((pattern) => {
    const text = problems.text('serviceAccountPatterns', pattern, MAX_PATTERN_LENGTH).toLowerCase();
    if (/^\*+(@\*+)?$/.test(text)) {
      problems.add('serviceAccountPatterns', `"${text}" fits every address, so nobody would ever be a candidate.`);
    }
    return text;
  });
  if (read.length > MAX_PATTERNS) problems.add('serviceAccountPatterns', `At most ${MAX_PATTERNS}.`);
  return [...new Set(read)];
}

/** On-premises users are a matter of tiered integrations only. */
export function checkOnPremises(problems: Problems, kind: IntegrationRow['kind'], includeOnPremises: boolean): void {
  if (includeOnPremises && kind !== 'TIERED') {
    problems.add('includeOnPremises', 'Only tiered integrations can include on-premises users.');
  }
}
