import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openQueue, type Queue, type QueueHandlers } from '#src/datasources/queue.ts';
import type { Database } from '#src/db/client.ts';
import { bringQueueBack } from '#src/datasources/store/queue-clock.ts';
import { createLogger } from '#src/log.ts';
import { testDatabase } from '../support/database.ts';

let database: Database;
let queue: Queue;
const logged: string[] = [];
const open = () =>
  openQueue(
    database.connection,
    createLogger('debug', (line) => logged.push(line)),
    { supervise: true, mendEveryMs: 1_000 },
  );

/** What the handlers were called with; a test that waits is told. */
const seen: string[] = [];
let onSeen: (() => void) | null = null;
let mends = true;
let mended = 0;
/** What the next handler of this name does. */
const behave = new Map<string, (signal: AbortSignal) => Promise<void>>();

async function handle(name: string, signal: AbortSignal): Promise<void> {
  seen.push(name);
  onSeen?.();
  await behave.get(name)?.(signal);
}
const handlers: QueueHandlers = {
  sync: (id, signal) => handle(`sync ${id}`, signal),
  reclamation: (id, signal) => handle(`reclamation ${id}`, signal),
  tick: (signal) => handle('tick', signal),
  mend: async () => {
    if (mends) mended += await bringQueueBack(database.sql);
  },
};

/** Waits until something is so, looking whenever a handler was called and now and then. */
async function until(what: () => boolean, ms = 15_000): Promise<void> {
  const end = performance.now() + ms;
  while (!what()) {
    if (performance.now() > end) throw new Error(`It did not come to that. Seen: ${seen.join(', ')}`);
    await new Promise<void>((resolve) => {
      onSeen = resolve;
      setTimeout(resolve, 100);
    });
  }
}
const times = (name: string) => seen.filter((one) => one === name).length;
function gate() {
  let release = () => undefined as void;
  const opened = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { opened, release };
}

beforeAll(async () => {
  database = await testDatabase();
  queue = await open();
}, 60_000);
afterAll(async () => {
  await queue?.stop(1_000);
  await database?.close();
});

describe('the queue', () => {
  it('keeps what was asked for before anybody worked, and asked twice is done once', async () => {
    await queue.requestSync('int_a');
    await queue.requestSync('int_a');
    await queue.requestSync('int_b');
    await queue.requestReclamation('rec_a');
    await queue.work(handlers);
    await until(() => times('sync int_a') === 1 && times('sync int_b') === 1 && times('reclamation rec_a') === 1);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(times('sync int_a')).toBe(1);
  });

  it('does what is asked for while it is being done once more afterwards, never both at once', async () => {
    const first = gate();
    let running = 0;
    let most = 0;
    behave.set('sync int_c', async () => {
      running += 1;
      most = Math.max(most, running);
      await first.opened;
      running -= 1;
    });
    await queue.requestSync('int_c');
    await until(() => times('sync int_c') === 1);
    for (let n = 0; n < 5; n += 1) await queue.requestSync('int_c');
    // Others don't wait for it.
    await queue.requestSync('int_d');
    await until(() => times('sync int_d') === 1);
    expect(times('sync int_c')).toBe(1);
    first.release();
    await until(() => times('sync int_c') === 2);
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(times('sync int_c')).toBe(2);
    expect(most).toBe(1);
  });

  it('tries again what failed', async () => {
    let failures = 1;
    behave.set('sync int_e', async () => {
      if (failures-- > 0) throw new Error('The database was away for a moment.');
    });
    await queue.requestSync('int_e');
    await until(() => times('sync int_e') === 2);
  });

  it('does not begin before the moment that it is told', async () => {
    const at = Date.now() + 3_000;
    await queue.requestSync('int_f', new Date(at));
    await until(() => times('sync int_f') === 1);
    // One second is what the queue may be early by: it counts whole ones.
    expect(Date.now()).toBeGreaterThanOrEqual(at - 1_000);
  });

  it('tells whoever works that it is to stop, and gives the work to the next one', async () => {
    let told = false;
    behave.set(
      'sync int_g',
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            told = true;
            reject(new Error('told to stop'));
          });
        }),
    );
    await queue.requestSync('int_g');
    await until(() => times('sync int_g') === 1);
    const startedAt = performance.now();
    await queue.stop(500);
    expect(performance.now() - startedAt).toBeLessThan(8_000);
    behave.delete('sync int_g');
    queue = await open();
    await queue.work(handlers);
    await until(() => times('sync int_g') === 2, 20_000);
    expect(told).toBe(true);
  }, 40_000);

  it('goes on when the clock goes back a day: it wakes, notices the dead, and looks at the timetable', async () => {
    expect(mended, 'nothing was in the future until now').toBe(0);
    mends = false;
    const forever = gate();
    behave.set('sync int_h', () => forever.opened);
    await queue.requestSync('int_h');
    await until(() => times('sync int_h') === 1);
    await queue.requestReclamation('rec_far');
    // The notes move instead of the clock: it is the same to whoever compares them.
    await database.sql`
      update pgboss.job set created_on = created_on + interval '1 day', start_after = start_after + interval '1 day',
        started_on = started_on + interval '1 day', heartbeat_on = heartbeat_on + interval '1 day',
        singleton_on = singleton_on + interval '1 day'`;
    await database.sql`update pgboss.version set cron_on = now() + interval '1 day'`;
    await database.sql`
      update pgboss.queue set monitor_on = monitor_on + interval '1 day', monitor_claim_on = monitor_claim_on + interval '1 day',
        maintain_on = maintain_on + interval '1 day'`;
    await queue.requestSync('int_i');
    mends = true;
    await until(() => mended > 0 && times('sync int_i') === 1);
    const [far] = await database.sql<{ n: number }[]>`
      select (select count(*) from pgboss.job where greatest(created_on, heartbeat_on, start_after) > now() + interval '1 minute')
        + (select count(*) from pgboss.version where cron_on > now())
        + (select count(*) from pgboss.queue where greatest(monitor_on, monitor_claim_on) > now()) as n`;
    expect(Number(far?.n)).toBe(0);
    forever.release();
  });

  it('had nothing to complain about', () => {
    expect(logged.filter((line) => line.includes('The job queue had a problem'))).toEqual([]);
  });
});
