import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkout } from '../checkout.ts';
import { type CommandEnd, runCommand, runTools } from '../testing/command.ts';
import { isRunning, processesNaming } from '../testing/processes.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { ensureRuntime, type Runtime } from './runtime.ts';

/** The Electron that `npm test` has set up. */
const { executable: real, folder: realFolder } = await ensureRuntime();
const program = path.join(import.meta.dirname, '../testing/use-runtime.ts');

const TEST_MS = 180_000;
/** Long enough for two checks on a busy machine. */
const PATIENT = 90_000;

/** An Electron that is the real one, or breaks it, with the PIDs of its checks. */
function makeRuntime(name: string, whenChecked: string, atEveryStart = '') {
  const folder = path.join(temporaryFolder(), name);
  const pids = path.join(folder, 'pids');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'version'), '1.2.3');
  writeFileSync(pids, '');
  chmodSync(pids, 0o666);
  const script = `#!/bin/sh
${atEveryStart}
case "$*" in
  *--drill=self-check*) echo $$ >>'${pids}' ;;
  *) exec '${real}' "$@" ;;
esac
${whenChecked}
`;
  writeFileSync(path.join(folder, 'electron'), script, { mode: 0o755 });
  return { folder, checks: () => readFileSync(pids, 'utf8').split('\n').filter(Boolean) };
}

const good = () => makeRuntime('good', `exec '${real}' "$@"`);

/** Kills every page's process of this profile as soon as it starts. */
const KILLS_PAGES = `
profile=\${*#*--profile }
profile=\${profile%% *}
while kill -0 $$; do
  for each in $(grep -slF -e "--user-data-dir=$profile" /proc/[0-9]*/cmdline); do
    ! grep -qsF -e --type=renderer "$each" || kill -KILL "$(basename "$(dirname "$each")")"
  done
done >/dev/null 2>&1 &
exec '${real}' "$@"`;

/** Stands still, and hears no polite signal. */
const HANGS = "trap '' TERM HUP INT; exec sleep 1000";

