import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { insertExclusion, integrationOfTarget, isRoleKnown, skipExcluded } from '../datasources/store/exclusions.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import { newId } from '../db/id.ts';
import type { ExclusionRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { CreateExclusionInput } from '../schema.generated.ts';
import { Problems } from './problems.ts';
import type { Outcome } from './outcome.ts';

const TARGETS = ['userId', 'emailPattern', 'licenseId', 'groupId', 'department', 'roleId', 'subAccountId'] as const;

/** Characters of an address, in any script, and `*`. */
const PATTERN = /^[\p{L}\p{M}\p{N}.!#$%&'*+/=?^_`{|}~@-]+$/u;
const MAX_STARS = 10;

/**
 * Keeps exactly one user, e-mail pattern, license, group, department, role or sub account out of candidates, cost or both.
 * Open candidates that it names are closed at once, unless somebody is acting on them.
 */
export async function createExclusion(
  deps: Deps,
  caller: Caller,
  input: CreateExclusionInput,
): Promise<Outcome<{ exclusion: ExclusionRow }>> {
  const { sql } = deps.database;
  const now = deps.now();
  const problems = new Problems();
  const given = TARGETS.filter((target) => input[target] != null);
  if (given.length !== 1) {
    for (const field of given.length === 0 ? TARGETS : given) {
      problems.add(field, `Name exactly one of ${TARGETS.join(', ')}; ${given.length} were named.`);
    }
  }
  const emailPattern = input.emailPattern == null ? null : readPattern(problems, input.emailPattern);
  const department = input.department == null ? null : problems.text('department', input.department);
  const roleId = input.roleId == null ? null : problems.text('roleId', input.roleId);
  const reason = problems.text('reason', input.reason, 1000);
  const owner = input.owner == null ? caller.sub : problems.text('owner', input.owner);
  const expiresAt = input.expiresAt ?? null;
  if (expiresAt !== null && !(expiresAt > now)) problems.add('expiresAt', 'Must be in the future.');
  const integrationId = await integrationFor(deps, problems, input);
  // A role that is misspelled would protect nobody.
  if (roleId !== null && !(await isRoleKnown(sql, integrationId, roleId))) {
    problems.add(
      'roleId',
      "Nobody has a role with this id. Zoom's ids are 0 owner, 1 admin, 2 member, and long ones for roles of your own.",
      'NOT_FOUND',
    );
  }
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };

  const id = newId('exc', now.getTime());
  const scope = input.scope ?? 'CANDIDATES';
  const exclusion = await sql.begin(async (tx) => {
    const row = await insertExclusion(tx, {
      id,
      integrationId,
      userId: input.userId ?? null,
      emailPattern,
      licenseId: input.licenseId ?? null,
      groupId: input.groupId ?? null,
      department,
      roleId,
      subAccountId: input.subAccountId ?? null,
      reason,
      owner,
      expiresAt,
      scope,
      createdAt: now,
    });
    const skippedCandidates = await skipExcluded(tx, row, { by: caller.sub, now });
    // An address names somebody: the exclusion itself has it, with reason and owner, as long as it may be kept.
    const value = given[0] === 'emailPattern' ? null : row[given[0] ?? 'userId'];
    const details = { target: given[0], value, scope, expiresAt, skippedCandidates };
    await recordAudit(tx, [
      { at: now, actor: caller.sub, action: 'exclusion.created', integrationId, subject: id, details },
    ]);
    return row;
  });
  return { ok: true, exclusion };
}

/** The integration that the exclusion is for: the one that is named, or the target's own. Null: all. */
async function integrationFor(deps: Deps, problems: Problems, input: CreateExclusionInput): Promise<string | null> {
  const { sql } = deps.database;
  const named = input.integrationId ?? null;
  if (named !== null && (await integrationById(sql, named)) === null) {
    problems.add('integrationId', 'There is no such integration.', 'NOT_FOUND');
  }
  let integrationId = named;
  for (const kind of ['userId', 'licenseId', 'groupId', 'subAccountId'] as const) {
    const id = input[kind];
    if (id == null) continue;
    const own = await integrationOfTarget(sql, kind, id);
    if (own === null) problems.add(kind, 'There is no such thing.', 'NOT_FOUND');
    else if (named !== null && own !== named) problems.add(kind, 'Belongs to another integration.', 'NOT_FOUND');
    else integrationId = own;
  }
  return integrationId;
}

function readPattern(problems: Problems, value: string): string {
  const pattern = value.trim().normalize('NFC').toLowerCase().replace(/\*+/g, '*');
  if (pattern.length > 320 || !PATTERN.test(pattern) || pattern.split('@').length > 2) {
    problems.add(
      'emailPattern',
      'Must be an e-mail address in which * stands for anything, for example *@example.com.',
    );
  } else if (pattern.split('*').length > MAX_STARS + 1) {
    problems.add('emailPattern', `May have at most ${MAX_STARS} *.`);
  } else if (!/[\p{L}\p{N}]/u.test(pattern)) {
    problems.add('emailPattern', 'Would keep everybody out; name at least a part of the address.');
  }
  return pattern;
}
