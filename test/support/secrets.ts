import { Secret } from '#src/secret.ts';

/** Shorter ones are words that tests use as secrets, and that may stand anywhere. */
const SHORTEST = 12;
const MOST_LETTERS = 4_000_000;

/** What a bearer token looks like. */
const JWT = /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/;

interface Watch {
  /** Every secret that the product has used since the file began: whatever leaves a `Secret` comes by here. */
  values: Set<string>;
  /** What was printed and logged meanwhile. */
  lines: string[];
  letters: number;
}

const KEY = Symbol.for('zoom-license.test.secrets');
const place = globalThis as { [KEY]?: Watch };

/** The watch of this process; the first call begins it. */
export function watch(): Watch {
  if (place[KEY] !== undefined) return place[KEY];
  const begun: Watch = (place[KEY] = { values: new Set(), lines: [], letters: 0 });
  const { reveal } = Secret.prototype;
  Secret.prototype.reveal = function (this: Secret): string {
    const value = reveal.call(this);
    if (value.length >= SHORTEST) begun.values.add(value);
    return value;
  };
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = ((chunk: unknown, ...rest: unknown[]) => {
      overhear(String(chunk));
      return write(chunk, ...rest);
    }) as typeof stream.write;
  }
  return begun;
}

/** Remembers something that was logged or printed. */
export function overhear(line: string): void {
  const { lines } = watch();
  if (watch().letters > MOST_LETTERS) return;
  watch().letters += line.length;
  lines.push(line);
}

/** Lines of `text` that tell a secret, with what it was. */
export function leaksIn(text: string): string[] {
  const leaks = [...watch().values].filter((value) => text.includes(value));
  const token = JWT.exec(text)?.[0];
  return token === undefined ? leaks : [...leaks, token];
}

/** Ends the watch of one file: what leaked in it. */
export function leaksSoFar(): string[] {
  const { lines, values } = watch();
  const leaks = leaksIn(lines.join('\n'));
  lines.length = 0;
  values.clear();
  watch().letters = 0;
  return leaks;
}
