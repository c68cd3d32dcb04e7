import { app } from 'electron';
import { logOf, writeLogNow } from '../log/log.ts';
import type { ServicePids } from '../processes/service-pids.ts';
import { argumentsOfNextStart } from '../runtime/application-arguments.ts';
import { exit } from '../runtime/exit.ts';
import type { Shell } from '../shell/shell.ts';
import type { RunMarker } from '../storage/crash-reports/run-marker.ts';
import type { History } from '../storage/history/history.ts';
import type { SessionStore } from '../tabs/session-store.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';

interface Parts {
  strip: TabStrip;
  shell: Shell;
  services: ServicePids;
  sessionStore: SessionStore | undefined;
  history: History;
  runMarker: RunMarker;
}

/**
 * Restarts the browser when a zygote has ended. Every renderer is in the zygote's PID namespace, so the kernel ends
 * them all with it, and no new one can be forked, not even for the shell. A second zygote forks GPU processes: without
 * it Electron tries again and again to start one, reports nothing, and draws nothing. The only remedy is to restart
 * with every tab of the session. Returns a function that does so, for the guard, which notices the end of the other
 * zygotes.
 */
export function watchZygote({
  strip,
  shell,
  services,
  sessionStore,
  history,
  runMarker,
}: Parts): (zygote: number | null) => void {
  let leaving = false;
  const look = async () => {
    if (process.platform === 'linux' && (await services.find('zygote')) === undefined)
      startAgain(services.last('zygote'));
  };
  const startAgain = (zygote: number | null) => {
    if (leaving) return;
    leaving = true;
    logOf({ type: 'zygote', pid: zygote }).warn('it has ended with all processes it had forked: Bulkhead restarts');
    runMarker.note({ victim: 'zygote', reason: 'killed', pid: zygote, message: null });
    // The user did not end this session, so the next start opens its tabs.
    sessionStore?.finish(false);
    history.finish();
    writeLogNow();
    app.relaunch({ args: argumentsOfNextStart() });
    exit(0);
  };
  // Ask now: after its end, its PID can no longer be found.
  shell.once('connected', () => void services.find('zygote'));
  shell.on('ended', () => void look());
  strip.on('added', (tab) => tab.on('ended', ({ kind }) => void (kind === 'launch-failed' && look())));
  return startAgain;
}
