/** Mercurius with graphql-jit, loaders and statements written by hand. */
import fastify from 'fastify';
import mercurius from 'mercurius';
import postgres from 'postgres';
import { CONNECTIONS, DATABASE_URL, ready } from './process.js';

const sql = postgres(DATABASE_URL, { max: CONNECTIONS, onnotice: () => undefined });
const run = (text, values) => sql.unsafe(text, values, { prepare: true });

const schema = `
  type Query {
    users(integrationId: ID!, first: Int!, afterEmail: String!, afterId: String!): [User!]!
    usersByEmails(emails: [String!]!): [User]!
    user(email: String!): User
    licenses(integrationId: ID!): [License!]!
  }
  type User { id: ID! email: String! displayName: String status: String! department: String activity: Activity! licenses: [License!]! meetings(first: Int!): [Meeting!]! }
  type Activity { lastActivityAt: String meetingsHosted: Int! }
  type License { uniqueId: String! name: String! category: String! assigned: Int! active: Int! neverActive: Int! }
  type Meeting { id: ID! topic: String startTime: String! durationMinutes: Int participantCount: Int }`;

const USER = `u.id, u.email, u.display_name as "displayName", u.status, u.department, u.last_activity_at as "lastActivityAt", u.meetings_hosted as "meetingsHosted"`;
const NAME = 'coalesce(l.entered_name, l.name)';
const COUNTS = `select h.license_id as id, count(*)::int as assigned, count(*) filter (where u.last_activity_at > now() - interval '63 days')::int as active,
  count(*) filter (where u.last_activity_at is null)::int as "neverActive"
  from license_assignments h join users u on u.id = h.user_id and u.removed_at is null where h.license_id = any($1) group by 1`;

const resolvers = {
  Query: {
    users: (_, { integrationId, first, afterEmail, afterId }) =>
      run(
        `select ${USER} from users u where u.integration_id = $1 and u.removed_at is null and not u.is_long
         and (u.email, u.id) > ($2, $3) order by u.email, u.id limit $4`,
        [integrationId, afterEmail, afterId, first],
      ),
    usersByEmails: async (_, { emails }) => {
      const rows = await run(`select ${USER} from users u where u.email = any($1)`, [emails]);
      const byEmail = new Map(rows.map((row) => [row.email, row]));
      return emails.map((email) => byEmail.get(email) ?? null);
    },
    user: async (_, { email }) =>
      (await run(`select ${USER} from users u where u.email = $1 limit 1`, [email]))[0] ?? null,
    licenses: async (_, { integrationId }) => {
      const rows = await run(
        `select l.id, l.unique_id as "uniqueId", ${NAME} as name, l.category from licenses l where l.integration_id = $1
         order by l.category = 'BASE' desc, l.name, l.id`,
        [integrationId],
      );
      const counts = await run(COUNTS, [rows.map(({ id }) => id)]);
      const byId = new Map(counts.map((row) => [row.id, row]));
      return rows.map((row) => ({ assigned: 0, active: 0, neverActive: 0, ...row, ...byId.get(row.id) }));
    },
  },
  User: { activity: (user) => user },
  Activity: { lastActivityAt: ({ lastActivityAt }) => lastActivityAt?.toISOString() ?? null },
  Meeting: { startTime: ({ startTime }) => startTime.toISOString() },
};
const byKey = (queries, rows) => {
  const lists = new Map(queries.map(({ obj }) => [obj.id, []]));
  for (const row of rows) lists.get(row.key).push(row);
  return queries.map(({ obj }) => lists.get(obj.id));
};
const loaders = {
  User: {
    licenses: async (queries) =>
      byKey(
        queries,
        await run(
          `select h.user_id as key, l.unique_id as "uniqueId", ${NAME} as name, l.category from license_assignments h
           join licenses l on l.id = h.license_id where h.user_id = any($1) order by l.category = 'BASE' desc, l.name, l.id`,
          [queries.map(({ obj }) => obj.id)],
        ),
      ),
    meetings: async (queries) =>
      byKey(
        queries,
        await run(
          `select k.key, m.* from unnest($1::text[]) k(key) cross join lateral (select m.id, m.topic, m.start_time as "startTime",
           m.duration_minutes as "durationMinutes", m.participant_count as "participantCount" from meetings m
           where m.host_user_id = k.key order by m.start_time desc, m.id desc limit $2) m`,
          [queries.map(({ obj }) => obj.id), queries[0].params.first],
        ),
      ),
  },
};

const server = fastify({ bodyLimit: 10_000_000 });
server.register(mercurius, { schema, resolvers, loaders, jit: 1, cache: false });
const address = await server.listen({ port: 0, host: '127.0.0.1' });
ready(Number(new URL(address).port));
