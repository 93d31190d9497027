/** Something to say about one account. */
export interface AccountNote {
  /** Its name for people. */
  account: string;
  note: string;
}

/** So many accounts are named with what is true of them, and so many things that are true of some are said. */
const NAMED = 3;
const SAID = 4;

/**
 * What is to be said about accounts, each thing once: the accounts that it is true of are named where it isn't true of
 * all. With hundreds of accounts it stays short: a few names and then a count.
 */
export function tellOfAccounts(notes: readonly AccountNote[], accounts: number): string[] {
  const byNote = new Map<string, Set<string>>();
  for (const { account, note } of notes) byNote.set(note, (byNote.get(note) ?? new Set()).add(account));
  const words = [...byNote].flatMap(([note, names]) => (names.size >= accounts ? [note] : []));
  const ofSome = [...byNote].filter(([, names]) => names.size < accounts).sort(([, a], [, b]) => b.size - a.size);
  words.push(...ofSome.slice(0, SAID).map(([note, names]) => `${named([...names])}: ${note}`));
  const others = new Set(ofSome.slice(SAID).flatMap(([, names]) => [...names]));
  if (others.size === 0) return words;
  const more = `${others.size} more ${others.size === 1 ? 'account' : 'accounts'}`;
  return [...words, `Of ${more} each says by itself what is missing.`];
}

function named(names: readonly string[]): string {
  const more = names.length - NAMED;
  if (more <= 0) return names.join(', ');
  return `${names.slice(0, NAMED).join(', ')} and ${more} more ${more === 1 ? 'account' : 'accounts'}`;
}
