import { createHash } from 'node:crypto';
import { createWriteStream, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { create } from 'tar';
import { ZipFile } from 'yazl';
import type { RegistryArchive } from '../setup/electron-sources.ts';

/** Fuses of an Electron executable: sentinel, version, count, and states. */
const FUSES = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01\x081100100r', 'latin1');

const FILES: Record<string, Buffer> = {
  'Cypress/Cypress': Buffer.concat([Buffer.from('#!/bin/sh\nexit 0\n'), FUSES]),
  'Cypress/resources.pak': Buffer.alloc(300_000, 'resources'),
  'Cypress/browser_v8_context_snapshot.bin': Buffer.from("the other application's"),
  'Cypress/resources/app-update.yml': Buffer.from("the other application's"),
  'Cypress/resources/app/package.json': Buffer.from('{}'),
};

/** Makes a small package like the one with Electron, with its checksums. */
export async function makeRuntimeArchive(
  folder: string,
  zipName = 'Runtime.zip',
): Promise<{ archive: RegistryArchive; tarball: Buffer }> {
  const inside = path.join(folder, 'package');
  mkdirSync(inside, { recursive: true });
  await writeZip(path.join(inside, zipName), FILES);
  writeFileSync(path.join(inside, 'package.json'), '{}');
  const file = path.join(folder, 'package.tgz');
  await create({ gzip: true, file, cwd: folder }, ['package']);
  const tarball = readFileSync(file);
  const zipSha256 = createHash('sha256')
    .update(readFileSync(path.join(inside, zipName)))
    .digest('hex');
  const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  return {
    archive: { packageName: '@example/runtime', packageVersion: '1.0.0', integrity, zipName, zipSha256 },
    tarball,
  };
}

/** Makes a small zip file like an Electron release. */
export async function makeReleaseArchive(file: string): Promise<Buffer> {
  await writeZip(file, { electron: Buffer.from('#!/bin/sh\nexit 0\n'), version: Buffer.from('1.2.3') });
  return readFileSync(file);
}

async function writeZip(file: string, files: Record<string, Buffer>): Promise<void> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    const isExecutable = /(^|\/)(Cypress|electron)$/.test(name);
    zip.addBuffer(content, name, { mode: isExecutable ? 0o100755 : 0o100644, compress: false });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}
