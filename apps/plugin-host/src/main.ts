import { endOnRejection, endWithParent } from '@bulkhead/shared-memory/confinement';
import { serveFramePlugin } from './frame-plugin-host.ts';
import { startFault } from './start-fault.ts';

// Entry point of a plugin's process. Its arguments have the browser's PID, and the first message carries its one port.
// The plugin itself comes over that port, after this process has locked itself down. It fails without
// `process.parentPort`: then no browser started it.

// Even when stopped or in an endless loop, the process must not outlive the browser.
endWithParent(Number(process.argv[3]));
endOnRejection();

if (startFault === 'exception-at-start') throw new Error('plugin host: the fault exception-at-start was asked for');

process.parentPort.once('message', ({ ports: [port] }) => {
  // The process has its port and never answers.
  if (startFault === 'never-starts') return;
  if (port) serveFramePlugin(port);
});
