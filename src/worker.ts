import { configOrExit, main, onSignal, openApp } from './app.ts';
import { watch, work } from './processes.ts';

await main(async () => {
  const app = await openApp(configOrExit(), { works: true });
  let monitor: Awaited<ReturnType<typeof watch>> = null;
  // Before anything is begun that has to be ended.
  onSignal(async () => {
    monitor?.drain();
    await app.close();
    await monitor?.stop();
  });
  monitor = await watch(app.deps);
  await work(app.deps);
});
