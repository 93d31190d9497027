import {
  dropMessages,
  markMessageFailed,
  markMessageSent,
  takeMessages,
  type DueMessage,
} from '../datasources/store/messages.ts';
import { NotSent } from '../datasources/notify/index.ts';
import { answerLink } from '../actions/answer-token.ts';
import type { Deps } from '../deps.ts';
import { nextAttempt } from '../policy/asking.ts';
import { messageWords } from '../policy/message-words.ts';
import { losesOf } from '../policy/plan-words.ts';

const AT_ONCE = 8;

/** A look ends after so long; the next one goes on. */
const LOOK_MS = 45_000;

/**
 * Sends what is due. Each message is taken up by one worker at a time; when that one dies, another sends it again with the
 * same id. A message is lost never, and repeated only where a crash came between sending and writing that down.
 */
export async function sendMessages(deps: Deps, signal: AbortSignal): Promise<void> {
  const { sql } = deps.database;
  const startedAt = Date.now();
  while (!signal.aborted && Date.now() - startedAt < LOOK_MS) {
    const messages = await takeMessages(sql, AT_ONCE, deps.now());
    if (messages.length === 0) return;
    const [current, past] = [messages.filter((one) => one.isCurrent), messages.filter((one) => !one.isCurrent)];
    if (past.length > 0)
      await dropMessages(
        sql,
        past.map(({ id }) => id),
        'There was nothing to say any more.',
      );
    await Promise.all(current.map((message) => sendOne(deps, message)));
  }
}

async function sendOne(deps: Deps, message: DueMessage): Promise<void> {
  const { sql } = deps.database;
  const fail = async (error: string, isFinal: boolean) => {
    const next = isFinal ? null : nextAttempt(message.attempts, deps.now());
    deps.log.warn(
      { messageId: message.id, channel: message.channel, error, isLast: next === null },
      'a message did not leave',
    );
    await markMessageFailed(sql, message.id, error, next);
  };
  if (message.email === null || !message.email.includes('@')) return fail('There is no address to send it to.', true);
  if (!deps.notify.channels.includes(message.channel)) return fail('The channel is not configured any more.', true);
  const { recipient, holder, license, licenses, action, lastActivityAt, dueAt, note, kind, askId } = message;
  const loses = losesOf({ action, license, licenses });
  const link = askId === null ? null : answerLink(deps, askId);
  const words = messageWords({ kind, recipient, holder, license, loses, action, lastActivityAt, dueAt, note, link });
  try {
    await deps.notify.send(
      message.channel,
      {
        id: message.id,
        kind,
        to: { email: message.email, name: recipient },
        ...words,
        candidateId: message.candidateId,
        dueAt: dueAt?.toISOString() ?? null,
      },
      deps.now(),
    );
  } catch (error) {
    if (!(error instanceof NotSent)) throw error;
    return fail(error.message, error.isFinal);
  }
  await markMessageSent(sql, message, deps.now());
}
