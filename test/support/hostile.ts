/** One request that nobody honest sends. */
export interface Hostile {
  name: string;
  method: 'GET' | 'POST';
  url: string;
  headers: Record<string, string>;
  payload?: string;
  /** What the answer has to say about it. */
  says: RegExp;
}

const many = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => make(index)).join(' ');

function posted(name: string, says: RegExp, payload: string, headers: Record<string, string> = {}): Hostile {
  return {
    name,
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
    says,
  };
}

const asked = (name: string, says: RegExp, query: string, variables?: unknown) =>
  posted(name, says, JSON.stringify({ query, variables }));

/** JSON that is nested without being long. */
const nested = (depth: number, open: string, close: string, inner = 'null') =>
  `${open.repeat(depth)}${inner}${close.repeat(depth)}`;

const reference = { __typename: 'User', id: 'usr_1' };
const ENTITIES = 'query ($a: [_Any!]!) { _entities(representations: $a) { __typename } }';
const FILTERED = 'query ($filter: UserFilter) { users(filter: $filter) { totalCount } }';

/** Everything that is tried against the endpoint in one go: each must be refused before anything of it runs. */
export function hostileRequests(): Hostile[] {
  return [
    asked('4,100 tokens', /token/i, `{ ${many(4_100, () => '__typename')} }`),
    asked('a million letters of one name', /letters/, `{ ${'a'.repeat(1_000_000)} }`),
    asked('a megabyte of comments', /letters/, `{ a ${'#\n'.repeat(320_000)} }`),
    asked('2,000 braces', /nested|syntax|token/i, `${'{a'.repeat(1_990)}${'}'.repeat(1_990)}`),
    asked('1,900 lists in a literal', /nested|Cannot query field/, `{ a(b: ${nested(1_900, '[', ']', '1')}) }`),
    asked(
      'depth 23',
      /nested deeper/,
      `{ users { nodes { ${'licenses { users { nodes { '.repeat(7)} id ${'} } } '.repeat(7)} } } }`,
    ),
    asked(
      'depth 32 through fragments',
      /nested deeper/,
      `{ users { nodes { ...F0 } } } ${many(10, (i) => `fragment F${i} on User { licenses { users { nodes { ...F${i + 1} } } } }`)} fragment F10 on User { id }`,
    ),
    asked('61 aliases', /aliases/, `{ integrations { ${many(61, (i) => `a${i}: id`)} } }`),
    asked(
      '64 aliases through fragments',
      /aliases/,
      `{ integrations { ${many(8, (i) => `f${i}: account { ...A }`)} } } fragment A on Account { ${many(8, (i) => `a${i}: id`)} }`,
    ),
    asked('21 root fields', /root fields/, `{ ${many(21, (i) => `a${i}: integrations { id }`)} }`),
    asked(
      'the same field 1,000 times, each with a selection',
      /same thing/,
      `{ integrations { ${many(990, () => 'account{id}')} } }`,
    ),
    asked('the same field 3,900 times', /same thing/, `{ integrations { ${many(3_900, () => 'id')} } }`),
    asked(
      '20 mutations',
      /one mutation/,
      `mutation { ${many(20, (i) => `m${i}: deleteExclusion(input: { exclusionId: "1" }) { userErrors { code } }`)} }`,
    ),
    asked(
      'two mutations, one in a fragment',
      /one mutation/,
      `mutation { ...M deleteExclusion(input: { exclusionId: "1" }) { userErrors { code } } } fragment M on Mutation { b: deleteExclusion(input: { exclusionId: "2" }) { userErrors { code } } }`,
    ),
    asked('1,300 directives', /directives/, `{ integrations { id ${many(640, () => '@a @skip')} } }`),
    asked('51 directives on fields', /directives/, `{ integrations { ${many(17, (i) => `a${i}: id @a @b @c`)} } }`),
    asked(
      'a fragment that contains itself',
      /contains itself/,
      '{ integrations { ...A } } fragment A on Integration { ...A }',
    ),
    asked(
      'a circle of 50 fragments',
      /contains itself/,
      `{ integrations { ...F0 } } ${many(50, (i) => `fragment F${i} on Integration { ...F${(i + 1) % 50} }`)}`,
    ),
    asked(
      'fragments that double 60 times',
      /fields/,
      `{ integrations { ...F0 } } ${many(60, (i) => `fragment F${i} on Integration { ...F${i + 1} ...F${i + 1} }`)} fragment F60 on Integration { id displayName }`,
    ),
    asked(
      '400 fragments side by side',
      /fragments/,
      `{ integrations { ${many(400, (i) => `...F${i}`)} } } ${many(400, (i) => `fragment F${i} on Integration { id }`)}`,
    ),
    asked('1,001 representations', /representations/, ENTITIES, { a: Array.from({ length: 1_001 }, () => reference) }),
    asked(
      '1,200 representations in two lists',
      /representations/,
      'query ($a: [_Any!]!) { x: _entities(representations: $a) { __typename } y: _entities(representations: $a) { __typename } }',
      { a: Array.from({ length: 600 }, () => reference) },
    ),
    asked('20,000 representations', /values/, ENTITIES, { a: Array.from({ length: 20_000 }, () => reference) }),
    asked(
      'pages of 500 in pages of 500 in pages of 500',
      /may cost/,
      '{ users(first: 500) { nodes { meetings(first: 500) { nodes { participants(first: 500) { nodes { name } } } } } } }',
    ),
    asked(
      'the same in variables and fragments',
      /may cost/,
      'query ($n: Int = 500) { users(first: $n) { edges { node { ...U } } } } fragment U on User { meetings(first: $n) { nodes { participants(first: $n) { totalCount nodes { name } } } } }',
    ),
    asked(
      'circles of introspection',
      /introspection|may cost/i,
      `{ __schema { types { ${'fields { type { '.repeat(6)} name ${'} } '.repeat(6)} } } }`,
    ),
    asked(
      'introspection 50 times',
      /may cost/,
      `{ __schema { ${many(50, (i) => `a${i}: types { fields { type { fields { name } } } }`)} } }`,
    ),
    posted(
      'a filter nested 5,000 times',
      /nested/,
      `{"query":"${FILTERED}","variables":{"filter":${nested(5_000, '{"not":', '}')}}}`,
    ),
    posted(
      'variables nested 200,000 times',
      /nested/,
      `{"query":"${FILTERED}","variables":{"filter":${nested(200_000, '[', ']')}}}`,
    ),
    asked('a list of 200,000 ids', /values/, FILTERED, {
      filter: { department: { in: Array.from({ length: 100_000 }, () => 'a') } },
    }),
    asked('10 MB of variables', /too large/, FILTERED, { filter: { search: 'x'.repeat(10_000_000) } }),
    posted('a batch of 100', /batch|array|body/i, JSON.stringify(Array(100).fill({ query: '{ __typename }' }))),
    posted('a batch of 10,000', /batch|array|values/i, JSON.stringify(Array(10_000).fill({ query: '{ __typename }' }))),
    asked('half a character', /half a character/, FILTERED, { filter: { search: 'a\ud800b' } }),
    asked('half a character in an id', /half a character/, ENTITIES, { a: [{ ...reference, id: '\udc00' }] }),
    asked('half a character in a name', /half a character/, ENTITIES, { a: [{ ...reference, '\ud800': 1 }] }),
    posted('a prototype', /prototype|JSON|body/i, '{"query":"{ __typename }","__proto__":{"isAdmin":true}}'),
    posted('half of a JSON', /JSON|body/i, '{"query":"{ __type'),
    posted('nothing', /body|empty/i, ''),
    posted('a text', /body|query|JSON/i, '"{ __typename }"'),
    posted('a null', /body|query/i, 'null'),
    posted('another media type', /media type/i, '<query/>', { 'content-type': 'application/xml' }),
    posted('a form', /media type/i, 'query={__typename}', { 'content-type': 'application/x-www-form-urlencoded' }),
    posted('no operation', /never used/i, JSON.stringify({ query: 'fragment A on User { id }' })),
    posted('two operations', /operation/i, JSON.stringify({ query: 'query A { __typename } query B { __typename }' })),
    asked('a field that is almost there', /Cannot query field/, '{ users { nodes { emails } } }'),
    asked('no GraphQL', /syntax/i, 'select * from users'),
    asked('a subscription', /event-stream/, 'subscription { jobRunProgress(integrationId: "1") { id } }'),
    {
      name: 'a mutation by GET',
      method: 'GET',
      url: `/graphql?query=${encodeURIComponent('mutation { deleteExclusion(input: { exclusionId: "1" }) { userErrors { code } } }')}`,
      headers: {},
      says: /GET/,
    },
    {
      name: 'a fragment that contains itself, by GET',
      method: 'GET',
      url: `/graphql?query=${encodeURIComponent('{ integrations { ...A } } fragment A on Integration { ...A }')}`,
      headers: {},
      says: /contains itself/,
    },
  ];
}
