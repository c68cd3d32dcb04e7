import { ipcRenderer } from 'electron';
import { greet } from './greet.ts';
import { handOver } from './hand-over.ts';

// The shell's preload: hands the browser's port to the shell's own scripts.
ipcRenderer.on('bulkhead-port', ({ ports }) => void handOver(ports));

greet();
