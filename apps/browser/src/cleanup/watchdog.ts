import type { Writable } from 'node:stream';
import { readStat } from '../processes/proc.ts';
import { RestartBudget } from '../processes/restart-budget.ts';
import { spawnAlone } from '../processes/spawn-alone.ts';
import { runMarkerName } from '../storage/crash-reports/run-marker.ts';

/** What its command line shows it as. */
export const watchdogName = 'bulkhead-watchdog';

/**
 * Waits for the end of its standard input, which is the browser's end, or for word that the program ends, which it sees
 * to; it keeps the time of the end. Then it waits until the browser is no process any more: while it is, the others are
 * no orphans. It looks several times for processes of that browser, and after most of a second kills those that still
 * run: they were stopped. The others end by themselves, and get that time to do so. A process whose parent is of the
 * same program belongs to a browser (the next one on the same profile), or to another process that has to go first. No
 * zygote and no broker names a profile: they are told by the browser's session.
 */
const script = `
runs() {
  # State, and as the 20th field the start time: the number may be another process's by now.
  set -- $(sed 's/.*) //' "/proc/$BULKHEAD_BROWSER/stat")
  [ "$1" != Z ] && [ "\${20}" = "$BULKHEAD_STARTED" ]
}
processes() {
  grep -slF -e " --user-data-dir=$1 " -e "$BULKHEAD_ZYGOTE" -e "$BULKHEAD_BROKER" /proc/[0-9]*/cmdline | while IFS=/ read -r _ _ pid _; do
    [ "$(readlink "/proc/$pid/exe")" = "$BULKHEAD_EXECUTABLE" ] || continue
    grep -qsF -- " --user-data-dir=$1 " "/proc/$pid/cmdline" ||
      [ "$(sed 's/.*) //' "/proc/$pid/stat" | cut -d ' ' -f 4)" = "$BULKHEAD_SESSION" ] || continue
    echo "$pid"
  done
}
read -r word
# The program ends, and everything is saved. When it stands still, what it waits for may be stopped, and goes on. When
# it only stands still any more, it is ended. Fields: user, system time.
still=0
before=
while [ "$word" = ending ] && [ $still -lt 5 ] && runs; do
  sleep 0.4
  now=$(sed 's/.*) //' "/proc/$BULKHEAD_BROWSER/stat" | cut -d ' ' -f 12,13)
  if [ "$now" = "$before" ]; then still=$((still + 1)); else still=0; fi
  before=$now
  [ $still -ne 1 ] || kill -CONT $(processes "$1")
done
[ $still -lt 5 ] || kill -KILL "$BULKHEAD_BROWSER"
touch -c "$1/${runMarkerName}"
round=0
while runs && [ $round -lt 20 ]; do
  round=$((round + 1))
  sleep 0.05
done
strays() {
  for pid in $(processes "$1"); do
    parent=$(sed -n 's/^PPid:[^0-9]*//p' "/proc/$pid/status")
    [ "$(readlink "/proc/$parent/exe")" = "$BULKHEAD_EXECUTABLE" ] || echo "$pid"
  done
}
round=0
while [ $round -lt 12 ]; do
  left=$(strays "$1")
  [ -n "$left" ] || exit 0
  [ $round -lt 3 ] || kill -KILL $left
  round=$((round + 1))
  sleep 0.2
done
`;

interface BrowserProcess {
  pid: number;
  startTicks: number;
  session: number;
}

async function thisProcess(): Promise<BrowserProcess> {
  const { startTicks = 0, session = 0 } = (await readStat(process.pid)) ?? {};
  return { pid: process.pid, startTicks, session };
}

/**
 * Ends the processes that a killed browser leaves because they are stopped (SIGSTOP) and cannot notice that the browser
 * has gone. It has a session of its own, because drivers kill whole process groups, and ends soon after the browser
 * does. One that has ended before is replaced. Linux only: elsewhere such processes cannot be told from others.
 */
export class Watchdog {
  readonly #profile: string;
  readonly #onMissing: (error: unknown) => void;
  readonly #budget = new RestartBudget({ restarts: 5, withinMs: 60_000, firstDelayMs: 100 });
  #pid: number | undefined;
  #input: Writable | null = null;

  /** `onMissing`: it cannot be started, or ends again and again. The next start of the program does its work then. */
  constructor(profile: string, onMissing: (error: unknown) => void) {
    this.#profile = profile;
    this.#onMissing = onMissing;
  }

  /** Undefined where there is none. */
  get pid(): number | undefined {
    return this.#pid;
  }

  /** Resolves when it runs, or is known to be missing. `browser`: the process whose end it waits for. */
  async start(browser?: BrowserProcess): Promise<void> {
    if (process.platform !== 'linux') return;
    try {
      const { pid, startTicks, session } = browser ?? (await thisProcess());
      const watchdog = await spawnAlone('/bin/sh', ['-c', script, watchdogName, this.#profile], {
        detached: true,
        stdio: ['pipe', 'ignore', 'ignore'],
        env: {
          PATH: '/usr/bin:/bin',
          BULKHEAD_BROWSER: String(pid),
          BULKHEAD_STARTED: String(startTicks),
          BULKHEAD_EXECUTABLE: process.execPath,
          BULKHEAD_SESSION: String(session),
          // In the script it would make the watchdog look like one.
          BULKHEAD_ZYGOTE: '--type=zygote',
          BULKHEAD_BROKER: '--type=broker',
        },
      });
      this.#input = watchdog.stdin;
      watchdog.stdin?.on('error', () => undefined); // it has ended: nothing is written to it anyway
      watchdog.unref();
      this.#pid = watchdog.pid;
      watchdog.once('exit', () => this.#replace());
    } catch (error) {
      this.#onMissing(error);
    }
  }

  /** The program ends, and everything is saved: should something keep it from its end, the watchdog ends it. */
  end(): void {
    this.#input?.write('ending\n');
  }

  #replace(): void {
    this.#pid = undefined;
    this.#input = null;
    const delayMs = this.#budget.take();
    if (delayMs === undefined) this.#onMissing(new Error('it has ended again and again'));
    else setTimeout(() => void this.start(), delayMs).unref();
  }
}
