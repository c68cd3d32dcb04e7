import { EventEmitter } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { app } from 'electron';
import { readStat } from './proc.ts';

export type Service = 'gpu' | 'network' | 'zygote';

/** PIDs of Chromium's own processes: from Electron's list, and for zygotes from the system's. */
export class ServicePids extends EventEmitter<{ found: [Service, number] }> {
  readonly #last = new Map<Service, number>();

  /** The PID that was found last. When a process has ended, Electron does not report its PID. */
  last(service: Service): number | null {
    return this.#last.get(service) ?? null;
  }

  async find(service: Service): Promise<number | undefined> {
    const pid = service === 'zygote' ? await findZygote(process.pid) : findService(service);
    if (pid === undefined || pid === this.#last.get(service)) return pid;
    this.#last.set(service, pid);
    this.emit('found', service, pid);
    return pid;
  }
}

function findService(service: 'gpu' | 'network'): number | undefined {
  const metrics = app.getAppMetrics();
  if (service === 'gpu') return metrics.find(({ type }) => type === 'GPU')?.pid;
  return metrics.find(({ serviceName = '' }) => serviceName.startsWith('network.'))?.pid;
}

/** Returns the zygote that a browser's renderers are forked from. It is the first process of their PID namespace. */
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
