/** The least that an answer costs: a route that runs one statement, written by hand, and sends the JSON on. */
import fastify from 'fastify';
import postgres from 'postgres';
import { CONNECTIONS, DATABASE_URL, ready } from './process.js';

const sql = postgres(DATABASE_URL, { max: CONNECTIONS, onnotice: () => undefined });
const at = (column) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const name = 'coalesce(l.entered_name, l.name)';
const activity = `json_build_object('lastActivityAt', ${at('u.last_activity_at')}, 'meetingsHosted', u.meetings_hosted) as activity`;
const licenses = `(select coalesce(json_agg(json_build_object('uniqueId', l.unique_id, 'name', ${name}) order by l.category = 'BASE' desc, l.name, l.id), '[]')
  from license_assignments h join licenses l on l.id = h.license_id where h.user_id = u.id) as licenses`;
const meetings = `(select coalesce(json_agg(m), '[]') from (select m.id, m.topic, ${at('m.start_time')} as "startTime", m.duration_minutes as "durationMinutes", m.participant_count as "participantCount"
  from meetings m where m.host_user_id = u.id order by m.start_time desc, m.id desc limit 5) m) as meetings`;
const user = 'u.id, u.email, u.display_name as "displayName", u.status, u.department';

const STATEMENTS = {
  list: `select json_agg(r)::text as data from (select ${user}, ${activity}, ${licenses}, ${meetings} from users u
    where u.integration_id = $1 and u.removed_at is null and not u.is_long and (u.email, u.id) > ($2, $3) order by u.email, u.id limit 100) r`,
  entities: `select json_agg(r.j order by k.ord)::text as data from unnest($1::text[]) with ordinality k(email, ord)
    left join lateral (select (select row_to_json(x) from (select ${user}, ${activity}, ${licenses}) x) as j from users u where u.email = k.email limit 1) r on true`,
  one: `select row_to_json(r)::text as data from (select ${user}, ${activity}, ${licenses}, ${meetings} from users u where u.email = $1 limit 1) r`,
  summary: `select json_agg(r)::text as data from (select l.unique_id as "uniqueId", ${name} as name, l.category, c.* from licenses l
    left join lateral (select count(*)::int as assigned, count(*) filter (where u.last_activity_at > now() - interval '63 days')::int as active,
      count(*) filter (where u.last_activity_at is null)::int as "neverActive"
      from license_assignments h join users u on u.id = h.user_id and u.removed_at is null where h.license_id = l.id) c on true
    where l.integration_id = $1 order by l.category = 'BASE' desc, l.name, l.id) r`,
};

const server = fastify({ bodyLimit: 10_000_000 });
server.post('/:shape', async ({ params: { shape }, body }, reply) => {
  const [row] = await sql.unsafe(STATEMENTS[shape], body, { prepare: true });
  return reply.type('application/json; charset=utf-8').send(row.data);
});
const address = await server.listen({ port: 0, host: '127.0.0.1' });
ready(Number(new URL(address).port));
