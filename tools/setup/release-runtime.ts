import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { type Downloader, downloadArtifact, ElectronDownloadCacheMode } from '@electron/get';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { RELEASED_ELECTRON, ReleaseUnreachable } from './electron-sources.ts';
import { Progress } from './progress.ts';
import { watchTransfer } from './transfer.ts';
import { unzip } from './unzip.ts';

/** Longest wait for the start of the release page's answer. After that the page counts as unreachable. */
const ANSWER_MS = 10_000;

const require = createRequire(import.meta.url);

class ReleaseDownloader implements Downloader<void> {
  async download(url: string, target: string): Promise<void> {
    const response = await answer(url);
    const progress = new Progress(`downloading Electron ${RELEASED_ELECTRON.version}`);
    const bytes = Number(response.headers.get('content-length')) || undefined;
    await pipeline(
      watchTransfer(Readable.fromWeb(response.body as ReadableStream), bytes, progress),
      createWriteStream(target, { flush: true }),
    );
  }
}

async function answer(url: string): Promise<{ headers: Headers; body: NonNullable<Response['body']> }> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new Error(`no answer within ${ANSWER_MS / 1000} s`)), ANSWER_MS);
  try {
    const response = await fetch(url, { signal: deadline.signal });
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    return { headers: response.headers, body: response.body };
  } catch (error) {
    const reason = systemErrorCode(error) ?? (error instanceof Error ? error.message : String(error));
    throw new ReleaseUnreachable(`${new URL(url).host}: ${reason}`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Downloads the current Electron from its release page or from the mirror in `ELECTRON_MIRROR`, verifies it by the
 * checksums in its npm package, and unpacks it into `folder`.
 * @throws ReleaseUnreachable after ten seconds without an answer
 */
export async function installReleasedElectron(
  folder: string,
  checksums: Record<string, string> = require('electron/checksums.json'),
): Promise<void> {
  const archive = await downloadArtifact({
    version: RELEASED_ELECTRON.version,
    platform: process.platform,
    arch: process.arch,
    artifactName: 'electron',
    checksums,
    cacheMode: ElectronDownloadCacheMode.Bypass,
    tempDirectory: path.dirname(folder),
    downloader: new ReleaseDownloader(),
  }).catch((error: unknown) => {
    throw isChecksumError(error) ? wrongRelease(error) : error;
  });
  await unzip(archive, folder, (name) => name);
  await rm(path.dirname(archive), { recursive: true });
}

/** Recognises errors by name, because @electron/get does not export its error classes. */
function isChecksumError(error: unknown): error is Error {
  return error instanceof Error && /^(ChecksumMismatch|NoChecksumFound)Error$/.test(error.constructor.name);
}

function wrongRelease(error: Error): SetupFailure {
  return new SetupFailure(
    `The download of Electron ${RELEASED_ELECTRON.version} does not match the checksum in its package: ${error.message}.`,
    'it was deleted: run the command again. If it happens again, check the proxies between this machine and the release page.',
    { cause: error },
  );
}
