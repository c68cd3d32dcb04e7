import type { ServerResponse } from 'node:http';
import { serve, type TestServer } from './server.ts';
import { killUndriven } from './session.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** Serves a page with a form. The path to which it is sent decides the result. */
function serveForms(): Promise<TestServer> {
  return serve(({ method, path, body }, response: ServerResponse) => {
    const redirects: Record<string, [number, string]> = { '/see-other': [303, '/seen'], '/again': [307, '/send'] };
    const redirect = redirects[path];
    if (redirect) {
      response.writeHead(redirect[0], { Location: redirect[1] }).end();
      return;
    }
    if (path === '/nothing') {
      response.writeHead(204).end();
      return;
    }
    response.setHeader('Content-Type', 'text/html');
    if (path === '/not-kept') response.setHeader('Cache-Control', 'no-store');
    const form = '<form method="post"><input name="note" value="hello"></form>';
    response.end(`<title>${method} ${path}</title>${form}<p>${body}</p>`);
  });
}

/** Sends the form of the page at an address, as its button would. */
const send = (undriven: Undriven, page: string, action: string) =>
  undriven.inPage(page, `document.forms[0].action = ${JSON.stringify(action)}; document.forms[0].submit();`, {
    gesture: true,
  });

/** Presses the button of the shell with this text. */
const choose = (undriven: Undriven, label: string) =>
  expect
    .poll(
      () =>
        undriven.inShell<boolean>(`(() => {
          const button = [...document.querySelectorAll('main button')].find(({ innerText }) => innerText.trim() === ${JSON.stringify(label)});
          button?.click();
          return button !== undefined;
        })()`),
      { message: `the button "${label}"` },
    )
    .toBe(true);

const shows = (undriven: Undriven, text: string) => expect.poll(() => undriven.shellText()).toContain(text);
const question = 'Send the form again?';

test('the answer to a form is reloaded only after a question, and by sending the form', async ({ launchUndriven }) => {
  await using server = await serveForms();
  const { origin, requests } = server;
  const undriven = await launchUndriven([`${origin}/`]);
  await shows(undriven, 'GET /');
  const posted = { method: 'POST', path: '/send', body: 'note=hello' };
  const send1 = `${origin}/send`;

  await send(undriven, `${origin}/`, '/send');
  await shows(undriven, 'POST /send');
  expect(requests.splice(0)).toEqual([{ method: 'GET', path: '/', body: '' }, posted]);

  // Neither the key nor the button reloads it without a question, and Cancel keeps it.
  await undriven.press(send1, 'F5');
  await shows(undriven, question);
  await undriven.press('bulkhead://shell', 'Escape');
  await expect.poll(() => undriven.shellText()).not.toContain(question);
  await undriven.click('bulkhead://shell', 'button[aria-label="Reload"]');
  await shows(undriven, question);
  expect(requests).toEqual([]);
  await undriven.inPage(send1, 'globalThis.isOld = true');
  await choose(undriven, 'Send again');
  await expect.poll(() => requests).toEqual([posted]);
  await expect.poll(() => undriven.shellText()).not.toContain(question);
  // A notice goes away with its page, so the answer must have arrived first.
  await expect.poll(() => undriven.inPage(send1, 'globalThis.isOld ?? false').catch(() => true)).toBe(false);
  requests.length = 0;

  // Its source is not requested by the address alone either. The notice about that goes away with the page.
  const refusal = 'Bulkhead does not show its source';
  await undriven.press(send1, 'U', 'control');
  await shows(undriven, refusal);
  await undriven.click('bulkhead://shell', 'header [role=status] [aria-label=Dismiss]');
  await expect.poll(() => undriven.shellText()).not.toContain(refusal);
  await undriven.press(send1, 'U', 'control');
  await shows(undriven, refusal);
  expect(await undriven.tabs()).toHaveLength(1);
  expect(requests).toEqual([]);

  // A page that discards the form with `replaceState` is reloaded like any other.
  await undriven.inPage(send1, `history.replaceState(null, '', '/seen')`);
  await undriven.press(`${origin}/seen`, 'R', 'control');
  await expect.poll(() => requests).toEqual([{ method: 'GET', path: '/seen', body: '' }]);
  await expect.poll(() => undriven.shellText()).not.toContain(refusal);
  requests.length = 0;

  // The kind of redirect decides whether its target is the answer to the form.
  await send(undriven, `${origin}/seen`, '/see-other');
  await expect
    .poll(() => requests.map(({ method, path }) => `${method} ${path}`))
    .toEqual(['POST /see-other', 'GET /seen']);
  await shows(undriven, 'GET /seen');
  requests.length = 0;
  await undriven.press(`${origin}/seen`, 'F5');
  await expect.poll(() => requests).toEqual([{ method: 'GET', path: '/seen', body: '' }]);
  requests.length = 0;
  await send(undriven, `${origin}/seen`, '/again');
  await shows(undriven, 'POST /send');
  await undriven.press(send1, 'F5');
  await shows(undriven, question);
  await choose(undriven, 'Cancel');
  requests.length = 0;

  // A form whose answer is not a page leaves the page unchanged.
  await undriven.go(`${origin}/`);
  // The shell has this title before the page does, because it suggests visited pages.
  await expect.poll(() => undriven.inPage(`${origin}/`, 'document.title').catch(() => '')).toBe('GET /');
  await send(undriven, `${origin}/`, '/nothing');
  await expect.poll(() => requests.at(-1)?.path).toBe('/nothing');
  requests.length = 0;
  await undriven.press(`${origin}/`, 'F5');
  await expect.poll(() => requests).toEqual([{ method: 'GET', path: '/', body: '' }]);

  // The process that showed it has ended.
  await send(undriven, `${origin}/`, '/not-kept');
  await shows(undriven, 'POST /not-kept');
  requests.length = 0;
  await undriven.evaluate(({ webContents }, address) => {
    webContents
      .getAllWebContents()
      .find((each) => each.getURL() === address)
      ?.forcefullyCrashRenderer();
  }, `${origin}/not-kept`);
  await choose(undriven, 'Reload');
  await shows(undriven, question);
  expect(requests).toEqual([]);
  await choose(undriven, 'Send again');
  await expect.poll(() => requests).toEqual([{ ...posted, path: '/not-kept' }]);
  await shows(undriven, 'POST /not-kept');

  // The page is not in the cache when the user comes back.
  await undriven.go(`${origin}/elsewhere`);
  await shows(undriven, 'GET /elsewhere');
  requests.length = 0;
  await undriven.press(`${origin}/elsewhere`, 'Left', 'alt');
  await shows(undriven, 'This page needs the form again');
  expect(requests).toEqual([]);
  await choose(undriven, 'Send again');
  await expect.poll(() => requests).toEqual([{ ...posted, path: '/not-kept' }]);
  await shows(undriven, 'POST /not-kept');
  requests.length = 0;

  // The server is gone before it has answered.
  const closed = await serve(() => undefined);
  await closed[Symbol.asyncDispose]();
  await send(undriven, `${origin}/not-kept`, `${closed.origin}/send`);
  await shows(undriven, 'ERR_CONNECTION_REFUSED');
  await choose(undriven, 'Reload');
  await shows(undriven, question);
});

