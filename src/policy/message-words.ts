import type { MessageKind } from '../db/tables/asks.ts';
import type { ReclamationAction } from '../db/tables/reclamations.ts';

/** What there is to say of a candidate to whoever is told about it. */
export interface MessageFacts {
  kind: MessageKind;
  /** Name of whom the message goes to, and of who holds the license. */
  recipient: string;
  holder: string;
  license: string;
  /** What the holder loses, in words. */
  loses: readonly string[];
  action: ReclamationAction;
  /** Null: never used. */
  lastActivityAt: Date | null;
  dueAt: Date | null;
  /** Why the holder wants to keep it; null: nothing was said. */
  note: string | null;
  /** Where to answer; null where nothing is asked. */
  link: string | null;
}

/** A message as it is sent: the same words as plain text and as simple HTML. */
export interface MessageWords {
  subject: string;
  text: string;
  html: string;
}

/** A day as people read it, in UTC. */
export const dayInWords = (at: Date) =>
  at.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** What is left when it was taken. */
const AFTER: Readonly<Record<ReclamationAction, string>> = {
  DOWNGRADE:
    'You can still sign in, join every meeting, and hold meetings of up to 40 minutes with a free Basic license.',
  REMOVE_ADD_ON: 'Everything else of your Zoom account stays as it is.',
  DEACTIVATE: 'You can not sign in to Zoom with this account any more until somebody activates it again.',
  DELETE: 'Your Zoom account is deleted with everything in it. Nobody can undo that.',
  UNLINK: 'Your Zoom account is no longer part of the company’s.',
};

/** What the holder loses and keeps, one sentence each. */
export function consequences({ loses, action }: Pick<MessageFacts, 'loses' | 'action'>): string[] {
  return [`What you lose: ${loses.join(', ')}.`, AFTER[action]];
}

export function usedWords({ license, lastActivityAt }: Pick<MessageFacts, 'license' | 'lastActivityAt'>): string {
  return lastActivityAt === null
    ? `You have the Zoom license "${license}", and we see no use of it at all.`
    : `You have the Zoom license "${license}", and we have seen no use of it since ${dayInWords(lastActivityAt)}.`;
}

/** The message in words. */
export function messageWords(facts: MessageFacts): MessageWords {
  const { subject, lines } = contents(facts);
  const greeting = `Hello ${facts.recipient},`;
  const { link } = facts;
  const call = link === null ? [] : [`Answer here, without signing in:`, link];
  const text = [greeting, ...lines, ...(call.length === 0 ? [] : [call.join('\n')])].join('\n\n');
  const html = [
    ...[greeting, ...lines].map((line) => `<p>${escapeHtml(line)}</p>`),
    ...(link === null ? [] : [`<p><a href="${escapeHtml(link)}">Answer here, without signing in</a></p>`]),
  ].join('\n');
  return { subject, text: `${text}\n`, html: `<!doctype html>\n<html lang="en"><body>\n${html}\n</body></html>\n` };
}

function contents(facts: MessageFacts): { subject: string; lines: string[] } {
  const { license, holder, dueAt, note } = facts;
  const due = dueAt === null ? 'soon' : `on ${dayInWords(dueAt)}`;
  switch (facts.kind) {
    case 'ASK':
    case 'REMINDER':
      return {
        subject: `${facts.kind === 'ASK' ? '' : 'Reminder: '}Do you still need your Zoom license "${license}"?`,
        lines: [
          usedWords(facts),
          `If you do not answer, it is taken back ${due}.`,
          ...consequences(facts),
          'To keep it, say so below. You can also say until when you need it, or give it back right away. If you use it before then, you keep it.',
        ],
      };
    case 'APPROVAL':
      return {
        subject: `${holder} wants to keep an unused Zoom license`,
        lines: [
          `${holder} has the Zoom license "${license}", was asked whether it is still needed, and wants to keep it.`,
          facts.lastActivityAt === null
            ? 'We see no use of it at all.'
            : `We have seen no use of it since ${dayInWords(facts.lastActivityAt)}.`,
          note === null ? 'No reason was given.' : `The reason given: ${note}`,
          'Nothing is taken before somebody has decided.',
        ],
      };
    case 'CANCELED':
      return {
        subject: `You keep your Zoom license "${license}"`,
        lines: [`You used Zoom again, so your license "${license}" stays with you. There is nothing to do.`],
      };
    case 'KEPT':
      return {
        subject: `You keep your Zoom license "${license}"`,
        lines: [`Your Zoom license "${license}" is not taken back. There is nothing to do.`],
      };
    case 'TAKEN':
      return {
        subject: `Your Zoom license "${license}" was taken back`,
        lines: [
          `Your Zoom license "${license}" was taken back.`,
          ...consequences(facts),
          'If you need it again, ask whoever looks after Zoom in your company: it can be given back.',
        ],
      };
  }
}

/** Text that can stand in HTML, in attributes too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
