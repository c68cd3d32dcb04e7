import { readdir, readFile } from 'node:fs/promises';
import { app } from 'electron';
import { readStat } from './proc.ts';

export type Service = 'gpu' | 'network' | 'zygote';

/** Processes of Chromium's own: by the runtime's list, and the zygotes by the system's. */
export class ServicePids {
  readonly #last = new Map<Service, number>();

  /** The one that was found last: of a process that has just gone the runtime tells only that it went. */
  last(service: Service): number | null {
    return this.#last.get(service) ?? null;
  }

  async find(service: Service): Promise<number | undefined> {
    const pid = service === 'zygote' ? await findZygote(process.pid) : findService(service);
    if (pid !== undefined) this.#last.set(service, pid);
    return pid;
  }
}

function findService(service: 'gpu' | 'network'): number | undefined {
  const metrics = app.getAppMetrics();
  if (service === 'gpu') return metrics.find(({ type }) => type === 'GPU')?.pid;
  return metrics.find(({ serviceName = '' }) => serviceName.startsWith('network.'))?.pid;
}

/** The zygote that a browser's renderers are forked from: the first process of the PID namespace that they all live in. */
export async function findZygote(browser: number): Promise<number | undefined> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter(Number.isInteger);
  for (const pid of pids) {
    const stat = await readStat(pid);
    if (stat?.parentPid !== browser || stat.state === 'Z') continue;
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    if (commandLine.includes('--type=zygote') && !commandLine.includes('--no-zygote-sandbox')) return pid;
  }
  return undefined;
}
