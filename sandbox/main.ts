import { parseArgs } from 'node:util';
import { startSandbox } from './index.ts';
import { leastTreeUsers } from './world/tree.ts';

const USAGE =
  'npm run sandbox -- [--users N] [--seed S] [--host H] [--port P] [--plan FREE|PRO|BUSINESS] [--latency MS] [--sub-accounts N] [--tree-users N] [--no-rate-limits]';

function readOptions() {
  const { values } = parseArgs({
    options: {
      users: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      host: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '4100' },
      plan: { type: 'string', default: 'BUSINESS' },
      latency: { type: 'string', default: '0' },
      'sub-accounts': { type: 'string', default: '3' },
      'tree-users': { type: 'string' },
      'no-rate-limits': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  const problems: string[] = [];
  const whole = (
    name: 'users' | 'seed' | 'port' | 'latency' | 'sub-accounts' | 'tree-users',
    most: number,
    least = 0,
  ): number => {
    const given = values[name] ?? '';
    const value = Number(given);
    if (/^\d+$/.test(given) && value >= least && value <= most) return value;
    problems.push(`--${name} must be a whole number from ${least} to ${most}, not "${given}"`);
    return 0;
  };
  const subAccounts = whole('sub-accounts', 500);
  const options = {
    users: whole('users', 500_000),
    seed: whole('seed', Number.MAX_SAFE_INTEGER),
    host: values.host,
    port: whole('port', 65_535),
    plan: values.plan.toUpperCase() as 'FREE' | 'PRO' | 'BUSINESS',
    latencyMs: whole('latency', 600_000),
    subAccounts,
    // Every account has an owner and somebody who integrates it.
    ...(values['tree-users'] !== undefined && { treeUsers: whole('tree-users', 100_000, leastTreeUsers(subAccounts)) }),
    rateLimits: !values['no-rate-limits'],
  };
  if (!['FREE', 'PRO', 'BUSINESS'].includes(options.plan))
    problems.push(`--plan must be FREE, PRO or BUSINESS, not "${values.plan}"`);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return { ...options, help: values.help };
}

let options: ReturnType<typeof readOptions>;
try {
  options = readOptions();
} catch (error) {
  console.error(`${(error as Error).message}\n\n${USAGE}`);
  process.exit(2);
}
if (options.help) {
  console.log(USAGE);
  process.exit(0);
}

const startedAt = performance.now();
const sandbox = await startSandbox(options).catch((error: NodeJS.ErrnoException) => {
  console.error(
    error.code === 'EADDRINUSE' ? `Port ${options.port} is in use; choose another with --port.` : error.message,
  );
  process.exit(1);
});

const { world } = sandbox;
const usersBelow = world.subAccounts.reduce((sum, account) => sum + account.users.size, 0);
console.log(`
Zoom sandbox at ${sandbox.url} (${Math.round(performance.now() - startedAt)} ms)

  regular account   ${world.regular.name}, ${world.regular.users.size} users, ${world.regular.history.instanceSeries.length} past meetings
  tiered account    ${world.master.name}, ${world.master.users.size} users and ${world.subAccounts.length} sub accounts with ${usersBelow} more
  rate limits       ${options.rateLimits ? options.plan : 'off'}

Point the product at it:

  ZOOM_API_URL=${sandbox.apiUrl}
  ZOOM_OAUTH_URL=${sandbox.oauthUrl}

Apps:
${sandbox.apps.map((app) => `  ${app.account.padEnd(8)} client id ${app.clientId}   client secret ${app.clientSecret}`).join('\n')}

What is true:  ${sandbox.url}/sandbox/truth      What was called:  ${sandbox.url}/sandbox/calls
Ctrl-C stops it.
`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void sandbox.close().then(() => process.exit(0));
  });
}
