import { runMarkerName } from './crash-reports/run-marker.ts';
import { spawnAlone } from './spawn-alone.ts';

/** What its command line shows it as. */
export const watchdogName = 'bulkhead-watchdog';

/**
 * Waits for the end of its standard input, which is the browser's end, and keeps its time. Then it looks several times
 * for processes of that browser, and after a second kills those that still run: they were stopped. The others end by
 * themselves, and get that second to do so. A process whose parent is of the same program belongs to a browser (the next
 * one on the same profile), or to another process that has to go first.
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
 * Starts the watchdog: it ends the processes that a killed browser leaves because they are stopped (SIGSTOP) and cannot
 * notice that the browser has gone. It has a session of its own, because drivers kill whole process groups, and ends
 * soon after the browser does. Linux only: elsewhere such processes cannot be told from others.
 *
 * Resolves to its PID; undefined where there is none. Rejects when it cannot be started: the next start of the program
 * does its work then.
 */
export async function startWatchdog(profile: string): Promise<number | undefined> {
  if (process.platform !== 'linux') return undefined;
  const watchdog = await spawnAlone('/bin/sh', ['-c', script, watchdogName], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    env: { PATH: '/usr/bin:/bin', BULKHEAD_PROFILE: profile, BULKHEAD_EXECUTABLE: process.execPath },
  });
  watchdog.stdin?.on('error', () => undefined); // it has ended: nothing is written to it anyway
  watchdog.unref();
  return watchdog.pid;
}
