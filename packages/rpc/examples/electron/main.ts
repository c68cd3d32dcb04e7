// npm install @bulkhead/rpc valibot electron tsdown && npx tsdown && npx electron out/main.mjs
import { type Death, serve } from '@bulkhead/rpc';
import { mainPortEndpoint } from '@bulkhead/rpc/electron-main';
import { app, BrowserWindow, MessageChannelMain } from 'electron';
import { pageHost } from './contract.ts';

const page = 'data:text/html,<title>A page</title><body>Click here.</body>';

async function open(address: string): Promise<void> {
  const window = new BrowserWindow({
    webPreferences: { sandbox: true, preload: `${import.meta.dirname}/preload.cjs` },
  });
  const { webContents } = window;
  await window.loadURL(address);

  const { port1, port2 } = new MessageChannelMain();
  const pid = webContents.getOSProcessId();
  const died = new Promise<Death>((resolve) => {
    webContents.once('render-process-gone', (_event, { reason, exitCode }) =>
      resolve({ how: `was ${reason}`, exitCode }),
    );
  });
  const served = serve(
    pageHost,
    mainPortEndpoint(port1),
    {
      setTitle: (title) => {
        if (/darn/i.test(title)) return { ok: false, reason: 'too-rude' };
        window.setTitle(title);
        return { ok: true };
      },
      clicked: ({ x, y }) => console.log(`clicked at ${x}, ${y}`),
      log: (line) => console.log(`page: ${line}`),
      clock: async ({ sink, signal }) => {
        const timer = setInterval(() => sink.latest(Date.now()), 1000);
        signal.addEventListener('abort', () => clearInterval(timer));
        await sink.closed;
      },
    },
    {
      peer: { name: 'the page', pid, died },
      // The port has closed itself. Our preload never sends such a message, so the page has taken over its process.
      onBadMessage: (error) => {
        console.error(error.message);
        setImmediate(() => webContents.forcefullyCrashRenderer());
      },
    },
  );
  served.peer.onDidChangeResponsiveness((responsive) => console.log(responsive ? 'answers again' : 'does not answer'));
  webContents.postMessage('port', null, [port2]);
}

void app.whenReady().then(() => open(page));
