import { say, type Ask } from './ask.ts';

/** An account of the sandbox that the demo connects. */
export interface DemoAccount {
  /** What its lines begin with. */
  title: string;
  displayName: string;
  kind: 'REGULAR' | 'TIERED';
}

interface Browser {
  /** Where our own server listens. */
  address: string;
  /** Allows the app at Zoom, and says where the browser is sent then. */
  consent(authorizationUrl: string): Promise<string>;
}

/** Finds or creates the integration of an account, authorizes it through the real OAuth flow, and gives its id. */
export async function connect(
  ask: Ask,
  { title, displayName, kind }: DemoAccount,
  { address, consent }: Browser,
): Promise<string> {
  const { integrations } = await ask<{ integrations: { id: string; displayName: string }[] }>(
    '{ integrations { id displayName } }',
  );
  let id = integrations.find((integration) => integration.displayName === displayName)?.id;
  if (id === undefined) {
    const { createIntegration } = await ask<{ createIntegration: { integration: { id: string } } }>(
      `mutation ($input: CreateIntegrationInput!) { createIntegration(input: $input) { integration { id } userErrors { message } } }`,
      { input: { displayName, kind, region: 'NA', rateLimitPlan: 'BUSINESS' } },
    );
    id = createIntegration.integration.id;
    say(`${title}: created an integration. Authorizing it at the sandbox: consent page, code, tokens …`);
  } else {
    say(
      `${title}: found the integration of an earlier start. The sandbox forgot its tokens, so it is authorized once more …`,
    );
  }
  const { authorizeIntegration } = await ask<{
    authorizeIntegration: { authorizationUrl: string | null; userErrors: { message: string }[] };
  }>(
    `mutation ($input: AuthorizeIntegrationInput!) {
      authorizeIntegration(input: $input) { authorizationUrl userErrors { message } }
    }`,
    { input: { integrationId: id } },
  );
  const url = authorizeIntegration.authorizationUrl;
  if (url === null) throw new Error(authorizeIntegration.userErrors.map((error) => error.message).join('\n'));
  // What a person's browser does: our leg, Zoom's consent, our callback.
  const local = (to: string) => `${address}${new URL(to).pathname}${new URL(to).search}`;
  const toZoom = await fetch(local(url), { redirect: 'manual' });
  const callback = await consent(toZoom.headers.get('location') ?? '');
  const cookie = toZoom.headers.get('set-cookie')?.split(';')[0];
  const page = await fetch(local(callback), { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });
  if (!page.ok) throw new Error(`The authorization of ${title} ended with HTTP ${page.status}.`);
  return id;
}
