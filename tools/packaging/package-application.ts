import { constants, rmSync } from 'node:fs';
import { copyFile, cp, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { checkout } from '../checkout.ts';
import { onExit } from '../setup/exit.ts';
import type { Runtime } from '../setup/runtime.ts';
import { archiveApplication } from './application-archive.ts';

/** Switches in Electron's executable. `docs/confinement.md` gives the reason for each. */
export const FUSES = {
  version: FuseVersion.V1,
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
} as const;

/** Clones the content of a file where the file system can, otherwise copies it. */
const clone = constants.COPYFILE_FICLONE;

/**
 * Makes a folder with Electron and the built app in it, which runs without the checkout. An older one is replaced when
 * the new one is complete.
 * @param output parent of the new folder
 * @returns path of the new folder
 */
export async function packageApplication({ folder: electron, executable }: Runtime, output: string): Promise<string> {
  const target = path.join(output, `bulkhead-${process.platform}-${process.arch}`);
  let forget: () => void = () => undefined;
  try {
    await mkdir(output, { recursive: true });
    const incoming = await mkdtemp(path.join(output, '.incoming-'));
    forget = onExit(() => rmSync(incoming, { recursive: true, force: true }));
    const complete = path.join(incoming, 'complete');
    await mkdir(complete);
    for (const name of await readdir(electron)) {
      if (name === path.basename(executable) || name === 'resources') continue; // `resources` has only Electron's own app
      await cp(path.join(electron, name), path.join(complete, placeOf(name)), { recursive: true, mode: clone });
    }
    await copyFile(path.join(checkout, 'LICENSE'), path.join(complete, 'LICENSE'));
    await copyFile(executable, path.join(complete, 'bulkhead'), clone);
    await flipFuses(path.join(complete, 'bulkhead'), FUSES);
    await archiveApplication(path.join(complete, 'resources/app.asar'), path.join(incoming, 'app'));
    await rm(target, { recursive: true, force: true });
    await rename(complete, target);
    return target;
  } catch (error) {
    throw explain(error, output);
  } finally {
    forget();
  }
}

/** Electron's releases call their licence like the app's own. */
const placeOf = (name: string) => (name === 'LICENSE' ? 'LICENSE.electron.txt' : name);

function explain(error: unknown, output: string): unknown {
  const code = systemErrorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new SetupFailure(
      `The disk is full: the package cannot be written in ${output} (${code}).`,
      'free 1 GB there, or name a folder on another disk by --output.',
      { cause: error },
    );
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENOTDIR' || code === 'EEXIST') {
    return new SetupFailure(
      `The package cannot be written in ${output} (${code}).`,
      'name a folder that you can write by --output.',
      { cause: error },
    );
  }
  return error;
}
