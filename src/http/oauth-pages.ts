import type { DeadEnd, SecondLeg } from '../auth/authorization.ts';
import type { IntegrationRow } from '../db/tables/rows.ts';
import { taskSettings } from '../policy/task-scopes.ts';
import type { ResultPage } from './pages.ts';

export interface OauthPage {
  status: number;
  page: ResultPage;
}

const START_AGAIN = 'Go back to where you started and authorize the integration again. You will get a new link.';

const DEAD_ENDS: Readonly<Record<DeadEnd, OauthPage>> = {
  NO_TICKET: bad(400, 'This link is not complete', 'It has lost a part on its way here.', [
    'Copy the whole link, or open it where you got it.',
    START_AGAIN,
  ]),
  UNKNOWN_TICKET: bad(404, 'This link is not known', 'It was changed on its way here, or it is long over.', [
    START_AGAIN,
  ]),
  USED_TICKET: over(
    409,
    'This link was used before',
    'A link to authorize works once, and this one was opened already.',
    ['If Zoom is open in another tab or window, finish there.', `Otherwise: ${START_AGAIN}`],
  ),
  NO_APP: bad(409, 'No Zoom app is set up', 'This integration has no app at Zoom to authorize any more.', [
    'Give the integration a client id and secret of your own, or have the app of its region and kind set up.',
    START_AGAIN,
  ]),
  NO_STATE: bad(
    400,
    'Start from the product',
    'The Zoom app was added from outside, so it is not known which integration it is for. Nothing was connected.',
    ['Open the integration that you want to connect, and choose to authorize it.', 'Then allow the access at Zoom.'],
  ),
  UNKNOWN_STATE: bad(
    403,
    'This answer was not asked for',
    'It does not belong to an authorization that was started here. Nothing was connected.',
    [START_AGAIN],
  ),
  OTHER_BROWSER: bad(
    403,
    'This was started in another browser',
    'An authorization has to end in the browser in which it began. Nothing was connected.',
    ['Finish in the browser in which you started.', `Or: ${START_AGAIN}`],
  ),
  USED_STATE: over(409, 'This was finished before', 'The answer from Zoom has been used already, and works once.', [
    'Look at the integration: it may be connected by now.',
    `If it is not: ${START_AGAIN}`,
  ]),
  SUPERSEDED: over(
    409,
    'A newer authorization was started',
    'This one ended when somebody authorized the same integration again, in another tab or window.',
    ['Finish in the newer tab or window.', `Or: ${START_AGAIN}`],
  ),
  EXPIRED: bad(410, 'This link has expired', 'There are ten minutes to open it, and ten more to come back from Zoom.', [
    START_AGAIN,
  ]),
  GONE: bad(410, 'The integration is gone', 'It was deleted meanwhile. Nothing was connected.', [
    'Create an integration, and authorize it.',
  ]),
};

/** What a browser sees whose authorization ended before anybody was asked for tokens. */
export function deadEndPage(reason: DeadEnd): OauthPage {
  return DEAD_ENDS[reason];
}

/** What a browser sees that came back from Zoom. */
export function resultOf(end: Exclude<SecondLeg, { kind: 'DEAD_END' }>, redirectUrl: string): OauthPage {
  const { integration } = end;
  switch (end.kind) {
    case 'CONNECTED':
      return {
        status: 200,
        page: {
          tone: 'good',
          title: `${integration.displayName} is connected`,
          text: [
            'The connection was checked and works. The first sync has been queued and runs in the background: users come first, then activity, plans and licenses. A large account can take hours.',
            'At its end candidates are looked for. Nothing is taken from anybody before somebody asks for it.',
          ],
          facts: factsOf(integration),
        },
      };
    case 'AUTHORIZED':
      return authorizedPage(integration, end.problem);
    case 'DENIED':
      return {
        status: 200,
        page: {
          tone: 'attention',
          title: 'Access was not allowed',
          text: [`Somebody chose not to allow the access at Zoom. ${integration.displayName} is as it was before.`],
          steps: ['If that was not meant, authorize the integration again and allow the access.'],
        },
      };
    case 'WRONG_ACCOUNT':
      return bad(
        409,
        'That is another Zoom account',
        `${integration.displayName} holds the data of another account than the one you were signed in to. Everything is as it was before, and the new access was given back.`,
        [
          'Sign out of Zoom, sign in with a user of the right account, and authorize again.',
          'To change to the other account for good: deauthorize the integration with its data erased first, or create a new one.',
        ],
      );
    case 'NO_TOKENS':
      return noTokensPage(end, redirectUrl);
  }
}

