import type { Logger } from '../log.ts';
import type { Database } from './client.ts';
import { DatabaseClock } from './database-clock.ts';

/** What time it is for every process on a database: its clock, not those of the machines. */
export interface Clock {
  now: () => Date;
  close(): void;
}

const LOOK_EVERY_MS = 10_000;
/** A machine that is further away from the database than this is told about. */
const APART_MS = 5_000;

/**
 * Goes by the database's clock: how long somebody has to answer, until when a plan or link holds and who is idle are matters of
 * days that processes on several machines decide together, so one machine whose clock is wrong must not decide them early.
 *
 * Between two looks it goes on by the time since the start of the process, which nobody sets.
 *
 * @throws when the database does not answer the first look.
 */
export async function openClock({ sql }: Pick<Database, 'sql'>, log: Logger): Promise<Clock> {
  const clock = new DatabaseClock();
  const now = () => new Date(clock.toDatabase(performance.now()));
  let isApart = false;
  const look = async () => {
    const sentAt = performance.now();
    const [row] = await sql<{ ms: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`;
    if (row === undefined) return;
    clock.observe(sentAt, performance.now(), row.ms);
    const aheadMs = Date.now() - now().getTime();
    if (Math.abs(aheadMs) > APART_MS === isApart) return;
    isApart = !isApart;
    const seconds = Math.round(aheadMs / 1000);
    if (isApart)
      log.warn({ secondsAhead: seconds }, "this machine's clock is not the database's, which counts; set it");
    else log.info("this machine's clock agrees with the database's again");
  };
  await look();
  let isLooking = false;
  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    // A database that is away is told by those who need it; the clock goes on.
    look()
      .catch(() => undefined)
      .finally(() => (isLooking = false));
  }, LOOK_EVERY_MS);
  timer.unref();
  return { now, close: () => clearInterval(timer) };
}
