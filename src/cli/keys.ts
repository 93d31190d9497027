import { rewrapSecrets } from '../datasources/zoom/rewrap.ts';
import { keyUses, lastOpenLink } from '../datasources/store/sealed.ts';
import { ENDED, write, type Command } from './command.ts';

export const keysStatus: Command = {
  about: 'says which keys of TOKEN_KEYS are still needed; exit code 3 when one is that is not there',
  options: {},
  async run({ sql: open, keys, out }) {
    const ring = keys();
    const sql = await open();
    const uses = await keyUses(sql);
    const kids = [...new Set([...ring.kids, ...uses.map(({ kid }) => kid)])];
    const none = { grants: 0, clientSecrets: 0, authorizations: 0 };
    for (const kid of kids) {
      const { grants, clientSecrets, authorizations } = uses.find((use) => use.kid === kid) ?? none;
      const total = grants + clientSecrets + authorizations;
      const words =
        kid === ring.currentKid
          ? 'seals'
          : !ring.kids.includes(kid)
            ? 'MISSING: what it has sealed can not be opened. Put it back into TOKEN_KEYS.'
            : total > 0
              ? 'still needed: run keys rotate'
              : 'no longer needed to open anything';
      const counts = `${grants} grant(s), ${clientSecrets} client secret(s), ${authorizations} authorization(s) under way`;
      await write(out, `${kid}: ${counts}; ${words}\n`);
    }
    const link = await lastOpenLink(sql);
    if (link !== null) {
      await write(out, `Links that were sent are signed: keep every key until ${link.toISOString()}.\n`);
    }
    return uses.some(({ kid }) => !ring.kids.includes(kid)) ? ENDED.FOUND_WRONG : ENDED.WELL;
  },
};

export const keysRotate: Command = {
  about: 'seals everything with the first key of TOKEN_KEYS; may run while everything else does, and be cut off',
  options: {},
  async run({ sql: open, keys, out }) {
    const ring = keys();
    const sql = await open();
    const problems: string[] = [];
    const changed = await rewrapSecrets({
      sql,
      keys: ring,
      onProblem: (id, what, words) => void problems.push(`${id}: its ${what} can not be opened. ${words}\n`),
      onBatch: (soFar) => void out.write(`${soFar} row(s) so far\n`),
    });
    await write(out, `${changed} row(s) are sealed with "${ring.currentKid}" now.\n`);
    for (const problem of problems) await write(out, problem);
    return problems.length > 0 ? ENDED.FOUND_WRONG : ENDED.WELL;
  },
};
