import { configOrExit, main, onSignal, openApp } from './app.ts';
import { serve, work, type Running } from './processes.ts';

await main(async () => {
  const app = await openApp(configOrExit(), { works: true });
  let server: Running | null = null;
  // Before anything is begun that has to be ended.
  onSignal(async () => {
    await server?.stop();
    await app.close();
  });
  await work(app.deps);
  server = await serve(app.deps);
});