function authorizedPage(integration: IntegrationRow, problem: string | null): OauthPage {
  const failed = integration.connectionCheck?.checks.filter(({ ok }) => !ok) ?? [];
  const missing = taskSettings(integration)
    .filter(({ enabled, missingScopes }) => enabled && missingScopes.length > 0)
    .map(({ task, missingScopes }) => `${task}: add ${missingScopes.join(', ')}`);
  const steps =
    missing.length > 0
      ? [...missing.map((line) => `${line}.`), 'Add these scopes to the app at Zoom, then authorize again.']
      : ['Validate the integration again, later or when the cause is gone.'];
  return {
    status: 200,
    page: {
      tone: 'attention',
      title: `${integration.displayName} is authorized, but not connected yet`,
      text:
        problem === null
          ? [
              'Zoom gave the access, but the check of the connection did not pass:',
              ...failed.map(({ endpoint, message }) => `${endpoint}: ${message}`),
            ]
          : ['Zoom gave the access, but the connection could not be checked.', problem],
      steps,
      facts: factsOf(integration),
    },
  };
}

function noTokensPage(
  { failure, zoomCode }: Extract<SecondLeg, { kind: 'NO_TOKENS' }>,
  redirectUrl: string,
): OauthPage {
  const code = zoomCode === null ? '' : ` Zoom's code is ${zoomCode}.`;
  const again = 'Then authorize the integration again.';
  switch (failure) {
    case 'CLIENT':
      return bad(502, 'Zoom does not accept the app', `The client id or the client secret is wrong.${code}`, [
        'Copy client id and client secret from the app at Zoom, of the same environment (development or production), into the integration.',
        again,
      ]);
    case 'REDIRECT':
      return bad(502, 'Zoom does not know our address', `The redirect URL of the app is another one.${code}`, [
        `Enter ${redirectUrl} in the app at Zoom, as OAuth Redirect URL and in the OAuth Allow Lists.`,
        again,
      ]);
    case 'CODE':
      return bad(
        502,
        'Zoom did not accept the answer',
        `Its code was used before, or was older than five minutes.${code}`,
        [START_AGAIN],
      );
    case 'APP_DISABLED':
      return bad(502, 'The app is switched off', `Zoom says that the app is disabled.${code}`, [
        "Switch the app on in Zoom's App Marketplace, or ask a Zoom administrator to allow it.",
        again,
      ]);
    case 'UNREACHABLE':
      return bad(502, 'Zoom could not be reached', 'The access could not be fetched. Nothing was connected.', [
        'Wait a moment.',
        START_AGAIN,
      ]);
    case 'BAD_ANSWER':
      return bad(502, 'Zoom answered something else', 'What came was not an access. Nothing was connected.', [
        'Check that the app at Zoom is an admin-managed General app with OAuth.',
        again,
      ]);
    case 'REFUSED':
    case 'ZOOM_ERROR':
      return bad(502, 'Zoom did not give the access', `Nothing was connected.${code}`, [
        "Check the app in Zoom's App Marketplace: is it admin-managed, and may your Zoom role add it?",
        again,
      ]);
  }
}

/** What a browser sees when we failed ourselves. */
export const OUR_FAILURE: OauthPage = bad(
  500,
  'Something went wrong here',
  'It is not your fault, and it was logged.',
  ['Wait a moment.', START_AGAIN],
);

function factsOf(integration: IntegrationRow): [string, string][] {
  return [
    ['Integration', integration.displayName],
    ...(integration.zoomAccountId === null ? [] : [['Zoom account', integration.zoomAccountId] as [string, string]]),
    ...(integration.authorizedEmail === null
      ? []
      : [['Authorized by', integration.authorizedEmail] as [string, string]]),
  ];
}

/** For what may have ended well elsewhere: nothing is said about the connection. */
function over(status: number, title: string, text: string, steps: string[]): OauthPage {
  return { status, page: { tone: 'attention', label: 'Over', title, text: [text], steps } };
}

function bad(status: number, title: string, text: string, steps: string[]): OauthPage {
  return { status, page: { tone: 'bad', title, text: [text], steps } };
}
