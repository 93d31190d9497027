import { openBenchHouse } from './house.ts';
import { finished } from './statements.ts';

interface Call {
  method: string;
  url: string;
  status: number;
  body: unknown;
}

/** Takes one license back through the public API, and shows what Zoom saw of it. */
export async function reclaim(): Promise<object> {
  const house = await openBenchHouse({ users: 120, seed: 1 });
  try {
    await finished(house);
    const { reclamationCandidates } = await house.ask<{ reclamationCandidates: { nodes: { id: string }[] } }>(
      'query ($id: ID!) { reclamationCandidates(integrationId: $id, filter: { status: { eq: READY } }, first: 1) { nodes { id } } }',
      { id: house.integrationId },
    );
    await fetch(`${house.sandboxUrl}/sandbox/calls`, { method: 'DELETE' });
    const answer = await house.ask<{ reclaim: { reclamation: { id: string } | null; userErrors: object[] } }>(
      'mutation ($input: ReclaimInput!) { reclaim(input: $input) { reclamation { id } userErrors { code message } } }',
      {
        input: {
          candidateIds: reclamationCandidates.nodes.map((node) => node.id),
          reason: 'bench',
          idempotencyKey: 'bench',
        },
      },
    );
    const id = answer.reclaim.reclamation?.id;
    let reclamation: { status: string } | null = null;
    while (reclamation === null || ['PENDING', 'RUNNING'].includes(reclamation.status)) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      ({ reclamation } = await house.ask<{ reclamation: { status: string } }>(
        'query ($id: ID!) { reclamation(id: $id) { status items { nodes { status error { code message } } } } }',
        { id },
      ));
    }
    const calls = (await (await fetch(`${house.sandboxUrl}/sandbox/calls`)).json()) as Call[];
    return {
      reclamation,
      writes: calls.filter((call) => call.method !== 'GET').length,
      calls: calls.map(({ method, url, status, body }) => ({ method, url, status, body })),
    };
  } finally {
    await house.close();
  }
}
