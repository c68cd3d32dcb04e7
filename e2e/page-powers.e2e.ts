import { expect, test } from './test.ts';
import type { Undriven } from './undriven.ts';

/**
 * Everything that a page can request, and the result: a value, the name of the error, or either where it depends on the
 * machine (such as a camera). Every request gets an answer.
 */
const asked: Record<string, { ask: string; gets: RegExp }> = {
  notifications: { ask: 'Notification.requestPermission()', gets: /^value denied$/ },
  position: { ask: 'new Promise((ok, no) => navigator.geolocation.getCurrentPosition(ok, no))', gets: /^error 1$/ },
  'position followed': {
    ask: 'new Promise((ok, no) => navigator.geolocation.watchPosition(ok, no))',
    gets: /^error 1$/,
  },
  camera: { ask: 'navigator.mediaDevices.getUserMedia({ video: true })', gets: /^error Not(Allowed|Found)Error$/ },
  microphone: { ask: 'navigator.mediaDevices.getUserMedia({ audio: true })', gets: /^error Not(Allowed|Found)Error$/ },
  screen: { ask: 'navigator.mediaDevices.getDisplayMedia()', gets: /^error NotAllowedError$/ },
  midi: { ask: 'navigator.requestMIDIAccess()', gets: /^error (NotAllowed|Security)Error$/ },
  'midi with system messages': {
    ask: 'navigator.requestMIDIAccess({ sysex: true })',
    gets: /^error (NotAllowed|Security)Error$/,
  },
  usb: { ask: 'navigator.usb.requestDevice({ filters: [] })', gets: /^error (NotFound|Security)Error$/ },
  hid: { ask: 'navigator.hid.requestDevice({ filters: [] }).then((list) => list.length)', gets: /^value 0$/ },
  serial: { ask: 'navigator.serial.requestPort()', gets: /^error (NotFound|Security)Error$/ },
  bluetooth: { ask: 'navigator.bluetooth.requestDevice({ acceptAllDevices: true })', gets: /^error / },
  'storage for good': { ask: 'navigator.storage.persist()', gets: /^value false$/ },
  'wake lock': { ask: `navigator.wakeLock.request('screen')`, gets: /^error NotAllowedError$/ },
  'idle detection': { ask: 'IdleDetector.requestPermission()', gets: /^value denied$/ },
  'idle detector': { ask: 'new IdleDetector().start()', gets: /^error NotAllowedError$/ },
  'storage access': { ask: 'document.requestStorageAccess()', gets: /^(value|error) / },
  'storage access for another': {
    ask: `document.requestStorageAccessFor('https://example.org')`,
    gets: /^error NotAllowedError$/,
  },
  payment: {
    ask: `new PaymentRequest([{ supportedMethods: 'https://127.0.0.1/pay' }],
      { total: { label: 'x', amount: { currency: 'EUR', value: '1' } } }).show()`,
    gets: /^error /,
  },
  'saved passwords': { ask: 'navigator.credentials.get({ password: true })', gets: /^(error|value null)/ },
  passkey: {
    ask: `navigator.credentials.get({ publicKey: { challenge: new Uint8Array(8) } })`,
    gets: /^error (NotSupported|NotAllowed|Security)Error$/,
  },
  'new passkey': {
    ask: `navigator.credentials.create({ publicKey: { challenge: new Uint8Array(8), rp: { name: 'x' },
      user: { id: new Uint8Array(8), name: 'a', displayName: 'a' }, pubKeyCredParams: [{ type: 'public-key', alg: -7 }] } })`,
    gets: /^error (NotSupported|NotAllowed|Security)Error$/,
  },
  // Federated identity is not here: Chromium delays its refusal at random, so that pages learn nothing from the time.
  'code of a text message': { ask: `navigator.credentials.get({ otp: { transport: ['sms'] } })`, gets: /^error / },
  'colour of the screen': { ask: 'new EyeDropper().open()', gets: /^error / },
  'picture in picture': { ask: 'documentPictureInPicture.requestWindow()', gets: /^error / },
  share: { ask: `navigator.share({ title: 'x' })`, gets: /^error / },
  contacts: { ask: `navigator.contacts.select(['name'])`, gets: /^error / },
  fonts: { ask: 'queryLocalFonts().then((list) => list.length)', gets: /^value 0$|^error / },
  screens: { ask: 'getScreenDetails()', gets: /^error NotAllowedError$/ },
  speech: {
    ask: `new Promise((ok, no) => Object.assign(new webkitSpeechRecognition(),
      { onerror: ({ error }) => no({ name: error }), onstart: ok }).start())`,
    gets: /^error not-allowed$/,
  },
  'keyboard lock': { ask: 'navigator.keyboard.lock()', gets: /^error / },
  'text of the clipboard': { ask: 'navigator.clipboard.readText()', gets: /^error NotAllowedError$/ },
  'items of the clipboard': { ask: 'navigator.clipboard.read()', gets: /^error NotAllowedError$/ },
  'clipboard by command': {
    ask: `Promise.resolve(document.querySelector('textarea')).then((field) => {
      field.focus();
      document.execCommand('paste');
      return field.value;
    })`,
    gets: /^value $/,
  },
  push: {
    ask: `navigator.serviceWorker.getRegistration().then((each) => each.pushManager.subscribe({ userVisibleOnly: true }))`,
    gets: /^error /,
  },
  sensor: {
    ask: `new Promise((ok, no) => Object.assign(new Accelerometer(), { onerror: ({ error }) => no(error), onreading: ok }).start())`,
    gets: /^error NotAllowedError$/,
  },
  orientation: { ask: `screen.orientation.lock('portrait')`, gets: /^error NotSupportedError$/ },
  // Works, as in Chrome, and only after a gesture.
  'text for the clipboard': { ask: `navigator.clipboard.writeText('copied by a page')`, gets: /^value undefined$/ },
  'file system of the site': { ask: 'navigator.storage.getDirectory().then(({ name }) => name)', gets: /^value $/ },
};

