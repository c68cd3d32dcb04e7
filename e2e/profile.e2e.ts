import { execFileSync } from 'node:child_process';
import { chmod, lstat, mkdir, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pictureOfWindow } from './screen.ts';
import { killBrowser, onDisk, seenIn } from './session.ts';
import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/** Every file and folder of the profile that Bulkhead itself reads or writes. */
const places = [
  'settings.json',
  'settings.json.next',
  'popup-sites.json',
  'popup-sites.json.next',
  'running.json',
  'running.json.next',
  'folder-listings',
  'crash-reports/1-1-1.json',
  'crash-reports/1-1-1.json.next',
  'isolation/2026-11-28T00-00-00-000Z.json',
  ...['even', 'odd', 'unfinished', 'unfinished-last'].map((name) => `session/${name}`),
  'history/visits.jsonl',
  'history/visits.jsonl.next',
  'log/bulkhead.log',
];
const folders = ['session', 'history', 'crash-reports', 'isolation', 'log'];

const things: Record<string, (place: string) => unknown> = {
  pipes: (place) => execFileSync('mkfifo', [place]),
  'links to a device without end': (place) => symlink('/dev/zero', place),
  'files without read permission': async (place) => {
    await writeFile(place, '{}');
    await chmod(place, 0);
  },
  folders: (place) => mkdir(path.join(place, 'mine'), { recursive: true }),
};

for (const [name, put] of Object.entries(things)) {
  test(`${name} in the place of every file of the profile delay nothing, and are kept`, async ({
    launch,
    pages,
    folder,
  }) => {
    const profile = path.join(folder, 'profile');
    for (const each of folders) await mkdir(path.join(profile, each), { recursive: true });
    for (const place of places) await put(path.join(profile, place));
    const settings = (await lstat(path.join(profile, 'settings.json'))).ino;

    const first = await launch([pages.counter('Alpha'), 'bulkhead://settings'], { profile });
    await expect(first.tab('Alpha')).toBeVisible();
    await expect(first.statusBar).toContainText(/Bulkhead could not read the \w+/);
    await expect(first.statusBar).toContainText('Bulkhead could not read the last state of the session');
    const page = await first.page('bulkhead://settings');
    await page.getByRole('combobox', { name: 'Theme' }).selectOption('dark');
    await expect.poll(() => lstat(path.join(profile, 'settings.json.unread')).then(({ ino }) => ino)).toBe(settings);
    await first.open('bulkhead://crashes');
    const crashes = await first.page('bulkhead://crashes');
    await expect(crashes.getByText('1 report in the profile cannot be read.')).toBeVisible();
    await expect(crashes.getByText('No process has ended by a fault')).toHaveCount(0);
    await first.open('bulkhead://history');
    const history = await first.page('bulkhead://history');
    await expect(history.getByText('Alpha').first()).toBeVisible();
    await expect.poll(() => onDisk(profile)).toMatchObject({ active: 'History' });
    await killBrowser(first);

    const second = await launch([], { profile });
    await expect
      .poll(async () => (await seenIn(second)).titles)
      .toEqual(['Alpha', 'Settings', 'Crash reports', 'History']);
    const kept = await second.page('bulkhead://history');
    await expect(kept.getByText('Alpha').first()).toBeVisible();
    await expect(second.statusBar).toContainText('Bulkhead did not end properly.');
    for (const each of await readdir(profile, { recursive: true })) await open(path.join(profile, each));
  });
}

/** Files without permission would keep the test from removing the folder. */
async function open(place: string): Promise<void> {
  const found = await lstat(place).catch(() => undefined);
  if (found?.isFile()) await chmod(place, 0o600);
}

