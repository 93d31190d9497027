import { addTreeControl } from './control-tree.ts';
import { remember, tellUpdate } from './api/happenings.ts';
import { changeType, signIn } from './api/returns.ts';
import { escape, page } from './oauth/pages.ts';
import { userActivated, userDeactivated } from './webhooks.ts';
import { summaryOf } from './world/seats.ts';
import type { FastifyInstance } from 'fastify';
import type { Faults } from './faults.ts';
import type { Fault, SandboxApp, SandboxCall } from './types.ts';
import type { WebhookSender } from './webhook-sender.ts';
import type { Account, SandboxUser, World } from './world/model.ts';
import type { Truth } from './world/truth.ts';

export interface Control {
  world: World;
  calls: SandboxCall[];
  faults: Faults;
  truth: (accountId?: string, since?: number) => Truth;
  apps: SandboxApp[];
  plan: string;
  webhooks: WebhookSender;
}

/** The strings behind the stage, for processes that are not the one that started the sandbox. None of this is Zoom's. */
export function addControl(app: FastifyInstance, control: Control): void {
  const { world, calls, faults, webhooks } = control;

  app.get('/', (_request, reply) => {
    const { html, headers } = welcome(control);
    return reply.headers(headers).send(html);
  });

  app.get('/sandbox/world', () => ({
    seed: world.seed,
    plan: control.plan,
    accounts: [...world.accounts.values()].map(describe),
  }));

  app.get<{ Querystring: { account?: string; since?: string } }>('/sandbox/truth', (request, reply) => {
    const { account, since } = request.query;
    if (account && !world.accounts.has(account)) return reply.code(404).send({ message: `no account ${account}` });
    return control.truth(account, since ? Date.parse(since) : undefined);
  });

  addTreeControl(app, world, read);

  app.get('/sandbox/calls', () => calls);
  app.delete('/sandbox/calls', (_request, reply) => {
    calls.length = 0;
    return reply.code(204).send();
  });

  app.post('/sandbox/faults', (request, reply) => {
    const fault = read(request.body) as unknown as Fault;
    if (!fault.match || !fault.action) return reply.code(400).send({ message: 'a fault needs match and action' });
    // JSON knows neither expressions nor infinity.
    const path = fault.match.path;
    const match =
      typeof path === 'string' && path.startsWith('^') ? { ...fault.match, path: new RegExp(path) } : fault.match;
    const times = (fault.times as unknown) === 'Infinity' || (fault.times as unknown) === -1 ? Infinity : fault.times;
    faults.add({ ...fault, match, ...(times !== undefined && { times }) });
    return reply.code(204).send();
  });
  app.delete('/sandbox/faults', (_request, reply) => {
    faults.clear();
    return reply.code(204).send();
  });

  app.get('/sandbox/webhooks', () => ({ url: webhooks.receiver?.url ?? null, sent: webhooks.sent }));
  app.post('/sandbox/webhooks', (request, reply) => {
    const { url, secretToken } = read(request.body);
    if (typeof url !== 'string' || !URL.canParse(url) || typeof secretToken !== 'string' || secretToken === '')
      return reply.code(400).send({ message: 'webhooks need url and secretToken' });
    webhooks.receiver = { url, secretToken };
    return reply.code(204).send();
  });
  app.delete('/sandbox/webhooks', (_request, reply) => {
    webhooks.receiver = null;
    return reply.code(204).send();
  });

  app.post<{ Params: { id: string } }>('/sandbox/users/:id/sign-in', (request, reply) => {
    const user = find(world, request.params.id);
    if (!user) return reply.code(404).send({ message: `no user ${request.params.id}` });
    signIn({ world, emit: (body) => webhooks.emit(body) }, user);
    return user;
  });
  app.post<{ Params: { id: string } }>('/sandbox/users/:id/type', (request, reply) => {
    const { type, operator } = read(request.body);
    const [user, by] = [find(world, request.params.id), find(world, String(operator))];
    if (!user || !by || typeof type !== 'number')
      return reply.code(400).send({ message: 'another type needs a user, `type` and an `operator` of the world' });
    changeType({ world, emit: (body) => webhooks.emit(body) }, user, type, by);
    return user;
  });
  app.post<{ Params: { id: string } }>('/sandbox/users/:id', (request, reply) => {
    const { id } = request.params;
    for (const account of world.accounts.values()) {
      const user = account.users.get(id) ?? account.usersByEmail.get(id.toLowerCase());
      if (!user) continue;
      const {
        id: _id,
        index: _index,
        accountId: _accountId,
        hosted: _hosted,
        joined: _joined,
        scheduled: _scheduled,
        ...patch
      } = read(request.body);
      const [before, wasStatus] = [remember(user), user.status];
      account.usersByEmail.delete(user.email.toLowerCase());
      Object.assign(user, patch);
      account.usersByEmail.set(user.email.toLowerCase(), user);
      const at = world.now();
      if (user.status !== wasStatus && user.status !== 'pending') {
        webhooks.emit((user.status === 'active' ? userActivated : userDeactivated)(user, { at }));
      }
      tellUpdate({ now: at, emit: (body) => webhooks.emit(body) }, user, before);
      return user;
    }
    return reply.code(404).send({ message: `no user ${id}` });
  });
}

function find(world: World, id: string): SandboxUser | undefined {
  for (const account of world.accounts.values()) {
    const user = account.users.get(id) ?? account.usersByEmail.get(id.toLowerCase());
    if (user) return user;
  }
  return undefined;
}

function read(body: unknown): Record<string, unknown> {
  return typeof body === 'string' && body ? (JSON.parse(body) as Record<string, unknown>) : {};
}

function describe(account: Account) {
  return {
    id: account.id,
    name: account.name,
    kind: account.kind,
    ownerEmail: account.users.get(account.ownerId)?.email,
    integrationUser: account.users.get(account.integrationUserId)?.email,
    summary: summaryOf([...account.users.values()]),
    meetingsHeld: account.history.instanceSeries.length,
    plans: account.plans,
  };
}

function welcome({ world, apps, plan }: Control) {
  const accounts = [...world.accounts.values()]
    .map(
      (account) =>
        `<li>${escape(account.name)} (${account.kind.toLowerCase()}): ${account.users.size} users<code>${account.id}</code></li>`,
    )
    .join('\n');
  const clients = apps.map((app) => `<li>${escape(app.name)}<code>${escape(app.clientId)}</code></li>`).join('\n');
  return page(
    'Zoom sandbox',
    `<h1>A Zoom to develop against</h1>
<p>It plays OAuth at <strong>/oauth</strong> and the REST API at <strong>/v2</strong>, with the rate limits of a ${escape(plan)} account. Nothing here is real.</p>
<h2>Accounts</h2>
<ul>
${accounts}
</ul>
<h2>Apps</h2>
<ul>
${clients}
</ul>
<h2>Behind the stage</h2>
<p><a href="/sandbox/world">/sandbox/world</a> · <a href="/sandbox/truth">/sandbox/truth</a> · <a href="/sandbox/tree">/sandbox/tree</a> · <a href="/sandbox/calls">/sandbox/calls</a> · <a href="/sandbox/webhooks">/sandbox/webhooks</a></p>`,
  );
}