/** Longest wait of a page for an answer that needs no user, ms. */
const promptMs = 4000;

const settle = (ask: string) => `(async () => {
  const late = new Promise((resolve) => setTimeout(resolve, ${promptMs}, 'no answer'));
  try {
    return await Promise.race([late, (${ask}).then((value) => 'value ' + value, (error) => 'error ' + (error.code === 1 && !error.name ? 1 : error.name))]);
  } catch (error) {
    return 'error ' + error.name;
  }
})()`;

const focus = (bulkhead: Undriven, page: string) =>
  bulkhead.evaluate(({ webContents }, address) => {
    webContents
      .getAllWebContents()
      .find((each) => each.getURL().startsWith(address))
      ?.focus();
  }, page);

test('every request of a page is granted or refused at once: none stays without an answer', async ({
  launchUndriven,
  pages,
}) => {
  const page = pages.html('Wants', '<textarea></textarea>');
  const bulkhead = await launchUndriven([page]);
  await focus(bulkhead, page);
  await expect.poll(() => bulkhead.inPage(page, 'document.hasFocus()')).toBe(true);
  await bulkhead.evaluate(({ clipboard }) => clipboard.writeText('of another program'));
  const got: Record<string, string> = {};
  for (const [name, { ask }] of Object.entries(asked))
    got[name] = await bulkhead.inPage<string>(page, settle(ask), { gesture: true });
  for (const [name, { gets }] of Object.entries(asked)) expect.soft(got[name], name).toMatch(gets);
  expect(await bulkhead.evaluate(({ clipboard }) => clipboard.readText())).toBe('copied by a page');

  // A passkey belongs to a name: for an IP address Chromium refuses it itself.
  const named = page.replace('127.0.0.1', 'localhost');
  await bulkhead.go(named);
  await expect.poll(() => bulkhead.address()).toBe(named);
  await expect.poll(() => bulkhead.pages()).toContain(named);
  await focus(bulkhead, named);
  for (const { ask } of [asked.passkey, asked['new passkey']].filter((each) => each !== undefined))
    expect(await bulkhead.inPage<string>(named, settle(ask), { gesture: true })).toBe('error NotAllowedError');
  const ofPlatform = `[typeof PublicKeyCredential, navigator.credentials.get.name, typeof navigator.credentials.store].join()`;
  expect(await bulkhead.inPage(named, ofPlatform)).toBe('undefined,get,function');
  expect(await bulkhead.inPage(named, 'typeof BackgroundFetchManager')).toBe('undefined');
  expect(await bulkhead.inPage(named, settle('navigator.credentials.get({ password: true })'))).not.toBe('no answer');
});

