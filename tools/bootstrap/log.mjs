/**
 * One line for the person who waits. On stderr: stdout belongs to what a command was asked for.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`bulkhead: ${line}\n`);
}
