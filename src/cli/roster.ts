import { forgetCompleteRoster } from '../datasources/store/sync-accounts.ts';
import { ENDED, UsageError, write, type Command } from './command.ts';

export const rosterRestart: Command = {
  about:
    'lets the next sync of an account believe whatever Zoom lists, as a first one does: for one whose people were all replaced',
  options: { account: 'id of the account, acc_…' },
  async run({ sql: open, out }, options) {
    const id = options['account'];
    if (id === undefined) throw new UsageError('--account is missing: the id of the account, acc_….');
    const account = await forgetCompleteRoster(await open(), id, { by: 'cli' });
    if (account === null) {
      await write(out, `There is no account ${id}, or no roster of it was ever complete: nothing was changed.\n`);
      return ENDED.FOUND_WRONG;
    }
    await write(out, `The next sync of "${account}" takes its roster as a first one.\n`);
    return ENDED.WELL;
  },
};