test('a page writes to the clipboard only on a gesture, in any way and from any frame', async ({
  launchUndriven,
  pages,
}) => {
  const inner = pages.html('Inner', '<textarea>of a frame</textarea>');
  const page = pages.html(
    'Writes',
    `<textarea>of a page</textarea><button onclick="document.querySelector('textarea').select(); document.execCommand('copy')">copy</button>
     <iframe src="${inner}"></iframe><iframe src="${inner.replace('127.0.0.1', 'localhost')}"></iframe>`,
  );
  const bulkhead = await launchUndriven([page]);
  await focus(bulkhead, page);
  await expect.poll(() => bulkhead.inPage(page, 'document.hasFocus()')).toBe(true);
  const text = () => bulkhead.evaluate(({ clipboard }) => clipboard.readText());
  const inFrame = (at: number, script: string) =>
    bulkhead.evaluate(
      ({ webContents }, { page, at, script }) => {
        const contents = webContents.getAllWebContents().find((each) => each.getURL() === page);
        return contents?.mainFrame.framesInSubtree[at]?.executeJavaScript(script);
      },
      { page, at, script },
    );
  await bulkhead.evaluate(({ clipboard }) => clipboard.writeText('of another program'));
  const select = `document.querySelector('textarea').focus(), document.querySelector('textarea').select()`;
  for (const at of [0, 1, 2]) {
    for (const command of ['copy', 'cut']) {
      await expect.poll(() => inFrame(at, `${select}, document.execCommand('${command}')`)).toBe(false);
    }
    expect(await inFrame(at, settle(`navigator.clipboard.writeText('by script')`))).toBe('error NotAllowedError');
    expect(await text()).toBe('of another program');
  }
  await bulkhead.click(page, 'button');
  await expect.poll(text).toBe('of a page');
  await bulkhead.inPage(page, `document.querySelector('textarea').value = 'by hand', ${select}`);
  await bulkhead.press(page, 'C', 'control');
  await expect.poll(text).toBe('by hand');
});

test('a page plays sound only after the user has done something in it', async ({ launchUndriven, pages }) => {
  // A second of silence, as a WAV file.
  const samples = 8000;
  const file = Buffer.alloc(44 + samples, 128);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt32LE(8000, 28);
  file.writeUInt16LE(1, 32);
  file.writeUInt16LE(8, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples, 40);
  const play = `const play = () => new Audio('data:audio/wav;base64,${file.toString('base64')}').play().then(() => 'plays', ({ name }) => name);
    let first; play().then((got) => { first = got; });
    const context = new AudioContext();`;
  const child = pages.html('Child', `<script>${play}</script>`);
  const page = pages.html('Plays', `<button onclick="window.open('${child}')">open</button><script>${play}</script>`);
  const bulkhead = await launchUndriven([page]);
  await expect.poll(() => bulkhead.inPage(page, 'first')).toBe('NotAllowedError');
  expect(await bulkhead.inPage(page, 'context.state')).toBe('suspended');
  await bulkhead.click(page, 'button');
  // A page opened by a gesture on the same site may play, as in Chrome. A later page of another site in that tab may
  // not.
  await expect.poll(() => bulkhead.inPage(child, 'first').catch(() => undefined)).toBe('plays');
  const other = child.replace('127.0.0.1', 'localhost');
  await bulkhead.go(other);
  await expect.poll(() => bulkhead.inPage(other, 'first').catch(() => undefined)).toBe('NotAllowedError');
  expect(await bulkhead.inPage(page, 'play()')).toBe('plays');
  expect(await bulkhead.inPage(page, 'context.resume().then(() => context.state)')).toBe('running');
});

