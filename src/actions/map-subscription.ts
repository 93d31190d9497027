import type { Caller } from '../caller.ts';
import { addLicenses, type LicenseEntry } from '../datasources/store/assignments.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { lockLicense } from '../datasources/store/entitlements.ts';
import { lockIntegration } from '../datasources/store/integrations.ts';
import {
  holdersByAccount,
  licensesByUniqueIds,
  mappingsOf,
  nameLicense,
  saveMapping,
  unrecognizedSubscriptions,
  type UnrecognizedSubscriptionRow,
} from '../datasources/store/license-mappings.ts';
import { licensesOfIntegration } from '../datasources/store/licenses.ts';
import { lockRosters } from '../datasources/store/roster-order.ts';
import type { SqlOrTx } from '../datasources/store/writes.ts';
import type { LicenseRow } from '../db/tables/rows.ts';
import type { Deps } from '../deps.ts';
import { licenseWords } from '../policy/license-names.ts';
import { subscriptionOf, unrecognizedPlans } from '../policy/subscription-identifiers.ts';
import type { MapUnrecognizedSubscriptionInput } from '../schema.generated.ts';
import { refuse, type Outcome } from './outcome.ts';
import { Problems } from './problems.ts';
import { recomputeHolders } from './recompute-holders.ts';

export type MappingOutcome = Outcome<{
  subscription: UnrecognizedSubscriptionRow | null;
  license: LicenseRow | null;
}>;

const IDENTIFIER = ['input', 'identifier'];

/**
 * Says which license an identifier stands for that nobody knows: an existing one of the integration, or one of its own with
 * a name. In the same transaction its holders get that license in the place of the unknown one, and a plan's seats are
 * counted for it.
 */
export async function mapUnrecognizedSubscription(
  deps: Deps,
  caller: Caller,
  input: MapUnrecognizedSubscriptionInput,
): Promise<MappingOutcome> {
  const now = deps.now();
  const identifier = input.identifier.trim();
  return deps.database.sql.begin(async (tx): Promise<MappingOutcome> => {
    const integration = await lockIntegration(tx, input.integrationId);
    if (integration === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
    // Whoever becomes a holder meanwhile is told by webhooks: those wait.
    await lockRosters(tx, integration.id);
    const list = await unrecognizedSubscriptions(tx, integration.id);
    const unheld = whyNotHeld(list, identifier);
    if (unheld !== null) return unheld;
    const mapped = await mappingsOf(tx, integration.id);
    const target = await readTarget(tx, { ...input, identifier, mapped });
    if (!target.ok) return target;
    const { license: entry } = target;
    const isOwn = entry.uniqueId === identifier;
    const followers = followersOf(mapped, identifier);
    if (!isOwn && followers.length > 0) {
      const message = `${followers.join(', ')} stand for the license of this identifier. Map those first.`;
      return refuse('INVALID', message, IDENTIFIER);
    }

    const before = mapped.get(identifier) ?? null;
    const accounts = await holdersByAccount(tx, integration.id, identifier);
    await saveMapping(
      tx,
      { integrationId: integration.id, identifier, uniqueId: entry.uniqueId, createdBy: caller.sub },
      now,
    );
    for (const { accountId, userIds, planUsage } of accounts) {
      if (userIds.length === 0 && !unrecognizedPlans(planUsage).has(identifier)) continue;
      await addLicenses(tx, { integrationId: integration.id, accountId }, [entry], now);
    }
    const ours = { integrationId: integration.id, uniqueId: identifier };
    if (input.licenseName != null) {
      await nameLicense(tx, { ...ours, name: entry.name, autoPopulated: false }, now);
    } else if (before === identifier && !isOwn) {
      await nameLicense(tx, { ...ours, name: licenseWords(identifier).name, autoPopulated: true }, now);
    }
    await recomputeHolders(tx, integration.id, accounts, now);
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'subscription.mapped',
        integrationId: integration.id,
        subject: identifier,
        details: { from: before, to: entry.uniqueId, name: entry.name },
      },
    ]);
    const subscription = (await unrecognizedSubscriptions(tx, integration.id)).find(
      (one) => one.identifier === identifier,
    );
    const license =
      input.licenseId == null
        ? (await licensesByUniqueIds(tx, integration.id, [identifier])).get(identifier)
        : await lockLicense(tx, input.licenseId);
    return { ok: true, subscription: subscription ?? null, license: license ?? null };
  });
}

/** Identifiers that were mapped to the license of another one. */
export function followersOf(mapped: ReadonlyMap<string, string>, identifier: string): string[] {
  return [...mapped].flatMap(([other, uniqueId]) => (uniqueId === identifier && other !== identifier ? [other] : []));
}

function whyNotHeld(list: readonly UnrecognizedSubscriptionRow[], identifier: string) {
  const found = list.find((one) => one.identifier === identifier);
  const isHeld = found !== undefined && (found.source === 'PLAN_USAGE' || (found.users ?? 0) > 0);
  if (isHeld) return null;
  return subscriptionOf(identifier) === null
    ? refuse('INVALID', 'This is not the identifier of an unrecognized subscription.', IDENTIFIER)
    : refuse('NOT_FOUND', `Nobody holds ${identifier} in this integration, and no plan is called so.`, IDENTIFIER);
}

/** The license that an identifier is to stand for, or what is wrong with it. */
async function readTarget(
  tx: SqlOrTx,
  {
    integrationId,
    identifier,
    licenseId,
    licenseName,
    mapped,
  }: MapUnrecognizedSubscriptionInput & { mapped: ReadonlyMap<string, string> },
): Promise<Outcome<{ license: LicenseEntry }>> {
  if ((licenseId == null) === (licenseName == null)) {
    const message = 'Say which license it stands for: an existing one by its id, or a new one by its name, not both.';
    return refuse('INVALID', message, ['input', licenseId == null ? 'licenseId' : 'licenseName']);
  }
  if (licenseId != null) {
    const license = await lockLicense(tx, licenseId);
    const field = ['input', 'licenseId'];
    if (license === null || license.integrationId !== integrationId) {
      return refuse('NOT_FOUND', 'There is no such license in this integration.', field);
    }
    const { uniqueId } = license;
    if (subscriptionOf(uniqueId) !== null && mapped.get(uniqueId) !== uniqueId) {
      return refuse(
        'INVALID',
        'That license is an unrecognized one itself. Give it a name first, with licenseName.',
        field,
      );
    }
    return { ok: true, license };
  }
  const problems = new Problems();
  const name = problems.text('licenseName', licenseName ?? '');
  const namesakes = (await licensesOfIntegration(tx, integrationId)).filter(
    (license) => license.uniqueId !== identifier && license.name.toLowerCase() === name.toLowerCase(),
  );
  if (namesakes.length > 0)
    problems.add('licenseName', 'There is a license of this name already; choose it by its id.');
  if (problems.refusals.length > 0) return { ok: false, refusals: problems.refusals };
  return { ok: true, license: { ...licenseWords(identifier), name } };
}
