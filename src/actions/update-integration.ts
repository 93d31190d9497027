import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import {
  integrationById,
  lockIntegration,
  patchIntegration,
  type IntegrationPatch,
} from '../datasources/store/integrations.ts';
import { failOpenRuns } from '../datasources/store/job-runs.ts';
import { endFlows } from '../datasources/store/oauth-flows.ts';
import { forgetWhoWasAsked } from '../datasources/store/sync-accounts.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { withLocked } from '../policy/task-scopes.ts';
import type { UpdateIntegrationInput } from '../schema.generated.ts';
import { Secret } from '../secret.ts';
import { checkActivityFrom, checkCredential, checkOnPremises, readServicePatterns } from './integration-profile.ts';
import { refuse, type Outcome, type Refusal } from './outcome.ts';
import { Problems } from './problems.ts';

/** Columns that say which app at Zoom the grant belongs to. */
const APP_FIELDS = ['kind', 'region', 'clientId', 'clientSecret'] as const;

/** Whether these users count. */
const COUNTING_FIELDS = ['includeFreeUsers', 'includeOnPremises'] as const;

/**
 * Changes an integration. Another app, kind or region makes it a draft and takes its grant back: that belongs to the app
 * it was. Activity switched on or off makes a validated one a draft that is to be validated again; the grant stays.
 */
export async function updateIntegration(
  deps: Deps,
  caller: Caller,
  input: UpdateIntegrationInput,
): Promise<Outcome<{ integration: IntegrationRow }>> {
  const { sql } = deps.database;
  const now = deps.now();
  const seen = await integrationById(sql, input.integrationId);
  if (seen === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
  const asked = patchOf(deps, seen, input, now);
  if (!asked.ok) return asked;
  const { patch } = asked;
  const isOtherApp = APP_FIELDS.some((field) => patch[field] !== undefined);
  // Told before the change: only the app that holds the grant can take it back. Nothing may be locked meanwhile.
  if (isOtherApp) await deps.zoom.tokens.revoke(seen.id);

  const integration = await sql.begin(async (tx) => {
    const before = await lockIntegration(tx, seen.id);
    if (before === null) return null;
    const status = statusAfter(before, patch, isOtherApp);
    const row = await patchIntegration(
      tx,
      seen.id,
      {
        ...patch,
        status,
        ...(isOtherApp && {
          grantedScopes: null,
          connectionCheck: null,
          reauthorizationReason: null,
          authorizedAt: null,
        }),
      },
      now,
    );
    // Nobody asked for those who count from now on.
    if (COUNTING_FIELDS.some((field) => patch[field] === true)) await forgetWhoWasAsked(tx, seen.id);
    if (isOtherApp) await endFlows(tx, seen.id, now);
    if (status === 'DRAFT' && before.status !== 'DRAFT') {
      await failOpenRuns(tx, seen.id, 'The integration was changed and has to be validated again.', now);
    }
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'integration.updated',
        integrationId: seen.id,
        subject: seen.id,
        details: {
          ...changes(before, patch),
          ...(status !== before.status && { status: { from: before.status, to: status } }),
        },
      },
    ]);
    return row;
  });
  if (integration === null)
    return refuse('NOT_FOUND', 'The integration was deleted meanwhile.', ['input', 'integrationId']);
  return { ok: true, integration };
}

/** What really changes: fields left out stay, and so do those that are given the value they have. */
function patchOf(
  { keys }: Deps,
  now: IntegrationRow,
  input: UpdateIntegrationInput,
  at: Date,
): { ok: true; patch: IntegrationPatch } | { ok: false; refusals: Refusal[] } {
  const problems = new Problems();
  const kind = input.kind ?? now.kind;
  const wanted: IntegrationPatch = {
    kind,
    region: input.region ?? now.region,
    includeFreeUsers: input.includeFreeUsers ?? now.includeFreeUsers,
    meetingDetail: input.meetingDetail ?? now.meetingDetail,
    eraseOnDeauthorization: input.eraseDataOnDeauthorization ?? now.eraseOnDeauthorization,
    // Goes with the kind that it is for, unless somebody insists.
    includeOnPremises: input.includeOnPremises ?? (kind === 'TIERED' && now.includeOnPremises),
  };
  checkOnPremises(problems, kind, input.includeOnPremises ?? false);
  if (input.displayName != null) wanted.displayName = problems.text('displayName', input.displayName);
  if (input.tasks != null) wanted.enabledTasks = withLocked(input.tasks);
  if (input.serviceAccountPatterns != null) {
    wanted.serviceAccountPatterns = readServicePatterns(problems, input.serviceAccountPatterns);
  }
  if (input.rateLimitPlan !== undefined) wanted.rateLimitPlan = input.rateLimitPlan;
  if (input.analyzeActivityFrom !== undefined) {
    wanted.analyzeActivityFrom = input.analyzeActivityFrom;
    checkActivityFrom(problems, input.analyzeActivityFrom, at);
  }

  const clientId = input.clientId == null ? input.clientId : checkCredential(problems, 'clientId', input.clientId);
  const secret = input.clientSecret == null ? null : checkCredential(problems, 'clientSecret', input.clientSecret);
  if (clientId === null) {
    if (secret !== null) problems.add('clientSecret', "The vendor's app brings its own secret; leave this out.");
    Object.assign(wanted, { clientId: null, clientSecret: null });
  } else {
    const idAfter = clientId ?? now.clientId;
    if (idAfter === null && secret !== null) problems.add('clientId', 'A client secret needs its client id.');
    if (idAfter !== now.clientId && secret === null)
      problems.add('clientSecret', 'A new client id needs its client secret.');
    else if (input.clientSecret === null && idAfter !== null)
      problems.add('clientSecret', 'A client id needs its client secret.');
    wanted.clientId = idAfter;
    if (secret !== null) wanted.clientSecret = keys.seal(new Secret(secret), `integrations.client_secret:${now.id}`);
  }
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };

  const patch = Object.fromEntries(
    Object.entries(wanted).filter(([field, value]) => !isSame(now[field as keyof IntegrationRow], value)),
  );
  return { ok: true, patch };
}

function statusAfter(before: IntegrationRow, patch: IntegrationPatch, isOtherApp: boolean): IntegrationRow['status'] {
  if (isOtherApp) return 'DRAFT';
  const had = before.enabledTasks.includes('APPLICATION_ACCESS');
  const has = (patch.enabledTasks ?? before.enabledTasks).includes('APPLICATION_ACCESS');
  return had !== has && before.status === 'CONNECTED' ? 'DRAFT' : before.status;
}

/** A secret, and addresses that may be somebody's: of these it is only said that they changed. */
const UNTOLD: ReadonlySet<string> = new Set(['clientSecret', 'serviceAccountPatterns']);

/** Before and after of every changed field. */
function changes(before: IntegrationRow, patch: IntegrationPatch): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(patch).map(([field, to]) => [
      field,
      UNTOLD.has(field) ? 'changed' : { from: before[field as keyof IntegrationRow], to },
    ]),
  );
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}
