import type { ServerResponse } from 'node:http';
import { serve } from './server.ts';
import { expect, test } from './test.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A server's answers to requests for an icon. */
const answers: Record<string, (response: ServerResponse) => void> = {
  good: (response) => void response.writeHead(200, { 'Content-Type': 'image/png' }).end(png),
  moved: (response) => void response.writeHead(302, { Location: '/icon/good' }).end(),
  missing: (response) => void response.writeHead(404, { 'Content-Type': 'image/png' }).end(png),
  'not-an-image': (response) => void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<p>No'),
  'no-type': (response) => void response.writeHead(200).end(png),
  'too-large': (response) => void response.writeHead(200, { 'Content-Type': 'image/png' }).end(Buffer.alloc(1 << 20)),
  'a-question': (response) => void response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="Icon"' }).end(),
  'for-ever': (response) => void response.writeHead(302, { Location: '/icon/for-ever' }).end(),
  'to-a-file': (response) => void response.writeHead(302, { Location: 'file:///etc/hostname' }).end(),
  'broken-off': (response) => {
    response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': '100' }).write(png);
    setTimeout(() => response.destroy(), 50);
  },
  'no-answer': (response) => void response.destroy(),
  'without-end': (response) => void response.writeHead(200, { 'Content-Type': 'image/png' }).write(png),
};

test('a tab shows the icon that its page names, or the default icon if there is none', async ({ launch }) => {
  let cookies = 0;
  await using server = await serve(({ path }, response, headers) => {
    const [, kind, name = ''] = path.split('/');
    if (kind === 'icon' && headers.cookie) cookies++;
    if (kind === 'icon') answers[name]?.(response);
    else
      response
        .writeHead(200, { 'Content-Type': 'text/html', 'Set-Cookie': 'who=me' })
        .end(`<title>${name}</title><link rel="icon" href="/icon/${name}">`);
  });
  const bulkhead = await launch([`${server.origin}/page/good`]);
  const icon = (name: string) => bulkhead.tab(name).locator('img');
  await expect(icon('good')).toHaveAttribute('src', `data:image/png;base64,${png.toString('base64')}`);
  for (const name of Object.keys(answers)) {
    if (name === 'good') continue;
    await bulkhead.go(`${server.origin}/page/${name}`);
    await expect(bulkhead.tab(name)).toBeVisible();
    await expect.poll(() => server.requests.filter(({ path }) => path === `/icon/${name}`).length).toBeGreaterThan(0);
    if (name !== 'moved') await expect(icon(name)).toHaveCount(0);
  }
  // Pages do not keep the icon of the page before. An icon that never ends blocks nothing.
  await bulkhead.go(`${server.origin}/page/moved`);
  await expect(icon('moved')).toHaveAttribute('src', /^data:image\/png/);
  await bulkhead.go(`${server.origin}/page/broken-off`);
  await expect(bulkhead.tab('broken-off')).toBeVisible();
  await expect(icon('broken-off')).toHaveCount(0);
  expect(cookies).toBe(0);
});
