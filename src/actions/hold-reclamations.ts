import { recordAudit } from '../datasources/store/audit.ts';
import { insertHold, lockHold, releaseHold } from '../datasources/store/holds.ts';
import { integrationById } from '../datasources/store/integrations.ts';
import type { Caller } from '../caller.ts';
import { newId } from '../db/id.ts';
import type { HoldRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { HoldReclamationsInput, ReleaseReclamationsInput } from '../schema.generated.ts';
import type { Tx } from './applied.ts';
import { refuse, type Outcome } from './outcome.ts';
import { Problems } from './problems.ts';

type Held = Outcome<{ hold: HoldRow | null }>;

/** Keeps everything from being sent to Zoom, of one integration or of all, from this moment on. A hold that is there stays. */
export async function holdReclamations(deps: Deps, caller: Caller, input: HoldReclamationsInput): Promise<Held> {
  const problems = new Problems();
  const reason = problems.text('reason', input.reason);
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };
  const now = deps.now();
  const integrationId = input.integrationId ?? null;
  return deps.database.sql.begin(async (tx): Promise<Held> => {
    if (await isUnknown(tx, integrationId)) return unknown();
    const before = await lockHold(tx, integrationId);
    if (before !== null) return { ok: true, hold: before };
    const row = { id: newId('hld', now.getTime()), integrationId, reason, placedBy: caller.sub, placedAt: now };
    const hold = await insertHold(tx, row);
    await recordAudit(tx, [
      { at: now, actor: caller.sub, action: 'reclamations.held', integrationId, subject: hold.id },
    ]);
    return { ok: true, hold };
  });
}

/** Lets things be sent again. What was stopped by the hold stays stopped and has to be asked for anew. */
export async function releaseReclamations(deps: Deps, caller: Caller, input: ReleaseReclamationsInput): Promise<Held> {
  const now = deps.now();
  const integrationId = input.integrationId ?? null;
  return deps.database.sql.begin(async (tx): Promise<Held> => {
    if (await isUnknown(tx, integrationId)) return unknown();
    const hold = await lockHold(tx, integrationId);
    if (hold === null) return refuse('NOTHING_TO_DO', 'Nothing is on hold here.', ['input', 'integrationId']);
    await releaseHold(tx, hold.id, caller.sub, now);
    await recordAudit(tx, [
      { at: now, actor: caller.sub, action: 'reclamations.released', integrationId, subject: hold.id, details: {} },
    ]);
    return { ok: true, hold: null };
  });
}

const isUnknown = async (tx: Tx, id: string | null) => id !== null && (await integrationById(tx, id)) === null;
const unknown = () => refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
