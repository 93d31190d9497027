import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { SignJWT } from 'jose';
import { Pool } from 'undici';
import { SCOPES } from '#src/caller.ts';
import { encodeCursor } from '#src/datasources/store/keyset.ts';
import { openPool, parseDatabaseUrl, type Database } from '#src/db/client.ts';
import { migrateDatabase } from '#src/db/migrate.ts';
import { usersOf } from '#src/datasources/store/users.ts';
import type { UserRow } from '#src/db/tables/rows.ts';
import { CROWD, fillCrowd, fillMeetings } from '#test/support/crowd.ts';
import { createDatabase } from './house.ts';
import { ASKS, PEER_PAGES, type Ask, type Key, type PeerName, type ShapeName } from './reads-shapes.ts';

const SHAPES: readonly ShapeName[] = ['list', 'entities100', 'entities1000', 'one', 'summary'];
const PEERS: readonly PeerName[] = ['floor', 'ours', 'resolvers', 'mercurius', 'postgraphile'];
const CONNECTIONS = 8;
const KEYS = 40;

interface Peer {
  name: PeerName;
  child: ChildProcess;
  pool: Pool;
  headers: Record<string, string>;
}

/** One round of one server with one shape. */
interface Round {
  /** CPU of its process for a request, in ms. */
  cpuMs: number;
  perSecond: number;
  p50: number;
  p99: number;
}

/**
 * The same reads of the same rows by us, by our resolvers alone, by PostGraphile, by Mercurius with graphql-jit, and by a
 * route with one hand-written statement: CPU of each server's process for a request, throughput and tail, in rounds that take
 * turns. On `BENCH_DATABASE_URL`.
 */
export async function reads(args: string[]): Promise<object> {
  const { values } = parseArgs({
    args,
    options: {
      users: { type: 'string', default: '100000' },
      meetings: { type: 'string', default: '10' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '2' },
      shapes: { type: 'string', default: SHAPES.join() },
      peers: { type: 'string', default: PEERS.join() },
      profile: { type: 'string' },
    },
  });
  const url = process.env['BENCH_DATABASE_URL'];
  if (url === undefined) throw new Error('Set BENCH_DATABASE_URL: several servers share the database.');
  installPeers();
  const own = await createDatabase(url);
  const children: ChildProcess[] = [];
  try {
    await migrateDatabase(parseDatabaseUrl(own.url));
    const database = openPool(parseDatabaseUrl(own.url));
    const begun = performance.now();
    await fillCrowd(database, Number(values.users), new Date());
    await fillMeetings(database, Number(values.meetings), new Date());
    process.stderr.write(`filled in ${Math.round((performance.now() - begun) / 1000)} s\n`);
    const peers = await startPeers(values.peers.split(',') as PeerName[], own.url, children, values.profile);
    const keys = await keysIn(
      database,
      peers.find(({ name }) => name === 'postgraphile'),
    );
    await database.close();
    const answers: Record<string, object> = {};
    for (const shape of values.shapes.split(',') as ShapeName[]) {
      answers[shape] = await compare(peers, shape, keys, Number(values.rounds), Number(values.seconds) * 1000);
      process.stderr.write(`${shape}: ${JSON.stringify(answers[shape], null, 1)}\n`);
    }
    for (const { pool } of peers) await pool.close();
    return { users: Number(values.users), meetings: Number(values.users) * Number(values.meetings), answers };
  } finally {
    for (const child of children) {
      if (child.exitCode !== null) continue;
      child.kill();
      await once(child, 'exit');
    }
    await own.drop();
  }
}

/** The peers are no part of the project: they have a lock of their own, and are installed when they are wanted. */
function installPeers(): void {
  const folder = fileURLToPath(new URL('peers/', import.meta.url));
  if (existsSync(`${folder}node_modules`)) return;
  execFileSync('npm', ['ci', '--no-fund', '--no-audit'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function startPeers(
  names: readonly PeerName[],
  databaseUrl: string,
  children: ChildProcess[],
  profile: string | undefined,
): Promise<Peer[]> {
  const secret = randomBytes(32).toString('base64url');
  const token = await new SignJWT({ scope: SCOPES.join(' ') })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject('bench')
    .setExpirationTime('12h')
    .sign(Buffer.from(secret));
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    AUTH_JWT_SECRET: secret,
    TOKEN_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    PORT: '0',
    LOG_LEVEL: 'warn',
  };
  const peers: Peer[] = [];
  for (const name of names) {
    const isOurs = name === 'ours' || name === 'resolvers';
    const file = isOurs ? './reads-server.ts' : `./peers/${name}.js`;
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      ...(isOurs && profile !== undefined && { execArgv: ['--cpu-prof', `--cpu-prof-dir=${profile}`] }),
    });
    children.push(child);
    const { port } = await told<{ port: number }>(child);
    peers.push({
      name,
      child,
      pool: new Pool(`http://127.0.0.1:${port}`, { connections: CONNECTIONS, headersTimeout: 60_000 }),
      headers: {
        'content-type': 'application/json',
        ...(isOurs && { authorization: `Bearer ${token}` }),
        // Asks for a trace that nobody gives, which takes the way through the resolvers.
        ...(name === 'resolvers' && { 'apollo-federation-include-trace': 'ftv1' }),
      },
    });
  }
  return peers;
}

