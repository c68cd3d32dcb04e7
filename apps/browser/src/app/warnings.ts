import { log } from '../log/log.ts';

/**
 * Logs warnings of Electron and Node, which are cut there: Node's own listener prints whole texts, and pages control
 * parts of some. A failed load is left out, because its address may contain a password, and the shell says what failed.
 */
export function logWarnings(): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    if (name === 'electron' && message.startsWith('Failed to load URL')) return;
    log.warn(`${name}: ${message}`);
  });
}
