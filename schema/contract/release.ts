import { parseArgs } from 'node:util';
import { parse } from 'graphql';
import { compareSdl } from './compare.ts';
import { currentSdl, releasedSdl, writeReleased } from './sdl.ts';

/**
 * Makes the schema of now the released one, which later changes are held against. Refuses to when that breaks something,
 * unless `--breaking` says that it is meant.
 */
const { values } = parseArgs({ options: { breaking: { type: 'boolean', default: false } } });
const sdl = currentSdl();
const { breaking } = compareSdl(parse(releasedSdl()), parse(sdl));
for (const change of breaking) console.error(change);
if (breaking.length > 0 && !values.breaking) {
  console.error(
    '\nNothing was released: the above breaks others. Where it is meant: npm run schema:release -- --breaking',
  );
  process.exitCode = 1;
} else {
  writeReleased(sdl);
  console.log('schema/contract/released.graphql is the schema of now. Commit it, and publish it to the registry.');
}
