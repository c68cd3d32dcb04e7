/**
 * Makes a rejected promise without a handler end this process, as an exception does. Node does this by default, and
 * Electron up to 36 leaves it so in utility processes. From 37 on it only warns there, and the process would go on in an
 * unknown state.
 */
export function endOnRejection(): void {
  process.on('unhandledRejection', (reason) => {
    throw reason;
  });
}
