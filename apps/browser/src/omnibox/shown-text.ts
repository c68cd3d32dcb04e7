import { withoutCredentials } from './credentials.ts';
import { shownHost } from './shown-host.ts';

/** Number of characters of an address that are made readable. The rest stays as it is. */
const longestReadable = 8192;

/** Maximum length of a shown text. */
const longestShown = 65_536;

/** ASCII characters that have no special meaning in an address, escaped or not. */
const harmlessAscii = /^[0-9A-Za-z"<>_~-]$/;
/** Blanks, controls, invisible characters, direction marks, unassigned characters, and padlocks. */
const unsafe =
  /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Z}\p{Default_Ignorable_Code_Point}\u2800\u{1f50f}\u{1f510}\u{1f512}\u{1f513}]/u;
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * Returns an address in readable form, following Chromium's `FormatUrl`: names and paths in their own script, without
 * user and password. It still means the same address when it is typed. It is for display only: no decision may depend
 * on it.
 */
export function shownText(address: string): string {
  const [, prefix = '', rest = ''] = /^((?:view-source:|blob:)*)(.*)$/su.exec(withoutCredentials(address)) ?? [];
  const [, scheme, host = '', port = '', tail = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/)([^/?#:]*|\[[^\]]*\])(:\d+)?(.*)$/su.exec(rest) ?? [];
  if (scheme === undefined) return prefix + readable(rest);
  const shown = shownHost(host);
  // Digits after a right-to-left name would be displayed on its other side.
  return prefix + scheme + (port !== '' && rightToLeft.test(shown) ? host : shown) + port + readable(tail);
}

/** Does the same for one tab, and caches the result, because a tab asks repeatedly for the same address. */
export function keptShownText(): (address: string) => string {
  let kept: { address: string; text: string } | undefined;
  return (address) => {
    if (kept?.address !== address) kept = { address, text: shownText(address).slice(0, longestShown) };
    return kept.text;
  };
}

function readable(text: string): string {
  const cut = text.length <= longestReadable ? text : text.slice(0, longestReadable).replace(/%[0-9a-f]?$/i, '');
  const decoded = cut.replace(/(?:%[0-9a-f]{2})+/gi, readableRun);
  // Most addresses contain few such characters unescaped, but a `data:` address may contain any.
  return decoded.replace(new RegExp(unsafe, 'gu'), escaped) + text.slice(cut.length);
}

/** Decodes a run of escaped bytes, where the characters may be shown. */
function readableRun(run: string): string {
  let shown = '';
  for (let at = 0; at < run.length; ) {
    const length = 3 * sequenceLength(Number.parseInt(run.slice(at + 1, at + 3), 16));
    const bytes = run.slice(at, at + length);
    const character = decode(bytes);
    const isShown = character !== undefined && mayBeShown(character);
    shown += isShown ? character : run.slice(at, at + 3);
    at += isShown ? length : 3;
  }
  return shown;
}

/** Length of a UTF-8 sequence, from its first byte. */
const sequenceLength = (byte: number): number => (byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4);

function decode(bytes: string): string | undefined {
  try {
    return decodeURIComponent(bytes);
  } catch {
    return undefined; // not UTF-8
  }
}

const mayBeShown = (character: string): boolean =>
  (character.codePointAt(0) ?? 0) < 0x80
    ? harmlessAscii.test(character)
    : !unsafe.test(character) && !rightToLeft.test(character);

/** A lone surrogate cannot be escaped. */
const escaped = (character: string): string =>
  /\p{Surrogate}/u.test(character) ? '%EF%BF%BD' : encodeURIComponent(character);
