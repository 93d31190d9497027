/**
 * Plays the browser at Zoom: opens the consent page, sends its form, and gives the address that Zoom redirects to,
 * without going there. Throws with the text of the page when Zoom shows an error instead.
 */
export async function consent(authorizationUrl: string, decision: 'allow' | 'deny' = 'allow'): Promise<string> {
  const page = await fetch(authorizationUrl, { redirect: 'manual' });
  const html = await page.text();
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1];
  const ticket = /name="ticket" value="([^"]+)"/.exec(html)?.[1];
  if (page.status !== 200 || !action || !ticket) {
    throw new Error(
      `no consent page (HTTP ${page.status}): ${html
        .replace(/<style>.*<\/style>|<[^>]+>/gs, ' ')
        .replace(/\s+/g, ' ')
        .trim()}`,
    );
  }
  const answer = await fetch(new URL(action, authorizationUrl), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ ticket, decision }),
  });
  const location = answer.headers.get('location');
  if (!location) throw new Error(`the consent form was answered with HTTP ${answer.status}`);
  return location;
}
