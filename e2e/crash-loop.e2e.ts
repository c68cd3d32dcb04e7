import { once } from 'node:events';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** Ends it at once, as a fault would. */
async function kill(undriven: Undriven): Promise<void> {
  undriven.process.kill('SIGKILL');
  await undriven.ended();
}

const titles = (...names: string[]) => names.map((name) => expect.stringContaining(name));

test('after two early ends no tab is loaded automatically, the user is told why, and every tab is there', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const [alpha, beta] = [pages.html('Alpha', 'alpha'), pages.html('Beta', 'beta')];
  const first = await launchUndriven([alpha, beta], { profile });
  await expect.poll(() => first.tabs()).toEqual(titles('Alpha', 'Beta'));
  await expect.poll(() => onDisk(profile)).toContain(beta);
  await kill(first);

  // After the first early end, the tabs are loaded: it may have been an accident.
  const second = await launchUndriven([], { profile });
  await expect.poll(() => second.tabs()).toEqual(titles('Alpha', 'Beta'));
  await expect.poll(() => second.pages()).toEqual([alpha]);
  await expect.poll(async () => JSON.parse(await readFile(`${profile}/running.json`, 'utf8')).phase).toBe('starting');
  await kill(second);

  const third = await launchUndriven([], { profile });
  await expect.poll(() => third.tabs()).toEqual(titles('Alpha', 'Beta', 'New tab'));
  await expect.poll(() => third.shellText()).toContain('Bulkhead ended twice in a row within 30 seconds of its start.');
  expect(await third.shellText()).toContain('The 2 tabs of that session are not loaded');
  expect(await third.pages()).toEqual(['bulkhead://newtab/']);
  // Closing the only loaded tab loads none of the others.
  await third.inShell(`[...document.querySelectorAll('[data-closes] button')].at(-1).click()`);
  await expect.poll(() => third.pages()).toEqual(['bulkhead://newtab/']);
  await third.inShell(`document.querySelectorAll('[role=tab]')[1].click()`);
  await expect.poll(() => third.pages()).toContain(beta);
  expect(await third.pages()).not.toContain(alpha);
  await third.inShell(
    `[...document.querySelectorAll('button')].find((button) => button.textContent.trim() === 'Open as before').click()`,
  );
  await expect.poll(() => third.pages()).toContain(alpha);
  expect(await third.shellText()).not.toContain('twice in a row');

  // Each such start has a new tab, but only one is kept.
  await kill(third);
  const fourth = await launchUndriven([], { profile });
  await expect.poll(() => fourth.tabs()).toEqual(titles('Alpha', 'Beta', 'New tab'));
});

test('after an end while the last session was loaded, its tabs are not loaded automatically', async ({
  launchUndriven,
  folder,
}) => {
  const profile = `${folder}/profile`;
  let answers = true;
  const server = createServer((_request, response) => {
    if (answers) response.end('<title>Slow</title>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const slow = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const first = await launchUndriven([slow], { profile });
  await expect.poll(() => first.tabs()).toEqual(titles('Slow'));
  await expect.poll(() => onDisk(profile)).toContain(slow);
  await kill(first);

  answers = false;
  const second = await launchUndriven([], { profile });
  await kill(second);

  const third = await launchUndriven([], { profile });
  await expect.poll(() => third.shellText()).toContain('Bulkhead ended while it loaded the active tab');
  expect(await third.pages()).toEqual(['bulkhead://newtab/']);
  await expect.poll(() => third.tabs()).toEqual(titles('Slow', 'New tab'));
  server.closeAllConnections();
  server.close();
});

test('tabs that the user wants at every start are not loaded after early ends, however early', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = `${folder}/profile`;
  const alpha = pages.html('Alpha', 'alpha');
  await mkdir(profile);
  await writeFile(`${profile}/settings.json`, JSON.stringify({ openLastSession: true }));
  const first = await launchUndriven([alpha, pages.html('Beta', 'beta')], { profile });
  await expect.poll(() => first.tabs()).toEqual(titles('Alpha', 'Beta'));
  await first.closeWindow();
  await first.ended();
  await cp(`${profile}/session`, `${folder}/ended`, { recursive: true });
  for (let end = 0; end < 2; end++) {
    const again = await launchUndriven([], { profile });
    await expect.poll(() => again.tabs()).toEqual(titles('Alpha', 'Beta'));
    expect(await again.shellText()).not.toContain('did not end properly');
    await expect.poll(async () => JSON.parse(await readFile(`${profile}/running.json`, 'utf8')).phase).toBe('starting');
    await kill(again);
    // As when the browser ends before it has written anything of its session.
    await rm(`${profile}/session`, { recursive: true });
    await cp(`${folder}/ended`, `${profile}/session`, { recursive: true });
  }
  const held = await launchUndriven([], { profile });
  await expect.poll(() => held.shellText()).toContain('Bulkhead ended twice in a row within 30 seconds of its start.');
  expect(await held.tabs()).toEqual(titles('Alpha', 'Beta', 'New tab'));
  expect(await held.pages()).toEqual(['bulkhead://newtab/']);
  // The user ends it normally, so the next start is a normal one.
  await held.inShell(`document.querySelectorAll('[role=tab]')[1].click()`);
  await held.closeWindow();
  await held.ended();
  const after = await launchUndriven([], { profile });
  await expect.poll(() => after.tabs()).toEqual(titles('Alpha', 'Beta', 'New tab'));
  await expect.poll(async () => (await after.pages()).join()).toContain('Beta');
  expect(await after.shellText()).not.toContain('twice in a row');
});

/** Returns all text of the session's files. */
async function onDisk(profile: string): Promise<string> {
  // A third file is temporary, and is not a session before it is renamed to one of these.
  const read = (name: string) => readFile(`${profile}/session/${name}`, 'utf8').catch(() => '');
  return (await Promise.all(['even', 'odd'].map(read))).join('');
}
