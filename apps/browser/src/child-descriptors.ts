import { closeSync, openSync, readdirSync } from 'node:fs';

/** Room for descriptors that other threads open meanwhile. */
const spareDescriptors = 64;

/**
 * Starts a child that has none of this process's descriptors: `start` gets what goes behind its first three in `stdio`.
 * Chromium marks few of its own to be closed, and kept open by another process, the end of a channel never tells that its
 * process has died, and memory and locks outlive the browser.
 */
export function withoutDescriptors<Child>(start: (rest: number[]) => Child): Child {
  const nothing = openSync('/dev/null', 'r');
  const last = Math.max(...readdirSync('/proc/self/fd').map(Number));
  try {
    return start(Array.from({ length: last + spareDescriptors - 2 }, () => nothing));
  } finally {
    closeSync(nothing);
  }
}
