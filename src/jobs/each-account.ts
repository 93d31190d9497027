import type { ZoomClient } from '../datasources/zoom/client.ts';
import { mustStop, ZoomError } from '../datasources/zoom/errors.ts';
import type { AccountRow } from '../db/tables/rows.ts';
import { tellOfAccounts, type AccountNote } from '../policy/account-notes.ts';
import type { Job } from './job.ts';
import { Parts, savePartEnds, type AccountEnds, type Ends } from './parts.ts';
import { sideBySide } from './side-by-side.ts';

/**
 * Accounts that are read at once. A small one is a chain of calls of which each waits for the one before, so one at a time
 * would leave most of what Zoom allows unused. More than a few gain nothing: the limits are those of the whole tree, and
 * one large account takes them up by itself.
 */
const WIDTH = 4;

/** One account while a run reads it. */
export interface AccountReading {
  account: AccountRow;
  /** Speaks for this account. */
  zoom: ZoomClient;
  parts: Parts;
  /** What is missing, in words. */
  notes: string[];
  /** Its place among the accounts of the run. */
  index: number;
}

/** What became of an account; kept in the checkpoint, so that whoever goes on with the run leaves it alone. */
interface Ending {
  notes: string[];
  ends: Ends;
}

/** Statistics of tables grow stale by factors, not by rows: they are learned after the first account, the second, the fourth … */
export const isWorthLearning = (index: number) => ((index + 1) & index) === 0;

/** A client for an account of an integration; calls about a sub account go through its master. */
export function zoomOf(job: Job, account: Pick<AccountRow, 'tier' | 'zoomAccountId'>): ZoomClient {
  return job.zoom(account.tier === 'SUB' ? { subAccountId: account.zoomAccountId } : {});
}

/**
 * Reads accounts, a few side by side, and writes down how their parts ended. What Zoom refuses of one ends the reading of
 * that one alone. An account that an earlier worker of the run has finished is not read again.
 *
 * @param quiet parts whose failures are not told: another task tries them again.
 * @returns what is missing, in words that name the accounts.
 * @throws what ends the whole run: Zoom may be asked nothing more today, or something of ours failed.
 */
export async function eachAccount(
  job: Job,
  accounts: readonly AccountRow[],
  read: (reading: AccountReading) => Promise<void>,
  { more = [], quiet = [] }: { more?: readonly AccountEnds[]; quiet?: readonly string[] } = {},
): Promise<string[]> {
  const endings = await sideBySide(accounts, WIDTH, async (account, index): Promise<Ending> => {
    const key = `ended:${account.id}`;
    const before = job.checkpoint[key] as Ending | undefined;
    if (before !== undefined) return before;
    const parts = new Parts(job);
    const notes: string[] = [];
    try {
      await read({ account, zoom: zoomOf(job, account), parts, notes, index });
    } catch (error) {
      if (!(error instanceof ZoomError) || mustStop(error)) throw error;
      notes.push(error.message);
    }
    const ending = { notes, ends: parts.ends };
    // How far each part of its reading was says nothing any more.
    for (const one of Object.keys(job.checkpoint)) if (one.includes(account.id)) delete job.checkpoint[one];
    job.checkpoint[key] = ending;
    await job.save();
    return ending;
  });
  const ended = accounts.map((account, index) => ({ account, ...(endings[index] as Ending) }));
  await savePartEnds(job, [...more, ...ended]);
  const failures = (ends: Ends) =>
    Object.entries(ends).flatMap(([part, end]) =>
      end.status === 'FAILED' && end.message !== null && !quiet.includes(part) ? [end.message] : [],
    );
  const notes: AccountNote[] = ended.flatMap(({ account, notes: said, ends }) =>
    [...said, ...failures(ends)].map((note) => ({ account: account.name, note })),
  );
  return tellOfAccounts(notes, accounts.length);
}
