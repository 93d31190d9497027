import { createHash } from 'node:crypto';
import { escapeHtml } from '../policy/message-words.ts';

/** A page that says how something ended. */
export interface ResultPage {
  tone: 'good' | 'attention' | 'bad';
  title: string;
  /** Paragraphs, plain text. */
  text: string[];
  /** What to do next, or what is missing, in order. */
  steps?: string[];
  /** Facts with their names, for example what was connected. */
  facts?: [name: string, value: string][];
  /** The line above the title; left out, what the tone says. */
  label?: string;
  /** A question that is answered by sending it to the address of the page itself. */
  form?: ChoiceForm;
}

/** One answer of several, with what belongs to it. */
export interface ChoiceForm {
  question: string;
  choices: { value: string; name: string; hint: string }[];
  /** A day that belongs to one of the choices. */
  day?: { name: string; label: string; first: string; last: string; hint: string };
  note: { name: string; label: string; maxLength: number };
  submit: string;
  /** What was wrong with the last answer. */
  problem?: string;
  /** The last answer, so that nobody has to write it again. */
  given?: { choice: string; day: string; note: string };
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d8dee4;--back:#f3f5f8;--card:#fff;--good:#1a7f37;--attention:#9a6700;--bad:#c62828}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#a6b0bb;--line:#3a424c;--back:#0f1317;--card:#181d23;--good:#56d364;--attention:#e3b341;--bad:#ff8a80}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;display:grid;place-items:center;padding:24px 16px;background:var(--back);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,Ubuntu,sans-serif}
main{width:100%;max-width:560px;padding:32px;background:var(--card);border:1px solid var(--line);border-top:4px solid var(--tone);border-radius:14px}
.good{--tone:var(--good)}.attention{--tone:var(--attention)}.bad{--tone:var(--bad)}
.label{margin:0 0 8px;color:var(--tone);font-size:14px;font-weight:600}
h1{margin:0 0 12px;font-size:26px;line-height:1.25;letter-spacing:-.01em}
h2{margin:24px 0 8px;font-size:16px}
p{margin:0 0 12px}
h1,p,li,dd,legend,.choice span{overflow-wrap:anywhere}
ol{margin:0;padding-left:22px}
li{margin:6px 0;padding-left:4px}
dl{margin:20px 0 0;border-top:1px solid var(--line)}
dl div{display:flex;flex-wrap:wrap;gap:4px 16px;padding:10px 0;border-bottom:1px solid var(--line)}
dt{flex:0 0 150px;color:var(--soft)}
dd{flex:1 1 220px;margin:0}
form{margin-top:24px}
fieldset{min-width:0;margin:0 0 16px;padding:0;border:0}
legend{max-width:100%;padding:0;font-weight:600}
.choice{display:flex;gap:12px;margin-top:8px;padding:12px;border:1px solid var(--line);border-radius:10px}
.choice input{flex:none;width:20px;height:20px;margin:2px 0 0}
.choice small,.hint{display:block;color:var(--soft);font-size:14px}
.field{margin:0 0 16px}
.field label{display:block;font-weight:600}
input[type=date],textarea{width:100%;margin-top:4px;padding:10px;border:1px solid var(--soft);border-radius:8px;background:var(--card);color:var(--ink);font:inherit}
button{padding:12px 20px;border:0;border-radius:8px;background:var(--ink);color:var(--card);font:inherit;font-weight:600;cursor:pointer}
:focus-visible{outline:3px solid var(--attention);outline-offset:2px}
.problem{margin:20px 0 0;padding:10px 12px;border-left:4px solid var(--bad);color:var(--bad)}
footer{margin-top:24px;color:var(--soft);font-size:14px}
@media (max-width:480px){main{padding:24px 20px}h1{font-size:22px}}
`;

const LABELS: Readonly<Record<ResultPage['tone'], string>> = {
  good: 'Done',
  attention: 'Not finished',
  bad: 'Not connected',
};

/** Nothing but our own style may load, nobody may frame it, and the address stays here: it held a code. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** The same for a page with a form, which may be sent to where the page came from and nowhere else. */
export const FORM_HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_HEADERS,
  'content-security-policy': (PAGE_HEADERS['content-security-policy'] ?? '').replace(
    "form-action 'none'",
    "form-action 'self'",
  ),
};

/** The page as HTML: no script, no request to anywhere, everything escaped. */
export function resultPage({ tone, title, text, steps = [], facts = [], label, form }: ResultPage): string {
  const paragraphs = text.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n');
  const list =
    steps.length === 0
      ? ''
      : `<h2 id="next">What to do</h2>\n<ol aria-labelledby="next">\n${steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('\n')}\n</ol>`;
  const table =
    facts.length === 0
      ? ''
      : `<dl>\n${facts.map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`).join('\n')}\n</dl>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main class="${tone}">
<p class="label">${escapeHtml(label ?? LABELS[tone])}</p>
<h1>${escapeHtml(title)}</h1>
${paragraphs}
${list}
${table}
${form === undefined ? '<footer>You can close this window.</footer>' : formOf(form)}
</main>
</body>
</html>
`;
}

function formOf({ question, choices, day, note, submit, problem, given }: ChoiceForm): string {
  const options = choices.map(
    ({ value, name, hint }) =>
      `<label class="choice"><input type="radio" name="choice" value="${escapeHtml(value)}" required${value === given?.choice ? ' checked' : ''}><span>${escapeHtml(name)}<small>${escapeHtml(hint)}</small></span></label>`,
  );
  const days =
    day === undefined
      ? ''
      : `<div class="field"><label for="day">${escapeHtml(day.label)}</label><input type="date" id="day" name="${escapeHtml(day.name)}" min="${day.first}" max="${day.last}" value="${escapeHtml(given?.day ?? '')}" aria-describedby="days"><span class="hint" id="days">${escapeHtml(day.hint)}</span></div>`;
  return `${problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`}
<form method="post">
<fieldset><legend>${escapeHtml(question)}</legend>
${options.join('\n')}
</fieldset>
${days}
<div class="field"><label for="note">${escapeHtml(note.label)}</label><textarea id="note" name="${escapeHtml(note.name)}" rows="3" maxlength="${note.maxLength}">${given === undefined ? '' : `\n${escapeHtml(given.note)}`}</textarea></div>
<button type="submit">${escapeHtml(submit)}</button>
</form>`;
}
