import type { ServerResponse } from 'node:http';
import { messageOf, UserError } from '../../errors.ts';

/** The page that leads to Slack, whose address it is given. */
export function installPage(address: string): string {
  return page(
    'Install Tutti',
    `<p>Tutti asks the coding agents of this installation from your Slack workspace. Slack shows what it may do there before anything
happens. Nobody in the workspace may ask anything until a rule of the configuration says so.</p>
<p><a class="button" href="${escapeHtml(address)}">Add to Slack</a></p>`,
  );
}

/** The end of an installation that worked. */
export function successPage(workspace: string): string {
  return page(
    'Tutti is installed',
    `<p>Tutti is in ${workspace === '' ? 'the workspace' : `<b>${escapeHtml(workspace)}</b>`} now. Write <code>/invite @Tutti</code> in a
channel and ask with <code>@Tutti …</code>. You can close this page.</p>`,
  );
}

/** The end of one that did not: why, and what to do. */
export function failurePage(error: unknown): string {
  const hint = error instanceof UserError ? error.hint : 'Open the page /slack/install again.';
  return page(
    'Tutti was not installed',
    `<p>${escapeHtml(messageOf(error))}</p>${hint === null ? '' : `<p>${escapeHtml(hint)}</p>`}`,
  );
}

/** No other site can frame the page that is sent, no browser keeps it, and it loads nothing. */
export function guard(response: ServerResponse): void {
  response
    .setHeader('cache-control', 'no-store')
    .setHeader('referrer-policy', 'no-referrer')
    .setHeader('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
}

export function sendPage(response: ServerResponse, status: number, html: string): void {
  guard(response);
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(html);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 4rem auto; padding: 0 1rem; color: #1f2937 }
.button { display: inline-block; padding: .6rem 1.2rem; border-radius: .4rem; background: #1f2937; color: #fff; text-decoration: none }
</style>
</head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
