import type { Caller } from '../caller.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { lockIntegration } from '../datasources/store/integrations.ts';
import {
  deleteMapping,
  holdersByAccount,
  licensesByUniqueIds,
  mappingsOf,
  nameLicense,
  unrecognizedSubscriptions,
} from '../datasources/store/license-mappings.ts';
import { lockRosters } from '../datasources/store/roster-order.ts';
import type { Deps } from '../deps.ts';
import { licenseWords } from '../policy/license-names.ts';
import type { UnmapUnrecognizedSubscriptionInput } from '../schema.generated.ts';
import { followersOf, type MappingOutcome } from './map-subscription.ts';
import { refuse } from './outcome.ts';
import { recomputeHolders } from './recompute-holders.ts';

/** Takes back what was said of an identifier: in the same transaction its holders hold the unknown license again. */
export async function unmapUnrecognizedSubscription(
  deps: Deps,
  caller: Caller,
  input: UnmapUnrecognizedSubscriptionInput,
): Promise<MappingOutcome> {
  const now = deps.now();
  const identifier = input.identifier.trim();
  const field = ['input', 'identifier'];
  return deps.database.sql.begin(async (tx): Promise<MappingOutcome> => {
    const integration = await lockIntegration(tx, input.integrationId);
    if (integration === null) return refuse('NOT_FOUND', 'There is no such integration.', ['input', 'integrationId']);
    // Whoever becomes a holder meanwhile is told by webhooks: those wait.
    await lockRosters(tx, integration.id);
    const mapped = await mappingsOf(tx, integration.id);
    const before = mapped.get(identifier);
    if (before === undefined) return refuse('NOT_FOUND', 'Nobody has said what this identifier stands for.', field);
    const followers = followersOf(mapped, identifier);
    if (followers.length > 0) {
      const message = `${followers.join(', ')} stand for the license of this identifier. Unmap those first.`;
      return refuse('INVALID', message, field);
    }
    const accounts = await holdersByAccount(tx, integration.id, identifier);
    await deleteMapping(tx, integration.id, identifier);
    if (before === identifier) {
      const { name } = licenseWords(identifier);
      await nameLicense(tx, { integrationId: integration.id, uniqueId: identifier, name, autoPopulated: true }, now);
    }
    await recomputeHolders(tx, integration.id, accounts, now);
    await recordAudit(tx, [
      {
        at: now,
        actor: caller.sub,
        action: 'subscription.unmapped',
        integrationId: integration.id,
        subject: identifier,
        details: { from: before },
      },
    ]);
    const list = await unrecognizedSubscriptions(tx, integration.id);
    const isHeld = accounts.some(({ userIds }) => userIds.length > 0);
    const licenses = isHeld ? await licensesByUniqueIds(tx, integration.id, [identifier]) : new Map();
    return {
      ok: true,
      subscription: list.find((one) => one.identifier === identifier) ?? null,
      license: licenses.get(identifier) ?? null,
    };
  });
}
