import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inBatches } from '#src/jobs/side-by-side.ts';

/** Numbers from 1 on, in batches; and what happened, in order. */
function numbers({ batches, size }: { batches: number; size: number }) {
  const events: string[] = [];
  const gates = new Map<number, () => void>();
  let given = 0;
  let onTheirWay = 0;
  let most = 0;
  return {
    events,
    /** Lets the work on one number end. */
    open: (number: number) => gates.get(number)?.(),
    begun: () => gates.size,
    most: () => most,
    next: () => {
      given += 1;
      events.push(`next ${given}`);
      const first = (given - 1) * size + 1;
      return Promise.resolve(given > batches ? [] : Array.from({ length: size }, (_, index) => first + index));
    },
    work: async (number: number) => {
      onTheirWay += 1;
      most = Math.max(most, onTheirWay);
      await new Promise<void>((resolve) => gates.set(number, resolve));
      onTheirWay -= 1;
      return number * 10;
    },
    write: (batch: readonly number[], results: number[]) => {
      events.push(`write ${batch.join()} ${results.join()}`);
      return Promise.resolve();
    },
  };
}

const settle = () => sleep(5);

describe('work in batches', () => {
  it('goes on with the next batch while the last of one are on their way, and not with the one after it', async () => {
    const world = numbers({ batches: 3, size: 3 });
    const over = inBatches({ width: 4, ...world });
    await settle();
    expect(world.begun()).toBe(4);
    world.open(2);
    world.open(3);
    await settle();
    expect(world.begun()).toBe(6);
    // There is room for more, but the first batch is not written down yet.
    world.open(4);
    world.open(5);
    await settle();
    expect(world.begun()).toBe(6);
    expect(world.events).toEqual(['next 1', 'next 2']);
    world.open(1);
    await settle();
    expect(world.begun()).toBe(9);
    expect(world.events).toEqual(['next 1', 'next 2', 'write 1,2,3 10,20,30', 'next 3']);
    for (const number of [9, 8, 7, 6]) {
      world.open(number);
      await settle();
    }
    await over;
    expect(world.events.slice(4)).toEqual(['write 4,5,6 40,50,60', 'next 4', 'write 7,8,9 70,80,90']);
    expect(world.most()).toBe(4);
  });

  it('writes down what came before a failure, nothing after it, and waits for what is on its way', async () => {
    const written: string[] = [];
    const ended: number[] = [];
    const begun: number[] = [];
    let given = 0;
    const over = inBatches<number, number>({
      width: 4,
      next: () => Promise.resolve([given + 1, (given += 2)]),
      work: async (number) => {
        begun.push(number);
        await sleep(number === 3 ? 5 : 30);
        if (number === 3) throw new Error('no three');
        ended.push(number);
        return number;
      },
      write: (batch) => Promise.resolve(void written.push(batch.join())),
    });
    await expect(over).rejects.toThrow('no three');
    expect(begun).toEqual([1, 2, 3, 4]);
    expect(ended).toEqual([1, 2, 4]);
    expect(written).toEqual(['1,2']);
  });

  it('writes down nothing after a batch that could not be written down', async () => {
    const written: string[] = [];
    const over = inBatches<number, number>({
      width: 10,
      next: () => Promise.resolve([written.length]),
      work: (number) => Promise.resolve(number),
      write: (batch) => {
        written.push(batch.join());
        return Promise.reject(new Error('the disk is full'));
      },
    });
    await expect(over).rejects.toThrow('the disk is full');
    expect(written).toHaveLength(1);
  });

  it('asks once more where there may be more in a moment, and no more after a failure', async () => {
    let looks = 0;
    const seen: number[] = [];
    await inBatches<number, number>({
      width: 2,
      next: () => {
        looks += 1;
        return Promise.resolve(looks < 3 ? null : looks === 3 ? [7] : []);
      },
      work: (number) => Promise.resolve(number),
      write: (batch) => Promise.resolve(void seen.push(...batch)),
    });
    expect(seen).toEqual([7]);

    looks = 0;
    const failing = inBatches<number, number>({
      width: 2,
      next: () => {
        looks += 1;
        return Promise.resolve(looks === 1 ? [1] : null);
      },
      work: () => Promise.reject(new Error('Zoom is gone')),
      write: () => Promise.resolve(),
    });
    await expect(failing).rejects.toThrow('Zoom is gone');
    expect(looks).toBeLessThanOrEqual(3);
  });

  it('ends with the failure of whoever hands out the batches, once the others are done', async () => {
    const written: string[] = [];
    let given = 0;
    const over = inBatches<number, number>({
      width: 2,
      next: () => {
        given += 1;
        return given === 1 ? Promise.resolve([1]) : Promise.reject(new Error('the database is gone'));
      },
      work: async (number) => {
        await sleep(20);
        return number;
      },
      write: (batch) => Promise.resolve(void written.push(batch.join())),
    });
    await expect(over).rejects.toThrow('the database is gone');
    expect(written).toEqual(['1']);
  });
});
