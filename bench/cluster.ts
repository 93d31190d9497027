import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import postgres from 'postgres';
import { startSandbox, type Sandbox, type SandboxOptions } from '#sandbox/index.ts';
import { parseDatabaseUrl } from '#src/db/client.ts';
import { start, type Spawned } from '#test/support/processes.ts';
import { asker, connect, createDatabase, type BenchHouse } from './house.ts';

/** A server or a worker, as a process of its own. */
export interface Member {
  kind: 'server' | 'worker';
  process: Spawned;
  /** Where a server listens; empty for workers. */
  address: string;
}

/** Several servers and workers on one PostgreSQL, beside a sandbox in this process. */
export interface Cluster {
  sandbox: Sandbox;
  secret: string;
  members: Member[];
  /** A look into the database, past the product. */
  sql: postgres.Sql;
  env: Record<string, string>;
  /** Starts one more, of the code in `root` when it is given; resolves when it serves or works. */
  add(kind: Member['kind'], root?: string): Promise<Member>;
  /** Ends one, and waits for it. @returns its exit code. */
  end(member: Member, signal: NodeJS.Signals): Promise<number | null>;
  /** Asks whichever server answers; fails when none does for half a minute. */
  ask: BenchHouse['ask'];
  connect(profile?: object, app?: number): Promise<string>;
  close(): Promise<void>;
}

export interface ClusterOptions {
  servers: number;
  workers: number;
  sandbox: SandboxOptions;
  env?: Record<string, string>;
  /** Another address of the same database for the members, for example a proxy's. */
  through?: (databaseUrl: string) => string;
}

/** The PostgreSQL that benchmarks of several processes need. */
export function serverUrl(): string {
  const url = process.env['BENCH_DATABASE_URL'];
  if (url === undefined) throw new Error('Name a PostgreSQL server in BENCH_DATABASE_URL: embedded is one process.');
  return url;
}

/** Opens a database, a sandbox and the processes, one after the other. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const database = await createDatabase(serverUrl());
  const sandbox = await startSandbox(options.sandbox);
  const secret = randomBytes(32).toString('base64url');
  const env = {
    DATABASE_URL: options.through?.(database.url) ?? database.url,
    AUTH_JWT_SECRET: secret,
    TOKEN_KEYS: `bench:${randomBytes(32).toString('base64')}`,
    ZOOM_API_URL: sandbox.apiUrl,
    ZOOM_OAUTH_URL: sandbox.oauthUrl,
    PORT: '0',
    LOG_LEVEL: 'info',
    ...options.env,
  };
  const sql = postgres({ ...parseDatabaseUrl(database.url), ssl: false, max: 2, onnotice: () => undefined });
  const members: Member[] = [];

  const cluster: Cluster = {
    sandbox,
    secret,
    members,
    sql,
    env,
    async add(kind, root) {
      const process = start(`${kind}.ts`, { env, ...(root !== undefined && { root }) });
      const member: Member = { kind, process, address: '' };
      members.push(member);
      const said = await process.says(
        kind === 'server' ? /"address":"([^"]+)".*"msg":"serving"/ : /"msg":"working"/,
        120_000,
      );
      member.address = said[1] ?? '';
      return member;
    },
    async end(member, signal) {
      members.splice(members.indexOf(member), 1);
      return member.process.kill(signal);
    },
    async ask<T>(query: string, variables?: object): Promise<T> {
      for (let attempt = 0; ; attempt += 1) {
        const servers = members.filter(({ address }) => address !== '');
        const server = servers[attempt % Math.max(1, servers.length)];
        try {
          if (server === undefined) throw new Error('No server is up.');
          return await (
            await asker(server.address, secret)
          )<T>(query, variables);
        } catch (error) {
          if (attempt === 60) throw error;
          await sleep(500);
        }
      }
    },
    async connect(profile = {}, app = 0) {
      const server = members.find(({ address }) => address !== '');
      const own = sandbox.apps[app];
      if (server === undefined || own === undefined) throw new Error('Nothing to connect by.');
      return connect(await asker(server.address, secret), server.address, own, profile);
    },
    async close() {
      await Promise.all(members.splice(0).map(({ process }) => process.kill('SIGKILL')));
      await sql.end({ timeout: 1 });
      await sandbox.close();
      await database.drop();
    },
  };
  try {
    for (let n = 0; n < options.servers; n += 1) await cluster.add('server');
    for (let n = 0; n < options.workers; n += 1) await cluster.add('worker');
    return cluster;
  } catch (error) {
    await cluster.close();
    throw error;
  }
}

/** Small and fast, and the same for the same seed. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** The most calls of each label within any second, by the sandbox's clock. */
export function densestSeconds(calls: Sandbox['calls']): Record<string, number> {
  const densest: Record<string, number> = {};
  for (const [label, list] of Map.groupBy(calls, (call) => call.label)) {
    if (label === null) continue;
    const times = list.map(({ at }) => at).sort((a, b) => a - b);
    let start = 0;
    for (const [end, at] of times.entries()) {
      while (at - (times[start] ?? 0) >= 1000) start += 1;
      densest[label] = Math.max(densest[label] ?? 0, end - start + 1);
    }
  }
  return densest;
}

/** Waits until no run of any integration waits or works. @returns false when it took too long. */
export async function idle(cluster: Cluster, ms = 15 * 60_000): Promise<boolean> {
  for (const until = Date.now() + ms; Date.now() < until; await sleep(250)) {
    const [row] = await cluster.sql<{ open: number }[]>`
      select count(*) filter (where status in ('QUEUED', 'RUNNING'))::int as open from job_runs`;
    if (row?.open === 0) return true;
  }
  return false;
}
