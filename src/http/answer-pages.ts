import type { AnswerForm, AnswerResult, AskView } from '../actions/answer-ask.ts';
import type { AskFacts } from '../datasources/store/asks.ts';
import type { AnswerChoice } from '../db/tables/asks.ts';
import { choicesOf, MAX_NOTE, needBounds } from '../policy/asking.ts';
import { consequences, dayInWords, usedWords } from '../policy/message-words.ts';
import { losesOf } from '../policy/plan-words.ts';
import type { ChoiceForm, ResultPage } from './pages.ts';

export interface AnswerPage {
  status: number;
  page: ResultPage;
}

const ASK_IT = 'If something is not right, ask whoever looks after Zoom in your company.';

/** What was sent is none of our forms. */
export const ODD_REQUEST: ResultPage = {
  tone: 'bad',
  label: 'Not taken down',
  title: 'That can not be read',
  text: ['What was sent is not the form of this page, or it is too large. Nothing was changed.'],
  steps: ['Open the link of the message again, and send the form that it shows.'],
};

export const OUR_FAILURE: ResultPage = {
  tone: 'bad',
  label: 'Not taken down',
  title: 'Something went wrong here',
  text: ['Your answer may not have been taken down. It is not your fault.'],
  steps: ['Open the link again in some minutes: it says whether you have answered.', ASK_IT],
};

const CHOICES: Readonly<Record<AnswerChoice, { name: string; hint: string; done: string }>> = {
  KEEP: {
    name: 'I want to keep it',
    hint: 'Somebody in your company then decides.',
    done: 'You want to keep it. Somebody in your company decides now; nothing is taken before.',
  },
  NEED_UNTIL: {
    name: 'I need it until a day',
    hint: 'Nothing is taken before then. You are asked again when it has come.',
    done: 'You need it for a while. Nothing is taken before then, and you are asked again.',
  },
  GIVE_BACK: {
    name: 'I give it back',
    hint: 'It is taken back now.',
    done: 'You give it back. It is taken back in the next minutes or as soon as somebody has confirmed it.',
  },
  APPROVE: {
    name: 'It may be kept',
    hint: 'It stays, and nobody is asked about it again for some time.',
    done: 'It may be kept. Nothing is taken.',
  },
  REJECT: {
    name: 'It is to be taken back',
    hint: 'It is taken back now.',
    done: 'It is to be taken back. That happens in the next minutes or as soon as somebody has confirmed it.',
  },
};

/** The page of a question, open or not, or of what became of an answer, which is shown again where it has to be mended. */
export function answerPage(result: AskView | AnswerResult, now: Date, form?: AnswerForm): AnswerPage {
  switch (result.kind) {
    case 'UNKNOWN':
      return closed(404, 'bad', 'This link is not known', [
        'It was changed on its way here, or it is long over. Nothing was changed.',
      ]);
    case 'OPEN':
      return { status: 200, page: openPage(result.ask, now) };
    case 'INVALID':
      return { status: 422, page: openPage(result.ask, now, { problem: result.message, form }) };
    case 'TAKEN_DOWN':
      return {
        status: 200,
        page: {
          tone: 'good',
          label: 'Taken down',
          title: 'Thank you for your answer',
          text: [answeredWords(result.ask)],
          facts: factsOf(result.ask),
        },
      };
    case 'ANSWERED':
      return closed(
        409,
        'attention',
        'This was answered already',
        [
          result.ask.answeredAt === null ? '' : `The answer was given on ${dayInWords(result.ask.answeredAt)}.`,
          answeredWords(result.ask),
        ],
        result.ask,
      );
    case 'EXPIRED':
      return closed(410, 'attention', 'This link has expired', ['The time to answer is over.'], result.ask);
    case 'OVER':
      return closed(410, 'attention', 'There is nothing to answer any more', [endWords(result.ask)], result.ask);
  }
}

function endWords({ status }: AskFacts): string {
  switch (status) {
    case 'CLOSED_CANCELED':
      return 'It was used again, so nothing is taken.';
    case 'CLOSED_SKIPPED':
      return 'It was decided that nothing is taken.';
    case 'CLOSED_COMPLETE':
      return 'It was taken back.';
    case 'AWAITING_REVOCATION':
      return 'The time to answer is over, and it is being taken back.';
    default:
      return 'Somebody in your company looks after it.';
  }
}

function answeredWords({ answer, until }: AskFacts): string {
  if (answer === null) return 'Somebody has answered in this moment.';
  return answer === 'NEED_UNTIL' && until !== null
    ? `${CHOICES[answer].done} The day is ${dayInWords(until)}.`
    : CHOICES[answer].done;
}

function closed(
  status: number,
  tone: ResultPage['tone'],
  title: string,
  text: string[],
  ask: AskFacts | null = null,
): AnswerPage {
  const facts = ask === null ? [] : factsOf(ask);
  const label = tone === 'bad' ? 'Not known' : 'Over';
  return { status, page: { tone, label, title, text: text.filter((line) => line !== ''), steps: [ASK_IT], facts } };
}

function factsOf({ license, holder, lastActivityAt }: AskFacts): [string, string][] {
  return [
    ['License', license],
    ['Held by', holder],
    ['Last used', lastActivityAt === null ? 'No use is known' : dayInWords(lastActivityAt)],
  ];
}

function openPage(
  ask: AskFacts,
  now: Date,
  last: { problem?: string; form?: AnswerForm | undefined } = {},
): ResultPage {
  const { role, license, holder, dueAt, action, licenses, holderNote } = ask;
  const isHolder = role === 'HOLDER';
  const choices = choicesOf(role, ask.needed);
  const bounds = needBounds(now);
  const { problem, form: given } = last;
  const form: ChoiceForm = {
    question: isHolder ? 'What shall become of it?' : `May ${holder} keep it?`,
    choices: choices.map((value) => ({ value, name: CHOICES[value].name, hint: CHOICES[value].hint })),
    ...(choices.includes('NEED_UNTIL') && {
      day: {
        name: 'until',
        label: 'Last day on which you need it (only with that answer)',
        ...bounds,
        hint: `From ${dayInWords(new Date(bounds.first))} to ${dayInWords(new Date(bounds.last))}`,
      },
    }),
    note: { name: 'note', label: 'Why? (not required)', maxLength: MAX_NOTE },
    submit: 'Send the answer',
    ...(problem !== undefined && { problem }),
    ...(given !== undefined && { given: { choice: given.choice, day: given.until, note: given.note } }),
  };
  const loses = losesOf({ action, license, licenses });
  const text = isHolder
    ? [
        usedWords(ask),
        dueAt === null
          ? ''
          : `Without an answer it is taken back on ${dayInWords(dueAt)}. If you use it before, you keep it.`,
        ...consequences({ loses, action }),
      ]
    : [
        `${holder} was asked whether the Zoom license "${license}" is still needed, and wants to keep it.`,
        holderNote === null ? 'No reason was given.' : `The reason given: ${holderNote}`,
        'Nothing is taken before somebody has decided.',
      ];
  return {
    tone: 'attention',
    label: 'Your answer is needed',
    title: isHolder ? `Do you still need "${license}"?` : `May ${holder} keep "${license}"?`,
    text: text.filter((line) => line !== ''),
    facts: factsOf(ask),
    form,
  };
}
