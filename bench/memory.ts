/** What a process took, in MB. */
export interface Memory {
  atStart: number;
  /** When `mark` was called, by its name; the last time. */
  marks: Readonly<Record<string, number>>;
  peak: number;
  /** Of which, at each mark, V8 holds (`heapTotal`) and uses, and buffers outside of it. */
  heaps: Readonly<Record<string, { heapTotal: number; heapUsed: number; external: number }>>;
}

/** Looks at this process's memory now and then, for the most it ever took. */
export function sampleMemory(): { mark(name: string): void; read(): Memory; stop(): void } {
  const atStart = process.memoryUsage.rss();
  const marks: Record<string, number> = {};
  const heaps: Record<string, { heapTotal: number; heapUsed: number; external: number }> = {};
  let peak = atStart;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 250);
  const inMb = (bytes: number) => Math.round(bytes / 1e6);
  return {
    mark: (name) => {
      const { rss, heapTotal, heapUsed, external } = process.memoryUsage();
      marks[name] = inMb(rss);
      heaps[name] = { heapTotal: inMb(heapTotal), heapUsed: inMb(heapUsed), external: inMb(external) };
    },
    read: () => ({ atStart: inMb(atStart), marks, peak: inMb(peak), heaps }),
    stop: () => clearInterval(sampler),
  };
}
