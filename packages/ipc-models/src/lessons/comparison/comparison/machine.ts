import { availableParallelism, cpus, loadavg, release, totalmem, version } from 'node:os';
import type { LessonFigure } from '@bulkhead/contracts';

/** What the figures were measured on, and when: they mean nothing without it. */
export const machine = () => ({
  cpu: cpus()[0]?.model.trim() ?? '?',
  cores: availableParallelism(),
  memoryGiB: Math.round(totalmem() / 2 ** 30),
  kernel: `${process.platform} ${release()} ${process.arch}`,
  kernelBuild: version(),
  electron: process.versions.electron ?? '',
  node: process.versions.node,
  /** Processes that wanted to run, a minute's average, before: with more than cores, others are measured, too. */
  load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
  measuredAt: new Date().toISOString(),
});

/** For the page, and for what is saved of a run. */
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
