import type { Context } from '../context.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { missing } from './missing.ts';

/** A regular or master account. Sub accounts are a type of their own, so an id of theirs is unknown here. */
export async function accountById(id: string, { load }: Context): Promise<AccountRow | null> {
  const row = await load.accountById.load(id);
  return row?.tier === 'SUB' ? null : row;
}

/** A sub account; an id of another account is unknown here. */
export async function subAccountById(id: string, { load }: Context): Promise<AccountRow | null> {
  const row = await load.accountById.load(id);
  return row?.tier === 'SUB' ? row : null;
}

/** The account of a row that belongs to one, or the master account above it. */
export async function accountAbove({ accountId }: { accountId: string }, { load }: Context): Promise<AccountRow> {
  const own = (await load.accountById.load(accountId)) ?? missing('account', accountId);
  if (own.masterId === null) return own;
  return (await load.accountById.load(own.masterId)) ?? missing('account', own.masterId);
}

/** The sub account of a row that belongs to one. */
export function subAccountOf({ accountId }: { accountId: string }, context: Context): Promise<AccountRow | null> {
  return subAccountById(accountId, context);
}
