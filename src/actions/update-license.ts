import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { lockLicense } from '../datasources/store/entitlements.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import { hasNamesake, saveEntered, type EnteredFacts } from '../datasources/store/managed-licenses.ts';
import type { LicenseRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { isReadFromZoom, provisionedEntry } from '../policy/shown-license.ts';
import type { UpdateLicenseInput } from '../schema.generated.ts';
import { refuse, type Outcome } from './outcome.ts';
import { Problems } from './problems.ts';

const MAX_SEATS = 100_000_000;

/** Fields of the input, with what they are called. */
const FIELDS = { name: 'name', userType: 'license type', provisionedCount: 'seats', unlimited: 'seats' } as const;

/**
 * Enters name, user type and seats of a license by hand. Only while the integration doesn't read them from Zoom, and only
 * what the user type has. What is left out stays as it was; null takes an entry away.
 */
export async function updateLicense(
  deps: Deps,
  caller: Caller,
  input: UpdateLicenseInput,
): Promise<Outcome<{ license: LicenseRow }>> {
  const now = deps.now();
  return deps.database.sql.begin(async (tx): Promise<Outcome<{ license: LicenseRow }>> => {
    const license = await lockLicense(tx, input.licenseId);
    const integration = license === null ? null : await integrationById(tx, license.integrationId);
    if (license === null || integration === null) {
      return refuse('NOT_FOUND', 'There is no such license.', ['input', 'licenseId']);
    }
    const given = (Object.keys(FIELDS) as (keyof typeof FIELDS)[]).filter((field) => input[field] !== undefined);
    if (given.length === 0)
      return refuse('NOTHING_TO_DO', 'Say what to enter: name, userType, provisionedCount or unlimited.');
    const problems = new Problems();
    if (isReadFromZoom(integration)) {
      for (const field of given) problems.add(field, whyLocked(FIELDS[field], license), 'LOCKED');
      return { ok: false, refusals: problems.refusals };
    }
    const facts = readFacts(problems, license, input, integration);
    const { enteredName } = facts;
    if (
      problems.refusals.length === 0 &&
      input.name != null &&
      enteredName !== null &&
      (await hasNamesake(tx, license, enteredName))
    ) {
      problems.add('name', 'Another license of the account is called so already.');
    }
    if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };
    const changed = (Object.keys(facts) as (keyof EnteredFacts)[]).filter((field) => facts[field] !== license[field]);
    if (changed.length === 0) return { ok: true, license };
    await saveEntered(tx, license.id, facts, now);
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'license.updated',
        integrationId: license.integrationId,
        subject: license.id,
        details: Object.fromEntries(changed.map((field) => [field, { from: license[field], to: facts[field] }])),
      },
    ]);
    return { ok: true, license: { ...license, ...facts, updatedAt: now } };
  });
}

function whyLocked(what: string, license: LicenseRow): string {
  const locked = `The ${what} can't be entered while the integration reads it from Zoom (task LICENSE_INFORMATION).`;
  const switchOff = 'Switch that task off with updateIntegration';
  if (what !== 'seats' || license.provisionedCount !== null) return `${locked} ${switchOff} to enter it.`;
  return `${locked} Zoom says no seats of this license: enter what was bought as its entitlement, which counts instead. Or: ${switchOff.toLowerCase()}.`;
}

/** What will be entered, with what was entered before where the input says nothing. */
function readFacts(
  problems: Problems,
  license: LicenseRow,
  input: UpdateLicenseInput,
  options: { includeOnPremises: boolean },
): EnteredFacts {
  const { category } = license;
  const facts: EnteredFacts = {
    enteredName: license.enteredName,
    enteredUserType: license.enteredUserType,
    enteredCount: license.enteredCount,
    enteredUnlimited: license.enteredUnlimited,
  };
  if (input.name !== undefined) facts.enteredName = input.name === null ? null : problems.text('name', input.name);
  if (input.userType !== undefined) {
    if (category === 'ADD_ON' && input.userType !== null) problems.add('userType', 'An add-on has no user type.');
    else facts.enteredUserType = input.userType;
  }
  const { provisionedCount: count, unlimited } = input;
  if (count === undefined && unlimited === undefined) return facts;

  const userType = facts.enteredUserType ?? license.userType;
  const entry = provisionedEntry({ category, userType }, options);
  if (count != null && unlimited === true) {
    problems.add('unlimited', 'Enter a number or Unlimited, not both.');
    return facts;
  }
  if (count != null && entry === 'NOTHING') problems.add('provisionedCount', WHY_NOTHING, 'LOCKED');
  else if (count != null) facts.enteredCount = problems.integer('provisionedCount', count, 0, MAX_SEATS);
  if (unlimited === true && entry === 'NOTHING') problems.add('unlimited', WHY_NOTHING, 'LOCKED');
  else if (unlimited === true && entry === 'NUMBER') problems.add('unlimited', WHY_NUMBER, 'LOCKED');
  if (count === null || unlimited === true) facts.enteredCount = null;
  // A number is a limit, and taking the number away says nothing about one.
  if (unlimited !== undefined) facts.enteredUnlimited = unlimited;
  else if (count != null) facts.enteredUnlimited = false;
  else if (facts.enteredUnlimited === false) facts.enteredUnlimited = null;
  if (unlimited === false && facts.enteredCount === null) {
    problems.add(
      'provisionedCount',
      'What is not unlimited needs its number; to take the entry away, send null for both.',
    );
  }
  return facts;
}

const WHY_NOTHING =
  'Seats of On-Premises licenses can be entered only where the integration includes on-premises users (includeOnPremises).';
const WHY_NUMBER =
  'Of this license a number can be entered. Unlimited is for Basic licenses, and where the integration includes on-premises users for Licensed and On-Premises.';
