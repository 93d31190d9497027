import { readFileSync, writeFileSync } from 'node:fs';
import { printSubgraphSchema } from '@apollo/subgraph';
import { buildSubgraph } from '../../src/schema.ts';

const RELEASED = new URL('released.graphql', import.meta.url);

/** The SDL that was released last: what others may rely on. */
export function releasedSdl(): string {
  return readFileSync(RELEASED, 'utf8');
}

/** The SDL as the service would answer it now. */
export function currentSdl(): string {
  return `${printSubgraphSchema(buildSubgraph().schema)}\n`;
}

/** Makes an SDL the released one. */
export function writeReleased(sdl: string): void {
  writeFileSync(RELEASED, sdl);
}
