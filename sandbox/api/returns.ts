import { logOperation, setType } from './changes.ts';
import { remember, tellUpdate } from './happenings.ts';
import { accountOf, recordLogin } from '../world/place.ts';
import type { WebhookBody } from '../webhooks.ts';
import type { SandboxUser, World } from '../world/model.ts';

/** Ways in which a license comes to a user without the API. `emit` tells receivers of webhooks. */
export interface Stage {
  world: World;
  emit: (body: WebhookBody) => void;
}

/** Somebody signs in. By single sign-on, Zoom applies what the SAML response mapping says, as at every such sign-in. */
export function signIn({ world, emit }: Stage, user: SandboxUser): void {
  const now = world.now();
  recordLogin(user, now);
  if (user.ssoType === null || !user.loginTypes.includes(101)) return;
  const before = remember(user);
  setType(accountOf(world, user.id), user, user.ssoType);
  tellUpdate({ now, emit }, user, before);
}

/** An administrator gives somebody another type on Zoom's pages: the operation log and the webhook say who. */
export function changeType({ world, emit }: Stage, user: SandboxUser, type: number, operator: SandboxUser): void {
  const now = world.now();
  const account = accountOf(world, user.id);
  const before = remember(user);
  setType(account, user, type);
  logOperation(account, now, operator, 'user', 'Update', `Update user ${user.email} - type: ${type}`);
  tellUpdate({ now, emit, caller: operator }, user, before);
}
