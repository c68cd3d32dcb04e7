import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FrameAnalyserModule } from '@bulkhead/contracts';
import { endWithParent } from '@bulkhead/shared-memory/confinement';
import { serveFramePlugin } from './frame-plugin-host.ts';
import { startFault } from './start-fault.ts';

// What a plugin's process runs: the plugin named in the arguments (behind it the browser's
// PID), and the one port that the browser gives it. Without
// `process.parentPort` it was not started by a browser, and there is nobody to serve.

// Also when it is stopped, or in a loop that never ends: it must not outlive the browser.
endWithParent(Number(process.argv[3]));

if (startFault === 'exception-at-start') throw new Error('plugin host: it was told to fail at its start');

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9-]*$/.test(name))
  throw new Error(`plugin host: ${JSON.stringify(name)} is not the name of a plugin`);
const module: FrameAnalyserModule = await import(
  pathToFileURL(path.join(import.meta.dirname, 'plugins', `${name}.js`)).href
);

process.parentPort.once('message', ({ ports: [port] }) => {
  // Port and all, it does not say a word.
  if (startFault === 'never-starts') return;
  if (port) serveFramePlugin(port, module.createFrameAnalyser());
});
