import postgres from 'postgres';
import type { Sql } from './client.ts';
import { isDatabaseGone } from './watch.ts';

/** What the driver keeps of a statement that has not been sent yet. */
interface Statement {
  /** Sends it; the same for all statements of a transaction outside of its savepoints, and of no other. */
  handler: object;
  executed: boolean;
  reject(error: unknown): void;
  handle(): Promise<void>;
}

interface Transaction {
  /** Why nothing may be sent in it any more. */
  endedBy: unknown;
}

const transactions = new WeakMap<object, Transaction>();
const guarded = new WeakSet<object>();

/**
 * Refuses statements of transactions that have ended. Left to itself, the driver sends them on the connection that the
 * transaction had: where that has been lost and opened again, the second half of a transaction is written without its first,
 * and where it has not been opened yet, the process ends (source: issue 1208 of porsager/postgres). That holds for the
 * `rollback` that the driver sends by itself, too.
 */
export function guardTransactions(sql: Sql): void {
  guardStatements(sql);
  const begin = sql.begin.bind(sql) as (...args: unknown[]) => Promise<unknown>;
  const guardedBegin = async (...args: unknown[]): Promise<unknown> => {
    const work = args.pop() as (tx: Sql) => unknown;
    const transaction: Transaction = { endedBy: null };
    try {
      return await begin(...args, entering(transaction, work));
    } catch (error) {
      transaction.endedBy ??= error;
      throw error;
    } finally {
      transaction.endedBy ??= new Error('A statement came after the end of the transaction that it was meant for.');
    }
  };
  sql.begin = guardedBegin as Sql['begin'];
}

/** Work whose statements, and those within its savepoints, belong to a transaction. */
function entering(transaction: Transaction, work: (scope: Sql) => unknown) {
  return (scope: Sql): unknown => {
    // Not sent: statements begin when somebody waits for them.
    transactions.set((scope`select 1` as unknown as Statement).handler, transaction);
    const within = scope as Sql & { savepoint: (...args: unknown[]) => unknown };
    const { savepoint } = within;
    within.savepoint = (...args) => {
      const inner = args.pop() as (scope: Sql) => unknown;
      return savepoint(...args, entering(transaction, inner));
    };
    return work(scope);
  };
}

/** The driver has no door for this: all statements go through one method, which is wrapped once. */
function guardStatements(sql: Sql): void {
  const statement = Object.getPrototypeOf(sql`select 1`) as Statement;
  if (guarded.has(statement)) return;
  guarded.add(statement);
  const handle = statement.handle;
  statement.handle = function (this: Statement) {
    const transaction = this.executed ? undefined : transactions.get(this.handler);
    if (transaction !== undefined) {
      const { reject } = this;
      if (transaction.endedBy !== null) {
        this.executed = true;
        reject(transaction.endedBy);
      } else {
        this.reject = (error) => {
          if (endsTransaction(error)) transaction.endedBy ??= error;
          reject(error);
        };
      }
    }
    return handle.call(this);
  };
}

/** Is the connection gone, and the transaction with it? */
function endsTransaction(error: unknown): boolean {
  return isDatabaseGone(error) && !(error instanceof postgres.PostgresError && error.severity === 'ERROR');
}
