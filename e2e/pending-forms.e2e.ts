import type { ServerResponse } from 'node:http';
import { serve } from './server.ts';
import { entriesOnDisk, killUndriven } from './session.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** A way to send a form without an answer, from a page of its own. */
interface Way {
  name: string;
  /** The HTML around the button that sends it. */
  form: string;
  click?: Parameters<Undriven['click']>[2];
  /** The last path to which it is sent. */
  path: string;
  /** It is sent into a tab of its own. */
  opens?: boolean;
}

const form = (attributes: string) =>
  `<form method="post" ${attributes}><input type="hidden" name="note" value="hello"><button>send</button></form>`;

const ways: Way[] = [
  { name: 'same', form: form('action="/held/same"'), path: '/held/same' },
  { name: 'redirect', form: form('action="/redirect/redirect"'), path: '/held/redirect' },
  {
    name: 'frame',
    form: `<iframe srcdoc='${form('action="/held/frame" target="_top"')}<script>onclick = () => 1</script>'></iframe>
      <button onclick="frames[0].document.forms[0].submit()">send</button>`,
    path: '/held/frame',
  },
  { name: 'answered', form: form('action="/answered"'), path: '/answered' },
  { name: 'blank', form: form('action="/held/blank" target="_blank"'), path: '/held/blank', opens: true },
  {
    name: 'blank-redirect',
    form: form('action="/redirect/blank-redirect" target="_blank"'),
    path: '/held/blank-redirect',
    opens: true,
  },
  {
    name: 'opener',
    form: form('action="/held/opener" target="_blank" rel="opener"'),
    path: '/held/opener',
    opens: true,
  },
  {
    name: 'control',
    form: form('action="/held/control"'),
    click: { modifiers: ['control'] },
    path: '/held/control',
    opens: true,
  },
  {
    name: 'shift',
    form: form('action="/held/shift"'),
    click: { modifiers: ['shift'] },
    path: '/held/shift',
    opens: true,
  },
];

/** Script for the shell that activates the tab of a page. */
const showTab = (name: string) =>
  `[...document.querySelectorAll('[role=tab]')].find(({ title }) => title.startsWith('GET /${name}\\n'))?.click()`;

/** Activates every tab in turn, until each has its page or says why not. */
async function showAll(undriven: Undriven): Promise<void> {
  const tabs = await undriven.tabs();
  for (const index of tabs.keys()) {
    await undriven.inShell(`document.querySelectorAll('[role=tab]')[${index}].click()`);
    const title = () => undriven.inShell<string>(`document.querySelectorAll('[role=tab]')[${index}].title`);
    // A tab with a lost form has no process.
    const isSettled = async () =>
      (await undriven.shellText()).includes('The answer to this form was not kept') || / \d+$/.test(await title());
    await expect.poll(isSettled, { message: `tab ${index}`, timeout: 30_000 }).toBe(true);
  }
}

test('no unanswered form is requested by its address after a kill', async ({ launchUndriven, folder }) => {
  test.setTimeout(120_000);
  await using server = await serve(({ path, method }, response: ServerResponse) => {
    const way = ways.find(({ name }) => path === `/${name}`);
    if (path.startsWith('/redirect/')) response.writeHead(307, { Location: path.replace('redirect', 'held') }).end();
    else if (!path.startsWith('/held/') || method === 'GET') {
      response.setHeader('Content-Type', 'text/html');
      response.end(`<title>${method} ${path}</title>${way?.form ?? form('')}`);
    }
  });
  const { port, requests } = server;
  // A site of its own for each way, because Chromium makes only six connections to one.
  const pageOf = (name: string) => `http://${name}.localhost:${port}/${name}`;
  const profile = `${folder}/profile`;
  const before = await launchUndriven([...ways.map(({ name }) => name), 'down'].map(pageOf), { profile });
  for (const { name, click, path } of ways) {
    const page = pageOf(name);
    await expect
      .poll(async () => (await undrivenAddress(before, showTab(name))) === page, `the page ${name}`)
      .toBe(true);
    await before.click(page, 'button', click);
    await expect.poll(() => requests.map((each) => `${each.method} ${each.path}`), name).toContain(`POST ${path}`);
  }
  // The process of the answered form has ended, and the server of another one is gone before its answer.
  await before.evaluate(({ webContents }) =>
    webContents
      .getAllWebContents()
      .find((each) => each.getURL().endsWith('/answered'))
      ?.forcefullyCrashRenderer(),
  );
  const closed = await serve(() => undefined);
  await closed[Symbol.asyncDispose]();
  await before.inPage(pageOf('down'), `document.forms[0].action = '${closed.origin}/held/down'`);
  await before.inShell(showTab('down'));
  await before.click(pageOf('down'), 'button');
  await expect.poll(() => before.shellText()).toContain('ERR_CONNECTION_REFUSED');
  const opened = ways.filter(({ opens }) => opens).length;
  const posted = async () => (await entriesOnDisk(profile)).filter((entry) => entry?.posted).length;
  await expect.poll(posted, 'forms in the session').toBe(opened + 2);
  // Reload asks first, even if there was no answer.
  requests.length = 0;
  await before.press('bulkhead://shell', 'F5');
  await expect.poll(() => before.shellText()).toContain('Send the form again?');
  await before.press('bulkhead://shell', 'Escape');
  expect(requests).toEqual([]);
  await killUndriven(before, {});

  requests.length = 0;
  const after = await launchUndriven([], { profile });
  await expect.poll(async () => (await after.tabs()).length).toBe(ways.length + 1 + opened);
  await showAll(after);
  const sent = new Set(ways.map(({ path }) => path));
  expect(
    requests.filter(({ path, method }) => method !== 'GET' || sent.has(path) || path.startsWith('/redirect/')),
  ).toEqual([]);
  expect(await posted()).toBe(opened + 2);
});

/** Runs a script in the shell. Returns the text of the address bar after that. */
async function undrivenAddress(undriven: Undriven, script: string): Promise<string> {
  await undriven.inShell(script);
  return undriven.address();
}
