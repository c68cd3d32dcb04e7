import { rmSync } from 'node:fs';
import path from 'node:path';
import type { SelfCheckLine, SelfCheckStep } from '@bulkhead/contracts';
import type { Account } from '../bootstrap/account.mjs';
import { type Application, CHROMIUM_NOTE, startApplication } from './application.ts';
import { onExit } from './exit.ts';
import { writeLaunchers } from './launcher.ts';
import { withPrivateFolder } from './private-folder.ts';
import type { Runtime } from './runtime.ts';

/** A step of the check: those of the browser, and its start before them. */
export type Step = 'start' | SelfCheckStep;

export type CheckResult =
  | { readonly outcome: 'passed' }
  | { readonly outcome: 'failed'; readonly step: Step; readonly reason: string }
  /** Time ran out: the machine is busy, or the runtime hangs. */
  | { readonly outcome: 'late'; readonly step: Step; readonly reason: string };

/**
 * Runs the browser on this Electron for some seconds, with a profile of its own, and shows a window. Only a failure that
 * comes twice counts, because a good Electron, too, may end badly once in a hundred times.
 */
export async function selfCheck(runtime: Runtime, account: Account | undefined, limitMs: number): Promise<CheckResult> {
  const deadline = performance.now() + limitMs;
  const first = await attempt(runtime, account, limitMs);
  if (first.outcome !== 'failed') return first;
  const second = await attempt(runtime, account, deadline - performance.now());
  return second.outcome === 'late' ? { ...first, outcome: 'late' } : second;
}

async function attempt(runtime: Runtime, account: Account | undefined, limitMs: number): Promise<CheckResult> {
  // Other launchers than the usual ones, which may be in use and must not start a runtime that is broken.
  const launchers = writeLaunchers(runtime, account, { prefix: `check-${process.pid}-` });
  const remove = onExit(() => {
    for (const file of [launchers.electron, launchers.run]) if (file) rmSync(file, { force: true });
  });
  try {
    return await withPrivateFolder(account, (folder) => {
      let step: Step = 'start';
      let result: CheckResult | undefined;
      let lastLine = '';
      const application = startApplication(
        { launchers, account },
        ['--profile', path.join(folder, 'profile'), '--drill=self-check'],
        {
          environment: { TMPDIR: folder },
          onOutput: (text) => {
            const line = read(text);
            if ('step' in line) step = line.step;
            else if ('failed' in line) result ??= { outcome: 'failed', step, reason: line.failed };
            else if ('late' in line) result ??= { outcome: 'late', step, reason: line.late };
          },
          onLine: (line) => {
            if (line.trim() && !CHROMIUM_NOTE.test(line)) lastLine = line.trim();
          },
        },
      );
      const ended = application.ended.then((code): CheckResult => {
        if (code === 0 && step === 'end') return { outcome: 'passed' };
        const how = `it ended with code ${code}${lastLine && `: ${lastLine.slice(0, 500)}`}`;
        return { outcome: 'failed', step, reason: how };
      });
      const late = () => ({ outcome: 'late', step, reason: 'it took too long' }) as const;
      return withinLimit(application, ended, limitMs).then((end) => result ?? end ?? late());
    });
  } finally {
    remove();
  }
}

/** Resolves to undefined when time runs out. Then, or when this process ends, all processes of the app are killed. */
async function withinLimit(
  { child }: Application,
  ended: Promise<CheckResult>,
  limitMs: number,
): Promise<CheckResult | undefined> {
  const forget = onExit(() => killAll(child.pid));
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    killAll(child.pid);
    // A process that left the group, and that holds these open, would delay the end.
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, limitMs);
  try {
    const result = await ended;
    return isLate ? undefined : result;
  } finally {
    clearTimeout(timer);
    forget();
  }
}

/** Kills the processes that the app has left, or all of them: it leads a process group. */
function killAll(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // There are none.
  }
}

/** Returns {} for something else that the runtime prints. */
function read(text: string): SelfCheckLine | Record<string, never> {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
