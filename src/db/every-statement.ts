import type { Sql } from './client.ts';

/** What the driver keeps of a statement that has not been sent yet. */
export interface Statement {
  strings: readonly string[];
  /** Values, and parts of the statement that were put together elsewhere. */
  args: readonly unknown[];
  /** Sends it; the same for all statements of a transaction outside of its savepoints, and of no other. */
  handler: object;
  executed: boolean;
  resolve(rows: { count?: number }): void;
  reject(error: unknown): void;
  handle(): Promise<void>;
}

type Hook = (statement: Statement) => void;

const hooks = new WeakMap<object, Set<Hook>>();

/**
 * Calls `hook` with every statement of this process's pools, right before it is sent for the first time. The driver has no door
 * for that: all statements go through one method, which is wrapped once. A hook that is there already stays the only one.
 */
export function beforeEveryStatement(sql: Sql, hook: Hook): void {
  const prototype = Object.getPrototypeOf(anyStatement(sql)) as Statement;
  const known = hooks.get(prototype);
  if (known !== undefined) {
    known.add(hook);
    return;
  }
  const all = new Set([hook]);
  hooks.set(prototype, all);
  const handle = prototype.handle;
  prototype.handle = function (this: Statement) {
    // A hook may refuse it, and then it is nobody's business any more.
    for (const one of all) if (!this.executed) one(this);
    return handle.call(this);
  };
}

/** A statement of a scope that is never sent: statements begin when somebody waits for them. */
export const anyStatement = (sql: Sql) => sql`select 1` as unknown as Statement;
