import { expect, it } from 'vitest';
import { explainInstall } from './install-failure.mjs';

/** Real output of npm 10 and pnpm 12, with its line breaks. */
const said: Record<string, string> = {
  refused: `  ├─▶ Failed to fetch http://127.0.0.1:2/hosted-git-info/-/hosted-git-info-
  │   10.1.1.tgz: error sending request: client error (Connect): tcp connect
  │   error: Connection refused (os error 111)`,
  untrusted: `  ├─▶ Failed to fetch https://localhost:7443/@types/npm-package-arg/-/npm-
  │   package-arg-6.1.4.tgz: error sending request: client error (Connect):
  │   invalid peer certificate: Other(OtherError(CaUsedAsEndEntity))`,
  untrustedByNpm: `npm error code DEPTH_ZERO_SELF_SIGNED_CERT
npm error request to https://localhost:7443/pnpm failed, reason: self-signed certificate`,
  unauthorised: `Error: ERR_PNPM_TARBALL_HTTP_STATUS
  × installing dependencies
  ╰─▶ Tarball server returned HTTP 401 for http://127.0.0.1:7401/convert-
      source-map/-/convert-source-map-2.0.0.tgz`,
  missing: `npm error code E404
npm error 404 Not Found - GET http://127.0.0.1:7404/pnpm`,
  broken: `[WARN] GET http://127.0.0.1:7500/isexe/-/isexe-4.0.0.tgz error (Tarball server returned HTTP 500 for http://127.0.0.1:7500/isexe/-/isexe-4.0.0.tgz) — 2
Will retry in 3s. 0 retries left.`,
  page: `npm error code FETCH_ERROR
npm error invalid json response body at http://127.0.0.1:7200/pnpm reason: Unexpected token '<', "<html>logi"... is not valid JSON`,
  changed: `  ╰─▶ Failed to verify the integrity of http://127.0.0.1:7200/axe-core/-/axe-core-4.14.1.tgz: Integrity check failed.
      	Wanted: sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/`,
  full: `  ╰─▶ Failed to write cafs: Failed to write to file at "/small/store/
      v11/files/bd/
      bde36b719215": No space left
      on device (os error 28)`,
  fullForNpm: `npm error code ENOSPC
npm error nospc Invalid response body while trying to fetch https://registry.example/pnpm: ENOSPC: no space left on device, write`,
};

it.each([
  ['refused', 'the npm registry http://127.0.0.1:2 cannot be reached.', 'check the network and its proxy'],
  ['untrusted', 'the certificate of the npm registry https://localhost:7443 is not one', 'npm config set cafile'],
  ['untrustedByNpm', 'the certificate of the npm registry https://localhost:7443 is not one', 'npm config set cafile'],
  ['unauthorised', 'the npm registry http://127.0.0.1:7401 answers with HTTP 401.', 'log in to it'],
  ['missing', 'the npm registry http://127.0.0.1:7404 answers with HTTP 404.', 'npm config get registry'],
  ['broken', 'the npm registry http://127.0.0.1:7500 answers with HTTP 500.', 'try again later.'],
  ['page', 'the npm registry http://127.0.0.1:7200 does not answer like an npm registry.', 'does it need a log-in?'],
  [
    'changed',
    'the download of http://127.0.0.1:7200/axe-core/-/axe-core-4.14.1.tgz has the wrong checksum',
    'it was deleted',
  ],
  ['full', 'the disk is full, at /small/store/v11/files/bd/bde36b719215.', 'free 2 GB there'],
  ['fullForNpm', 'the disk is full, at /here or where npm keeps its cache.', 'free 2 GB there'],
])('explains the failure and the remedy: %s', (which, what, remedy) => {
  const text = explainInstall(said[which] ?? '', '/here')?.text() ?? '';
  expect(text).toContain(`bulkhead: The dependencies cannot be installed: ${what}`);
  expect(text).toContain('What to do: ');
  expect(text).toContain(remedy);
});

it('returns undefined for an unknown failure', () => {
  expect(explainInstall('Error: ERR_PNPM_LOCKFILE_BROKEN', '/here')).toBeUndefined();
});
