import type { Session } from 'electron';

/** Largest favicon that is shown, bytes. */
const maxBytes = 64 * 1024;

/**
 * Fetches a favicon as a `data:` URL, as the page's own session sees it; null when there is none that can be shown.
 * The image itself is decoded by the shell's sandboxed renderer alone.
 */
export async function loadFavicon(session: Session, address: string): Promise<string | null> {
  if (!/^https?:/.test(address)) return /^data:image\//.test(address) && address.length < maxBytes ? address : null;
  // A favicon that cannot be had is no error to anybody.
  const response = await session
    .fetch(address, { credentials: 'omit', signal: AbortSignal.timeout(10_000) })
    .catch(() => undefined);
  const type = response?.headers.get('content-type')?.split(';')[0] ?? '';
  if (!response?.ok || !response.body || !/^image\/[a-z0-9.+-]+$/.test(type)) return null;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response.body) {
      bytes += chunk.byteLength;
      if (bytes > maxBytes) return null;
      chunks.push(chunk);
    }
  } catch {
    return null; // it broke off half way
  }
  return `data:${type};base64,${Buffer.concat(chunks).toString('base64')}`;
}
