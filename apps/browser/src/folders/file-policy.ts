/**
 * Keeps a page from a file from reading other files, and so from sending them anywhere. Electron treats all files as
 * one origin, and allows fetching them. Chrome treats each file as an origin of its own.
 *
 * These settings of Blink make each file an origin of its own. They do not apply to `fetch`: the policy below does.
 */
export const fileOrigins = 'allowFileAccessFromFileURLs=false,allowUniversalAccessFromFileURLs=false';

/** Sent with every file that becomes a document. Its page may fetch from the web, and what it has created itself. */
export const filePolicy = 'connect-src http: https: ws: wss: data: blob:';
