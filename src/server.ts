import { configOrExit, main, onSignal, openApp } from './app.ts';
import { serve, type Running } from './processes.ts';

await main(async () => {
  const app = await openApp(configOrExit(), { works: false });
  let server: Running | null = null;
  // Before anything is begun that has to be ended.
  onSignal(async () => {
    await server?.stop();
    await app.close();
  });
  server = await serve(app.deps);
});
