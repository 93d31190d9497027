/** Looks at this process's memory now and then, for the most it ever took. In MB. */
export function sampleMemory(): { read(): { atStart: number; peak: number }; stop(): void } {
  const atStart = process.memoryUsage.rss();
  let peak = atStart;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 250);
  return {
    read: () => ({ atStart: Math.round(atStart / 1e6), peak: Math.round(peak / 1e6) }),
    stop: () => clearInterval(sampler),
  };
}
