import { describe, expect, it } from 'vitest';
import { candidateSources, mayCandidateMove, type CandidateActor } from '#src/policy/candidate-transitions.ts';
import type { CandidateStatus } from '#src/db/tables/reclamations.ts';

const STATUSES: readonly CandidateStatus[] = [
  'ATTENTION_REQUIRED',
  'READY',
  'AWAITING_USER',
  'AWAITING_APPROVAL',
  'AWAITING_REVOCATION',
  'CLOSED_COMPLETE',
  'CLOSED_SKIPPED',
  'CLOSED_CANCELED',
];
const ACTORS: readonly CandidateActor[] = ['SYSTEM', 'USER', 'APPROVER', 'OPERATOR'];

/** Written down once more, by hand: where each status may lead, and by whom (S, U, A, O). */
const TABLE: Record<string, Partial<Record<CandidateStatus, string>>> = {
  found: { READY: 'S', ATTENTION_REQUIRED: 'S' },
  ATTENTION_REQUIRED: {
    READY: 'SO',
    AWAITING_USER: 'O',
    AWAITING_REVOCATION: 'O',
    CLOSED_SKIPPED: 'SO',
    CLOSED_CANCELED: 'S',
  },
  READY: {
    ATTENTION_REQUIRED: 'S',
    AWAITING_USER: 'O',
    AWAITING_REVOCATION: 'O',
    CLOSED_SKIPPED: 'SO',
    CLOSED_CANCELED: 'S',
  },
  AWAITING_USER: {
    ATTENTION_REQUIRED: 'S',
    AWAITING_USER: 'SU',
    AWAITING_APPROVAL: 'U',
    AWAITING_REVOCATION: 'SU',
    CLOSED_SKIPPED: 'SO',
    CLOSED_CANCELED: 'S',
  },
  AWAITING_APPROVAL: {
    ATTENTION_REQUIRED: 'S',
    AWAITING_REVOCATION: 'A',
    CLOSED_SKIPPED: 'SAO',
    CLOSED_CANCELED: 'S',
  },
  AWAITING_REVOCATION: {
    READY: 'S',
    ATTENTION_REQUIRED: 'S',
    CLOSED_COMPLETE: 'SO',
    CLOSED_SKIPPED: 'SO',
    CLOSED_CANCELED: 'S',
  },
  CLOSED_COMPLETE: {},
  CLOSED_SKIPPED: {},
  CLOSED_CANCELED: {},
};

const cases = ['found', ...STATUSES].flatMap((from) =>
  STATUSES.map((to) => [from, to, [...(TABLE[from]?.[to] ?? '')].sort().join('')] as const),
);

describe('steps of a candidate', () => {
  it.each(cases)('%s -> %s: %s', (from, to, actors) => {
    const status = from === 'found' ? null : (from as CandidateStatus);
    const allowed = ACTORS.filter((actor) => mayCandidateMove(status, to, actor)).map((actor) => actor.slice(0, 1));
    expect(allowed.sort().join('')).toBe(actors);
  });

  it('end where they are closed', () => {
    for (const to of STATUSES) {
      for (const actor of ACTORS) {
        expect(candidateSources(to, actor).filter((from) => from.startsWith('CLOSED'))).toEqual([]);
      }
    }
  });
});
