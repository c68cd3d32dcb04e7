// Measures how long a message of a renderer blocks the browser's thread before any JavaScript can judge it: from the
// last tick of a 1 ms timer until the listener is called. Each message has a renderer of its own.
// Argument: the folder of its profile.
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { app, BaseWindow, ipcMain, MessageChannelMain, WebContentsView } from 'electron';

const times = 3;
app.setPath('userData', process.argv.at(-1) ?? '');
let last = performance.now();
let heldMs = -1;
setInterval(() => {
  last = performance.now();
}, 1);
const heard = () => {
  heldMs = performance.now() - last;
};
ipcMain.on('message', heard);

void app.whenReady().then(async () => {
  const window = new BaseWindow({ width: 400, height: 300 });
  const first = await renderer(window);
  first.close();
  for (const shape of first.shapes) {
    for (const way of ['port', 'channel']) {
      const all = [];
      for (let time = 0; time < times; time++) all.push(await measure(window, way, shape));
      const median = all.sort((a, b) => a - b)[Math.floor(times / 2)];
      process.stdout.write(`${shape.padEnd(52)} ${way.padEnd(8)} ${Math.round(median ?? 0)} ms\n`);
    }
  }
  app.exit(0);
});

/**
 * @param {BaseWindow} window
 * @param {string} way
 * @param {string} shape
 */
async function measure(window, way, shape) {
  const { contents, close } = await renderer(window);
  heldMs = -1;
  contents.send('send', { way, shape });
  while (heldMs < 0) await sleep(50);
  close();
  return heldMs;
}

/** @param {BaseWindow} window */
async function renderer(window) {
  const preload = path.join(import.meta.dirname, 'preload.cjs');
  const view = new WebContentsView({ webPreferences: { sandbox: true, preload } });
  window.contentView.addChildView(view);
  const contents = view.webContents;
  /** @type {Promise<string[]>} */
  const shapes = new Promise((resolve) => ipcMain.once('shapes', (_event, names) => resolve(names)));
  await contents.loadURL('data:text/html,');
  const { port1, port2 } = new MessageChannelMain();
  port1.on('message', heard);
  port1.start();
  contents.mainFrame.postMessage('port', null, [port2]);
  const close = () => {
    port1.close();
    window.contentView.removeChildView(view);
    contents.close();
  };
  return { contents, shapes: await shapes, close };
}
