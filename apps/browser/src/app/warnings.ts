/** Longest text of a warning that is printed, UTF-16 code units. */
const longestWarning = 1000;

/**
 * Prints warnings of the runtime, and cuts them: Node's own listener prints whole texts, and pages control parts of
 * some. A failed load is left out: its address may hold a password, and the interface says what failed.
 */
export function printWarnings(): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message }) => {
    if (name === 'electron' && message.startsWith('Failed to load URL')) return;
    process.stderr.write(`bulkhead: ${name}: ${message.slice(0, longestWarning)}\n`);
  });
}
