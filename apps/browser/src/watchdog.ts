import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync } from 'node:fs';

/**
 * Waits for the end of its standard input, which is the browser's end. Then it looks, again and again for a second,
 * whether a process of that browser still runs, and kills what does. Those are the ones that were stopped: the others
 * end by themselves, and shall be left the time to. A process whose parent is of the same program belongs to a browser
 * (the next one on the same profile), or to another one that has to go first.
 */
const script = `
read -r _
strays() {
  grep -slF -- " --user-data-dir=$BULKHEAD_PROFILE " /proc/[0-9]*/cmdline | while IFS=/ read -r _ _ pid _; do
    [ "$(readlink "/proc/$pid/exe")" = "$BULKHEAD_EXECUTABLE" ] || continue
    parent=$(sed -n 's/^PPid:[^0-9]*//p' "/proc/$pid/status")
    [ "$(readlink "/proc/$parent/exe")" = "$BULKHEAD_EXECUTABLE" ] || echo "$pid"
  done
}
round=0
while [ $round -lt 12 ]; do
  left=$(strays)
  [ -n "$left" ] || exit 0
  [ $round -lt 5 ] || kill -KILL $left
  round=$((round + 1))
  sleep 0.2
done
`;

/**
 * Starts what ends the processes that a killed browser leaves because they are stopped (SIGSTOP): they cannot notice
 * that it has gone. In a session of its own, because drivers kill whole process groups; it ends soon after the browser
 * does. Only on Linux, where such processes can be told. Returns its PID; undefined when there is none.
 */
export function startWatchdog(profile: string): number | undefined {
  if (process.platform !== 'linux') return undefined;
  const nothing = openSync('/dev/null', 'r');
  const watchdog = spawn('/bin/sh', ['-c', script, 'bulkhead-watchdog'], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore', ...inherited().map(() => nothing)],
    env: { PATH: '/usr/bin:/bin', BULKHEAD_PROFILE: profile, BULKHEAD_EXECUTABLE: process.execPath },
  });
  closeSync(nothing);
  // Without it the next start does the same; and when it has ended, nobody is written to.
  watchdog.on('error', (error) => console.error('bulkhead: the watchdog:', error.message));
  watchdog.stdin?.on('error', () => undefined);
  watchdog.unref();
  return watchdog.pid;
}

/** Room for descriptors that other threads open meanwhile. */
const spareDescriptors = 64;

/**
 * The numbers, from 3 on, of every descriptor that a child would have from this process: Chromium marks few of its own
 * to be closed. Kept open by another process, the end of a channel never tells that its process has died, and memory and
 * locks outlive the browser.
 */
function inherited(): number[] {
  const last = Math.max(...readdirSync('/proc/self/fd').map(Number));
  return Array.from({ length: last + spareDescriptors - 2 }, (_, index) => index + 3);
}
