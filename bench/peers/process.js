/**
 * What every server that is measured has in common: where the database is, and answers about its own CPU. The peers are
 * JavaScript, as their packages are no part of the project, and so nothing here is type checked.
 */
export const DATABASE_URL = process.env.DATABASE_URL;
export const CONNECTIONS = 8;

/** Says where it listens, and from then on what it has used, when asked. */
export function ready(port) {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send({ cpuMs: (user + system) / 1000, rss: process.memoryUsage().rss });
  });
  process.send({ port });
}
