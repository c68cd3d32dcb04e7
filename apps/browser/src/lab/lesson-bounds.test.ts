import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { type Exceeded, LessonBounds } from './lesson-bounds.ts';

const ample = { seconds: 3600, cpuSeconds: 3600, memoryMiB: 65_536 };
const started: ChildProcess[] = [];
const watching: LessonBounds[] = [];

/** Starts a real process that runs this program. */
function run(script: string): ChildProcess {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'ignore', 'inherit'] });
  started.push(child);
  return child;
}

function watch(limits: Partial<typeof ample>, children: ChildProcess[] = []) {
  const exceeded: Exceeded[] = [];
  const pids = () => children.flatMap(({ pid, exitCode }) => (pid !== undefined && exitCode === null ? [pid] : []));
  const bounds = new LessonBounds({ ...ample, ...limits }, pids, (what) => exceeded.push(what));
  watching.push(bounds);
  return { exceeded, bounds };
}

afterEach(() => {
  for (const bounds of watching.splice(0)) bounds.close();
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

const idle = "process.stdin.on('end', () => process.exit()).resume()";

// Other systems have no /proc.
describe.runIf(process.platform === 'linux')('a run', () => {
  test('that computes endlessly exceeds only its processor time', async () => {
    const { exceeded } = watch({ cpuSeconds: 0.3 }, [run('for (;;);')]);
    await expect.poll(() => exceeded[0], { timeout: 30_000 }).toBe('out-of-cpu');
    expect(new Set(exceeded)).toEqual(new Set(['out-of-cpu']));
  });

  test('counts the processor time of all its processes together, including ended ones', async () => {
    const burn = 'const { cpuUsage } = process; while (cpuUsage().user + cpuUsage().system < 1e6);';
    const children = [run(burn)];
    const { exceeded } = watch({ cpuSeconds: 1.3 }, children);
    await once(children[0] as ChildProcess, 'exit');
    expect(exceeded).toEqual([]);
    children.push(run(`${burn} ${idle}`));
    await expect.poll(() => exceeded[0], { timeout: 30_000 }).toBe('out-of-cpu');
  });

  test('that takes more and more memory exceeds its memory limit', async () => {
    const { exceeded } = watch({ memoryMiB: 150 }, [
      run('const kept = []; setInterval(() => kept.push(Buffer.alloc(16 << 20, 1)), 20);'),
    ]);
    await expect.poll(() => exceeded[0], { timeout: 30_000 }).toBe('out-of-memory');
  });

  test('that does nothing stays within its limits until its time is over', async () => {
    const { exceeded } = watch({ seconds: 1, cpuSeconds: 20, memoryMiB: 400 }, [run(idle)]);
    await expect.poll(() => exceeded, { timeout: 30_000 }).toEqual(['out-of-time']);
  });

  test('has all its processor time again after an action of the learner', async () => {
    const { exceeded, bounds } = watch({ cpuSeconds: 0.3 }, [run('for (;;);')]);
    await expect.poll(() => exceeded.length, { timeout: 30_000 }).toBeGreaterThan(0);
    bounds.restart(ample);
    const seen = exceeded.length;
    const idleOne = watch({ seconds: 1 });
    await expect.poll(() => idleOne.exceeded, { timeout: 30_000 }).toEqual(['out-of-time']); // four looks later
    expect(exceeded.length).toBeLessThanOrEqual(seen + 1); // one look may have been under way
  });
});
