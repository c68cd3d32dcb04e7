import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { checkout } from '../checkout.ts';
import { type InstalledPackage, packAndInstall } from './installed-package.ts';
import { undocumented } from './undocumented.ts';

const timeoutMs = 300_000;

const examples = {
  rpc: [
    '0 %',
    '33 %',
    '67 %',
    'worker: summed 300000 bytes',
    'sum: 1782399013',
    'sums so far: 1',
    'DeadlineError: summing.ponder: no reply from the worker within 100 ms',
    'PeerGoneError: summing.ponder: the worker exited (code 1)',
    'PeerGoneError: summing.ponder: the worker exited (code 1)',
  ],
  'shared-memory': [
    'frame 1: the worker found a mean of 50',
    'frame 2: the worker found a mean of 100',
    'frame 3: the worker found a mean of 150',
  ],
};

const quickStarts = { rpc: '3', 'shared-memory': 'Float32Array(3) [ 1, 2, 3 ]' };

describe.each(['rpc', 'shared-memory'] as const)('the tarball of %s, installed by npm', (name) => {
  let installed: InstalledPackage;

  beforeAll(async () => {
    installed = await packAndInstall(name, name === 'rpc' ? ['valibot'] : []);
    cpSync(path.join(installed.package, 'examples'), path.join(installed.folder, 'examples'), { recursive: true });
    writeFileSync(path.join(installed.folder, 'quick-start.ts'), quickStartOf(installed));
  }, timeoutMs);

  afterAll(() => installed?.remove());

  it('contains the files of a package, and no TypeScript outside the examples', () => {
    expect(readdirSync(installed.package)).toEqual(
      expect.arrayContaining(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json', 'out']),
    );
    const files = readdirSync(installed.package, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => /(?<!\.d)\.ts$/.test(file) && !file.startsWith('examples/'))).toEqual([]);
    const { dependencies, engines, license } = manifestOf(installed);
    expect({ engines, license }).toEqual({ engines: { node: expect.any(String) }, license: 'MIT' });
    // The version is exact, because the packages use undocumented parts of these dependencies.
    expect(dependencies).toEqual({ [name === 'rpc' ? 'comlink' : 'koffi']: expect.stringMatching(/^\d/) });
  });

  it('can be imported by each exported name', { timeout: timeoutMs }, async () => {
    // `testing` needs the user's Vitest, or is for the tests of this repository.
    const namesIn = ({ exports }: Manifest) => Object.keys(exports).filter((each) => !each.startsWith('./testing'));
    const names = namesIn(manifestOf(installed));
    const imports = names.map((each) => `import '${path.posix.join(`@bulkhead/${name}`, each)}';`);
    await installed.node('--input-type=module', '--eval', imports.join('\n'));
    expect(names).toEqual(namesIn(readManifest(path.join(checkout, 'packages', name))));
  });

  it('runs the quick start of its README', { timeout: timeoutMs }, async () => {
    expect(await installed.node('quick-start.ts')).toBe(`${quickStarts[name]}\n`);
  });

  it('runs its example with a worker thread', { timeout: timeoutMs }, async () => {
    const output = await installed.node('examples/worker-threads/main.ts');
    expect(output.trimEnd().split('\n')).toEqual(examples[name]);
  });

  it('gives types to the quick start and the examples', { timeout: timeoutMs }, async () => {
    const inCheckout = (file: string) => path.join(checkout, 'node_modules', file);
    const compilerOptions = {
      target: 'esnext',
      module: 'nodenext',
      lib: ['esnext', 'dom', 'dom.iterable'],
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
      types: ['node'],
      typeRoots: [inCheckout('@types')],
      paths: { electron: [inCheckout('electron/electron.d.ts')] },
    };
    const config = { compilerOptions, include: ['quick-start.ts', 'examples'] };
    writeFileSync(path.join(installed.folder, 'tsconfig.json'), JSON.stringify(config));
    await installed.node(inCheckout('@typescript/native/bin/tsc'), '-p', 'tsconfig.json');
  });

  it('says of each function what it takes and returns', () => {
    expect(undocumented(path.join(installed.package, 'out'))).toEqual([]);
  });

  if (name !== 'rpc') return;

  it('runs its example in an Electron window', { timeout: timeoutMs }, async () => {
    const tsdown = path.join(checkout, 'node_modules/tsdown/dist/run.mjs');
    await installed.node(tsdown, '--cwd', 'examples/electron', '--logLevel', 'error');
    const { lines, errors } = await runElectron(
      installed,
      'examples/electron/out/main.mjs',
      'the clock shows the time',
    );
    expect(lines, errors).toEqual([
      'page: Darn!: too-rude',
      'page: Typed ports: set',
      'page: the clock shows the time',
    ]);
  });
});

/** Starts an application, ends it when it has printed a line with `last`, and returns its output until then. */
async function runElectron({ folder }: InstalledPackage, main: string, last: string) {
  const profile = path.join(folder, 'profile');
  mkdirSync(profile);
  chmodSync(profile, 0o777); // Electron runs as another user when root tests
  const { electron } = JSON.parse(process.env.BULKHEAD_WHERE ?? '{}') as { electron: string };
  const child = spawn(electron, [path.join(folder, main), `--user-data-dir=${path.join(profile, 'data')}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TMPDIR: profile },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const closed = once(child, 'close');
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (!lines.at(-1)?.includes(last)) lines.push(line);
    if (line.includes(last)) child.kill('SIGTERM');
  }
  await closed;
  return { lines, errors };
}

/** Returns the first code block of the README. */
function quickStartOf({ package: folder }: InstalledPackage): string {
  return /^```ts\n(.*?)^```/ms.exec(readFileSync(path.join(folder, 'README.md'), 'utf8'))?.[1] ?? '';
}

interface Manifest {
  readonly exports: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly engines: object;
  readonly license: string;
}

const manifestOf = (installed: InstalledPackage): Manifest => readManifest(installed.package);

const readManifest = (folder: string): Manifest => JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
