import { availableParallelism, cpus, loadavg, release, totalmem, version } from 'node:os';

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
