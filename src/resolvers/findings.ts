import type { BlockerRecord, EvidenceRecord } from '../db/tables/reclamations.ts';
import { countedSigns } from '../policy/activity-signs.ts';
import type { BlockerCode } from '../schema.generated.ts';

/** An instant that is stored as text. */
export const date = (text: string | null) => (text === null ? null : new Date(text));

/** What a finding rests on, as the schema shows it. */
export const shownEvidence = (evidence: EvidenceRecord) => ({
  windowFrom: date(evidence.windowFrom),
  rosterAt: date(evidence.rosterAt),
  activityKnownUntil: date(evidence.activityKnownUntil),
  countedSigns: countedSigns(evidence.countedSigns),
  signs: Object.entries(evidence.signs).map(([sign, lastAt]) => ({ sign, lastAt: date(lastAt) })),
});

/** What speaks against a finding, as the schema shows it. */
export const shownBlockers = (blockers: readonly BlockerRecord[]) =>
  blockers.map(({ code, message, until }) => ({ code: code as BlockerCode, message, until: date(until) }));
