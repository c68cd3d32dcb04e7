import { availableParallelism, cpus, loadavg, release, totalmem, version } from 'node:os';
import type { LessonFigure } from '@bulkhead/contracts';

/** Returns the machine and the time of the measurement, which the figures depend on. */
export const machine = () => ({
  cpu: cpus()[0]?.model.trim() ?? '?',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  kernel: `${process.platform} ${release()} ${process.arch}`,
  kernelBuild: version(),
  electron: process.versions.electron ?? '',
  node: process.versions.node,
  /** Load average of the last minute. Above the number of cores, other programs affect the measurement. */
  load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  measuredAt: new Date().toISOString(),
});

/** Returns the machine as a table, for the page and for saved runs. */
export const machineFigure = (where: ReturnType<typeof machine>): LessonFigure => ({
  kind: 'table',
  columns: ['machine.what', 'machine.here'],
  rows: [
    ['machine.cpu', where.cpu],
    ['machine.cores', where.cores],
    ['machine.memory', where.memoryGiB],
    ['machine.kernel', where.kernel],
    ['machine.electron', where.electron],
    ['machine.load', where.load],
  ],
});
