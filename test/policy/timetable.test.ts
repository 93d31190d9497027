import { CronExpressionParser } from 'cron-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IntegrationRow } from '#src/db/tables/rows.ts';
import { isReconciliationDue, isSyncDue, scheduledJobs, syncCron } from '#src/policy/timetable.ts';

const DAY = 86_400_000;
const now = new Date('2026-03-31T12:00:00Z');
const integration = (patch: Partial<IntegrationRow> = {}) =>
  ({
    id: 'int_1',
    status: 'CONNECTED',
    enabledTasks: ['APPLICATION_ROSTER', 'APPLICATION_ACCESS', 'RECLAMATION'],
    authorizedAt: new Date('2026-01-01T00:00:00Z'),
    createdAt: new Date('2025-12-01T00:00:00Z'),
    ...patch,
  }) as IntegrationRow;

/** The time of the timetable on a day. */
function timeOn(id: string, day: string): Date {
  return CronExpressionParser.parse(syncCron(id), { currentDate: new Date(`${day}T00:00:00Z`), tz: 'UTC' })
    .next()
    .toDate();
}

describe('syncCron', () => {
  it('is a valid line, the same for the same id, once a night before five, spread over the minutes', () => {
    const minutes = new Set<string>();
    for (let n = 0; n < 200; n += 1) {
      const cron = syncCron(`int_${n}`);
      expect(cron).toBe(syncCron(`int_${n}`));
      expect(cron).toMatch(/^([0-5]?\d) [0-4] \* \* \*$/);
      const times = CronExpressionParser.parse(cron, { currentDate: now, tz: 'UTC' });
      expect(times.next().getTime() - times.prev().getTime()).toBe(DAY);
      minutes.add(cron);
    }
    expect(minutes.size).toBeGreaterThan(100);
  });
});

describe('scheduledJobs', () => {
  it('names every task that is on, and looks for candidates in any case', () => {
    const jobs = scheduledJobs(integration({ enabledTasks: ['APPLICATION_ROSTER', 'LICENSE_INFORMATION'] }), now);
    expect(jobs.map((job) => job.task)).toEqual([
      'APPLICATION_ROSTER',
      'LICENSE_INFORMATION',
      'RECLAMATION',
      'APPLICATION_ROSTER',
      'RECLAMATION',
    ]);
    // SN-70: reconciling is a job as well.
    expect(jobs.at(-2)?.name).toBe('Reconcile licenses');
    // Whoever was asked is gone on with every minute, but nothing is taken while taking is off.
    expect(jobs.pop()).toMatchObject({ cron: '* * * * *', enabled: false, nextRunAt: null });
    const [followUp] = scheduledJobs(integration(), now).slice(-1);
    expect(followUp).toMatchObject({ enabled: true, nextRunAt: new Date(now.getTime() + 60_000) });
    expect(jobs.every((job) => job.enabled && job.cron === syncCron('int_1'))).toBe(true);
    for (const { nextRunAt } of jobs) {
      expect(nextRunAt!.getTime() - now.getTime()).toBeGreaterThan(0);
      expect(nextRunAt!.getTime() - now.getTime()).toBeLessThanOrEqual(DAY);
    }
  });

  it.each(['DRAFT', 'AUTHORIZED', 'REAUTHORIZATION_REQUIRED', 'DISCONNECTED'] as const)(
    'runs nothing while %s',
    (status) => {
      for (const job of scheduledJobs(integration({ status }), now)) {
        expect(job).toMatchObject({ enabled: false, nextRunAt: null });
      }
      expect(isSyncDue(integration({ status }), null, now)).toBe(false);
    },
  );
});

