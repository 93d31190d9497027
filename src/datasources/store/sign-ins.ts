import { signIns } from '../../db/tables/usage.ts';
import type { SignInRow } from '../../db/tables/rows.ts';
import { readerOf } from './batch.ts';
import { columnTerm, type OrderTerm } from './keyset.ts';
import type { Source } from './page.ts';
import type { RosterPlace } from './roster.ts';
import type { SqlOrTx } from './writes.ts';

/** A sign-in or sign-out before it is stored; the instant as ISO 8601. */
export type SignInEntry = Omit<SignInRow, 'accountId' | 'integrationId' | 'at'> & { at: string };

/**
 * Writes sign-ins. One that is known already is no second one; if nobody was found for its address before and somebody
 * is now, it becomes theirs.
 */
export async function saveSignIns(sql: SqlOrTx, place: RosterPlace, entries: readonly SignInEntry[]): Promise<void> {
  const different = [...new Map(entries.map((one) => [`${one.email} ${one.at} ${one.kind}`, one])).values()];
  if (different.length === 0) return;
  await sql`
    insert into sign_ins as s (account_id, integration_id, email, at, kind, user_id, client_type, client_version)
    select ${place.accountId}, ${place.integrationId}, email, at, kind, "userId", "clientType", "clientVersion"
    from jsonb_to_recordset(${JSON.stringify(different)}::text::jsonb) as new(
      email text, at timestamptz, kind text, "userId" text, "clientType" text, "clientVersion" text
    )
    -- Data that was erased while a report was on its way stays erased.
    where exists (select from accounts where id = ${place.accountId})
    -- Several reports are written at once: in one order, nobody waits for whom waits for them.
    order by email, at, kind
    on conflict (account_id, email, at, kind) do update set user_id = excluded.user_id
    where s.user_id is null and excluded.user_id is not null`;
}

const NEWEST_FIRST: readonly OrderTerm<SignInRow>[] = [
  columnTerm('at', 'at', 'timestamptz', { descending: true }),
  columnTerm('kind', 'kind', 'text', { descending: true }),
  columnTerm('email', 'email', 'text', { descending: true }),
];

/** Sign-ins and sign-outs by user, newest first. */
export const signInsOfUser: Source<SignInRow> = {
  reader: readerOf(signIns),
  from: 'sign_ins t',
  belongs: 't.user_id = k.key',
  order: 'sign-ins',
  terms: () => NEWEST_FIRST,
  isFixed: true,
};
