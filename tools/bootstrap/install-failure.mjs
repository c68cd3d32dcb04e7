import { SetupFailure } from './failure.mjs';

/** How npm and pnpm say that there was no answer. */
const UNREACHABLE =
  /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|network timeout|error sending request/i;
const UNTRUSTED = /SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|CERT_|ERR_TLS|invalid peer certificate/i;
const CHANGED = /EINTEGRITY|integrity check failed/i;
/** An answer that is no registry's: a network's log-in page, say. */
const NO_REGISTRY = /invalid json response|Unexpected token '?</i;

const WHICH_REGISTRY = [
  'which registry is npm told to use, and does it mirror the public one?',
  'npm config get registry',
];

/**
 * Why the package manager has failed, by what it said; undefined where nobody has foreseen it.
 * @param {string} said
 * @param {string} checkout
 * @returns {SetupFailure | undefined}
 */
export function explainInstall(said, checkout) {
  const text = said.replace(/\s*\n[\s│├╰─▶]*/g, ' '); // pnpm breaks its lines anywhere
  const registry = text.match(/https?:\/\/[^/\s"]+/)?.[0] ?? 'npm is told to use';
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
      `what came from ${package_} is not what it should be (wrong checksum)`,
      'nothing of it was kept: run the command again, and if it happens again, ask what stands between here and the registry.',
    );
  }
  if (UNTRUSTED.test(text)) {
    return failure(`the certificate of the npm registry ${registry} is not one that this machine trusts`, [
      'if it is that of your own network, let npm know it:',
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
        : [isOurs ? 'log in to it, or use another:' : 'see to it:', ...WHICH_REGISTRY],
    );
  }
  if (NO_REGISTRY.test(text)) {
    return failure(`what answers at ${registry} is no npm registry`, [
      'see to the network (does it want a log-in?):',
      ...WHICH_REGISTRY,
    ]);
  }
  if (UNREACHABLE.test(text)) {
    return failure(`the npm registry ${registry} cannot be reached`, [
      'check the network and its proxy, and which registry npm is told to use:',
      'npm config get registry',
    ]);
  }
  return undefined;
}
