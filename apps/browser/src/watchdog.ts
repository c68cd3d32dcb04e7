import { spawn } from 'node:child_process';
import { withoutDescriptors } from './child-descriptors.ts';
import { runMarkerName } from './crash-reports/run-marker.ts';

/** What its command line shows it as. */
export const watchdogName = 'bulkhead-watchdog';

/**
 * Waits for the end of its standard input, which is the browser's end, and keeps its time. Then it looks, again and again for a second,
 * whether a process of that browser still runs, and kills what does. Those are the ones that were stopped: the others
 * end by themselves, and shall be left the time to. A process whose parent is of the same program belongs to a browser
 * (the next one on the same profile), or to another one that has to go first.
 */
const script = `
read -r _
touch -c "$BULKHEAD_PROFILE/${runMarkerName}"
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
  const watchdog = withoutDescriptors((rest) =>
    spawn('/bin/sh', ['-c', script, watchdogName], {
      detached: true,
      stdio: ['pipe', 'ignore', 'ignore', ...rest],
      env: { PATH: '/usr/bin:/bin', BULKHEAD_PROFILE: profile, BULKHEAD_EXECUTABLE: process.execPath },
    }),
  );
  // Without it the next start does the same; and when it has ended, nobody is written to.
  watchdog.on('error', (error) => console.error('bulkhead: the watchdog:', error.message));
  watchdog.stdin?.on('error', () => undefined);
  watchdog.unref();
  return watchdog.pid;
}
