import { app } from 'electron';
import type { Browser } from '../browser.ts';
import type { ServicePids } from './service-pids.ts';

/**
 * Every renderer lives in the zygote's PID namespace, and the kernel ends them all with it; no new one can be forked,
 * not even for the interface. What is left is to start the program again, with every tab out of the session.
 */
export function watchZygote({ strip, shell }: Pick<Browser, 'strip' | 'shell'>, services: ServicePids): void {
  let leaving = false;
  const look = async () => {
    if (leaving || process.platform !== 'linux' || (await services.find('zygote')) !== undefined || leaving) return;
    leaving = true;
    process.stderr.write('bulkhead: the zygote is gone, and every renderer with it: starting again\n');
    app.relaunch();
    app.exit(0);
  };
  shell.on('ended', () => void look());
  strip.on('added', (tab) => tab.on('ended', ({ kind }) => void (kind === 'launch-failed' && look())));
}
