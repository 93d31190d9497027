import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { HeldBack } from '#src/jobs/held-back.ts';

it('makes nothing before it is opened, then everything in order, one at a time', async () => {
  const writes = new HeldBack();
  const made: number[] = [];
  let atOnce = 0;
  const write = (n: number) => async () => {
    expect((atOnce += 1)).toBe(1);
    await sleep(5 - n);
    atOnce -= 1;
    made.push(n);
  };
  await writes.write(write(1));
  await writes.write(write(2));
  await sleep(20);
  expect([made, writes.isOpen]).toEqual([[], false]);
  const third = writes.open().then(() => writes.write(write(4)));
  const during = writes.write(write(3));
  expect(writes.isOpen).toBe(true);
  await Promise.all([third, during]);
  expect(made).toEqual([1, 2, 3, 4]);
});

it('is at its end when nothing is being written any more, and at once when nothing may be', async () => {
  const writes = new HeldBack();
  let made = 0;
  await writes.write(async () => void (made += 1));
  await writes.end();
  expect(made).toBe(0);
  await writes.open();
  void writes.write(() => sleep(10).then(() => (made += 1)));
  writes.write(() => Promise.reject(new Error('no room'))).catch(() => undefined);
  await writes.end();
  expect(made).toBe(2);
});

it('throws when it is opened what failed of that which was held back, and makes nothing after it', async () => {
  const writes = new HeldBack();
  const made: number[] = [];
  await writes.write(() => Promise.reject(new Error('no room')));
  await writes.write(async () => void made.push(2));
  await expect(writes.open()).rejects.toThrow('no room');
  await expect(writes.write(async () => void made.push(3))).rejects.toThrow('no room');
  expect(made).toEqual([]);
});
