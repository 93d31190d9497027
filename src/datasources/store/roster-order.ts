import { users } from '../../db/tables/users.ts';
import type { RosterEntry, UserRow } from '../../db/tables/rows.ts';
import { entryToWrite, newerThan } from '../../policy/webhook-order.ts';
import { columnsOf, type SqlOrTx } from './writes.ts';

const COLUMNS = columnsOf(users);

/** Holds an account's roster until the transaction ends: no event is applied to its users meanwhile. */
export async function lockRoster(tx: SqlOrTx, accountId: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`roster ${accountId}`}, 0))`;
}

/** The same for every account of an integration. */
export async function lockRosters(tx: SqlOrTx, integrationId: string): Promise<void> {
  await tx`
    select pg_advisory_xact_lock(hashtextextended('roster ' || id, 0))
    from (select id from accounts where integration_id = ${integrationId} order by id) one`;
}

/** Whoever only writes about single users holds the roster together with others like it, but not with a listing. */
export async function shareRoster(tx: SqlOrTx, accountId: string): Promise<void> {
  await tx`select pg_advisory_xact_lock_shared(hashtextextended(${`roster ${accountId}`}, 0))`;
}

/**
 * What of a page may be written, each address once, under what is known from after it was asked for. Two statements. The
 * roster is held until the transaction ends.
 *
 * @returns also the rows that the page overtakes: what webhooks said of them is older; and whether everybody on the page who
 * is known at all is known by the same id and address, and never left.
 */
export async function entriesToWrite(
  tx: SqlOrTx,
  accountId: string,
  page: readonly RosterEntry[],
  askedAt: Date,
): Promise<{ entries: RosterEntry[]; overtaken: UserRow[]; areSame: boolean }> {
  const ids = page.flatMap((entry) => entry.zoomUserId ?? []);
  const emails = page.map((entry) => entry.email);
  const named = onceEach(page).map(({ zoomUserId, email }) => `${zoomUserId ?? ''} ${email}`);
  // Sent together: the second is begun when the first is over, and sees all that was written until then.
  const locked = lockRoster(tx, accountId);
  const asked = tx<(UserRow & { isSpokenOf: boolean })[]>`
    select ${tx.unsafe(COLUMNS)}, (webhook_at <> '{}'::jsonb or coalesce(observed_at > ${askedAt}, false)) as "isSpokenOf" from users
    where account_id = ${accountId} and (zoom_user_id = any(${ids}::text[]) or email = any(${emails}::text[]))
      and (webhook_at <> '{}'::jsonb or observed_at > ${askedAt} or removed_at is not null
        or coalesce(zoom_user_id, '') || ' ' || email <> all(${named}::text[]))`;
  const [, others] = await Promise.all([locked, asked]);
  const rows = others.filter(({ isSpokenOf }) => isSpokenOf);
  const areSame = others.length === 0;
  if (rows.length === 0) return { entries: onceEach(page), overtaken: [], areSame };

  const byKey = new Map<string, UserRow[]>();
  for (const row of rows) {
    for (const key of [`id ${row.zoomUserId}`, `at ${row.email}`]) byKey.set(key, [...(byKey.get(key) ?? []), row]);
  }
  const rowsOf = (entry: RosterEntry) => [
    ...new Set([...(byKey.get(`id ${entry.zoomUserId}`) ?? []), ...(byKey.get(`at ${entry.email}`) ?? [])]),
  ];
  const entries = onceEach(page).flatMap((entry) => entryToWrite(entry, rowsOf(entry), askedAt) ?? []);
  const written = new Set(entries.map((entry) => entry.email));
  const overtaken = rows.filter((row) => written.has(row.email) || isListed(row, page));
  return { entries: onceEach(entries), overtaken, areSame };
}

const onceEach = (entries: readonly RosterEntry[]) => [
  ...new Map(entries.map((entry) => [entry.email, entry])).values(),
];

const isListed = (row: UserRow, page: readonly RosterEntry[]) =>
  row.zoomUserId !== null && page.some((entry) => entry.zoomUserId === row.zoomUserId);

/** Notes of rows that webhooks had spoken of that a page knows better by now. One statement, none when there are none. */
export async function noteListed(tx: SqlOrTx, rows: readonly UserRow[], askedAt: Date): Promise<void> {
  const notes = rows.flatMap((row) => {
    const left = newerThan(row.webhookAt, askedAt);
    if (Object.keys(left).length === Object.keys(row.webhookAt).length) return [];
    if (row.observedAt !== null && row.observedAt > askedAt) return [];
    return [{ id: row.id, left }];
  });
  if (notes.length === 0) return;
  await tx`
    update users u set webhook_at = note.left, observed_at = ${askedAt}
    from jsonb_to_recordset(${JSON.stringify(notes)}::text::jsonb) as note(id text, "left" jsonb)
    where u.id = note.id and u.removed_at is null`;
}
