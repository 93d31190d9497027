import { configOrExit, main, onSignal, openApp } from './app.ts';
import { serve, work } from './processes.ts';

await main(async () => {
  const app = await openApp(configOrExit(), { works: true });
  await work(app.deps);
  const server = await serve(app.deps);
  onSignal(async () => {
    await server.stop();
    await app.close();
  });
});
