import { SetupFailure } from './failure.mjs';

/** How npm and pnpm report that there was no answer. */
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network timeout|error sending request/i;
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_|ERR_TLS|invalid peer certificate/i;
const CHANGED = /EINTEGRITY|integrity check failed/i;
/** The answer does not come from a registry, but for example from a network's log-in page. */
const NO_REGISTRY = /invalid json response|Unexpected token '?</i;

const WHICH_REGISTRY = [
  'check which registry npm uses, and that it mirrors the public one:',
  'npm config get registry',
];

/**
 * Explains a failure of the package manager from its output. Returns undefined for an unknown failure.
 * @param {string} said
 * @param {string} checkout
 * @returns {SetupFailure | undefined}
 */
export function explainInstall(said, checkout) {
  const text = said.replace(/\s*\n[\s│├╰─▶]*/g, ' '); // pnpm breaks its lines anywhere
  const registry = text.match(/https?:\/\/[^/\s"]+/)?.[0] ?? 'that npm uses';
  /** @type {(what: string, remedy: string | string[]) => SetupFailure} */
  const failure = (what, remedy) => new SetupFailure(`The dependencies cannot be installed: ${what}.`, remedy);

  if (/ENOSPC|EDQUOT|no space left|quota exceeded/i.test(text)) {
    const file = text.match(/"(\/[^"]+)": No space/i)?.[1]?.replaceAll(' ', '');
    return failure(
      `the disk is full, at ${file ?? `${checkout} or where npm keeps its cache`}`,
      'free 2 GB there and run the command again.',
    );
  }
  if (CHANGED.test(text)) {
    const [package_] = text.match(/https?:\/\/[^\s"]+\.tgz/) ?? [registry];
    return failure(
      `the download of ${package_} has the wrong checksum`,
      'it was deleted: run the command again. If it happens again, check the proxies between this machine and the registry.',
    );
  }
  if (UNTRUSTED.test(text)) {
    return failure(`the certificate of the npm registry ${registry} is not one that this machine trusts`, [
      'if it belongs to your own network, add it to npm:',
      'npm config set cafile /path/to/certificate.pem',
    ]);
  }
  const status = text
    .match(/HTTP (\d{3}) for|npm error code E(\d{3})\b/)
    ?.slice(1)
    .find(Boolean);
  if (status) {
    const isOurs = status === '401' || status === '403';
    return failure(
      `the npm registry ${registry} answers with HTTP ${status}`,
      status.startsWith('5')
        ? 'try again later.'
        : [isOurs ? 'log in to it, or use another registry:' : 'check the registry:', ...WHICH_REGISTRY],
    );
  }
  if (NO_REGISTRY.test(text)) {
    return failure(`the npm registry ${registry} does not answer like an npm registry`, [
      'check the network (does it need a log-in?):',
      ...WHICH_REGISTRY,
    ]);
  }
  if (UNREACHABLE.test(text)) {
    return failure(`the npm registry ${registry} cannot be reached`, [
      'check the network and its proxy, and which registry npm uses:',
      'npm config get registry',
    ]);
  }
  return undefined;
}
