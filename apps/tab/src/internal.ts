import { ipcRenderer } from 'electron';

// The shell's preload: hands its port over to the page, which is ours.
ipcRenderer.on('bulkhead-port', ({ ports }) => window.postMessage('bulkhead-port', location.origin, [...ports]));
