import type { Config } from '../../config.ts';
import type { KeyRing } from '../../db/sealing.ts';
import { AppError } from '../../errors.ts';
import type { Secret } from '../../secret.ts';
import type { Integration } from '../store/grants.ts';
import type { ClientCredentials } from './token-endpoint.ts';

/** The OAuth client that speaks for an integration: its own, or the vendor's app of its region and kind. */
export function clientCredentials(
  { config, keys }: { config: Config; keys: KeyRing },
  integration: Pick<Integration, 'id' | 'region' | 'kind' | 'clientId' | 'clientSecret'>,
): ClientCredentials {
  const { id, region, kind, clientId, clientSecret } = integration;
  if (clientId !== null) {
    if (clientSecret === null) throw new AppError('INTERNAL', 'The integration has a client id but no client secret.');
    return { clientId, clientSecret: openSecret(keys, clientSecret, `integrations.client_secret:${id}`) };
  }
  const app = config.zoomApps[region]?.[kind];
  if (app === undefined) {
    throw new AppError('INTERNAL', `No Zoom app is configured for ${kind} integrations in ${region}, see ZOOM_APPS.`);
  }
  return { clientId: app.clientId, clientSecret: app.clientSecret };
}

/** Opens a stored secret; that one doesn't open is told without its value. */
export function openSecret(keys: KeyRing, sealed: string, context: string): Secret {
  try {
    return keys.open(sealed, context);
  } catch (cause) {
    throw new AppError('INTERNAL', 'A stored secret does not open: its key is missing, or it was tampered with.', {
      cause,
    });
  }
}
