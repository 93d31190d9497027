import { configOrExit, main, onSignal, openApp } from './app.ts';
import { work } from './processes.ts';

await main(async () => {
  const app = await openApp(configOrExit(), { works: true });
  await work(app.deps);
  onSignal(() => app.close());
});
