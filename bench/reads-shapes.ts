import { CROWD } from '#test/support/crowd.ts';

/** What is asked of every server, each in its own words; `key` is what differs from request to request. */
export type ShapeName = 'list' | 'entities100' | 'entities1000' | 'one' | 'summary';
export type PeerName = 'ours' | 'resolvers' | 'mercurius' | 'postgraphile' | 'floor';

/** One request: where to, and what. */
export interface Ask {
  path: string;
  body: object | readonly unknown[];
}

/** Who is asked about: a row to begin behind (for PostGraphile in its own cursor), and people. */
export interface Key {
  after: { email: string; id: string };
  ourCursor: string;
  peerCursor: string | null;
  emails: readonly string[];
}

const integrationId = CROWD.integrationId;
const head = (key: Key, shape: ShapeName) => key.emails.slice(0, shape === 'entities1000' ? 1000 : 100);

const OURS = {
  user: 'id email displayName status department activity { lastActivityAt meetingsHosted } licenses { uniqueId name }',
  meetings: 'meetings(first: 5) { nodes { id topic startTime durationMinutes participantCount } }',
};
const ours: Record<ShapeName, (key: Key) => object> = {
  list: ({ ourCursor }) => ({
    query: `query List($id: ID!, $after: String) { users(integrationId: $id, first: 100, after: $after) { nodes { ${OURS.user} ${OURS.meetings} } } }`,
    variables: { id: integrationId, after: ourCursor },
  }),
  entities100: (key) => entities(key, 'entities100'),
  entities1000: (key) => entities(key, 'entities1000'),
  one: ({ emails }) => ({
    query: `query One($email: String!) { user(email: $email) { ${OURS.user} ${OURS.meetings} } }`,
    variables: { email: emails[0] },
  }),
  summary: () => ({
    query:
      'query Summary($id: ID!) { licenses(integrationId: $id) { uniqueId name category assigned active neverActive } }',
    variables: { id: integrationId },
  }),
};
function entities(key: Key, shape: ShapeName) {
  return {
    query: `query Entities($r: [_Any!]!) { _entities(representations: $r) { ... on User { __typename ${OURS.user} } } }`,
    variables: { r: head(key, shape).map((email) => ({ __typename: 'User', email })) },
  };
}

const MERCURIUS = {
  user: OURS.user,
  meetings: 'meetings(first: 5) { id topic startTime durationMinutes participantCount }',
};
const mercurius: Record<ShapeName, (key: Key) => object> = {
  list: ({ after }) => ({
    query: `query List($id: ID!, $email: String!, $user: String!) { users(integrationId: $id, first: 100, afterEmail: $email, afterId: $user) { ${MERCURIUS.user} ${MERCURIUS.meetings} } }`,
    variables: { id: integrationId, email: after.email, user: after.id },
  }),
  entities100: (key) => byEmails(key, 'entities100'),
  entities1000: (key) => byEmails(key, 'entities1000'),
  one: ({ emails }) => ({
    query: `query One($email: String!) { user(email: $email) { ${MERCURIUS.user} ${MERCURIUS.meetings} } }`,
    variables: { email: emails[0] },
  }),
  summary: ours.summary,
};
function byEmails(key: Key, shape: ShapeName) {
  return {
    query: `query Entities($emails: [String!]!) { usersByEmails(emails: $emails) { ${MERCURIUS.user} } }`,
    variables: { emails: head(key, shape) },
  };
}

const POSTGRAPHILE = {
  user: 'rowId email displayName status department lastActivityAt meetingsHosted holdingsByUserId { nodes { licenseByLicenseId { uniqueId name } } }',
  meetings:
    'meetingsByHostUserId(first: 5, orderBy: [START_TIME_DESC, ROW_ID_DESC]) { nodes { rowId topic startTime durationMinutes participantCount } }',
};
const postgraphile: Record<ShapeName, (key: Key) => object> = {
  list: ({ peerCursor }) => ({
    query: `query List($id: String!, $after: Cursor) { allPeople(condition: { integrationId: $id }, orderBy: [EMAIL_ASC, ROW_ID_ASC], first: 100, after: $after) { nodes { ${POSTGRAPHILE.user} ${POSTGRAPHILE.meetings} } } }`,
    variables: { id: integrationId, after: peerCursor },
  }),
  entities100: (key) => peopleByEmails(key, 'entities100'),
  entities1000: (key) => peopleByEmails(key, 'entities1000'),
  one: ({ emails }) => ({
    query: `query One($emails: [String]!) { peopleByEmails(emails: $emails, first: 1) { nodes { ${POSTGRAPHILE.user} ${POSTGRAPHILE.meetings} } } }`,
    variables: { emails: emails.slice(0, 1) },
  }),
  summary: () => ({
    query:
      'query Summary($id: String!) { summary(integration: $id) { nodes { uniqueId name category assigned active neverActive } } }',
    variables: { id: integrationId },
  }),
};
function peopleByEmails(key: Key, shape: ShapeName) {
  return {
    query: `query Entities($emails: [String]!) { peopleByEmails(emails: $emails) { nodes { ${POSTGRAPHILE.user} } } }`,
    variables: { emails: head(key, shape) },
  };
}

const floor: Record<ShapeName, (key: Key) => Ask> = {
  list: ({ after }) => ({ path: '/list', body: [integrationId, after.email, after.id] }),
  entities100: (key) => ({ path: '/entities', body: [head(key, 'entities100')] }),
  entities1000: (key) => ({ path: '/entities', body: [head(key, 'entities1000')] }),
  one: ({ emails }) => ({ path: '/one', body: [emails[0]] }),
  summary: () => ({ path: '/summary', body: [integrationId] }),
};

const graphql = (write: Record<ShapeName, (key: Key) => object>) => (shape: ShapeName, key: Key) => ({
  path: '/graphql',
  body: write[shape](key),
});

/** The request of a server for a shape. */
export const ASKS: Readonly<Record<PeerName, (shape: ShapeName, key: Key) => Ask>> = {
  ours: graphql(ours),
  resolvers: graphql(ours),
  mercurius: graphql(mercurius),
  postgraphile: graphql(postgraphile),
  floor: (shape, key) => floor[shape](key),
};

/** The names of PostGraphile's cursors, page by page. */
export const PEER_PAGES =
  'query ($id: String!, $after: Cursor, $every: Int!) { allPeople(condition: { integrationId: $id }, orderBy: [EMAIL_ASC, ROW_ID_ASC], first: $every, after: $after) { pageInfo { endCursor } } }';