function told<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = (code: number | null) => reject(new Error(`A server ended with ${code}.`));
    child.once('exit', fail);
    child.once('message', (message) => {
      child.off('exit', fail);
      resolve(message as T);
    });
  });
}

function usage({ child }: Peer): Promise<{ cpuMs: number; rss: number }> {
  const answer = told<{ cpuMs: number; rss: number }>(child);
  child.send('usage');
  return answer;
}

/** Places all over the list, and people all over the company. */
async function keysIn({ sql }: Database, postgraphile: Peer | undefined): Promise<Key[]> {
  const rows = await sql<UserRow[]>`
    select id, email from users where integration_id = ${CROWD.integrationId} and removed_at is null order by email, id`;
  const every = Math.floor(rows.length / (KEYS + 1));
  const { order, terms } = usersOf('integration', {}, new Date());
  const cursors: (string | null)[] = [null];
  while (postgraphile !== undefined && cursors.length <= KEYS) {
    const variables = { id: CROWD.integrationId, after: cursors.at(-1), every };
    const text = await ask(postgraphile, { path: '/graphql', body: { query: PEER_PAGES, variables } });
    const answer = JSON.parse(text) as { data: { allPeople: { pageInfo: { endCursor: string } } } };
    cursors.push(answer.data.allPeople.pageInfo.endCursor);
  }
  return Array.from({ length: KEYS }, (_, index) => {
    const row = rows[(index + 1) * every - 1]!;
    return {
      after: row,
      ourCursor: encodeCursor(order, terms(new Date()), row),
      peerCursor: cursors[index + 1] ?? null,
      emails: Array.from({ length: 1000 }, (__, n) => rows[(index * 7919 + n * 97) % rows.length]!.email),
    };
  });
}

async function ask(peer: Peer, { path, body }: Ask): Promise<string> {
  const { pool, headers, name } = peer;
  const response = await pool.request({ path, method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.body.text();
  if (response.statusCode !== 200 || text.includes('"errors"')) {
    throw new Error(`${name} ${path}: ${response.statusCode} ${text.slice(0, 500)}`);
  }
  return text;
}

async function compare(peers: readonly Peer[], shape: ShapeName, keys: readonly Key[], rounds: number, ms: number) {
  const texts: Partial<Record<PeerName, number>> = {};
  for (const peer of peers) {
    const text = await ask(peer, ASKS[peer.name](shape, keys[1]!));
    // Everybody has to tell of as many things: a name, or a license, for each.
    texts[peer.name] = text.split(/"uniqueId"/).length + text.split(/"topic"/).length;
    await round(peer, shape, keys, ms);
  }
  if (new Set(Object.values(texts)).size > 1) throw new Error(`${shape}: answers differ: ${JSON.stringify(texts)}`);
  const found = new Map<PeerName, Round[]>(peers.map(({ name }) => [name, []]));
  for (let turn = 0; turn < rounds; turn += 1) {
    for (const peer of peers) found.get(peer.name)!.push(await round(peer, shape, keys, ms));
  }
  const floor = found.has('floor') ? middle(found.get('floor')!.map(({ cpuMs }) => cpuMs)) : NaN;
  return Object.fromEntries(
    [...found].map(([name, list]) => {
      const of = (field: keyof Round) => Math.round(middle(list.map((one) => one[field])) * 1000) / 1000;
      return [
        name,
        {
          cpuOfFloor: Math.round((of('cpuMs') / floor) * 100) / 100,
          cpuMs: of('cpuMs'),
          perSecond: of('perSecond'),
          p50: of('p50'),
          p99: of('p99'),
        },
      ];
    }),
  );
}

function middle(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;
}

/** Asks over eight connections for a while. */
async function round(peer: Peer, shape: ShapeName, keys: readonly Key[], ms: number): Promise<Round> {
  const asks = keys.map((key) => ASKS[peer.name](shape, key));
  const before = await usage(peer);
  const begun = performance.now();
  const times: number[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() - begun < ms) {
        const from = performance.now();
        next += 1;
        await ask(peer, asks[next % asks.length]!);
        times.push(performance.now() - from);
      }
    }),
  );
  const took = performance.now() - begun;
  const after = await usage(peer);
  times.sort((a, b) => a - b);
  const at = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? NaN;
  return {
    cpuMs: (after.cpuMs - before.cpuMs) / times.length,
    perSecond: (times.length / took) * 1000,
    p50: at(0.5),
    p99: at(0.99),
  };
}
