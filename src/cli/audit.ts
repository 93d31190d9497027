import {
  chainHead,
  chainLinks,
  countUnsealed,
  hashAt,
  missingGuards,
  positionsWithin,
} from '../datasources/store/audit-chain.ts';
import type { ChainLink } from '../datasources/store/audit-chain.ts';
import type { Sql } from '../db/client.ts';
import { headText, NO_HASH, parseHead, whyBroken, type Head } from '../policy/audit-chain.ts';
import { ENDED, readSpan, UsageError, write, type Command } from './command.ts';
import { csvLine } from './csv.ts';

const SPAN = {
  from: 'a day or an instant: events since then',
  to: 'a day or an instant: events up to the end of that day, or before that instant',
};

export const auditHead: Command = {
  about:
    'prints the last event as POSITION:HASH; keep it elsewhere, and `audit verify --head` knows when the end was cut off',
  options: {},
  async run({ sql, out }) {
    const head = await chainHead(await sql());
    await write(out, `${headText(head ?? { position: 0, hash: NO_HASH })}\n`);
    return ENDED.WELL;
  },
};

export const auditVerify: Command = {
  about: 'checks that no event was changed, put in, taken out or cut off; ends with 3 when one was',
  options: { ...SPAN, head: 'POSITION:HASH that `audit head` printed once: it must still be there' },
  async run({ sql: open, out }, options) {
    const span = readSpan(options);
    const head = options['head'] === undefined ? null : parseHead(options['head']);
    if (head === null && options['head'] !== undefined) {
      throw new UsageError('--head must be what `audit head` prints, like 1234:9f86d081….');
    }
    const sql = await open();
    const isWhole = span.from === null && span.to === null;
    const { checked, why } = await walk(sql, isWhole ? null : await positionsWithin(sql, span));
    const wrong = why ?? (await whyGuardless(sql)) ?? (head === null ? null : await whyNotAt(sql, head));
    if (wrong !== null) {
      await write(out, `BROKEN: ${wrong}\n`);
      return ENDED.FOUND_WRONG;
    }
    const last = await chainHead(sql);
    await write(
      out,
      `${checked} event(s) are as they were written. Head: ${headText(last ?? { position: 0, hash: NO_HASH })}\n`,
    );
    return ENDED.WELL;
  },
};

/** Checks every event within, or all when null, one after the other, up to the first that is wrong. */
async function walk(
  sql: Sql,
  within: { first: number; last: number } | null,
): Promise<{ checked: number; why: string | null }> {
  const first = within?.first ?? 1;
  let before: { position: number; hash: string | null } = { position: 0, hash: NO_HASH };
  if (first > 1) {
    before = { position: first - 1, hash: await hashAt(sql, first - 1) };
    if (before.hash === null) return { checked: 0, why: `Event ${first - 1} is missing.` };
  }
  let checked = 0;
  for await (const links of chainLinks(sql, { after: first - 1, until: within?.last ?? null })) {
    for (const link of links) {
      const why = whyBroken(before, link);
      if (why !== null) return { checked, why };
      before = link;
      checked += 1;
    }
  }
  return { checked, why: null };
}

async function whyGuardless(sql: Sql): Promise<string | null> {
  const unsealed = await countUnsealed(sql);
  if (unsealed > 0)
    return `${unsealed} event(s) stand outside of the chain: they were written past the database's guard.`;
  const missing = await missingGuards(sql);
  if (missing.length === 0) return null;
  return `The database no longer guards the trail: ${missing.join(', ')} on audit_events is missing or switched off.`;
}

/** A head that was remembered must still be there: a chain that was cut off, or written anew, is whole in itself. */
async function whyNotAt(sql: Sql, { position, hash }: Head): Promise<string | null> {
  if (position === 0) return null;
  const found = await hashAt(sql, position);
  if (found === null) return `Event ${position} was there once and is not any more: the end of the trail was cut off.`;
  return found === hash ? null : `Event ${position} is another than it was: the trail was written anew.`;
}

/** What an event tells, as it stands in `content`. */
interface Told {
  actor: string;
  action: string;
  integrationId: string | null;
  subject: string | null;
  requestId: string | null;
  details: unknown;
}

const CSV_HEADER = 'position,id,at,actor,action,integrationId,subject,requestId,details,previousHash,hash'.split(',');

const FORMATS: Readonly<Record<string, { header: string; line: (link: ChainLink) => string }>> = {
  // `event` is the very text that was hashed, so that whoever has the file can check it.
  jsonl: {
    header: '',
    line: ({ hash, previousHash, content }) =>
      `{"hash":"${hash}","previousHash":"${previousHash}","event":${content}}\n`,
  },
  csv: {
    header: `${csvLine(CSV_HEADER)}\r\n`,
    line: ({ position, id, at, hash, previousHash, content }) => {
      const told = JSON.parse(content) as Told;
      const { actor, action, integrationId, subject, requestId } = told;
      const who = [position, id, at, actor, action, integrationId, subject, requestId];
      return `${csvLine([...who, JSON.stringify(told.details), previousHash, hash])}\r\n`;
    },
  },
};

export const auditExport: Command = {
  about: 'writes events to standard output, oldest first',
  options: { format: 'jsonl (default) or csv', integration: 'id of an integration: its events only', ...SPAN },
  async run({ sql, out }, options) {
    const format = FORMATS[options['format'] ?? 'jsonl'];
    if (format === undefined) throw new UsageError('--format must be jsonl or csv.');
    const span = readSpan(options);
    await write(out, format.header);
    for await (const links of chainLinks(await sql(), { after: 0, integrationId: options['integration'], ...span })) {
      await write(out, links.map(format.line).join(''));
    }
    return ENDED.WELL;
  },
};
