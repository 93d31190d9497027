import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { lockIntegration } from '../datasources/store/integrations.ts';
import { queueRuns } from '../datasources/store/job-runs.ts';
import { saveOffboardings, unknownAddresses, type ReportedPerson } from '../datasources/store/offboardings.ts';
import type { JobRunRow, OffboardingRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { DAY_MS } from '../policy/inactivity.ts';
import type { ReportOffboardingInput } from '../schema.generated.ts';
import { refuse, type Outcome } from './outcome.ts';
import { Problems } from './problems.ts';

/** So many people may be named at once. */
export const MAX_PEOPLE = 1000;

const FIRST_YEAR = new Date('1990-01-01T00:00:00Z');
const AHEAD_DAYS = 366;

/**
 * Writes down that people have left or will, and has candidates looked for at once: by the roster as it is, without
 * asking Zoom. Saying the same again changes nothing and looks for nothing.
 */
export async function reportOffboarding(
  deps: Deps,
  caller: Caller,
  input: ReportOffboardingInput,
): Promise<Outcome<{ offboardings: OffboardingRow[]; notOnRoster: string[]; jobRun: JobRunRow | null }>> {
  const { integrationId } = input;
  const now = deps.now();
  const problems = new Problems();
  const people = readPeople(problems, input, caller, now);
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };

  const done = await deps.database.sql.begin(async (tx) => {
    const integration = await lockIntegration(tx, integrationId);
    if (integration === null) return null;
    const { facts, changed } = await saveOffboardings(tx, integrationId, people, { by: caller.sub, now });
    await recordAudit(
      tx,
      changed.map(({ id, leftAt, source }) => ({
        at: now,
        actor: caller.sub,
        action: 'offboarding.reported',
        integrationId,
        subject: id,
        details: { leftAt, source },
      })),
    );
    const notOnRoster = await unknownAddresses(
      tx,
      integrationId,
      people.map(({ email }) => email),
    );
    // Who is not connected looks for candidates once it is.
    const isDue = changed.length > 0 && integration.status === 'CONNECTED';
    const [jobRun = null] = isDue ? await queueRuns(tx, integrationId, ['RECLAMATION'], caller.sub, now) : [];
    return { offboardings: facts, notOnRoster, jobRun };
  });
  if (done === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
  if (done.jobRun !== null) await deps.queue.requestSync(integrationId);
  return { ok: true, ...done };
}

function readPeople(
  problems: Problems,
  { people }: ReportOffboardingInput,
  caller: Caller,
  now: Date,
): ReportedPerson[] {
  checkCount(problems, 'people', people.length);
  const seen = new Set<string>();
  return people.slice(0, MAX_PEOPLE).map((person, index) => {
    const field = `people.${index}`;
    const email = readEmail(problems, `${field}.email`, person.email);
    if (seen.has(email)) problems.add(`${field}.email`, `${email} is named twice. Name everybody once.`);
    seen.add(email);
    const leftAt = person.leftAt ?? null;
    if (leftAt !== null && !(leftAt >= FIRST_YEAR && leftAt.getTime() <= now.getTime() + AHEAD_DAYS * DAY_MS)) {
      problems.add(`${field}.leftAt`, 'Must be from 1990 on, and not more than a year ahead.');
    }
    const source = person.source == null ? caller.sub : problems.text(`${field}.source`, person.source);
    return { email, leftAt, source };
  });
}

/** Names between one and as many people as may be named at once. */
export function checkCount(problems: Problems, field: string, count: number): void {
  if (count === 0 || count > MAX_PEOPLE) problems.add(field, `Name 1 to ${MAX_PEOPLE} people; there are ${count}.`);
}

/** An address as it is kept: in lower case. */
export function readEmail(problems: Problems, field: string, value: string): string {
  const email = problems.text(field, value, 320).toLowerCase();
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) problems.add(field, 'Must be an e-mail address.');
  return email;
}
