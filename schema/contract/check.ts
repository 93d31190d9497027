import { parseArgs } from 'node:util';
import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { composeSupergraph } from '../../examples/supergraph/compose.ts';
import { compareSdl } from './compare.ts';
import { currentSdl, releasedSdl } from './sdl.ts';

/**
 * Checks that the schema composes with the subgraphs of the example, for routers and for Apollo's gateway, and that it
 * breaks nothing that was released. `--schema FILE` checks that SDL instead of ours. Ends with 1 when something is wrong.
 */
const { values } = parseArgs({ options: { schema: { type: 'string' } } });
const sdl = values.schema === undefined ? currentSdl() : readFileSync(values.schema, 'utf8');
const document = parse(sdl);
const problems: string[] = [];

const addresses = { zoom: 'http://zoom.invalid', hr: 'http://hr.invalid', finance: 'http://finance.invalid' };
for (const policies of [true, false]) {
  try {
    composeSupergraph(addresses, { policies, zoom: document });
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
}
const { breaking, dangerous } = compareSdl(parse(releasedSdl()), document);
problems.push(...breaking);

for (const change of dangerous) console.log(`Look at it: ${change}`);
for (const problem of new Set(problems)) console.error(problem);
if (problems.length > 0) {
  console.error(
    '\nThe schema breaks what was released, or does not compose. Keep the old field beside the new one and deprecate it; ' +
      'where a break is meant, see docs/supergraph.md.',
  );
  process.exitCode = 1;
} else {
  console.log('The schema composes, and breaks nothing that was released.');
}
