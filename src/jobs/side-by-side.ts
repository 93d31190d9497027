/**
 * Works on `items` with at most `width` at a time, and answers in their order. The first failure stops new work from
 * beginning, waits for what is on its way, and is thrown.
 */
export async function sideBySide<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const failures: unknown[] = [];
  const lane = async () => {
    while (next < items.length && failures.length === 0) {
      const index = next;
      next += 1;
      try {
        results[index] = await work(items[index] as T, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}

/** The first alone, then the others side by side: where the first is refused, the others are not asked for. */
export async function firstAlone<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const [first, ...others] = items;
  return first === undefined ? [] : [await work(first), ...(await sideBySide(others, width, work))];
}
