import { learnKeys, upsertMeetings, webinarHolders } from '../datasources/store/activity.ts';
import { ENDPOINTS } from '../datasources/zoom/endpoints.ts';
import { ZoomError } from '../datasources/zoom/errors.ts';
import { toMeetingEntry } from '../datasources/zoom/meeting-to-row.ts';
import { listActiveHosts, listHostedMeetings } from '../datasources/zoom/reports.ts';
import type { MeetingEntry } from '../db/tables/rows.ts';
import type { HostsReportedRecord } from '../db/tables/usage.ts';
import { daysToRemember, mergedDays, type ActivityPlan, type ReportDays } from '../policy/report-windows.ts';
import { BATCH, WIDTH, type Hosting, type Reading } from './reading.ts';
import { inBatches } from './side-by-side.ts';
import { together } from './together.ts';

/** Windows whose hosts are listed at once. */
const LISTINGS = 4;

/** Whom to ask for some days, with how many meetings Zoom counts for each; null: not counted. */
interface ToAsk {
  /** In the checkpoint: the last host of the last finished batch. */
  key: string;
  days: ReportDays;
  hosts: [host: string, counted: number | null][];
}

/**
 * Who hosted in each window, then what each of them hosted. Days that were asked for before are compared: of whom Zoom
 * reports the same numbers for the same days as when all was read, nothing is new. Reports of hosts count meetings; who
 * can only be seen in webinars is asked always.
 *
 * @param before what Zoom reported then.
 * @param hosting is told how far this is.
 * @returns what Zoom reported, to be noted when all was read.
 */
export async function readHostedMeetings(
  reading: Reading,
  plan: ActivityPlan,
  before: readonly HostsReportedRecord[],
  hosting: Hosting,
): Promise<HostsReportedRecord[]> {
  const { job, account } = reading;
  const { sql } = job.deps.database;
  const withWebinars = await webinarHolders(sql, account.id);
  const isRepeated = (days: ReportDays) => plan.repeated.some(({ from }) => from === days.from);
  const listings = plan.windows.map((days) => () => reportHosts(reading, days, hosting));
  const reports = await together(job, listings, LISTINGS);
  const asks: ToAsk[] = reports.map(({ days, words, counts }) => {
    const known = isRepeated(days) ? reportedBefore(before, days) : {};
    const changed = [...counts].filter(([host]) => words[host] === undefined || words[host] !== known[host]);
    // With earlier days among the windows, webinars are asked for below, for all days at once.
    const unseen = plan.repeated.length > 0 ? [] : withWebinars.filter((host) => !counts.has(host));
    return {
      key: `hosts:${account.id}:${wordsOf(days)}`,
      days,
      hosts: [...changed, ...unseen.map((host) => [host, null] as [string, null])],
    };
  });
  if (plan.repeated.length > 0) {
    for (const days of mergedDays(plan.windows, plan.begin)) {
      const hosts = withWebinars.map((host) => [host, null] as [string, null]);
      asks.push({ key: `webinars:${account.id}:${wordsOf(days)}`, days, hosts });
    }
  }
  // Where an earlier worker has begun, what Zoom reports now may be more than it read.
  const isSure = asks.every(({ key }) => job.checkpoint[key] === undefined);
  for (const ask of asks) await askHosts(reading, ask);
  const remembered = new Set(daysToRemember(plan.windows).map(({ from }) => from));
  return reports
    .filter(({ days }) => isSure && remembered.has(days.from))
    .map(({ days, words }) => ({ ...days, hosts: words }));
}

interface HostReport {
  days: ReportDays;
  /** All that the report says of a host, by Zoom's user id. */
  words: Record<string, string>;
  /** Meetings, by Zoom's user id. */
  counts: Map<string, number | null>;
}

async function reportHosts({ job, zoom }: Reading, days: ReportDays, hosting: Hosting): Promise<HostReport> {
  const report: HostReport = { days, words: {}, counts: new Map() };
  job.foresee(ENDPOINTS.listActiveHosts, 1, 'Windows of days.');
  for await (const page of job.morePages(ENDPOINTS.listActiveHosts, listActiveHosts(zoom, days))) {
    hosting.isGiven = true;
    for (const host of page) {
      if (host.id === null || host.meetings === 0) continue;
      report.counts.set(host.id, host.meetings);
      // A number that Zoom leaves out proves nothing.
      if (host.meetings !== null) {
        report.words[host.id] = `${host.meetings} ${host.meeting_minutes ?? '?'} ${host.participants ?? '?'}`;
      }
    }
  }
  return report;
}

function reportedBefore(reported: readonly HostsReportedRecord[], days: ReportDays): Readonly<Record<string, string>> {
  return reported.find(({ from, to }) => from === days.from && to === days.to)?.hosts ?? {};
}

const wordsOf = ({ from, to }: ReportDays) => `${from}:${to}`;

async function askHosts(reading: Reading, { key, days, hosts }: ToAsk): Promise<void> {
  const { job, account } = reading;
  const { sql } = job.deps.database;
  const after = job.checkpoint[key];
  const sorted = hosts.sort(([a], [b]) => (a < b ? -1 : 1));
  const left = typeof after === 'string' ? sorted.filter(([host]) => host > after) : sorted;
  job.expect(left.length);
  job.foresee(ENDPOINTS.listHostedMeetings, left.length, 'Hosts of whom Zoom reports something new.');
  let start = 0;
  await inBatches({
    width: WIDTH,
    next: () => Promise.resolve(left.slice(start, (start += BATCH))),
    work: ([host, counted]) => hostedMeetings(reading, host, counted, days),
    write: async (batch, found) => {
      await upsertMeetings(sql, { integrationId: job.integration.id, accountId: account.id }, found.flat());
      job.checkpoint[key] = batch.at(-1)?.[0];
      await job.advance(batch.length);
    },
  });
}

/** What one user hosted in a window. Meetings of one person are asked for only where Zoom counts more than it lists. */
async function hostedMeetings(
  reading: Reading,
  host: string,
  counted: number | null,
  window: ReportDays,
): Promise<MeetingEntry[]> {
  const { job, zoom, account, keys } = reading;
  await learnKeys(job.deps.database.sql, account.id, keys, { zoomIds: [host] });
  const hostUserId = keys.byZoomId.get(host) ?? null;
  const entries: MeetingEntry[] = [];
  const list = async (type: 'past' | 'pastOne') => {
    const listing = listHostedMeetings(zoom, host, window, type);
    for await (const page of job.morePages(ENDPOINTS.listHostedMeetings, listing)) {
      for (const meeting of page) {
        const entry = toMeetingEntry(meeting, hostUserId);
        if (entry !== null) entries.push(entry);
      }
    }
  };
  try {
    await list('past');
    if (counted !== null && entries.filter((entry) => entry.kind === 'MEETING').length < counted) {
      job.foresee(
        ENDPOINTS.listHostedMeetings,
        1,
        'Hosts of whom Zoom counts more meetings than it lists: those held alone.',
      );
      await list('pastOne');
    }
  } catch (error) {
    // Gone since the report was made: nobody is left to be judged.
    if (!(error instanceof ZoomError) || error.kind !== 'NOT_FOUND') throw error;
  }
  return entries;
}
