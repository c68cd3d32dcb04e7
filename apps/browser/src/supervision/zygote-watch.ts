import { app } from 'electron';
import { argumentsOfNextStart } from '../app/application-arguments.ts';
import { exit } from '../app/exit.ts';
import type { Browser } from '../browser.ts';
import type { ServicePids } from '../processes/service-pids.ts';

type Parts = Pick<Browser, 'strip' | 'shell' | 'sessionStore' | 'history' | 'runMarker'>;

/**
 * Every renderer lives in the zygote's PID namespace, and the kernel ends them all with it; no new one can be forked,
 * not even for the interface. A second zygote forks GPU processes: without it the runtime tries to start one again and
 * again, says nothing of it, and draws nothing. What is left is to start the program again, with every tab out of the
 * session. Returns a function that does so, for the guard, which notices the end of the others.
 */
export function watchZygote(
  { strip, shell, sessionStore, history, runMarker }: Parts,
  services: ServicePids,
): (zygote: number | null) => void {
  let leaving = false;
  const look = async () => {
    if (process.platform === 'linux' && (await services.find('zygote')) === undefined)
      startAgain(services.last('zygote'));
  };
  const startAgain = (zygote: number | null) => {
    if (leaving) return;
    leaving = true;
    process.stderr.write('bulkhead: a zygote is gone, and all that it had forked: starting again\n');
    runMarker.note({ victim: 'zygote', reason: 'killed', pid: zygote, message: null });
    // Nobody ended this session: the next start opens its tabs.
    sessionStore?.finish(false);
    history.finish();
    app.relaunch({ args: argumentsOfNextStart() });
    exit(0);
  };
  // Once it has gone, nobody knows who it was.
  shell.once('connected', () => void services.find('zygote'));
  shell.on('ended', () => void look());
  strip.on('added', (tab) => tab.on('ended', ({ kind }) => void (kind === 'launch-failed' && look())));
  return startAgain;
}
