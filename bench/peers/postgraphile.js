/** PostGraphile 5 over the same tables, told by comments what belongs together, on its own Fastify server. */
import fastify from 'fastify';
import postgres from 'postgres';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/fastify/v4';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { CONNECTIONS, DATABASE_URL, ready } from './process.js';

// A schema of its own with nothing but what is asked for: views over the tables, and functions for what has no other way in.
const sql = postgres(DATABASE_URL, { max: 1, onnotice: () => undefined });
await sql.unsafe(`
  drop schema if exists peer cascade; create schema peer;
  create view peer.people as select * from users where removed_at is null and not is_long;
  comment on view peer.people is E'@primaryKey id';
  create view peer.licenses as select id, integration_id, unique_id, coalesce(entered_name, name) as name, category from licenses;
  comment on view peer.licenses is E'@primaryKey id';
  create view peer.holdings as select user_id, license_id from license_assignments;
  comment on view peer.holdings is E'@primaryKey user_id,license_id\\n@foreignKey (user_id) references people (id)\\n@foreignKey (license_id) references licenses (id)';
  create view peer.meetings as select id, host_user_id, topic, start_time, duration_minutes, participant_count from meetings;
  comment on view peer.meetings is E'@primaryKey id\\n@foreignKey (host_user_id) references people (id)';
  create function peer.people_by_emails(emails text[]) returns setof peer.people language sql stable as
    $$ select p.* from unnest(emails) with ordinality k(email, place) join peer.people p on p.email = k.email order by k.place $$;
  create function peer.summary(integration text) returns table (unique_id text, name text, category text, assigned int, active int, never_active int)
    language sql stable as $$ select l.unique_id, l.name, l.category, c.* from peer.licenses l left join lateral (
      select count(*)::int, count(*) filter (where u.last_activity_at > now() - interval '63 days')::int, count(*) filter (where u.last_activity_at is null)::int
      from license_assignments h join users u on u.id = h.user_id and u.removed_at is null where h.license_id = l.id) c on true
    where l.integration_id = integration order by l.category = 'BASE' desc, l.name, l.id $$;
`);
await sql.end();

const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: DATABASE_URL, schemas: ['peer'], poolConfig: { max: CONNECTIONS } })],
  grafserv: { graphqlPath: '/graphql', websockets: false, graphiql: false, watch: false, maxRequestLength: 10_000_000 },
  grafast: { explain: false },
});
const server = fastify({ bodyLimit: 10_000_000 });
await pgl.createServ(grafserv).addTo(server);
const address = await server.listen({ port: 0, host: '127.0.0.1' });
if (process.env.PRINT_SCHEMA) {
  const { printSchema } = await import('graphql');
  console.log(printSchema(await pgl.getSchema()));
}
if (process.send) ready(Number(new URL(address).port));
