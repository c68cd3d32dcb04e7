/** Maximum length of a warning that is printed, UTF-16 code units. */
const longestWarning = 1000;

/**
 * Prints warnings of Electron and Node, and cuts them: Node's own listener prints whole texts, and pages control parts
 * of some. A failed load is left out, because its address may contain a password, and the shell says what failed.
 */
export function printWarnings(): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    if (name === 'electron' && message.startsWith('Failed to load URL')) return;
    process.stderr.write(`bulkhead: ${name}: ${message.slice(0, longestWarning)}\n`);
  });
}
