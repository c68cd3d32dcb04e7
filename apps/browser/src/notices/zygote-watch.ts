import { app } from 'electron';
import { applicationArguments } from '../application-arguments.ts';
import type { Browser } from '../browser.ts';
import { subjectSwitch } from '../command-line.ts';
import { exit } from '../exit.ts';
import type { ServicePids } from './service-pids.ts';

type Parts = Pick<Browser, 'strip' | 'shell' | 'sessionStore' | 'history' | 'runMarker'>;

/**
 * Every renderer lives in the zygote's PID namespace, and the kernel ends them all with it; no new one can be forked,
 * not even for the interface. What is left is to start the program again, with every tab out of the session.
 */
export function watchZygote({ strip, shell, sessionStore, history, runMarker }: Parts, services: ServicePids): void {
  let leaving = false;
  const look = async () => {
    if (leaving || process.platform !== 'linux' || (await services.find('zygote')) !== undefined || leaving) return;
    leaving = true;
    process.stderr.write('bulkhead: the zygote is gone, and every renderer with it: starting again\n');
    runMarker.note({ victim: 'zygote', reason: 'killed', pid: services.last('zygote'), message: null });
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
}

/**
 * The application and its profile, and nothing else of this start's: the runtime puts switches in another order, the
 * addresses are in the session, and a driver that the first start had is not there to be waited for.
 */
function argumentsOfNextStart(): string[] {
  const subject = process.argv.filter((argument) => argument.startsWith(subjectSwitch));
  return [...applicationArguments(), '--profile', app.getPath('userData'), ...subject];
}
