import type { Config, VendorApp } from '../config.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';

type AppChoice = Pick<IntegrationRow, 'clientId' | 'region' | 'kind'>;

/** The vendor's app for an integration that brings none of its own; null when it does, or when there is none. */
export function vendorAppOf(config: Pick<Config, 'zoomApps'>, integration: AppChoice): VendorApp | null {
  return integration.clientId === null ? (config.zoomApps[integration.region]?.[integration.kind] ?? null) : null;
}

/** Client id of the app in use; null when there is none yet. */
export function clientIdInUse(config: Pick<Config, 'zoomApps'>, integration: AppChoice): string | null {
  return integration.clientId ?? vendorAppOf(config, integration)?.clientId ?? null;
}

/** The address to enter in the Zoom app, as redirect URL and in its allow list. */
export function redirectUrl(config: Pick<Config, 'publicUrl'>): string {
  return `${config.publicUrl}/oauth/zoom/callback`;
}

/** How an authorization ended, for whoever asked for it. */
export type AuthorizationOutcome = 'connected' | 'denied' | 'failed';

const LOCAL_HOSTS: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * May a browser be sent there after an authorization? Anywhere by https; by http only where nothing leaves the machine
 * or the host that we are reached by. Whoever may say where has already been trusted with integrations; this keeps
 * scripts, other schemes and credentials in the address out.
 */
export function isReturnUrl(text: string, config: Pick<Config, 'publicUrl'>): boolean {
  if (text.length > 2000 || !URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.username !== '' || url.password !== '') return false;
  if (url.protocol === 'https:') return true;
  if (url.protocol !== 'http:') return false;
  return LOCAL_HOSTS.has(url.hostname) || url.host === new URL(config.publicUrl).host;
}

/** The return address with the outcome added to its query; what it brings itself stays as it is written. */
export function returnAddress(returnUrl: string, integrationId: string, outcome: AuthorizationOutcome): string {
  const url = new URL(returnUrl);
  const added = new URLSearchParams({ integrationId, outcome }).toString();
  url.search = url.search === '' ? added : `${url.search}&${added}`;
  return url.href;
}
