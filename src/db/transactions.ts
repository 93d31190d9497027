import postgres from 'postgres';
import type { Sql } from './client.ts';
import { anyStatement, beforeEveryStatement, type Statement } from './every-statement.ts';
import { isDatabaseGone } from './watch.ts';

interface Transaction {
  /** Why nothing may be sent in it any more. */
  endedBy: unknown;
}

const transactions = new WeakMap<object, Transaction>();

/**
 * Refuses statements of transactions that have ended. Left to itself, the driver sends them on the connection that the
 * transaction had: where that has been lost and opened again, the second half of a transaction is written without its first,
 * and where it has not been opened yet, the process ends (source: issue 1208 of porsager/postgres). That holds for the
 * `rollback` that the driver sends by itself, too.
 */
export function guardTransactions(sql: Sql): void {
  beforeEveryStatement(sql, guard);
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
    transactions.set(anyStatement(scope).handler, transaction);
    const within = scope as Sql & { savepoint: (...args: unknown[]) => unknown };
    const { savepoint } = within;
    within.savepoint = (...args) => {
      const inner = args.pop() as (scope: Sql) => unknown;
      return savepoint(...args, entering(transaction, inner));
    };
    return work(scope);
  };
}

function guard(statement: Statement): void {
  const transaction = transactions.get(statement.handler);
  if (transaction === undefined) return;
  const { reject } = statement;
  if (transaction.endedBy !== null) {
    statement.executed = true;
    reject(transaction.endedBy);
    return;
  }
  statement.reject = (error) => {
    if (endsTransaction(error)) transaction.endedBy ??= error;
    reject(error);
  };
}

/** Is the connection gone, and the transaction with it? */
function endsTransaction(error: unknown): boolean {
  return isDatabaseGone(error) && !(error instanceof postgres.PostgresError && error.severity === 'ERROR');
}
