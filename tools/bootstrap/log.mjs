/**
 * Prints one line for the user on stderr, because stdout is for the result of the command.
 * @param {string} line
 */
export function say(line) {
  process.stderr.write(`bulkhead: ${line}\n`);
}
