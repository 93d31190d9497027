import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { lockIntegration } from '../datasources/store/integrations.ts';
import { closeOffboarded, withdrawOffboardings } from '../datasources/store/offboardings.ts';
import type { OffboardingRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import type { WithdrawOffboardingInput } from '../schema.generated.ts';
import { refuse, type Outcome } from './outcome.ts';
import { Problems } from './problems.ts';
import { checkCount, readEmail } from './report-offboarding.ts';

/**
 * Takes back that people have left. What was only found because of it is closed at once; what is on its way to Zoom is
 * left alone right before it is sent. Taking back what nobody reported changes nothing.
 */
export async function withdrawOffboarding(
  deps: Deps,
  caller: Caller,
  { integrationId, emails }: WithdrawOffboardingInput,
): Promise<Outcome<{ offboardings: OffboardingRow[] }>> {
  const now = deps.now();
  const problems = new Problems();
  checkCount(problems, 'emails', emails.length);
  const addresses = emails.map((email, index) => readEmail(problems, `emails.${index}`, email));
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };

  const offboardings = await deps.database.sql.begin(async (tx) => {
    if ((await lockIntegration(tx, integrationId)) === null) return null;
    const by = { by: caller.sub, now };
    const withdrawn = await withdrawOffboardings(tx, integrationId, addresses, by);
    await closeOffboarded(tx, integrationId, addresses, by);
    await recordAudit(
      tx,
      withdrawn.map(({ id }) => ({
        at: now,
        actor: caller.sub,
        action: 'offboarding.withdrawn',
        integrationId,
        subject: id,
      })),
    );
    return withdrawn;
  });
  if (offboardings === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
  return { ok: true, offboardings };
}
