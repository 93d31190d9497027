import { answerAsk, askById, insertAsks, postpone, setDue, type AskFacts } from '../datasources/store/asks.ts';
import { recordAudit } from '../datasources/store/audit.ts';
import { moveAllCandidates } from '../datasources/store/reclaim.ts';
import type { AnswerChoice } from '../db/tables/asks.ts';
import type { Deps } from '../deps.ts';
import { choicesOf, MAX_NOTE, readNeedUntil } from '../policy/asking.ts';
import { dayInWords } from '../policy/message-words.ts';
import type { Tx } from './applied.ts';
import { askOfToken } from './answer-token.ts';
import { takeDue } from './take-due.ts';

/** What there is behind a link. */
export type AskView =
  | { kind: 'UNKNOWN' }
  /** `OVER`: it was decided otherwise meanwhile. */
  | { kind: 'OPEN' | 'ANSWERED' | 'EXPIRED' | 'OVER'; ask: AskFacts };

/** What became of an answer; `INVALID` says what is wrong with it. */
export type AnswerResult =
  AskView | { kind: 'TAKEN_DOWN'; ask: AskFacts } | { kind: 'INVALID'; ask: AskFacts; message: string };

/** What a form sends, as it came. */
export interface AnswerForm {
  choice: string;
  until: string;
  note: string;
}

/** Looks behind a link. Changes nothing: mail scanners open links. */
export async function lookAtAsk(deps: Deps, token: string): Promise<AskView> {
  const id = askOfToken(deps, token);
  return viewOf(id === null ? null : await askById(deps.database.sql, id), deps.now());
}

function viewOf(ask: AskFacts | null, now: Date): AskView {
  if (ask === null) return { kind: 'UNKNOWN' };
  if (ask.answer !== null) return { kind: 'ANSWERED', ask };
  if (ask.expiresAt <= now) return { kind: 'EXPIRED', ask };
  const waitsFor = ask.role === 'HOLDER' ? 'AWAITING_USER' : 'AWAITING_APPROVAL';
  return { kind: ask.status === waitsFor ? 'OPEN' : 'OVER', ask };
}

/** Takes an answer down, once; the step that follows from it is part of the same transaction or made right after. */
export async function answer(deps: Deps, token: string, form: AnswerForm): Promise<AnswerResult> {
  const id = askOfToken(deps, token);
  if (id === null) return { kind: 'UNKNOWN' };
  const now = deps.now();
  const result = await deps.database.sql.begin(async (tx): Promise<AnswerResult> => {
    const view = viewOf(await askById(tx, id, true), now);
    if (view.kind !== 'OPEN') return view;
    const { ask } = view;
    const choice = choicesOf(ask.role, ask.needed).find((one) => one === form.choice);
    if (choice === undefined) return { kind: 'INVALID', ask, message: 'Choose one of the answers.' };
    const until = choice === 'NEED_UNTIL' ? readNeedUntil(form.until, now) : null;
    if (choice === 'NEED_UNTIL' && until === null) {
      return { kind: 'INVALID', ask, message: 'Say until which day you need it, within the days that the page names.' };
    }
    const note = noteOf(form.note);
    if (!(await answerAsk(tx, id, { answer: choice, until, note }, now))) return { kind: 'ANSWERED', ask };
    await follow(tx, deps, ask, { choice, until, note }, now);
    await recordAudit(tx, [
      {
        at: now,
        actor: ask.userId,
        action: 'candidate.answered',
        integrationId: ask.integrationId,
        subject: ask.candidateId,
        details: { askId: id, role: ask.role, answer: choice, until: until?.toISOString() ?? null },
      },
    ]);
    return { kind: 'TAKEN_DOWN', ask: { ...ask, answer: choice, until, note, answeredAt: now } };
  });
  // What was given back goes the way of every reclamation. When that can't be now, it stays due.
  const isDue = result.kind === 'TAKEN_DOWN' && (result.ask.answer === 'GIVE_BACK' || result.ask.answer === 'REJECT');
  if (isDue) await takeDue(deps, result.ask.candidateId);
  return result;
}

async function follow(
  tx: Tx,
  deps: Deps,
  ask: AskFacts,
  { choice, until, note }: { choice: AnswerChoice; until: Date | null; note: string | null },
  now: Date,
): Promise<void> {
  const ids = [ask.candidateId];
  const by = ask.userId;
  const said = note === null ? '' : ` ${note}`;
  switch (choice) {
    case 'KEEP':
      await moveAllCandidates(
        tx,
        ids,
        { to: 'AWAITING_APPROVAL', by, actor: 'USER', note: `The holder wants to keep it.${said}` },
        now,
      );
      await setDue(tx, ids, { dueAt: null, notBefore: null });
      if (ask.managerId !== null) {
        const { candidateId, integrationId, askedBy } = ask;
        const manager = {
          candidateId,
          integrationId,
          askedBy,
          userId: ask.managerId,
          role: 'MANAGER',
          dueAt: null,
        } as const;
        await insertAsks(tx, [manager], 'APPROVAL', deps.notify.channels, now);
      }
      return;
    case 'NEED_UNTIL': {
      if (until === null) return;
      const words = `The holder needs it until ${dayInWords(until)}.${said}`;
      await moveAllCandidates(tx, ids, { to: 'AWAITING_USER', by, actor: 'USER', note: words }, now);
      return postpone(tx, ids, until);
    }
    case 'APPROVE':
      return moveAllCandidates(
        tx,
        ids,
        { to: 'CLOSED_SKIPPED', by, actor: 'APPROVER', note: `The manager lets it be kept.${said}`, isDismissal: true },
        now,
      );
    case 'GIVE_BACK':
    case 'REJECT':
      return setDue(tx, ids, { dueAt: now, notBefore: null });
  }
}

/** What somebody wrote, on one line and without what can't be shown; null: nothing. */
function noteOf(text: string): string | null {
  const plain = text
    .toWellFormed()
    .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return plain === '' ? null : plain.slice(0, MAX_NOTE).toWellFormed();
}
