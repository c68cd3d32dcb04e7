import * as v from 'valibot';
import { bounded, count } from './primitives.ts';
import { tabId } from './tab-health.ts';

/** How many downloads the browser keeps in its list. */
export const mostDownloads = 50;

/** One download of this run of the program. */
export const download = v.strictObject({
  id: count,
  /** Of the file, as it is or will be in the folder. */
  name: bounded(255),
  /** Where the file went or goes. */
  folder: bounded(4096),
  /** Host that sends it; empty where it comes from the page itself (`data:`, `blob:`). */
  site: bounded(2048),
  /** `waiting`: its site wants several files, and the user is asked. */
  state: v.picklist(['waiting', 'running', 'done', 'failed', 'cancelled']),
  receivedBytes: count,
  /** Null while the server has not told. */
  totalBytes: v.nullable(count),
  bytesPerSecond: count,
  /** Why it failed. `refused`: too many run already, or the user refused the site. */
  problem: v.nullable(v.picklist(['disk-full', 'folder', 'network', 'server', 'refused'])),
  /** It can be tried again. */
  canRetry: v.boolean(),
});
export type Download = v.InferOutput<typeof download>;

/** What the shell shows of downloads, the newest first. */
export const downloadList = v.strictObject({
  downloads: v.pipe(v.array(download), v.maxLength(mostDownloads)),
  /** Tabs whose sites want several files, and how many wait for the user's answer. */
  questions: v.pipe(
    v.array(v.strictObject({ tab: tabId, site: bounded(2048), files: count })),
    v.maxLength(mostDownloads),
  ),
});
export type DownloadList = v.InferOutput<typeof downloadList>;
