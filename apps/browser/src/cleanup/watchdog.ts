import type { Writable } from 'node:stream';
import { logOf, type ProcessLog } from '../log/log.ts';
import { readStat } from '../processes/proc.ts';
import { RestartBudget } from '../processes/restart-budget.ts';
import { spawnAlone } from '../processes/spawn-alone.ts';
import { runMarkerName } from '../storage/crash-reports/run-marker.ts';

/** Name in its command line. */
export const watchdogName = 'bulkhead-watchdog';

/**
 * Waits for the end of its standard input, which is the browser's end, or for the message that the browser shuts down,
 * which it then enforces. It records the time of the end. Then it waits until the browser's process is gone, because
 * before that its children are not orphans. It looks several times for processes of that browser, and after most of a
 * second kills those that still run, because they were stopped. The others end by themselves within that time. A
 * process with a parent of the same program belongs to a browser (the next one on the same profile), or to another
 * process that must end first. Zygotes and brokers do not name a profile: they are recognized by the browser's session.
 */
const script = `
runs() {
  # The first field is the state, the 20th the start time: the PID may have been reused.
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
strays() {
  for pid in $(processes "$1"); do
    parent=$(sed -n 's/^PPid:[^0-9]*//p' "/proc/$pid/status")
    [ "$(readlink "/proc/$parent/exe")" = "$BULKHEAD_EXECUTABLE" ] || echo "$pid"
  done
}
see_to_end() {
  # The browser shuts down, and everything is saved. When it stands still, its processes are continued, because one of them
  # may be stopped. When it keeps standing still, it is ended. Fields: user, system time.
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
  round=0
  while [ $round -lt 12 ]; do
    left=$(strays "$1")
    [ -n "$left" ] || exit 0
    [ $round -lt 3 ] || kill -KILL $left
    round=$((round + 1))
    sleep 0.2
  done
}
read -r word
# The browser cannot replace a watchdog from here on, so there are two. Either is enough.
if [ "$word" = ending ]; then see_to_end "$1" & fi
see_to_end "$1"
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
 * Ends the processes that a killed browser leaves because they are stopped (SIGSTOP) and cannot notice its end. It has
 * a session of its own, because test runners kill whole process groups, and it ends soon after the browser. A watchdog
 * that ended too early is replaced. Linux only: elsewhere such processes cannot be told from others.
 */
export class Watchdog {
  readonly #profile: string;
  readonly #onMissing: (error: unknown) => void;
  readonly #budget = new RestartBudget({ restarts: 5, withinMs: 60_000, firstDelayMs: 100 });
  #pid: number | undefined;
  #input: Writable | null = null;
  #isEnding = false;

  /** `onMissing`: it cannot be started, or ends repeatedly. The next start of the browser then does its work. */
  constructor(profile: string, onMissing: (error: unknown) => void) {
    this.#profile = profile;
    this.#onMissing = onMissing;
    // Not every end comes with `end`.
    process.once('exit', () => this.end());
  }

  /** Undefined when there is none. */
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
          // Passed as variables: in the script they would make the watchdog look like a zygote or broker.
          BULKHEAD_ZYGOTE: '--type=zygote',
          BULKHEAD_BROKER: '--type=broker',
        },
      });
      this.#input = watchdog.stdin;
      watchdog.stdin?.on('error', () => undefined); // it has ended, and needs no input any more
      watchdog.unref();
      this.#pid = watchdog.pid;
      this.#log.info('runs');
      watchdog.once('exit', (code) => this.#ended(code, browser));
      if (this.#isEnding) this.#tellEnd();
    } catch (error) {
      this.#onMissing(error);
    }
  }

  /** The browser shuts down, and everything is saved. If it does not end, the watchdog ends it. */
  end(): void {
    if (this.#isEnding) return;
    this.#isEnding = true;
    this.#tellEnd();
  }

  #tellEnd(): void {
    this.#input?.write('ending\n');
  }

  get #log(): ProcessLog {
    return logOf({ type: 'watchdog', pid: this.#pid ?? null });
  }

  #ended(code: number | null, browser: BrowserProcess | undefined): void {
    const log = this.#log;
    this.#pid = undefined;
    this.#input = null;
    // It has seen the browser's end, which only a test survives.
    if (this.#isEnding && code === 0) return;
    log.warn(code === null ? 'was ended by a signal' : `ended (code ${code})`);
    const delayMs = this.#budget.take();
    if (delayMs === undefined) this.#onMissing(new Error('it ended repeatedly'));
    else setTimeout(() => void this.start(browser), delayMs).unref();
  }
}
