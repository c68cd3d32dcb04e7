import { type Account, canRead } from '../bootstrap/account.mjs';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { say } from '../bootstrap/log.mjs';
import { ensureBuilt } from './build.ts';
import { fileOf, remember, rememberedResult } from './remembered-checks.ts';
import { DamagedRuntime, ensureRuntime, nameOf, type Runtime, SOURCES } from './runtime.ts';
import { probeSandbox } from './sandbox.ts';
import { type CheckResult, type Step, selfCheck } from './self-check.ts';

type Failure = Extract<CheckResult, { outcome: 'failed' }>;

const WORDS: Record<Step, string> = {
  start: 'start',
  window: 'open a window',
  tabs: 'open two tabs',
  frame: 'let the plugin read a frame',
  ports: 'send messages over ports',
  kill: 'keep one tab while another one is killed',
  end: 'end cleanly',
};

/**
 * Returns the Electron to run. One that this machine has not run before is checked first. If it fails, the next source
 * is taken, and the failure is remembered. An Electron that the user names is used although it fails.
 * @param options.limitMs longest duration of a check
 */
export async function usableRuntime(
  account: Account | undefined,
  { environment = process.env, sources = SOURCES, limitMs = 10_000 } = {},
): Promise<Runtime> {
  for (let left = sources; left.length > 0; ) {
    const runtime = await ensureRuntime(environment, left);
    requireReadable(runtime, account);
    const failure = await failureOf(runtime, account, limitMs);
    if (!failure) return runtime;
    const sentence = `${nameOf(runtime)} could not ${WORDS[failure.step]}: ${failure.reason}`;
    if (runtime.source === 'env') {
      say(`${sentence}. It is used all the same, because ELECTRON_OVERRIDE_DIST_PATH names it`);
      return runtime;
    }
    const remedies = [
      `  To check it again: rm ${fileOf(runtime)}`,
      `  To use it all the same: export ELECTRON_OVERRIDE_DIST_PATH=${runtime.folder}`,
    ];
    say([sentence, ...remedies].join('\n'));
    left = left.filter(({ name }) => name !== runtime.source);
  }
  throw new SetupFailure(
    'Every Electron that there is for this machine failed its self-check (see above).',
    'check one again, or use one all the same, as described above; or report this to the project.',
  );
}

function requireReadable({ executable, folder }: Runtime, account: Account | undefined): void {
  if (!account || canRead(account, [executable])) return;
  throw new SetupFailure(`The user "${account.name}", which runs the browser, cannot read ${folder}.`, [
    'name a cache folder whose parents are open to other users:',
    'export BULKHEAD_CACHE_DIR=/some/other/folder',
  ]);
}

/** Checks the sandbox at every start, and the rest once. */
async function failureOf(
  runtime: Runtime,
  account: Account | undefined,
  limitMs: number,
): Promise<Failure | undefined> {
  // Elsewhere there is one source only, and Chromium's sandbox needs nothing from the system.
  if (process.platform !== 'linux') return undefined;
  const known = rememberedResult(runtime);
  if (known?.outcome === 'failed') return known;
  try {
    probeSandbox(runtime, account);
  } catch (error) {
    if (known || runtime.source === 'env' || !(error instanceof DamagedRuntime)) throw error;
    const failure = { outcome: 'failed', step: 'start', reason: error.message } as const;
    keep(runtime, failure);
    return failure;
  }
  if (known) return undefined;
  await ensureBuilt(); // `npm run dev` has not done it
  const result = await check(runtime, account, limitMs);
  keep(runtime, result);
  if (result.outcome === 'late') {
    say(`it is not known whether it can ${WORDS[result.step]} (${result.reason}): using it all the same`);
  }
  return result.outcome === 'failed' ? result : undefined;
}

/** Checks a runtime, and says so in one line. */
async function check(runtime: Runtime, account: Account | undefined, limitMs: number): Promise<CheckResult> {
  process.stderr.write(`bulkhead: checking Electron ${runtime.version} once, for at most ${limitMs / 1000} s: `);
  const started = performance.now();
  let said = 'it cannot be checked';
  try {
    const result = await selfCheck(runtime, account, limitMs);
    const words = { passed: 'passed', failed: 'failed', late: 'not finished' };
    said = `${words[result.outcome]} in ${((performance.now() - started) / 1000).toFixed(1)} s`;
    return result;
  } finally {
    process.stderr.write(`${said}\n`);
  }
}

function keep(runtime: Runtime, result: CheckResult): void {
  try {
    remember(runtime, result);
  } catch (error) {
    say(`the result of the check cannot be kept (${error instanceof Error ? error.message : error})`);
  }
}
