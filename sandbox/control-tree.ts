import { changeAccount, leaveMaster, rejoinMaster, setMasterFeature } from './world/tree-changes.ts';
import { treeTruthOf } from './world/tree-truth.ts';
import type { FastifyInstance } from 'fastify';
import type { World } from './world/model.ts';
import type { AccountChange } from './world/tree-changes.ts';

/** The strings behind the master account and its sub accounts. */
export function addTreeControl(
  app: FastifyInstance,
  world: World,
  read: (body: unknown) => Record<string, unknown>,
): void {
  app.get('/sandbox/tree', () => treeTruthOf(world));

  // `left` of a sub account: whether it is away from its master. `masterFeature`: only of the master.
  app.post<{ Params: { id: string } }>('/sandbox/accounts/:id', (request, reply) => {
    const { id } = request.params;
    const account = world.accounts.get(id);
    if (!account) return reply.code(404).send({ message: `no account ${id}` });
    const { left, masterFeature, ...change } = read(request.body) as AccountChange & {
      left?: boolean;
      masterFeature?: boolean;
    };
    try {
      changeAccount(world, id, change);
      if (left !== undefined) (left ? leaveMaster : rejoinMaster)(world, id);
      if (masterFeature !== undefined && account !== world.master) throw new Error(`account ${id} is no master`);
      if (masterFeature !== undefined) setMasterFeature(world, masterFeature);
    } catch (error) {
      return reply.code(400).send({ message: (error as Error).message });
    }
    return reply.code(204).send();
  });
}
