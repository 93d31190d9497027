import type { Database } from '#src/db/client.ts';

/** One step of a plan, as `explain (format json)` tells it. */
export interface PlanNode {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Plan Rows': number;
  /** Only where the statement was run. */
  'Actual Rows'?: number;
  'Actual Loops'?: number;
  Plans?: PlanNode[];
}

/** A statement that was sent, with the plan that the database makes for it. */
export interface Planned {
  statement: string;
  /** All steps, those above before those below. */
  nodes: PlanNode[];
}

/** Runs something and answers how the database runs each of its statements, with the very values that were sent. */
export async function plansOf<T>(
  database: Database,
  run: () => Promise<T>,
  { analyze = false }: { analyze?: boolean } = {},
): Promise<{ result: T; plans: Planned[] }> {
  const sent: { query: string; parameters: unknown[] }[] = [];
  const { options } = database.sql;
  const before = options.debug;
  options.debug = (_, query, parameters) => {
    sent.push({ query, parameters: parameters as unknown[] });
  };
  let result: T;
  try {
    result = await run();
  } finally {
    options.debug = before;
  }
  const plans: Planned[] = [];
  for (const { query, parameters } of sent) {
    const rows = await database.sql.unsafe(
      `explain (format json${analyze ? ', analyze' : ''}) ${query}`,
      parameters as never[],
    );
    const [{ Plan: top }] = rows[0]?.['QUERY PLAN'] as [{ Plan: PlanNode }];
    plans.push({ statement: query, nodes: flatten(top) });
  }
  return { result, plans };
}

const flatten = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(flatten)];

/** What a plan does, in a few words: each kind of step once, with its index or table. */
export function words({ nodes }: Planned): string[] {
  const named = nodes.map((node) => {
    const place = node['Index Name'] ?? node['Relation Name'];
    return place === undefined ? node['Node Type'] : `${node['Node Type']} ${place}`;
  });
  return [...new Set(named)];
}
