import { type MessagePort, parentPort } from 'node:worker_threads';
import { nodePortEndpoint } from '../node.ts';
import { type ServerScriptName, serverScripts } from './transport/server-scripts.ts';

// The other side of the transport suite, in a worker thread.
parentPort?.on('message', ({ script, port }: { script: ServerScriptName; port: MessagePort }) => {
  serverScripts[script](nodePortEndpoint(port));
});
