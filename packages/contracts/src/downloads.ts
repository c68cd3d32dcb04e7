import * as v from 'valibot';
import { bounded, count } from './primitives.ts';
import { tabId } from './tab-health.ts';

/** Most downloads that the browser keeps in its list. */
export const mostDownloads = 50;

/** One download since the app started. */
export const download = v.strictObject({
  id: count,
  /** Name of the file that is or will be in the folder. */
  name: bounded(255),
  /** Folder of the file. */
  folder: bounded(4096),
  /** Host that sends the file; empty if it comes from the page itself (`data:`, `blob:`). */
  site: bounded(2048),
  /** `waiting`: its site wants several files, and the user is asked. */
  state: v.picklist(['waiting', 'running', 'done', 'failed', 'cancelled']),
  receivedBytes: count,
  /** Null until the server has told the size. */
  totalBytes: v.nullable(count),
  bytesPerSecond: count,
  /** Why it failed. `refused`: too many run already, or the user refused the site. */
  problem: v.nullable(v.picklist(['disk-full', 'folder', 'network', 'server', 'refused'])),
  /** Whether the user can try it again. */
  canRetry: v.boolean(),
});
export type Download = v.InferOutput<typeof download>;

/** Downloads that the shell shows, the newest first. */
export const downloadList = v.strictObject({
  downloads: v.pipe(v.array(download), v.maxLength(mostDownloads)),
  /** Tabs whose sites want to download several files, and how many files wait for the user's answer. */
  questions: v.pipe(
    v.array(v.strictObject({ tab: tabId, site: bounded(2048), files: count })),
    v.maxLength(mostDownloads),
  ),
});
export type DownloadList = v.InferOutput<typeof downloadList>;
