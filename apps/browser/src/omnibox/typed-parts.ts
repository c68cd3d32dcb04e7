/** A typed text, cut into the parts of an address. A missing part is undefined. A part may also be empty. */
export interface TypedParts {
  /** Lower case, as it was typed or assumed. */
  scheme: string;
  hasScheme: boolean;
  user?: string | undefined;
  password?: string | undefined;
  host?: string | undefined;
  port?: string | undefined;
  path?: string | undefined;
  query?: string | undefined;
  fragment?: string | undefined;
}

/** Schemes with an authority, and two that are typed as if they had one. */
const structured = new Set(['http', 'https', 'ws', 'wss', 'ftp', 'file', 'about', 'chrome', 'bulkhead', 'devtools']);

/**
 * Cuts a typed text into parts, as Chromium's `SegmentURL` does. Unlike a URL parser, it finds no scheme in
 * `devbox:3000`, and assumes `http` when there is no scheme. `text` has no blanks at its ends.
 */
export function typedParts(text: string): TypedParts {
  if (text.startsWith('/') || text.startsWith('~')) return { scheme: 'file', hasScheme: false, path: text };
  const scheme = typedScheme(text);
  if (scheme !== undefined) {
    const rest = text.slice(scheme.length + 1);
    return structured.has(scheme) ? { scheme, hasScheme: true, ...authorityParts(rest) } : { scheme, hasScheme: true };
  }
  // `http;//a.example` is a typing error.
  const semicolon = text.indexOf(';');
  const meant = semicolon > 0 ? typedScheme(`${text.slice(0, semicolon)}:${text.slice(semicolon + 1)}`) : undefined;
  if (meant?.length === semicolon && meant !== undefined && structured.has(meant))
    return { scheme: meant, hasScheme: true, ...authorityParts(text.slice(semicolon + 1)) };
  return { scheme: 'http', hasScheme: false, ...authorityParts(text.startsWith(':') ? text.slice(1) : text) };
}

/** A name with a dot is a host, and so is a name with a port. */
function typedScheme(text: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+-]*):/i.exec(text)?.[1];
  if (scheme === undefined) return undefined;
  const port = /^[^/\\?#]*/.exec(text.slice(scheme.length + 1))?.[0] ?? '';
  return /^\d+$/.test(port) && Number(port) <= 65_535 ? undefined : scheme.toLowerCase();
}

/** Parses the text after a scheme and its colon. */
function authorityParts(text: string): Omit<TypedParts, 'scheme' | 'hasScheme'> {
  const [, authority = '', path, query, fragment] =
    /^[/\\]*([^/\\?#]*)([/\\][^?#]*)?(?:\?([^#]*))?(?:#(.*))?$/su.exec(text) ?? [];
  const at = authority.lastIndexOf('@');
  const userInfo = at < 0 ? undefined : authority.slice(0, at);
  const [user, ...password] = userInfo?.split(':') ?? [];
  const [, host = '', port] = /^(.*?)(?::([^:\]]*))?$/su.exec(authority.slice(at + 1)) ?? [];
  return { user, password: password.length > 0 ? password.join(':') : undefined, host, port, path, query, fragment };
}
