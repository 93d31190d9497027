import { readFileSync } from 'node:fs';

/** Rows of a plain CSV file by the names in its first line; an empty cell is null. No quotes, no commas in cells. */
export function readCsv(file: URL): Record<string, string | null>[] {
  const [head = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = head.split(',');
  return lines.map((line) => {
    const cells = line.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] || null]));
  });
}
