import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { failurePage, installPage, sendPage, successPage } from '../../../src/adapters/slack/install-pages.ts';
import { UserError } from '../../../src/errors.ts';

it('leads to Slack, and writes nobody’s words as markup', () => {
  expect(installPage('https://slack.example/authorize?a=1&b="')).toContain(
    'href="https://slack.example/authorize?a=1&amp;b=&quot;"',
  );
  expect(successPage('<b>R&D</b>')).toContain('<b>&lt;b&gt;R&amp;D&lt;/b&gt;</b>');
  const failure = failurePage(new UserError('slack-install', "It's <late>.", { hint: 'Begin again.' }));
  expect(failure).toContain('It&#39;s &lt;late&gt;.');
  expect(failure).toContain('Begin again.');
});

it('is sent so that nobody frames or keeps it', async () => {
  const server = createServer((_, response) => sendPage(response, 400, failurePage(new Error('no')))).listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  const address = server.address();
  const response = await fetch(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(response.headers.get('cache-control')).toBe('no-store');
});
