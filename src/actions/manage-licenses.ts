import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import { candidatesToSkip, lockLicenses, setManaged } from '../datasources/store/managed-licenses.ts';
import { moveAllCandidates } from '../datasources/store/reclaim.ts';
import { lockRosters } from '../datasources/store/roster-order.ts';
import type { LicenseRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { ManageLicensesInput } from '../schema.generated.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';

const MAX_LICENSES = 500;

/**
 * Says which licenses are managed, all of them or none. One that isn't is still shown, but costs nothing here and makes no
 * candidates: open ones are closed as skipped, except those that are being taken back right now, which go on.
 */
export async function manageLicenses(
  deps: Deps,
  caller: Caller,
  input: ManageLicensesInput,
): Promise<Outcome<{ licenses: LicenseRow[] }>> {
  const add = [...new Set(input.add ?? [])];
  const remove = [...new Set(input.remove ?? [])];
  const sizes = sizeRefusal(add, remove);
  if (sizes !== null) return { ok: false, refusals: [sizes] };
  const now = deps.now();
  return deps.database.sql.begin(async (tx): Promise<Outcome<{ licenses: LicenseRow[] }>> => {
    if ((await integrationById(tx, input.integrationId)) === null) {
      return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
    }
    // A sync writes many licenses of an account at once, in an order of its own.
    await lockRosters(tx, input.integrationId);
    // The database takes no null bytes, so no id has one.
    const locked = await lockLicenses(
      tx,
      [...add, ...remove].filter((id) => !id.includes('\0')),
    );
    const ours = new Map(
      locked.flatMap((license) => (license.integrationId === input.integrationId ? [[license.id, license]] : [])),
    );
    const both = new Set(add.filter((id) => remove.includes(id)));
    const refusals = [
      ...[...both].map((id) => refusalOf('INVALID', `The license ${id} is to be added and removed; say one.`, 'add')),
      ...unknownIn(add, ours, 'add'),
      ...unknownIn(remove, ours, 'remove'),
    ];
    if (refusals.length > 0) return { ok: false, refusals };

    const isManaged = (id: string) => ours.get(id)?.managed === true;
    const added = add.filter((id) => !isManaged(id));
    const removed = remove.filter(isManaged);
    if (added.length > 0) await setManaged(tx, added, true, now);
    if (removed.length > 0) await setManaged(tx, removed, false, now);
    const skipped = removed.length === 0 ? [] : await candidatesToSkip(tx, removed);
    const note = 'The license was taken out of what is managed';
    await moveAllCandidates(tx, skipped, { to: 'CLOSED_SKIPPED', by: caller.sub, note }, now);
    await recordAudit(
      tx,
      [...added, ...removed].map((id) => ({
        at: now,
        actor: caller.sub,
        action: added.includes(id) ? 'license.managed' : 'license.unmanaged',
        integrationId: input.integrationId,
        subject: id,
        details: { uniqueId: ours.get(id)?.uniqueId, name: ours.get(id)?.name },
      })),
    );
    const after = [...add, ...remove].flatMap((id) => {
      const license = ours.get(id);
      return license === undefined ? [] : [{ ...license, managed: add.includes(id) }];
    });
    return { ok: true, licenses: after };
  });
}

function sizeRefusal(add: readonly string[], remove: readonly string[]): Refusal | null {
  const count = add.length + remove.length;
  if (count === 0) return refusalOf('NOTHING_TO_DO', 'Name licenses to add or to remove.', 'add');
  if (count <= MAX_LICENSES) return null;
  const field = add.length > remove.length ? 'add' : 'remove';
  return refusalOf('INVALID', `Name at most ${MAX_LICENSES} licenses at once; there are ${count}.`, field);
}

function unknownIn(ids: readonly string[], known: ReadonlyMap<string, unknown>, field: string): Refusal[] {
  return ids
    .filter((id) => !known.has(id))
    .map((id) => refusalOf('NOT_FOUND', `This integration has no license with the id ${id.slice(0, 80)}.`, field));
}

function refusalOf(code: Refusal['code'], message: string, field: string): Refusal {
  return { code, message, field: ['input', field] };
}
