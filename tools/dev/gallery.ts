import { createServer } from 'vite';
import gallery from '../../gallery/vite.config.ts';

/** Serves the gallery, which follows the sources by itself. */
export async function serveGallery(): Promise<{ address: string; close: () => Promise<void> }> {
  const server = await createServer({ ...gallery, logLevel: 'warn' });
  await server.listen();
  return { address: new URL('gallery/', server.resolvedUrls?.local[0]).href, close: () => server.close() };
}
