/** What a process took, in MB. */
export interface Memory {
  atStart: number;
  /** When `mark` was called, by its name; the last time. */
  marks: Readonly<Record<string, number>>;
  peak: number;
}

/** Looks at this process's memory now and then, for the most it ever took. */
export function sampleMemory(): { mark(name: string): void; read(): Memory; stop(): void } {
  const atStart = process.memoryUsage.rss();
  const marks: Record<string, number> = {};
  let peak = atStart;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 250);
  const inMb = (bytes: number) => Math.round(bytes / 1e6);
  return {
    mark: (name) => (marks[name] = inMb(process.memoryUsage.rss())),
    read: () => ({ atStart: inMb(atStart), marks, peak: inMb(peak) }),
    stop: () => clearInterval(sampler),
  };
}
