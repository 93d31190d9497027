import { openApp } from '#src/app.ts';
import { readConfig } from '#src/config.ts';
import { createLogger } from '#src/log.ts';
import { serve } from '#src/processes.ts';

/** Our server as `npm run serve` starts it, that says what it has used when its parent asks. */
const log = createLogger('warn', (line) => process.stderr.write(line));
const app = await openApp(readConfig(process.env), { works: false, log });
const { address } = await serve(app.deps);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000, rss: process.memoryUsage().rss });
});
process.send?.({ port: Number(new URL(address).port) });
// A profile is written on the way out.
process.once('SIGTERM', () => process.exit());