test('a page enters full screen and hides the pointer on a gesture; the window says how to leave, and Esc leaves', async ({
  launchUndriven,
  pages,
}) => {
  const page = pages.html(
    'Player',
    `<button id="fill" onclick="document.documentElement.requestFullscreen()">fill</button>
     <button id="lock" onclick="document.body.requestPointerLock()">lock</button>
     <button id="hang" onclick="for (;;);">hang</button>`,
  );
  const bulkhead = await launchUndriven([page, pages.html('Other', 'other')]);
  const isFull = () =>
    bulkhead.evaluate(({ BaseWindow }) =>
      BaseWindow.getAllWindows()
        .find((each) => each.isVisible())
        ?.isFullScreen(),
    );
  const size = () => bulkhead.inPage<number>(page, 'innerHeight');
  const fill = async () => {
    await bulkhead.click(page, '#fill');
    await expect.poll(isFull).toBe(true);
    await expect.poll(() => bulkhead.inShell(`document.querySelector('[role=tablist]') === null`)).toBe(true);
  };
  const left = async () => {
    await expect.poll(isFull).toBe(false);
    await expect.poll(() => bulkhead.inShell(`document.querySelector('[role=tablist]') !== null`)).toBe(true);
  };
  const before = await size();
  await focus(bulkhead, page);
  await expect.poll(() => bulkhead.inPage(page, 'document.hasFocus()')).toBe(true);
  // Without a gesture the request is refused at once, and the window stays unchanged.
  expect(await bulkhead.inPage(page, settle('document.documentElement.requestFullscreen()'))).toBe('error TypeError');
  expect(await bulkhead.inPage(page, settle('document.body.requestPointerLock()'))).toBe('error NotAllowedError');

  await fill();
  expect(await bulkhead.shellText()).toContain('Press Esc to leave full screen');
  // Only the hint of the shell is visible, and it disappears by itself.
  await expect.poll(() => bulkhead.shellText()).not.toContain('Press Esc');
  const whole = () =>
    bulkhead.evaluate(
      ({ BaseWindow }) =>
        BaseWindow.getAllWindows()
          .find((each) => each.isVisible())
          ?.getContentBounds().height ?? 0,
    );
  await expect.poll(async () => (await size()) === (await whole())).toBe(true);
  expect(await size()).toBeGreaterThan(before);
  await bulkhead.press(page, 'Escape');
  await left();
  expect(await bulkhead.inPage(page, 'document.fullscreenElement')).toBeNull();

  // Dialogs of the page are shown outside of full screen.
  for (const kind of ['alert', 'confirm', 'prompt']) {
    await fill();
    await bulkhead.inPage(page, `setTimeout(() => ${kind}('Look'))`);
    await expect
      .poll(() => bulkhead.inShell(`document.querySelector('[role=alertdialog]')?.innerText`))
      .toMatch('Look');
    await left();
    await bulkhead.press('bulkhead://shell', 'Enter');
    await expect.poll(() => bulkhead.inPage(page, 'document.fullscreenElement')).toBeNull();
  }

  await fill();
  await bulkhead.press(page, 'F11');
  await left();
  expect(await bulkhead.inPage(page, 'document.fullscreenElement')).toBeNull();
  await fill();
  await bulkhead.press(page, '2', 'control');
  await left();
  await bulkhead.press('bulkhead://shell', '1', 'control');
  await fill();
  await bulkhead.inPage(page, `location.href = ${JSON.stringify(`${page}?again`)}`);
  await left();
  await expect.poll(() => bulkhead.pages()).toContain(`${page}?again`);

  await bulkhead.click(page, '#lock');
  await expect.poll(() => bulkhead.shellText()).toContain('has hidden your mouse pointer. Press Esc to show it.');
  await expect.poll(() => bulkhead.inPage(page, 'document.pointerLockElement !== null')).toBe(true);
  await bulkhead.press(page, 'Escape');
  await expect.poll(() => bulkhead.inPage(page, 'document.pointerLockElement')).toBeNull();

  // A page that hangs or ends cannot keep the screen.
  await fill();
  await bulkhead.click(page, '#hang');
  await bulkhead.press(page, '2', 'control');
  await left();
  await bulkhead.evaluate(({ webContents }, address) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith(address));
    if (contents) process.kill(contents.getOSProcessId(), 'SIGKILL');
  }, page);
  await bulkhead.press('bulkhead://shell', '1', 'control');
  await expect.poll(() => bulkhead.shellText()).toContain('process was killed');
  await bulkhead.press('bulkhead://shell', 'r', 'control');
  await expect.poll(() => bulkhead.pages()).toContain(`${page}?again`);
  await fill();
  await bulkhead.evaluate(({ webContents }, address) => {
    const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith(address));
    if (contents) process.kill(contents.getOSProcessId(), 'SIGKILL');
  }, page);
  await left();
  await expect.poll(() => bulkhead.shellText()).toContain('process was killed');
});
