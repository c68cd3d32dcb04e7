// @ts-nocheck: a sandboxed preload is CommonJS, which the types for this file do not allow.
// Sends messages of each shape, as a compromised renderer could.
const { ipcRenderer } = require('electron');

/** @type {<Item>(count: number, make: (index: number) => Item) => Item[]} */
const list = (count, make) => Array.from({ length: count }, (_, index) => make(index));
/** @type {Record<string, () => unknown>} */
const shapes = {
  'what the tab port takes in a second: 8192 numbers': () => list(8192, (n) => n),
  '6 million numbers': () => list(6e6, (n) => n),
  '6 million numbers with fractions': () => list(6e6, (n) => n + 0.5),
  '3 million arrays of one number': () => list(3e6, (n) => [n]),
  '1 million objects of one key': () => list(1e6, (n) => ({ key: n })),
  'an object of 1 million keys': () => Object.fromEntries(list(1e6, (n) => [`k${n}`, n])),
  'a map of 1 million texts': () => new Map(list(1e6, (n) => [`k${n}`, n])),
  '300,000 regular expressions': () => list(3e5, (n) => new RegExp(`a${n}`)),
  'a text of 64 million characters': () => 'x'.repeat(2 ** 26),
  'a typed array of 64 MiB': () => new Uint8Array(2 ** 26).fill(7),
  'a typed array of 512 MiB': () => new Uint8Array(2 ** 29).fill(7),
};

/** @type {MessagePort | undefined} */
let port;
ipcRenderer.on('port', ({ ports: [own] }) => {
  port = own;
});
ipcRenderer.on('send', (_event, { way, shape }) => {
  const message = shapes[shape]?.();
  if (way === 'port') port?.postMessage(message);
  else ipcRenderer.send('message', message);
});
ipcRenderer.send('shapes', Object.keys(shapes));
