import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SignJWT } from 'jose';
import { openApp } from '#src/app.ts';
import { SCOPES } from '#src/caller.ts';
import { readConfig } from '#src/config.ts';
import type { Database } from '#src/db/client.ts';
import { createLogger } from '#src/log.ts';
import { serve } from '#src/processes.ts';
import { CROWD, fillCrowd } from '#test/support/crowd.ts';
import { plansOf, words } from '#test/support/plans.ts';
import { createDatabase } from './house.ts';

const USERS = `query ($id: ID!, $filter: UserFilter, $orderBy: [UserOrder!]) {
  users(integrationId: $id, filter: $filter, orderBy: $orderBy) { totalCount nodes { email displayName department activity { inactiveDays } } } }`;
const FACETS = `query ($id: ID!, $field: UserFacetField!, $filter: UserFilter) {
  usersBy(integrationId: $id, field: $field, filter: $filter) { totalUsers facets { value count active annualCost { amount currency } } } }`;
const SERIES = `query ($id: ID!, $by: SeriesInterval!, $department: String) {
  activitySeries(integrationId: $id, by: $by, department: $department) { start activeUsers } }`;

const by = (field: string, direction = 'ASC') => ({ orderBy: [{ field, direction }] });

/** What is asked: a name, the document and its variables. */
const QUESTIONS: readonly (readonly [string, string, object])[] = [
  ['everybody', USERS, {}],
  ['a department', USERS, { filter: { department: { eq: 'Department 77' } } }],
  [
    'a department, inactive for 60 days',
    USERS,
    { filter: { department: { eq: 'Department 7' }, inactiveDays: { gte: 60 } } },
  ],
  ['departments that contain …', USERS, { filter: { department: { contains: 'ment 39' } } }],
  ['all departments but one', USERS, { filter: { department: { ne: 'Department 77' } } }],
  ['search', USERS, { filter: { search: 'last77' } }],
  ['inactive for 60 days', USERS, { filter: { inactiveDays: { gte: 60 } } }],
  ['never active', USERS, { filter: { neverActive: { eq: true } } }],
  ['a status', USERS, { filter: { status: { eq: 'ACTIVE' } } }],
  ['webinar holders', USERS, { filter: { webinarEnabled: { eq: true } } }],
  ['hosts of more than 30 meetings', USERS, { filter: { meetingsHosted: { gt: 30 } } }],
  ['a group', USERS, { filter: { group: { eq: CROWD.group(40) } } }],
  ['a license', USERS, { filter: { license: { eq: CROWD.license('WEBINAR_500') } } }],
  ['or', USERS, { filter: { or: [{ department: { eq: 'Department 77' } }, { group: { eq: CROWD.group(40) } }] } }],
  ['not', USERS, { filter: { not: { or: [{ status: { eq: 'ACTIVE' } }, { department: { isNull: true } }] } } }],
  ['by last activity', USERS, by('LAST_ACTIVITY_AT')],
  ['by days of inactivity', USERS, by('INACTIVE_DAYS', 'DESC')],
  ['by name', USERS, by('DISPLAY_NAME')],
  ['by meetings hosted', USERS, by('MEETINGS_HOSTED', 'DESC')],
  ...['STATUS', 'DEPARTMENT', 'GROUP', 'SUB_ACCOUNT', 'LICENSE', 'LAST_CLIENT_VERSION'].map(
    (field) => [`facets by ${field}`, FACETS, { field }] as const,
  ),
  ['facets by DEPARTMENT of the inactive', FACETS, { field: 'DEPARTMENT', filter: { inactiveDays: { gte: 60 } } }],
  ['series by day', SERIES, { by: 'DAY' }],
  ['series by month', SERIES, { by: 'MONTH' }],
  ['series by day of a department', SERIES, { by: 'DAY', department: 'Department 7' }],
];

/**
 * How long filters, orders, facets and series take over 100,000 users, asked over HTTP with counts, and by which indexes
 * they are answered. On `BENCH_DATABASE_URL`, in a database of its own, or embedded.
 */
export async function filters(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: 'string', default: '100000' },
      days: { type: 'string', default: '30' },
      rounds: { type: 'string', default: '9' },
    },
  });
  const url = process.env['BENCH_DATABASE_URL'];
  const folder = await mkdtemp(join(tmpdir(), 'zoom-license-bench-'));
  const own = url === undefined ? null : await createDatabase(url);
  const secret = randomBytes(32).toString('base64url');
  const config = readConfig({
    AUTH_JWT_SECRET: secret,
    TOKEN_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...(own !== null && { DATABASE_URL: own.url }),
  });
  const log = createLogger('warn', (line) => process.stderr.write(line));
  const app = await openApp({ ...config, dataDir: folder }, { works: false, log });
  const server = await serve(app.deps);
  try {
    const { database } = app.deps;
    const begun = performance.now();
    await fillCrowd(database, Number(values.users), new Date(), Number(values.days));
    process.stderr.write(`filled in ${Math.round((performance.now() - begun) / 1000)} s\n`);
    const token = await new SignJWT({ scope: SCOPES.join(' ') })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('bench')
      .setExpirationTime('12h')
      .sign(Buffer.from(secret));
    const ask = (query: string, variables: object) => askOverHttp(`${server.address}/graphql`, token, query, variables);
    const answers: Record<string, object> = {};
    // What the machine can do at this moment: the whole table read once, by the same measure.
    answers['the whole table'] = await measure(
      database,
      Number(values.rounds),
      () => database.sql`select count(*) from users where features is not null and registrants = 0`,
    );
    for (const [name, query, variables] of QUESTIONS) {
      answers[name] = await measure(database, Number(values.rounds), () =>
        ask(query, { id: CROWD.integrationId, ...variables }),
      );
      process.stderr.write(`${name}: ${JSON.stringify(answers[name])}\n`);
    }
    return { users: Number(values.users), database: own === null ? 'embedded' : 'postgresql', answers };
  } finally {
    await server.stop();
    await app.close();
    await own?.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Median and best of some rounds in milliseconds, after one that warms up, and how each statement was read. */
async function measure(database: Database, rounds: number, ask: () => Promise<unknown>): Promise<object> {
  const { plans } = await plansOf(database, ask);
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const begun = performance.now();
    await ask();
    times.push(performance.now() - begun);
  }
  times.sort((a, b) => a - b);
  const tenths = (ms: number | undefined) => Math.round((ms ?? 0) * 10) / 10;
  return {
    medianMs: tenths(times[Math.floor(rounds / 2)]),
    bestMs: tenths(times[0]),
    statements: plans.map((plan) =>
      words(plan).filter((word) => /Scan .*(users_(?!long|pkey)|users$|activity_days|assignments)/.test(word)),
    ),
  };
}

async function askOverHttp(url: string, token: string, query: string, variables: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: unknown; errors?: object[] };
  if (answer.errors !== undefined) throw new Error(JSON.stringify(answer.errors));
  return answer.data;
}
