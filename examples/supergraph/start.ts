import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { composeSupergraph } from './compose.ts';
import { startFinance } from './finance/subgraph.ts';
import { startApolloGateway } from './gateways/apollo.ts';
import { startHiveGateway } from './gateways/hive.ts';
import { readPeople, startHr } from './hr/subgraph.ts';

/**
 * Starts the demo, HR and finance, and a gateway in front of the three. `--gateway apollo` takes Apollo's, `hive` (or
 * nothing) Hive Gateway; `--port` says where it listens. Ctrl-C stops everything. The demo answers everybody unless
 * `ROUTER_SECRET` says otherwise, so that its own explorer works too; HR and finance answer the gateway only.
 */
const { values } = parseArgs({
  options: { gateway: { type: 'string', default: 'hive' }, port: { type: 'string', default: '4010' } },
});
if (values.gateway !== 'hive' && values.gateway !== 'apollo') {
  throw new Error(`There is no gateway called ${values.gateway}; take hive or apollo.`);
}
const isApollo = values.gateway === 'apollo';
const secret = () => randomBytes(32).toString('base64url');
const trust = {
  jwtSecret: process.env['AUTH_JWT_SECRET'] ?? secret(),
  routerSecret: process.env['ROUTER_SECRET'] ?? secret(),
};
const port = process.env['PORT'] ?? '4000';

const hr = await startHr(trust, readPeople());
const finance = await startFinance(trust);
const supergraph = composeSupergraph(
  { zoom: `http://127.0.0.1:${port}/graphql`, hr: hr.url, finance: finance.url },
  { policies: !isApollo },
);
const options = { routerSecret: trust.routerSecret, port: Number(values.port) };
const gateway = await (isApollo ? startApolloGateway : startHiveGateway)(supergraph, options);

// Ctrl-C reaches the demo as well: it stops by itself, and takes the others with it.
const demo = spawn(process.execPath, [new URL('../../src/demo.ts', import.meta.url).pathname], {
  env: { ...process.env, PORT: port, AUTH_JWT_SECRET: trust.jwtSecret },
  stdio: ['inherit', 'pipe', 'inherit'],
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void demo.kill(signal));
demo.on('exit', (code) => {
  void Promise.allSettled([gateway.close(), hr.close(), finance.close()]).then(() => process.exit(code ?? 0));
});

for await (const line of createInterface({ input: demo.stdout })) {
  console.log(line);
  if (!line.startsWith('Ready after')) continue;
  console.log(`
Supergraph ${gateway.url}   (${isApollo ? "Apollo's gateway" : 'Hive Gateway, with an explorer'}; takes the token above)
HR         ${hr.url}
Finance    ${finance.url}

Queries worth trying stand in examples/supergraph/queries, for example who left and still holds a license:

   { employees(status: LEFT) { name leftAt user { email licenses { name contract { purchaseOrder } }
       annualCost { amount currency } reclamationCandidates(first: 5) { nodes { id reason status } } } } }
`);
}