interface Scene {
  readonly runtimes: readonly ReturnType<typeof makeRuntime>[];
  readonly limitMs?: number;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Takes an Electron from these folders, as often as asked. */
function scene({ runtimes, limitMs = PATIENT, environment = {} }: Scene) {
  const temporary = path.join(temporaryFolder(), 'tmp');
  mkdirSync(temporary);
  chmodSync(temporary, 0o777);
  const cache = temporaryFolder();
  const start = () =>
    runCommand([process.execPath, program], {
      environment: {
        BULKHEAD_CACHE_DIR: cache,
        TMPDIR: temporary,
        TEST_RUNTIMES: JSON.stringify(runtimes.map(({ folder }) => folder)),
        TEST_LIMIT_MS: String(limitMs),
        ...environment,
      },
    });
  return { start, temporary, cache, runtimes };
}

const sourceOf = ({ stdout }: CommandEnd) => (JSON.parse(stdout) as Runtime).source;

/** No process, temporary file or launcher of a check may be left. */
async function expectNothingLeft({ temporary, runtimes }: { temporary: string; runtimes: Scene['runtimes'] }) {
  const left = () => [
    ...readdirSync(temporary),
    ...processesNaming(temporary),
    ...runtimes.flatMap(({ checks }) => checks()).filter((pid) => isRunning(Number(pid))),
    ...readdirSync(path.join(checkout, 'out/launch')).filter((name) => name.includes('check-')),
  ];
  await expect.poll(left, { timeout: 20_000 }).toEqual([]);
}

describe.runIf(process.platform === 'linux')('an Electron that this machine has not run before', () => {
  it(
    'is checked before the first launch, and never again',
    async () => {
      const runtime = good();
      const here = scene({ runtimes: [runtime] });
      const first = await here.start().ended;
      expect(first.stderr).toMatch(/^bulkhead: checking Electron \S+ once, for at most 90 s: passed in \d+\.\d s$/m);
      expect(sourceOf(first)).toBe('release');
      await expectNothingLeft(here);

      const second = await here.start().ended;
      expect(second.stderr).toBe('');
      expect(second.stdout).toBe(first.stdout);
      expect(runtime.checks()).toHaveLength(1);
    },
    TEST_MS,
  );

  it(
    'is checked by the commands that run the app',
    async () => {
      const environment = { BULKHEAD_CACHE_DIR: temporaryFolder(), ELECTRON_OVERRIDE_DIST_PATH: realFolder };
      const { code, stderr } = await runTools(['where'], { environment }).ended;
      expect(stderr).toMatch(/checking Electron \S+ once, for at most 10 s: (passed|not finished) in/);
      expect(code).toBe(0);
    },
    TEST_MS,
  );

  it(
    'and that fails is not used: the next source is taken, and the failure is remembered',
    async () => {
      const broken = makeRuntime('broken', 'echo "a library is too old" >&2; exit 3');
      const next = good();
      const here = scene({ runtimes: [broken, next] });
      const first = await here.start().ended;
      expect(first.stderr).toMatch(/: failed in /);
      expect(first.stderr).toMatch(
        /from its release page could not start: it ended with code 3: a library is too old\n {2}To check it again: rm /,
      );
      expect(sourceOf(first)).toBe('registry');
      await expectNothingLeft(here);

      const second = await here.start().ended;
      expect(second.stderr).toMatch(/from its release page could not start/);
      expect(second.stderr).not.toContain('checking');
      expect(sourceOf(second)).toBe('registry');
      expect(broken.checks()).toHaveLength(2); // both by the first set-up: a failure counts only if it comes twice

      const remembered = / rm (\S+)$/m.exec(second.stderr)?.[1] ?? '';
      expect(remembered.startsWith(here.cache)).toBe(true);
      expect(existsSync(remembered)).toBe(true);
    },
    TEST_MS,
  );

  it.each([
    [
      'does not start at all',
      '',
      'echo "bad file" >&2; exit 1',
      /could not start: The runtime .* does not start: bad file/,
    ],
    [
      'cannot keep a page',
      KILLS_PAGES,
      '',
      /could not open two tabs: the (process of tab \d+|shell) ended \(killed, SIGKILL\)/,
    ],
    [
      'cannot run the plugin',
      `BULKHEAD_START_FAULT=exception-at-start exec '${real}' "$@"`,
      '',
      /could not (open two tabs|let the plugin read a frame): the plugin ended/,
    ],
    ['crashes at the end', `'${real}' "$@"; kill -SEGV $$`, '', /could not end cleanly: it ended with code 139/],
  ])(
    'and that %s is not used',
    async (_what, whenChecked, atEveryStart, says) => {
      const here = scene({ runtimes: [makeRuntime('broken', whenChecked, atEveryStart)] });
      const { code, stdout, stderr } = await here.start().ended;
      expect(stderr).toMatch(says);
      expect(stderr).toContain('Every Electron that there is for this machine failed its self-check');
      expect(stderr).toMatch(/^ {2}To use it all the same: export ELECTRON_OVERRIDE_DIST_PATH=\/\S+$/m);
      expect(stderr).not.toContain('    at '); // no stack
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      await expectNothingLeft(here);
    },
    TEST_MS,
  );

  it(
    'and that fails only once is used',
    async () => {
      const once = path.join(temporaryFolder(), 'once');
      mkdirSync(once);
      chmodSync(once, 0o777);
      const runtime = makeRuntime(
        'fails-once',
        `rmdir '${once}/again' || { mkdir '${once}/again'; exit 3; }; exec '${real}' "$@"`,
      );
      const { stderr, stdout } = await scene({ runtimes: [runtime, good()] }).start().ended;
      expect(stderr).toMatch(/: passed in /);
      expect(JSON.parse(stdout).source).toBe('release');
      expect(runtime.checks()).toHaveLength(2);
    },
    TEST_MS,
  );

  it(
    'and that hangs, or is too slow, is used, because the machine may be busy',
    async () => {
      const here = scene({ runtimes: [makeRuntime('hangs', HANGS), good()], limitMs: 1000 });
      const { code, stdout, stderr } = await here.start().ended;
      expect(stderr).toMatch(/: not finished in /);
      expect(stderr).toContain('it is not known whether it can start (it took too long): using it all the same');
      expect(code, stdout).toBe(0);
      expect(JSON.parse(stdout).source).toBe('release');
      await expectNothingLeft(here);
    },
    TEST_MS,
  );

  it(
    'and that the user names is used although it fails',
    async () => {
      const { folder } = makeRuntime('named', 'exit 3');
      const { start } = scene({ runtimes: [good()], environment: { ELECTRON_OVERRIDE_DIST_PATH: folder } });
      const end = await start().ended;
      expect(end.stderr).toContain('It is used all the same, because ELECTRON_OVERRIDE_DIST_PATH names it');
      expect(sourceOf(end)).toBe('env');
    },
    TEST_MS,
  );

  it(
    'leaves nothing behind when the set-up is told to end during the check',
    async () => {
      const runtime = makeRuntime('hangs', HANGS);
      const here = scene({ runtimes: [runtime] });
      const run = here.start();
      await expect.poll(runtime.checks, { timeout: 60_000 }).toHaveLength(1);
      run.child.kill('SIGTERM');
      expect((await run.ended).code).toBe(128 + 15);
      await expectNothingLeft(here);
    },
    TEST_MS,
  );
});
