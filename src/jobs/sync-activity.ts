import { saveActivityWindow, userKeys } from '../datasources/store/activity.ts';
import { recountEverybody, recountDays } from '../datasources/store/activity-counts.ts';
import { hostsReported, saveHostsReported } from '../datasources/store/host-reports.ts';
import { saveActivityProblem } from '../datasources/store/sync-accounts.ts';
import { onZoomClock } from '../datasources/zoom/clock.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import type { HostsReportedRecord } from '../db/tables/usage.ts';
import { learnStatistics } from '../datasources/store/writes.ts';
import { planActivity } from '../policy/report-windows.ts';
import { lastPass } from '../policy/turns.ts';
import type { Job, JobResult } from './job.ts';
import { eachAccount, isWorthLearning, type AccountReading } from './each-account.ts';
import { readCreated, readCreatedMeanwhile } from './read-created.ts';
import { readHostedMeetings } from './read-hosted-meetings.ts';
import { readMeetingExtras } from './read-meeting-extras.ts';
import { readParticipants } from './read-participants.ts';
import { knownTree } from './read-sub-accounts.ts';
import { readUpcoming, readUpcomingOfQuiet } from './read-upcoming.ts';
import { readUsageReports } from './read-usage-reports.ts';
import { orNote, type Reading } from './reading.ts';
import { together } from './together.ts';

/**
 * Reads who used Zoom: one report names all hosts of a month, so that only hosts are asked for their meetings, and later
 * only those of whom it says something new; of each meeting the participants are read once, ever. Sign-ins came with the
 * roster.
 */
export async function syncActivity(job: Job): Promise<JobResult> {
  const { accounts, notes } = await knownTree(job);
  notes.push(
    ...(await eachAccount(job, accounts, async (one) => {
      try {
        await readActivity(job, one);
      } catch (error) {
        if (!(error instanceof ZoomError) || mustStop(error)) throw error;
        one.notes.push(`Activity could not be read to the end: ${error.message}`);
      }
      const missing = [...one.notes, ...one.parts.failures()].join(' ') || null;
      await saveActivityProblem(job.deps.database.sql, one.account.id, missing);
    })),
  );
  await job.save();
  return { status: notes.length === 0 ? 'SUCCEEDED' : 'INCOMPLETE', note: notes.join(' ') || null };
}

async function readActivity(job: Job, { account, zoom, parts: optional, notes, index }: AccountReading): Promise<void> {
  const { sql } = job.deps.database;
  const reading: Reading = { job, zoom, account, keys: await userKeys(sql, account.id), notes };
  const now = job.startedAt;
  const learns = account.activityKnownUntil === null && isWorthLearning(index);
  const known = { from: account.activityKnownFrom, until: account.activityKnownUntil };
  const reportedBefore = await hostsReported(sql, account.id);
  const { analyzeActivityFrom } = job.integration;
  const plan = planActivity(now, analyzeActivityFrom, known, reportedBefore, onZoomClock(job.deps, now));
  const askedFrom = new Date(plan.windows[0]?.from ?? plan.from);
  // The day before counts as well: what happened then may belong to the first day of the window.
  const countFrom = askedFrom < plan.from ? askedFrom : plan.from;
  const createdSince = lastPass(account.createdReadAt, now) === null ? countFrom : askedFrom;
  let hasUpcoming = true;
  let untoldSince = null as Date | null;
  let asked: ReadonlySet<string> = new Set();
  let reported: HostsReportedRecord[] = [];
  let daysFrom = askedFrom;
  let isCounted = false;
  const count = (isKnown: boolean) =>
    recountEverybody(sql, account.id, { from: plan.from, isKnown, now: job.deps.now() });
  const isKnown = await orNote(reading, 'Activity could not be read to the end, so it proves nothing yet', async () => {
    // Hosts and participants count against different limits of Zoom's: read side by side, each at its full speed.
    const hosting = { isGiven: false, isOver: false };
    const held = [
      async () => {
        try {
          reported = await readHostedMeetings(reading, plan, reportedBefore, hosting);
        } finally {
          hosting.isOver = true;
          // While the last participants are read, and not when everything waits for the count; also where Zoom broke off.
          if (learns && !job.signal.aborted) {
            await learnStatistics(sql, ['meetings', 'meeting_participants', 'sign_ins']);
          }
        }
      },
      async () => {
        const begin = await readUsageReports({ ...reading, now, from: plan.from }, optional);
        daysFrom = begin < daysFrom ? begin : daysFrom;
      },
    ];
    const parts = [
      async () => {
        await together(job, held);
        // Most of it while the last participants are read. Whoever needs their license by this is not asked for more below.
        await count(false);
        isCounted = true;
      },
      async () => {
        untoldSince = await readParticipants(reading, countFrom, hosting);
      },
      async () => {
        asked = await readCreatedMeanwhile(reading, createdSince, hosting);
      },
      async () => {
        hasUpcoming = await readUpcoming(reading, now);
      },
    ];
    await together(job, parts);
  });
  const countDays = async () => {
    await recountDays(sql, account.id, daysFrom);
    if (learns) await learnStatistics(sql, ['activity_days']);
    if (!isKnown) return;
    // Not before: days that are known are not counted again.
    const until = untoldSince !== null && untoldSince < plan.until ? untoldSince : plan.until;
    await saveActivityWindow(sql, account.id, plan.from, until);
    await saveHostsReported(sql, { integrationId: job.integration.id, accountId: account.id }, reported);
  };
  const readMore = async () => {
    if (learns) await learnStatistics(sql, ['users']);
    if (!hasUpcoming) {
      await orNote(reading, 'Meetings ahead could not be read', () => readUpcomingOfQuiet(reading, now));
    }
    if (isKnown) {
      await orNote(reading, 'When meetings were created could not be read', () =>
        readCreated(reading, createdSince, asked),
      );
    }
  };
  const readExtras = () => readMeetingExtras({ ...reading, from: plan.from, isKnown }, optional);
  const countAndRead = async () => {
    await count(isKnown);
    // What is asked for next follows from the counts of users, not from those of days.
    await together(job, [countDays, readMore]);
  };
  if (isCounted) await together(job, [countAndRead, readExtras]);
  else {
    await countAndRead();
    await readExtras();
  }
  if (plan.isCutByZoom) {
    notes.push(
      `Zoom's reports reach six months back: activity is known from ${plan.from.toISOString().slice(0, 10)} on.`,
    );
  }
}
