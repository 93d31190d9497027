import { configOrExit, main, onSignal, openApp } from './app.ts';
import { work } from './processes.ts';

await main(async () => {
  const app = await openApp(configOrExit(), { works: true });
  // Before anything is begun that has to be ended.
  onSignal(() => app.close());
  await work(app.deps);
});
