import { cpSync, linkSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRoot } from '../bootstrap/account.mjs';
import { asOrdinaryUser, type CommandOptions, runTools } from '../testing/command.ts';
import { REFUSING } from '../testing/loopback-server.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { isDebian } from './packages.ts';
import { ensureRuntime } from './runtime.ts';

/** The Electron that `npm test` has set up, for users without one in their own cache. */
const runtime = await ensureRuntime();

async function failureOf(options: CommandOptions): Promise<string> {
  const environment = { ELECTRON_OVERRIDE_DIST_PATH: runtime.folder, ...options.environment };
  const { code, stdout, stderr } = await runTools(['where'], { ...options, environment }).ended;
  expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: '' });
  expect(stderr).not.toContain('    at '); // no stack
  return stderr;
}

/** Makes a package database without installed packages. */
function emptyDatabase(): NodeJS.ProcessEnv {
  const folder = temporaryFolder();
  writeFileSync(path.join(folder, 'status'), '');
  return { DPKG_ADMINDIR: folder, DISPLAY: '', WAYLAND_DISPLAY: '' };
}

describe.runIf(isDebian())('missing system libraries', () => {
  it('are reported to an ordinary user with the command that installs them', async () => {
    const said = await failureOf({ environment: emptyDatabase(), prefix: asOrdinaryUser().prefix });
    expect(said).toMatch(/System libraries are missing: libgtk-3-0, libnss3, libasound2, libgbm1, libxss1, xvfb\./);
    const command = /^ {4}sudo apt-get update && sudo apt-get install -y --no-install-recommends (.*)$/m.exec(
      said,
    )?.[1];
    expect(command).toMatch(/^libgtk-3-0\S* libnss3 libasound2\S* libgbm1 libxss1 xvfb$/);
  });

  it.runIf(isRoot())('that apt-get cannot install cause one clear failure', async () => {
    const root = temporaryFolder();
    for (const folder of ['etc/apt', 'var/lib/dpkg', 'var/lib/apt/lists/partial', 'var/cache/apt/archives/partial']) {
      mkdirSync(path.join(root, folder), { recursive: true });
    }
    writeFileSync(path.join(root, 'var/lib/dpkg/status'), '');
    writeFileSync(path.join(root, 'etc/apt/sources.list'), `deb [trusted=yes] ${REFUSING} stable main\n`);
    writeFileSync(path.join(root, 'apt.conf'), `Dir "${root}";\nAcquire::Retries "0";\n`);
    const said = await failureOf({ environment: { ...emptyDatabase(), APT_CONFIG: path.join(root, 'apt.conf') } });
    expect(said).toMatch(/apt-get (update|install) failed/);
    expect(said).toContain('check the network and the package sources');
  });
});

/** Makes an Electron with one file missing or replaced. */
function damagedRuntime(file: string, content?: string): string {
  const folder = path.join(temporaryFolder(), 'runtime');
  copyByLinks(runtime.folder, folder);
  rmSync(path.join(folder, file));
  if (content !== undefined) writeFileSync(path.join(folder, file), content, { mode: 0o755 });
  return folder;
}

describe('Electron', () => {
  it('names missing system libraries', async () => {
    const folder = temporaryFolder();
    const script = (name: string, text: string) =>
      writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    // The dynamic linker's output for a missing library.
    script('electron', 'echo "electron: error while loading shared libraries: libnss3.so: cannot open" >&2; exit 127');
    script('ldd', 'echo "  libnss3.so => not found"; echo "  libgbm.so.1 => not found"');
    writeFileSync(path.join(folder, 'version'), '33.2.1');
    const PATH = `${folder}:${process.env.PATH}`;
    const said = await failureOf({ environment: { ELECTRON_OVERRIDE_DIST_PATH: folder, PATH } });
    expect(said).toContain(`The runtime ${folder}/electron lacks system libraries: libnss3.so, libgbm.so.1.`);
    expect(said).toContain('install the packages of your distribution');
  });

  it.each([
    ['libffmpeg.so', undefined, 'lacks its own libffmpeg.so.'],
    ['icudtl.dat', undefined, 'does not start: '],
    ['electron', '', 'does not start: it ends without output (code 0).'],
  ])('that is damaged (%s) is not used, and the user’s own is not removed', async (file, content, how) => {
    const folder = damagedRuntime(file, content);
    const said = await failureOf({ environment: { ELECTRON_OVERRIDE_DIST_PATH: folder } });
    expect(said).toContain(`The runtime ${folder}/electron ${how}`);
    expect(said).toContain('set ELECTRON_OVERRIDE_DIST_PATH to one that runs');
    expect(said).not.toContain('rm -r');
  });

  it('has no sandbox if user namespaces are disabled, and the failure tells how to enable it', async () => {
    const { prefix, uid } = asOrdinaryUser();
    // The limit belongs to the namespace, so the test affects only itself.
    const without = ['unshare', '--user', `--map-user=${uid}`, '--keep-caps', 'sh', '-c'];
    const script =
      'echo 0 >/proc/sys/user/max_user_namespaces && exec setpriv --inh-caps=-all --ambient-caps=-all "$@"';
    const said = await failureOf({ prefix: [...prefix, ...without, script, 'sh'] });
    expect(said).toContain(
      'The sandbox is not available: user namespaces are switched off (user.max_user_namespaces = 0)',
    );
    expect(said).toContain('sudo sysctl -w user.max_user_namespaces=15000');
    expect(said).toContain(`sudo chmod 4755 ${runtime.folder}/chrome-sandbox`);
    expect(said).not.toContain('--no-sandbox');
  });
});

/** Copies a distribution, by hard links if the file system allows, because it is large. */
function copyByLinks(from: string, to: string): void {
  for (const name of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
    const [source, target] = [path.join(from, name), path.join(to, name)];
    if (statSync(source).isDirectory()) continue;
    mkdirSync(path.dirname(target), { recursive: true });
    try {
      linkSync(source, target);
    } catch {
      cpSync(source, target); // another file system
    }
  }
}
