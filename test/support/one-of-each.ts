import type { Database } from '#src/db/client.ts';
import type { MeetingRow } from '#src/db/tables/rows.ts';
import { rowsIn } from './rows.ts';

/** A database that holds one of every entity, how each is named by its keys, and a meeting with a guest. */
export async function oneOfEach(
  database: Database,
): Promise<{ references: Record<string, Record<string, string>[]>; meeting: MeetingRow }> {
  const rows = rowsIn(database);
  const integration = await rows.integration();
  const account = await rows.account(integration, { tier: 'MASTER' });
  const sub = await rows.account(integration, { tier: 'SUB', masterId: account.id });
  const user = await rows.user(account);
  const license = await rows.license(account);
  await rows.assign(license, [user]);
  const rule = await rows.rule(integration);
  const candidate = await rows.candidate(user, license, rule);
  const reclamation = await rows.reclamation(integration);
  await rows.item(reclamation, candidate);
  const meeting = await rows.meeting(user);
  await rows.participants(meeting, [{ email: 'guest@example.com' }]);
  const [audit] = await database.sql<{ id: string }[]>`
    insert into audit_events (id, at, actor, action) values ('aud_1', now(), 'tester', 'test.made') returning id`;
  const references = {
    Integration: [{ id: integration.id }],
    Account: [{ id: account.id }, { zoomAccountId: account.zoomAccountId }],
    SubAccount: [{ id: sub.id }, { zoomAccountId: sub.zoomAccountId }],
    User: [{ id: user.id }, { email: user.email }],
    Group: [{ id: (await rows.group(account)).id }],
    License: [{ id: license.id }],
    Meeting: [{ id: meeting.id }],
    JobRun: [{ id: (await rows.jobRun(integration)).id }],
    ReclamationRule: [{ id: rule.id }],
    ReclamationCandidate: [{ id: candidate.id }],
    Reclamation: [{ id: reclamation.id }],
    Reconciliation: [{ id: (await rows.reconciliation(integration)).id }],
    Exclusion: [{ id: (await rows.exclusion({ userId: user.id })).id }],
    AuditEvent: [{ id: audit?.id ?? '' }],
  } as Record<string, Record<string, string>[]>;
  return { references, meeting };
}
