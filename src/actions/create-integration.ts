import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { insertIntegration } from '../datasources/store/integrations.ts';
import { newId } from '../db/id.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { TASKS, withLocked } from '../policy/task-scopes.ts';
import type { CreateIntegrationInput } from '../schema.generated.ts';
import { Secret } from '../secret.ts';
import { checkActivityFrom, checkCredential, checkOnPremises, readServicePatterns } from './integration-profile.ts';
import type { Outcome } from './outcome.ts';
import { Problems } from './problems.ts';

/**
 * Creates an integration as a draft. Without a client id and secret of its own it will use the vendor's app of its
 * region and kind; whether there is one is asked when it is authorized.
 */
export async function createIntegration(
  deps: Deps,
  caller: Caller,
  input: CreateIntegrationInput,
): Promise<Outcome<{ integration: IntegrationRow }>> {
  const now = deps.now();
  const problems = new Problems();
  const kind = input.kind ?? 'REGULAR';
  const displayName = problems.text('displayName', input.displayName);
  const clientId = input.clientId == null ? null : checkCredential(problems, 'clientId', input.clientId);
  const clientSecret =
    input.clientSecret == null ? null : new Secret(checkCredential(problems, 'clientSecret', input.clientSecret));
  if (clientId !== null && clientSecret === null) problems.add('clientSecret', 'A client id needs its client secret.');
  if (clientId === null && clientSecret !== null) problems.add('clientId', 'A client secret needs its client id.');
  const analyzeActivityFrom = input.analyzeActivityFrom ?? null;
  checkActivityFrom(problems, analyzeActivityFrom, now);
  checkOnPremises(problems, kind, input.includeOnPremises ?? false);
  const patterns = input.serviceAccountPatterns;
  const serviceAccountPatterns = patterns == null ? undefined : readServicePatterns(problems, patterns);
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };

  const id = newId('int', now.getTime());
  const integration = await deps.database.sql.begin(async (tx) => {
    const row = await insertIntegration(tx, {
      id,
      displayName,
      kind,
      region: input.region ?? 'NA',
      clientId,
      clientSecret: clientSecret === null ? null : deps.keys.seal(clientSecret, `integrations.client_secret:${id}`),
      includeFreeUsers: input.includeFreeUsers ?? false,
      includeOnPremises: input.includeOnPremises ?? false,
      analyzeActivityFrom,
      enabledTasks: withLocked(input.tasks ?? TASKS),
      rateLimitPlan: input.rateLimitPlan ?? null,
      meetingDetail: input.meetingDetail ?? 'WHERE_DECISIVE',
      serviceAccountPatterns,
      eraseOnDeauthorization: input.eraseDataOnDeauthorization ?? true,
      createdAt: now,
      updatedAt: now,
    });
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'integration.created',
        integrationId: id,
        subject: id,
        details: { displayName, kind, region: row.region, ownApp: clientId !== null, tasks: row.enabledTasks },
      },
    ]);
    return row;
  });
  return { ok: true, integration };
}
