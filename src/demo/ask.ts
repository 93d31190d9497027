/** Asks our own endpoint, as any caller would. */
export type Ask = <T>(query: string, variables?: object) => Promise<T>;

/** One line for whoever started the demo. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);
