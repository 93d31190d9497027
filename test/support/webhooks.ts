import { signingHeaders } from '#sandbox/webhooks.ts';

export {
  appDeauthorized,
  ended,
  participantsJoined,
  urlValidation,
  userActivated,
  userCreated,
  userDeactivated,
  userDeleted,
  userDisassociated,
  userInvitationAccepted,
  userSettingsUpdated,
  userSignedIn,
  userSignedOut,
  userUpdated,
  validationAnswer,
  webhookBody,
} from '#sandbox/webhooks.ts';

/**
 * A webhook as Zoom sends one: the body as text, and the headers that prove it. A text is signed as it is; `at` (ms) is
 * when it is sent, by default now.
 */
export function signedWebhook(
  secretToken: string,
  body: unknown,
  { at = Date.now() }: { at?: number } = {},
): { headers: Record<string, string>; body: string } {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { headers: signingHeaders(secretToken, text, at), body: text };
}
