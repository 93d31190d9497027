import { createHash } from 'node:crypto';

/** An HTML page and the headers that keep it harmless. */
export interface HtmlPage {
  html: string;
  headers: Record<string, string>;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #131619; --soft: #5b6470; --line: #dfe3e8; --paper: #fff; --back: #f4f6f9; --blue: #0b5cff; --blue-ink: #fff; --focus: #0b5cff }
@media (prefers-color-scheme: dark) { :root { --ink: #f3f5f7; --soft: #a9b2bd; --line: #38404a; --paper: #1c2127; --back: #12161b; --blue: #4d8dff; --blue-ink: #0b1020; --focus: #8fb6ff } }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--back); color: var(--ink); font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
main { width: 100%; max-width: 520px; background: var(--paper); border: 1px solid var(--line); border-radius: 16px; padding: 32px; box-shadow: 0 8px 30px rgb(0 0 0 / .06) }
.brand { display: flex; align-items: center; gap: 10px; margin: 0 0 24px; font-weight: 700; color: var(--blue); letter-spacing: .01em }
.brand span { padding: 1px 8px; border: 1px solid var(--line); border-radius: 999px; font-size: 14px; font-weight: 600; color: var(--soft) }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 1.25; overflow-wrap: anywhere }
p { margin: 0 0 16px; color: var(--soft); overflow-wrap: anywhere }
strong { color: var(--ink) }
h2 { margin: 24px 0 8px; font-size: 15px }
ul { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 12px }
li { padding: 10px 14px; overflow-wrap: anywhere }
li + li { border-top: 1px solid var(--line) }
code { display: block; font: 14px/1.5 ui-monospace, Consolas, monospace; color: var(--soft) }
form { display: flex; flex-wrap: wrap; gap: 12px; margin-top: 24px }
button { flex: 1 1 140px; min-height: 48px; padding: 0 20px; border-radius: 12px; border: 1px solid var(--line); background: transparent; color: inherit; font: inherit; font-weight: 600; cursor: pointer }
button[value=allow] { background: var(--blue); border-color: var(--blue); color: var(--blue-ink) }
button:hover { filter: brightness(1.08) }
button:focus-visible, a:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px }
a { color: var(--blue) }
small { display: block; margin-top: 20px; font-size: 14px; color: var(--soft) }
@media (max-width: 480px) { main { padding: 24px 20px } h1 { font-size: 21px } }
`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * A page without script, image or foreign request. `form-action` is left out of the policy on purpose: browsers apply it to
 * the redirects that follow a form too, and those lead to the app that asked.
 */
export function page(title: string, body: string): HtmlPage {
  return {
    html: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<p class="brand">Zoom <span>Sandbox</span></p>
${body}
</main>
</body>
</html>
`,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
  };
}

export interface ConsentRequest {
  appName: string;
  accountName: string;
  userEmail: string;
  redirectOrigin: string;
  permissions: { scope: string; words: string }[];
  action: string;
  ticket: string;
}

/** The page that asks whether an app may. */
export function consentPage(request: ConsentRequest): HtmlPage {
  const permissions = request.permissions
    .map(({ scope, words }) => `<li>${escape(words)}<code>${escape(scope)}</code></li>`)
    .join('\n');
  return page(
    `${request.appName} wants access`,
    `<h1>${escape(request.appName)} wants access to your Zoom account</h1>
<p>You are signed in as <strong>${escape(request.userEmail)}</strong>, who manages the account <strong>${escape(request.accountName)}</strong>.</p>
<h2 id="asked">This app will be able to</h2>
<ul aria-labelledby="asked">
${permissions}
</ul>
<form method="post" action="${escape(request.action)}">
<input type="hidden" name="ticket" value="${escape(request.ticket)}">
<button type="submit" name="decision" value="deny">Deny</button>
<button type="submit" name="decision" value="allow">Allow</button>
</form>
<small>Either answer takes you back to ${escape(request.redirectOrigin)}. This is a sandbox: no real account is touched.</small>`,
  );
}

/** What a browser sees when the request itself is wrong: never a redirect. */
export function errorPage(code: number, message: string): HtmlPage {
  return page(
    'Invalid request',
    `<h1>This app can't be authorized</h1>
<p>${escape(message)} (${code})</p>
<p>Check the client id and the redirect URL of the app, then start again from where you came.</p>`,
  );
}

export function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
