/** Where a PostgreSQL listens; a `host` that starts with `/` is the folder of a Unix socket. */
export interface ConnectionOptions {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** `null`: no TLS. */
  ssl: boolean | 'require' | null;
}

/** Reads `postgres://user:password@host:port/database?sslmode=require`. */
export function parseDatabaseUrl(text: string): ConnectionOptions {
  const url = new URL(text);
  const sslMode = url.searchParams.get('sslmode');
  return {
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname || '127.0.0.1'),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username || 'postgres'),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1) || 'postgres'),
    ssl:
      sslMode === null || sslMode === 'disable' || sslMode === 'prefer'
        ? null
        : sslMode === 'require'
          ? 'require'
          : true,
  };
}