describe('isSyncDue', () => {
  const time = timeOn('int_1', '2026-03-31');
  const after = (ms: number) => new Date(time.getTime() + ms);

  it.each([
    ['yesterday, a minute before the time', after(-DAY + 60_000), after(-60_000), false],
    ['yesterday, a minute after the time', after(-DAY + 60_000), after(60_000), true],
    ['just now, after the time (a restart right after)', after(30_000), after(60_000), false],
    ['today, much later', after(60_000), after(20 * 3_600_000), false],
    ['days ago, the house was off in between', after(-5 * DAY), after(-3_600_000), true],
    ['in the future, by a clock that is wrong', after(DAY), after(60_000), false],
  ])('last asked for %s', (_, last, clock, due) => {
    expect(isSyncDue(integration(), last, clock)).toBe(due);
  });

  it('waits, where it never was, for the first time after the consent', () => {
    const fresh = integration({ authorizedAt: after(-60_000) });
    expect(isSyncDue(fresh, null, after(-30_000))).toBe(false);
    expect(isSyncDue(fresh, null, after(60_000))).toBe(true);
    const later = integration({ authorizedAt: after(60_000) });
    expect(isSyncDue(later, null, after(3_600_000))).toBe(false);
    expect(isSyncDue(later, null, after(DAY + 60_000))).toBe(true);
  });

  it('asks once a day, whenever and however often it looks', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.array(fc.integer({ min: 1, max: 30 * 3_600_000 }), { maxLength: 60 }),
        (id, steps) => {
          const one = integration({ id });
          let clock = now.getTime();
          let last: Date | null = null;
          const asked: number[] = [];
          for (const step of steps) {
            clock += step;
            if (!isSyncDue(one, last, new Date(clock))) continue;
            last = new Date(clock);
            asked.push(clock);
            expect(isSyncDue(one, last, new Date(clock))).toBe(false);
          }
          const days = (clock - Date.parse('2026-01-01')) / DAY;
          expect(asked.length).toBeLessThanOrEqual(Math.ceil(days) + 1);
          // Between two times of the timetable there is never more than one.
          const nights = asked.map((at) => Math.floor((at - timeOn(id, '2026-01-01').getTime()) / DAY));
          expect(new Set(nights).size).toBe(nights.length);
        },
      ),
      { seed: 7 },
    );
  });
});

describe('isReconciliationDue', () => {
  const time = timeOn('int_1', '2026-03-31');
  const after = (ms: number) => new Date(time.getTime() + ms);
  const minute = 60_000;

  it.each<[string, Date | null, Date, boolean]>([
    ['never', null, after(-minute), true],
    ["yesterday, before the day's time", after(-DAY + 10 * minute), after(-minute), false],
    ['yesterday, after it', after(-DAY + 10 * minute), after(minute), true],
    ['today, after it', after(minute), after(10 * minute), false],
    ['today, before it: once a day', new Date('2026-03-31T00:00:01Z'), after(minute), false],
    ['a day ago, while syncs take longer than a day', after(-DAY - 10 * minute), after(-10 * minute), true],
    ['in the future, by a clock that is wrong', after(5 * DAY), after(minute), false],
  ])('last time %s', (_, last, clock, due) => {
    expect(isReconciliationDue(integration(), last, clock)).toBe(due);
    expect(isReconciliationDue(integration({ status: 'DISCONNECTED' }), last, clock)).toBe(false);
  });

  it('is so once a UTC day at most, and every day where somebody looks often', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.array(fc.integer({ min: 1, max: 3 * 3_600_000 }), { minLength: 50, maxLength: 200 }),
        (id, steps) => {
          const one = integration({ id });
          const days: string[] = [];
          let clock = now.getTime();
          let last: Date | null = null;
          for (const step of steps) {
            clock += step;
            if (!isReconciliationDue(one, last, new Date(clock))) continue;
            last = new Date(clock);
            days.push(last.toISOString().slice(0, 10));
          }
          expect(new Set(days).size).toBe(days.length);
          const passed = Math.floor((clock - now.getTime()) / DAY);
          expect(days.length).toBeGreaterThanOrEqual(passed - 1);
        },
      ),
      { seed: 8 },
    );
  });
});
