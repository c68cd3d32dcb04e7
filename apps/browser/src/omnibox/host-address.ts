import { isLocalName } from './local-names.ts';
import { typedParts } from './typed-parts.ts';

/** Ends of names that are rather files than hosts. */
const fileName = /\.(x?html?|svg|pdf|txt|md|json|xml|png|jpe?g|gif|webp|mp4|webm)$/i;

/**
 * The address of a host without a scheme, such as `devbox:3000/page` and `a.example`; undefined for what is rather a
 * path. It needs no list of public suffixes, so that the start need not wait for one.
 */
export function hostAddress(text: string): string | undefined {
  const typed = typedParts(text.trim());
  // `user:password@host` looks as if it had a scheme.
  const parts = typed.hasScheme ? typedParts(`http://${text.trim()}`) : typed;
  const { scheme, host = '', port, path } = parts;
  const isFile = path === undefined && fileName.test(host);
  if (scheme !== 'http' || isFile || (typed.hasScheme && !parts.password)) return undefined;
  const isHost = host.includes('.') || host === 'localhost' || port !== undefined || host.startsWith('[');
  if (!isHost || /^\.|\s/.test(host) || !URL.canParse(`http://${text.trim()}`)) return undefined;
  const url = new URL(`http://${text.trim()}`);
  const isNumber = /^[\d.]+$|^\[/.test(url.hostname);
  const isPublic = !isNumber && url.port === '' && url.hostname.includes('.') && !isLocalName(url.hostname);
  return isPublic ? `https${url.href.slice('http'.length)}` : url.href;
}
