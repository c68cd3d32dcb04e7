/**
 * Keeps a page that is a file from reading other files, and so from sending them anywhere. Electron takes all files for
 * one origin, and lets them be fetched; Chrome takes each for an origin of its own.
 *
 * These settings of Blink make each file an origin of its own. They do not reach `fetch`: the policy below does.
 */
export const fileOrigins = 'allowFileAccessFromFileURLs=false,allowUniversalAccessFromFileURLs=false';

/** Goes with every file that becomes a document. The page fetches from the web, and from what it has made itself. */
export const filePolicy = 'connect-src http: https: ws: wss: data: blob:';
