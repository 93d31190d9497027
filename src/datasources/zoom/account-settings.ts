import { z } from 'zod';
import { ENDPOINTS } from './endpoints.ts';
import { asIdentity, kept, name, text } from './payloads.ts';
import type { ZoomClient } from './client.ts';

const lockSettings = z.record(z.string(), z.unknown()).transform(kept);

/** Kept as it came. */
export type LockSettingsPayload = z.infer<typeof lockSettings>;

const managedDomains = z.object({
  domains: z.array(z.object({ domain: name, status: text })),
});

export type ManagedDomainsPayload = z.infer<typeof managedDomains>;

const trustedDomains = z.object({ trusted_domains: z.array(z.string().superRefine(asIdentity)) });

export type TrustedDomainsPayload = z.infer<typeof trustedDomains>;

/**
 * Which settings the account's admins keep users from changing.
 *
 * GET /accounts/{accountId}/lock_settings · Medium · account:read:admin or account:read:lock_settings:master
 */
export function getLockSettings(zoom: ZoomClient, accountId = 'me'): Promise<LockSettingsPayload> {
  return zoom.call({ endpoint: ENDPOINTS.getLockSettings, params: { accountId }, schema: lockSettings });
}

/**
 * Domains whose users the account may manage.
 *
 * GET /accounts/{accountId}/managed_domains · Light · account:read:admin or account:read:managed_domains:master
 */
export function getManagedDomains(zoom: ZoomClient, accountId = 'me'): Promise<ManagedDomainsPayload> {
  return zoom.call({ endpoint: ENDPOINTS.getManagedDomains, params: { accountId }, schema: managedDomains });
}

/**
 * Domains that the account trusts.
 *
 * GET /accounts/{accountId}/trusted_domains · Light · account:read:admin or account:read:trusted_domains:master
 */
export function getTrustedDomains(zoom: ZoomClient, accountId = 'me'): Promise<TrustedDomainsPayload> {
  return zoom.call({ endpoint: ENDPOINTS.getTrustedDomains, params: { accountId }, schema: trustedDomains });
}
