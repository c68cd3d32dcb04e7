import { endWithParent } from '@bulkhead/shared-memory/confinement';
import { serveFramePlugin } from './frame-plugin-host.ts';
import { startFault } from './start-fault.ts';

// What a plugin's process runs: the browser's PID in its arguments, and the one port that the browser gives it. The
// plugin itself comes over that port, once this process has locked itself down. Without `process.parentPort` it was not
// started by a browser, and there is no one to serve.

// Also when it is stopped, or in a loop that never ends: it must not outlive the browser.
endWithParent(Number(process.argv[3]));

if (startFault === 'exception-at-start') throw new Error('plugin host: it was told to fail at its start');

process.parentPort.once('message', ({ ports: [port] }) => {
  // It has its port, and does not say a word.
  if (startFault === 'never-starts') return;
  if (port) serveFramePlugin(port);
});
