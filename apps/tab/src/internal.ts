import { ipcRenderer } from 'electron';
import { greet } from './greet.ts';
import { handOver } from './hand-over.ts';

// The shell's preload: hands its port over to the page, which is ours.
ipcRenderer.on('bulkhead-port', ({ ports }) => void handOver(ports));

greet();
