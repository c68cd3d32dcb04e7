// The barest Electron application that shows the same pages: the floor that Bulkhead is measured against.
// Arguments: the folder of its profile, then an address for each view. The first view fills the window. With `--shell`,
// there is a static page above it. Ctrl+T in a view opens another view of the last address.
import path from 'node:path';
import { app, BaseWindow, Menu, WebContentsView } from 'electron';

// Playwright puts switches of its own before the application's path.
const own = process.argv.findIndex((each) => path.resolve(each) === app.getAppPath()) + 1;
const [profile = '', ...args] = process.argv.slice(own);
const addresses = args.filter((each) => each !== '--shell');
const shellHeight = args.length > addresses.length ? 80 : 0;
app.setPath('userData', profile);
app.commandLine.appendSwitch('host-resolver-rules', 'MAP newtab 127.0.0.1');
Menu.setApplicationMenu(null);
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BaseWindow({ width: 1280, height: 860 });
  /** @param {string} address @param {number} index @param {boolean} isVisible */
  const open = (address, index, isVisible) => {
    const view = new WebContentsView({ webPreferences: { sandbox: true } });
    view.setBounds({ x: 0, y: shellHeight, width: 1280, height: 860 - shellHeight });
    window.contentView.addChildView(view);
    view.setVisible(isVisible);
    const { webContents } = view;
    webContents.on('did-finish-load', () => say({ loaded: index, pid: webContents.getOSProcessId() }));
    webContents.on('render-process-gone', () => say({ gone: index, at: performance.timeOrigin + performance.now() }));
    webContents.on('before-input-event', (_event, { type, key, control }) => {
      if (type === 'keyDown' && control && key === 't') open(addresses.at(-1) ?? '', index + 1, true);
    });
    void webContents.loadURL(address);
  };
  for (const [index, address] of addresses.entries()) open(address, index, index === 0);
  if (shellHeight === 0) return;
  const shell = new WebContentsView({ webPreferences: { sandbox: true } });
  shell.setBounds({ x: 0, y: 0, width: 1280, height: shellHeight });
  window.contentView.addChildView(shell);
  void shell.webContents.loadFile('shell.html');
});

/** @param {object} event */
function say(event) {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
