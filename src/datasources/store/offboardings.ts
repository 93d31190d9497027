import { closeCandidates } from './close-candidates.ts';
import { newId } from '../../db/id.ts';
import { offboardings } from '../../db/tables/index.ts';
import type { OffboardingRow, UserRow } from '../../db/tables/rows.ts';
import { oneByKey } from './batch.ts';
import { columnsOf, type SqlOrTx } from './writes.ts';

const COLUMNS = columnsOf(offboardings);

/** SQL: joins the fact `hr` that user `u` has left by `at`, where there is one. `at` is SQL too. */
export const joinLeft = (at: string) => `left join offboardings hr on hr.integration_id = u.integration_id
  and hr.email = u.email and hr.withdrawn_at is null and hr.left_at <= ${at}`;

/** What HR says of one person. */
export interface ReportedPerson {
  /** Lower case. */
  email: string;
  /** Null: not said, so that what was said before stands, or else now. */
  leftAt: Date | null;
  source: string;
}

/**
 * Writes down who has left; what is said of somebody again replaces what was said before. Answers the facts of all of
 * them, in the order given, and which of them are new or others than before. Two statements.
 */
export async function saveOffboardings(
  tx: SqlOrTx,
  integrationId: string,
  people: readonly ReportedPerson[],
  { by, now }: { by: string; now: Date },
): Promise<{ facts: OffboardingRow[]; changed: OffboardingRow[] }> {
  const rows = people.map((person) => ({ ...person, id: newId('off', now.getTime()) }));
  const changed = await tx<OffboardingRow[]>`
    insert into offboardings as o (id, integration_id, email, left_at, source, reported_by, reported_at)
    select id, ${integrationId}, email, coalesce("leftAt", known.left_at, ${now}), new.source, ${by}, ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::text::jsonb)
      as new(id text, email text, "leftAt" timestamptz, source text)
    left join lateral (
      select k.left_at from offboardings k
      where k.integration_id = ${integrationId} and k.email = new.email and k.withdrawn_at is null
    ) known on true
    order by email
    on conflict (integration_id, email) where withdrawn_at is null do update set left_at = excluded.left_at,
      source = excluded.source, reported_by = excluded.reported_by, reported_at = excluded.reported_at
    where (o.left_at, o.source) is distinct from (excluded.left_at, excluded.source)
    returning ${tx.unsafe(COLUMNS)}`;
  const emails = people.map(({ email }) => email);
  const facts = await tx<OffboardingRow[]>`
    select ${tx.unsafe(COLUMNS)} from offboardings
    where integration_id = ${integrationId} and email = any(${emails}::text[]) and withdrawn_at is null
    order by array_position(${emails}::text[], email)`;
  return { facts: [...facts], changed: [...changed] };
}

/** Takes back that these people have left. Answers what was taken back. */
export async function withdrawOffboardings(
  tx: SqlOrTx,
  integrationId: string,
  emails: readonly string[],
  { by, now }: { by: string; now: Date },
): Promise<OffboardingRow[]> {
  return tx<OffboardingRow[]>`
    update offboardings set withdrawn_by = ${by}, withdrawn_at = ${now}
    where integration_id = ${integrationId} and email = any(${[...emails]}::text[]) and withdrawn_at is null
    returning ${tx.unsafe(COLUMNS)}`;
}

/** Closes what was only found because these people had left, unless somebody is acting on it. One statement. */
export async function closeOffboarded(
  tx: SqlOrTx,
  integrationId: string,
  emails: readonly string[],
  { by, now }: { by: string; now: Date },
): Promise<void> {
  const which = tx`
    c.integration_id = ${integrationId} and u.email = any(${[...emails]}::text[]) and c.reason = 'OFFBOARDED'`;
  await closeCandidates(tx, which, { by, note: 'No longer reported as having left', now });
}

/** Which of these addresses nobody on the roster has. */
export async function unknownAddresses(
  tx: SqlOrTx,
  integrationId: string,
  emails: readonly string[],
): Promise<string[]> {
  const rows = await tx<{ email: string }[]>`
    select named.email from unnest(${[...emails]}::text[]) with ordinality as named(email, position)
    where not exists (
      select from users u where u.integration_id = ${integrationId} and u.email = named.email and u.removed_at is null
    ) order by named.position`;
  return rows.map(({ email }) => email);
}

/** What HR says of each user, in the order of the users; null where it says nothing. */
export async function offboardingsOfUsers(
  sql: SqlOrTx,
  users: readonly Pick<UserRow, 'id' | 'integrationId' | 'email'>[],
): Promise<(OffboardingRow | null)[]> {
  const key = ({ integrationId, email }: Pick<UserRow, 'integrationId' | 'email'>) => `${integrationId} ${email}`;
  const rows = await sql<OffboardingRow[]>`
    select ${sql.unsafe(COLUMNS)} from offboardings
    where integration_id = any(${[...new Set(users.map((user) => user.integrationId))]}::text[])
      and email = any(${users.map((user) => user.email)}::text[]) and withdrawn_at is null`;
  return oneByKey(users.map(key), rows, key);
}