test('an answer that is still arriving continues while the user is asked whether to send the form again', async ({
  launchUndriven,
}) => {
  const open: ServerResponse[] = [];
  await using server = await serve(({ method }, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.write(`<title>${method}</title><form method="post" action="/send"></form><p>first</p>`);
    if (method === 'GET') response.end();
    else open.push(response);
  });
  const [page, answer] = [`${server.origin}/`, `${server.origin}/send`];
  const undriven = await launchUndriven([page]);
  await shows(undriven, 'GET');
  await send(undriven, page, '/send');
  await shows(undriven, 'POST');
  await undriven.press(answer, 'F5');
  await shows(undriven, question);
  await undriven.press('bulkhead://shell', 'Escape');
  await expect.poll(() => undriven.shellText()).not.toContain(question);
  open.pop()?.end('<p>last</p>');
  await expect.poll(() => undriven.inPage(answer, 'document.body.innerText')).toMatch(/first\s+last/);
  await undriven.click('bulkhead://shell', 'button[aria-label="Reload"]');
  await shows(undriven, question);
  await choose(undriven, 'Send again');
  await expect.poll(() => server.requests.filter(({ method }) => method === 'POST')).toHaveLength(2);
});

test('the answer to a form of an earlier session is not requested by its address without a question', async ({
  launchUndriven,
  folder,
}) => {
  await using server = await serveForms();
  const { origin, requests } = server;
  const profile = `${folder}/profile`;
  const before = await launchUndriven([`${origin}/`], { profile });
  await shows(before, 'GET /');
  await send(before, `${origin}/`, '/send');
  await shows(before, 'POST /send');
  await killUndriven(before, { title: 'POST /send', posted: true });
  requests.length = 0;

  const after = await launchUndriven([], { profile });
  await shows(after, 'The answer to this form was not kept');
  await expect.poll(() => after.address()).toContain('/send');
  expect((await after.tabs()).join()).toContain('POST /send');
  await after.press('bulkhead://shell', 'F5');
  await after.click('bulkhead://shell', 'button[aria-label="Back"]');
  await shows(after, 'GET /');
  expect(requests).toEqual([{ method: 'GET', path: '/', body: '' }]);
  // After Forward it is unchanged, and also for the start after the next one.
  await after.press(`${origin}/`, 'Right', 'alt');
  await shows(after, 'The answer to this form was not kept');
  await killUndriven(after, { title: 'POST /send', posted: true });
  const last = await launchUndriven([], { profile });
  await shows(last, 'The answer to this form was not kept');
  // A page that fails after it has its own error, and can be reloaded.
  const closed = await serve(() => undefined);
  await closed[Symbol.asyncDispose]();
  await last.go(`${closed.origin}/gone`);
  await shows(last, 'ERR_CONNECTION_REFUSED');
  expect(await last.shellText()).not.toContain('The answer to this form was not kept');
  expect((await last.tabs()).join()).toContain('/gone');
  await using again = await serve(
    (_request, response) => void response.setHeader('Content-Type', 'text/html').end('<title>Up again</title>'),
    closed.port,
  );
  await last.press('bulkhead://shell', 'F5');
  await shows(last, 'Up again');
  expect(again.requests).toHaveLength(1);
  await last.press('bulkhead://shell', 'Left', 'alt');
  await shows(last, 'The answer to this form was not kept');
  requests.length = 0;
  await choose(last, 'Load the address without the form');
  await shows(last, 'GET /send');
  expect(requests).toEqual([{ method: 'GET', path: '/send', body: '' }]);
});
