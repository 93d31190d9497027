import { saveAccountFacts, type AccountFacts } from '../datasources/store/accounts.ts';
import { groupsThatDiffer, replaceGroupMembers, type GroupMember } from '../datasources/store/group-members.ts';
import { noteRolesKnown, replaceGroups, saveRoles } from '../datasources/store/roster.ts';
import { getAccountSettings } from '../datasources/zoom/accounts.ts';
import { getLockSettings, getManagedDomains, getTrustedDomains } from '../datasources/zoom/account-settings.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { ENDPOINTS, type Endpoint } from '../datasources/zoom/endpoints.ts';
import { listGroupMembers, listGroups, type GroupPayload } from '../datasources/zoom/groups.ts';
import { ADMIN_ROLE_ID, listRoleMembers, OWNER_ROLE_ID } from '../datasources/zoom/roles.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import type { TaskPartName } from '../schema.generated.ts';
import type { Job } from './job.ts';
import type { Parts } from './parts.ts';
import { sideBySide } from './side-by-side.ts';

/** Calls on their way at once; the limiter paces them. */
const WIDTH = 8;

/** Key in the checkpoint: did a listing of this run name the groups of anybody? */
export const namesGroups = (account: Pick<AccountRow, 'id'>) => `names-groups:${account.id}`;

/** The user groups, and their members where what the list of users said can't be all. */
export async function readGroups(job: Job, zoom: ZoomClient, account: AccountRow, parts: Parts): Promise<void> {
  const { sql } = job.deps.database;
  const groups: GroupPayload[] = [];
  const isRead = await parts.read('GROUPS', async () => {
    job.foresee(ENDPOINTS.listGroups, 1, 'User groups.');
    for await (const page of job.morePages(ENDPOINTS.listGroups, listGroups(zoom))) groups.push(...page);
    await replaceGroups(
      sql,
      { integrationId: job.integration.id, accountId: account.id },
      groups.map((group) => ({
        zoomGroupId: group.id,
        name: group.name ?? group.id,
        memberCount: group.total_members ?? 0,
      })),
      job.deps.now(),
    );
  });
  if (!isRead) {
    // Said where the scope is missing; without the groups there is nothing to compare.
    parts.mayRead('GROUP_MEMBERS');
    return;
  }
  await parts.read('GROUP_MEMBERS', async () => {
    const counted = groups.flatMap(({ id, total_members: count }) =>
      count === null ? [] : [{ zoomGroupId: id, memberCount: count }],
    );
    // Where listings name no groups, members may have changed places without any count telling.
    const differing =
      job.checkpoint[namesGroups(account)] === true
        ? await groupsThatDiffer(sql, account.id, counted)
        : groups.map(({ id }) => id);
    // Nobody is in a group without members: that is known without asking.
    const empty = new Set(counted.filter(({ memberCount }) => memberCount === 0).map(({ zoomGroupId }) => zoomGroupId));
    const toAsk = differing.filter((zoomGroupId) => !empty.has(zoomGroupId));
    job.expect(toAsk.length);
    job.foresee(ENDPOINTS.listGroupMembers, toAsk.length, 'Groups of which Zoom counts other members than are known.');
    const members = await sideBySide(toAsk, WIDTH, async (zoomGroupId) => {
      const found: GroupMember[] = [];
      const listing = listGroupMembers(zoom, zoomGroupId);
      for await (const page of job.morePages(ENDPOINTS.listGroupMembers, listing)) {
        for (const { id, email } of page)
          found.push({ zoomGroupId, zoomUserId: id, email: email?.toLowerCase() ?? null });
      }
      await job.advance(1);
      return found;
    });
    if (differing.length > 0) await replaceGroupMembers(sql, account.id, differing, members.flat());
  });
}

/** Where neither listing nor profile names a role, Zoom is asked who owns the account and who its admins are. */
export async function readRoles(job: Job, zoom: ZoomClient, account: AccountRow, parts: Parts): Promise<void> {
  const { sql } = job.deps.database;
  if (await noteRolesKnown(sql, account.id)) {
    if (parts.mayRead('ROLES')) parts.end('ROLES', 'READ');
    return;
  }
  // What fails here blocks everybody from being acted on, and every candidate says why.
  await parts.read('ROLES', async () => {
    for (const roleId of [OWNER_ROLE_ID, ADMIN_ROLE_ID]) {
      job.foresee(ENDPOINTS.listRoleMembers, 1, 'Nobody else names a role.');
      for await (const page of job.morePages(ENDPOINTS.listRoleMembers, listRoleMembers(zoom, roleId))) {
        await saveRoles(
          sql,
          account.id,
          roleId,
          page.flatMap((member) => member.id ?? []),
        );
      }
    }
  });
  await noteRolesKnown(sql, account.id);
}

/** What Zoom says of the account as a whole: settings, locked settings, managed and trusted domains. */
export async function readAccountFacts(job: Job, zoom: ZoomClient, account: AccountRow, parts: Parts): Promise<void> {
  const facts: AccountFacts = {};
  const reads: [TaskPartName, Endpoint, () => Promise<void>][] = [
    [
      'ACCOUNT_SETTINGS',
      ENDPOINTS.getAccountSettings,
      async () => void (facts.settings = await getAccountSettings(zoom)),
    ],
    ['LOCK_SETTINGS', ENDPOINTS.getLockSettings, async () => void (facts.lockSettings = await getLockSettings(zoom))],
    [
      'MANAGED_DOMAINS',
      ENDPOINTS.getManagedDomains,
      async () => void (facts.managedDomains = (await getManagedDomains(zoom)).domains),
    ],
    [
      'TRUSTED_DOMAINS',
      ENDPOINTS.getTrustedDomains,
      async () => void (facts.trustedDomains = (await getTrustedDomains(zoom)).trusted_domains),
    ],
  ];
  await sideBySide(reads, reads.length, ([part, endpoint, read]) =>
    parts.read(part, async () => {
      job.foresee(endpoint, 1, 'What Zoom says of the account as a whole.');
      await read();
    }),
  );
  await saveAccountFacts(job.deps.database.sql, account.id, facts);
}
