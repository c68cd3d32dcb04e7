import { isLocalName } from './local-names.ts';
import { typedParts } from './typed-parts.ts';

/** Endings of names that are more likely files than hosts. */
const fileName = /\.(x?html?|svg|pdf|txt|md|json|xml|png|jpe?g|gif|webp|mp4|webm)$/i;

/**
 * Returns the address of a host without a scheme, such as `devbox:3000/page` and `a.example`, or undefined for a text
 * that is more likely a path. It needs no list of public suffixes, so the start does not wait for that list.
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
