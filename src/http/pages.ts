import { createHash } from 'node:crypto';

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
p,li,dd{overflow-wrap:anywhere}
ol{margin:0;padding-left:22px}
li{margin:6px 0;padding-left:4px}
dl{margin:20px 0 0;border-top:1px solid var(--line)}
dl div{display:flex;flex-wrap:wrap;gap:4px 16px;padding:10px 0;border-bottom:1px solid var(--line)}
dt{flex:0 0 150px;color:var(--soft)}
dd{flex:1 1 220px;margin:0}
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

/** The page as HTML: no script, no request to anywhere, everything escaped. */
export function resultPage({ tone, title, text, steps = [], facts = [] }: ResultPage): string {
  const paragraphs = text.map((line) => `<p>${escape(line)}</p>`).join('\n');
  const list =
    steps.length === 0
      ? ''
      : `<h2 id="next">What to do</h2>\n<ol aria-labelledby="next">\n${steps.map((step) => `<li>${escape(step)}</li>`).join('\n')}\n</ol>`;
  const table =
    facts.length === 0
      ? ''
      : `<dl>\n${facts.map(([name, value]) => `<div><dt>${escape(name)}</dt><dd>${escape(value)}</dd></div>`).join('\n')}\n</dl>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main class="${tone}">
<p class="label">${LABELS[tone]}</p>
<h1>${escape(title)}</h1>
${paragraphs}
${list}
${table}
<footer>You can close this window.</footer>
</main>
</body>
</html>
`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