test('pipes in the place of every folder of the profile delay nothing, and are kept', async ({
  launch,
  pages,
  folder,
}, testInfo) => {
  const profile = path.join(folder, 'profile');
  await mkdir(profile);
  for (const each of folders) execFileSync('mkfifo', [path.join(profile, each)]);
  const bulkhead = await launch([pages.counter('Alpha'), 'bulkhead://crashes'], { profile });
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  const page = await bulkhead.page('bulkhead://crashes');
  await expect(page.getByRole('alert')).toContainText('The reports in the profile cannot be read');
  await expect(page.getByText(/0 reports/)).toHaveCount(0);
  await bulkhead.activate('Crash reports');
  await pictureOfWindow(bulkhead, testInfo.outputPath('unreadable-reports.png'));
  await expect(page.getByText('No process has ended by a fault')).toHaveCount(0);
  await expect.poll(() => onDisk(profile)).toMatchObject({ titles: ['Alpha', 'Crash reports'] });
  await expect.poll(() => readdir(profile)).toContain('session.unread');
  // A process that ends now has a report, and the page shows it at once.
  process.kill(await bulkhead.pidOfTab('Alpha'), 'SIGKILL');
  await expect(page.locator('[data-report]')).toHaveCount(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

/** Returns all notices of the shell, visible or not. */
const said = (bulkhead: Undriven) =>
  bulkhead.inShell<string>(`[...document.querySelectorAll('[role=status], [role=dialog] li')]
    .map((each) => each.textContent).join('\\n')`);

const choose = (bulkhead: Undriven, theme: string) =>
  bulkhead.inPage(
    'bulkhead://settings',
    `(() => {
      const select = document.querySelector('option[value=dark]').closest('select');
      select.value = '${theme}';
      select.dispatchEvent(new Event('change', { bubbles: true }));
    })()`,
  );

async function goTo(bulkhead: Undriven, from: string, to: string): Promise<void> {
  await bulkhead.inPage(from, `location.href = ${JSON.stringify(to)}`);
  await expect.poll(() => bulkhead.inPage(to, 'document.readyState').catch(() => '')).toBe('complete');
}

test('a full disk is reported once by each part that writes, until there is room again', async ({
  launchUndriven,
  pages,
  folder,
}) => {
  const profile = path.join(folder, 'profile');
  await mkdir(profile);
  const prefix = [
    'unshare',
    ...['--user', '--map-current-user', '--keep-caps', '--mount', '--', 'sh', '-c'],
    `mount -t tmpfs -o size=48m none '${profile}' && exec setpriv --inh-caps=-all --ambient-caps=-all -- "$@"`,
    'sh',
  ];
  const addresses = [pages.counter('Alpha'), pages.counter('Beta'), 'bulkhead://settings', 'bulkhead://crashes'];
  const bulkhead = await launchUndriven(addresses, { profile, prefix });
  await expect
    .poll(() => bulkhead.inPage('bulkhead://settings', `document.querySelector('option[value=dark]') !== null`))
    .toBe(true);
  await bulkhead.evaluate(
    (_electron, file) => {
      const { closeSync, openSync, writeSync } = process.getBuiltinModule('fs');
      const descriptor = openSync(file, 'w');
      for (const size of [65_536, 1]) {
        try {
          for (;;) writeSync(descriptor, Buffer.alloc(size));
        } catch {} // no room
      }
      closeSync(descriptor);
    },
    path.join(profile, 'filler'),
  );

  await goTo(bulkhead, pages.counter('Beta'), pages.counter('Gamma'));
  await choose(bulkhead, 'dark');
  await bulkhead.evaluate(({ webContents }, address) => {
    webContents
      .getAllWebContents()
      .find((each) => each.getURL().startsWith(address))
      ?.forcefullyCrashRenderer();
  }, pages.counter('Alpha'));
  // Appended text may still fit into the allocated blocks of a file, so more must happen.
  let turn = 0;
  const saidAfterMore = async () => {
    const place = `${turn++}-`.padEnd(900, 'x');
    await bulkhead.inPage(pages.counter('Gamma'), `location.hash = '${place}'`);
    await choose(bulkhead, turn % 2 === 0 ? 'dark' : 'system');
    return said(bulkhead);
  };
  for (const text of [
    ...['the history', 'the settings', 'the crash reports'].map(
      (what) => `Bulkhead cannot save ${what}: there is no room on the disk.`,
    ),
    'The session cannot be saved',
  ])
    await expect.poll(saidAfterMore, { timeout: 60_000 }).toContain(text);
  await expect
    .poll(() => bulkhead.inPage<string>('bulkhead://crashes', 'document.body.innerText'))
    .toContain('1 report could not be saved');
  expect(await bulkhead.inPage('bulkhead://crashes', `document.querySelectorAll('[data-report]').length`)).toBe(1);

  await bulkhead.evaluate(
    (_electron, file) => process.getBuiltinModule('fs').rmSync(file),
    path.join(profile, 'filler'),
  );
  await goTo(bulkhead, pages.counter('Gamma'), pages.counter('Delta'));
  await choose(bulkhead, 'light');
  await expect.poll(() => said(bulkhead)).not.toMatch(/cannot save the (history|settings)|The session cannot be saved/);
  for (const what of ['history', 'settings', 'crash-reports']) {
    // The free space may change: a small file fits when another was just replaced by a shorter one.
    const tellings = bulkhead.log.match(new RegExp(`profile: ${what} (cannot be written|can be written again)`, 'g'));
    expect(tellings?.[0]).toContain('cannot be written');
    expect(tellings?.filter((telling, place) => telling === tellings[place - 1])).toEqual([]);
  }
});

test('the lock folder of a killed start is removed by the next start', async ({ launch, folder }) => {
  const profile = path.join(folder, 'profile');
  const first = await launch([], { profile });
  const before = path.dirname(await readlink(path.join(profile, 'SingletonSocket')));
  expect(await readdir(before)).toContain('SingletonSocket');
  await killBrowser(first);
  expect(await readdir(before)).toContain('SingletonSocket');
  const second = await launch([], { profile });
  await expect.poll(() => readdir(before).catch(() => 'gone')).toBe('gone');
  expect(path.dirname(await readlink(path.join(profile, 'SingletonSocket')))).not.toBe(before);
  await expect(second.statusBar).toBeVisible();
});

test("pipes in the place of Chromium's files delay nothing, and are kept", async ({ launch, pages, folder }) => {
  const profile = path.join(folder, 'profile');
  await mkdir(profile);
  const names = [
    'Cookies',
    'Trust Tokens',
    'Preferences',
    'Local State',
    'TransportSecurity',
    'DevToolsActivePort',
    'SingletonLock',
    'Crashpad/client_id',
    'Cache/Cache_Data/index',
    'Local Storage/leveldb/CURRENT',
  ];
  for (const name of names) {
    await mkdir(path.dirname(path.join(profile, name)), { recursive: true });
    execFileSync('mkfifo', [path.join(profile, name)]);
  }
  for (const name of ['SingletonSocket', 'SingletonCookie']) await mkdir(path.join(profile, name));
  const bulkhead = await launch([pages.counter('Alpha')], { profile });
  await expect(bulkhead.tab('Alpha')).toBeVisible();
  await expect(bulkhead.statusBar).toContainText('Bulkhead could not read files of Chromium');
  const page = await bulkhead.page(pages.counter('Alpha'));
  expect(await page.evaluate(() => Object.assign(localStorage, { kept: 'text' }).kept)).toBe('text');
  for (const name of names) expect((await lstat(path.join(profile, `${name}.unread`))).isFIFO()).toBe(true);
});

for (const [name, put] of Object.entries<(profile: string, origin: string) => Promise<void>>({
  'a file in the place of the databases of a site': async (profile, origin) => {
    await mkdir(path.join(profile, 'IndexedDB'), { recursive: true });
    await writeFile(path.join(profile, 'IndexedDB', `${origin}.indexeddb.leveldb`), '');
  },
  'a folder of databases that the user may not read': async (profile) => {
    await mkdir(path.join(profile, 'IndexedDB'), { recursive: true });
    await chmod(path.join(profile, 'IndexedDB'), 0);
  },
})) {
  test(`a page opens its database in spite of ${name}`, async ({ launch, pages, folder }) => {
    const profile = path.join(folder, 'profile');
    await put(profile, pages.origin.replaceAll(/:\/\/|:/g, '_'));
    const bulkhead = await launch([pages.counter('Alpha')], { profile });
    await expect(bulkhead.statusBar).toContainText('Bulkhead could not read files of Chromium');
    const page = await bulkhead.page(pages.counter('Alpha'));
    const answer = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const request = indexedDB.open('database');
          request.onsuccess = () => resolve('opened');
          request.onerror = () => resolve(String(request.error));
        }),
    );
    expect(answer).toBe('opened');
    // Restore the permission, so that the folder can be removed.
    await chmod(path.join(profile, 'IndexedDB.unread'), 0o700).catch(() => undefined);
  });
}
