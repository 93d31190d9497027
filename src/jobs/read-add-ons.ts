import {
  addOnHolders,
  countSettingsToRead,
  notePass,
  operationsSince,
  saveSettings,
  settingsToRead,
  type SettingsDue,
} from '../datasources/store/details.ts';
import { savePlanUsage } from '../datasources/store/sync-accounts.ts';
import { getPlanUsage, plansOf } from '../datasources/zoom/accounts.ts';
import type { ZoomClient } from '../datasources/zoom/client.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import { toSettingsEntry } from '../datasources/zoom/to-row.ts';
import { getUserSettings } from '../datasources/zoom/users.ts';
import type { AccountRow, SettingsEntry } from '../db/tables/rows.ts';
import { addOnCycleDays, addOnProof, addOnUsage, isExplained, operationsLookback } from '../policy/add-on-proof.ts';
import { countedTypes } from '../policy/counted-types.ts';
import { missingScopes, requirementsOf } from '../policy/task-scopes.ts';
import { lastPass } from '../policy/turns.ts';
import type { Job } from './job.ts';
import { readDue, readDueMeanwhile, type Detail, type Listing } from './read-due.ts';

/** What was decided when the pass began; kept in the checkpoint, so that whoever goes on decides the same. */
interface Decision {
  all: boolean;
  cycleDays: number;
  /** What Zoom counts as given out; null: Zoom tells us nothing that proves anything. */
  usage: Record<string, number> | null;
}

/**
 * Reads who holds which add-ons. Zoom's listing doesn't tell, so everybody is asked for unless something proves that
 * nothing changed: Zoom's own count of each add-on has grown by as much as ours. One that goes from one user to another
 * leaves the counts as they were; operation logs tell of it, and without them everybody has a turn once a day. Free users
 * hold none; where they are counted, they are asked for the size of their meetings.
 *
 * @returns what could not be read, in words.
 */
export async function readAddOns(
  job: Job,
  zoom: ZoomClient,
  account: AccountRow,
  listing: Listing,
): Promise<string | null> {
  const { sql } = job.deps.database;
  const until = job.startedAt;
  const decision = await decisionOf(job, zoom, account);
  const due = settingsDue(job, account, decision);
  let pass = await readDue(job, settingsOf(job, zoom, `settings:${account.id}`, due), listing);
  let wereAllRead = decision.all;
  const holders = () => addOnHolders(sql, account.id);
  if (pass.isOver && !decision.all && account.addOnsProof !== null && decision.usage !== null) {
    if (!isExplained(account.addOnsProof, decision.usage, await holders())) {
      const everybody = { ...due, turn: { ...due.turn, now: job.deps.now() }, all: true };
      pass = await readDue(job, settingsOf(job, zoom, `settings-of-all:${account.id}`, everybody), listing);
      wereAllRead = true;
    }
  }
  if (!pass.isOver) return pass.note;
  const proof = decision.usage === null ? null : addOnProof(decision.usage, await holders());
  await notePass(sql, account.id, { addOns: until, ...(wereAllRead && { addOnsProof: proof }) });
  return pass.note;
}

/** The same for those whom a first listing has named already, while it goes on. */
export async function readAddOnsMeanwhile(
  job: Job,
  zoom: ZoomClient,
  account: AccountRow,
  listing: Listing,
): Promise<void> {
  const decision = await decisionOf(job, zoom, account);
  const due = settingsDue(job, account, decision);
  await readDueMeanwhile(job, settingsOf(job, zoom, `settings:${account.id}`, due), listing);
}

/** Made before anybody's settings are read: a count that changes later is noticed next time. */
async function decisionOf(job: Job, zoom: ZoomClient, account: AccountRow): Promise<Decision> {
  return (job.checkpoint[`addOns:${account.id}`] ??= await decide(job, zoom, account)) as Decision;
}

function settingsDue(job: Job, account: AccountRow, { all, cycleDays }: Decision): SettingsDue {
  const until = job.startedAt;
  const after = lastPass(account.addOnsReadAt, until);
  return {
    accountId: account.id,
    turn: { after, until, now: job.deps.now(), cycleDays },
    all,
    operationsSince: operationsLookback(after ?? until),
    types: countedTypes(job.integration),
  };
}

async function decide(job: Job, zoom: ZoomClient, account: AccountRow): Promise<Decision> {
  const usage = await usageOfAddOns(job, zoom, account);
  const after = lastPass(account.addOnsReadAt, job.startedAt);
  if (usage === null || after === null || account.addOnsProof === null) return { all: true, cycleDays: 1, usage };
  const [operations = { knownFrom: null, knownUntil: null, hasUnnamed: true }] = await operationsSince(
    job.deps.database.sql,
    [{ accountId: account.id, since: operationsLookback(after) }],
  );
  return { all: false, cycleDays: addOnCycleDays(operations, { after, startedAt: job.startedAt }), usage };
}

/** How many of each add-on Zoom counts; null where it doesn't tell. One call. */
async function usageOfAddOns(job: Job, zoom: ZoomClient, account: AccountRow): Promise<Record<string, number> | null> {
  const { grantedScopes, kind } = job.integration;
  const needed = requirementsOf('LICENSE_INFORMATION', kind);
  if (grantedScopes !== null && missingScopes(needed, grantedScopes).length > 0) return null;
  try {
    job.foresee(ENDPOINTS.getPlanUsage, 1, "Zoom's count of add-ons.");
    const usage = await getPlanUsage(zoom);
    await savePlanUsage(job.deps.database.sql, account.id, usage, job.deps.now());
    return addOnUsage(plansOf(usage).map(({ key, plan }) => ({ key, ...plan })));
  } catch (error) {
    // Not every account may know what it bought. Then there is no proof, and everybody is asked for.
    if (!(error instanceof ZoomError) || mustStop(error)) throw error;
    return null;
  }
}

function settingsOf(job: Job, zoom: ZoomClient, key: string, due: SettingsDue): Detail<SettingsEntry> {
  const { sql } = job.deps.database;
  return {
    accountId: due.accountId,
    key,
    kind: 'SETTINGS',
    endpoint: ENDPOINTS.getUserSettings,
    what: 'add-ons and capacities',
    count: async () => (await countSettingsToRead(sql, [due]))[0] ?? 0,
    next: (page) => settingsToRead(sql, due, page),
    read: async (user) => toSettingsEntry(user.id, await getUserSettings(zoom, user.zoomUserId)),
    save: (entries, note) => saveSettings(sql, entries, note),
  };
}
