import { EventEmitter } from 'node:events';
import { existsSync, mkdirSync, rmSync, statfsSync } from 'node:fs';
import { access, constants, link, rename, rm, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Download } from '@bulkhead/contracts';
import type { DownloadItem } from 'electron';
import { downloadName, freeName, partialEnding } from './download-name.ts';

interface DownloadOptions {
  id: number;
  folder: string;
  /** Repeats the request. Undefined when there is no such address, or it was the answer to a form. */
  again: (() => void) | undefined;
}

/** One download: its file, which has a temporary name until it is complete, and its result. */
export class FileDownload extends EventEmitter<{ changed: []; ended: [] }> {
  readonly id: number;
  readonly site: string;
  readonly #item: DownloadItem;
  readonly #folder: string;
  readonly #again: (() => void) | undefined;
  #name: string;
  /** Largest number of bytes received. Electron resets its own count when the download fails. */
  #mostBytes = 0;
  /**
   * Least free space in the folder before any bytes were reported, bytes. Bytes that arrived at once may have filled
   * it.
   */
  #leastRoom = Number.POSITIVE_INFINITY;
  #state: Download['state'] = 'running';
  #problem: Download['problem'] = null;
  #figures = { receivedBytes: 0, totalBytes: 0, bytesPerSecond: 0, canResume: false };
  /** Electron destroys the item soon after it is done. It must not be used after that. */
  #isDone = false;
  #isComplete = false;

  /** Must be called within Electron's `will-download`. Later, Electron opens a file dialog. */
  constructor(item: DownloadItem, { id, folder, again }: DownloadOptions) {
    super();
    this.id = id;
    this.#item = item;
    this.#folder = folder;
    this.#again = again;
    const [address = ''] = item.getURLChain().slice(-1);
    this.site = URL.canParse(address) ? new URL(address).host.slice(0, 2048) : '';
    try {
      mkdirSync(folder, { recursive: true });
    } catch {} // the download fails, and names the folder as the reason
    this.#name = freeName(folder, downloadName(item.getFilename()), partialEnding);
    item.setSavePath(this.#partial);
    this.#look();
    item.on('updated', (_event, state) => {
      this.#look();
      if (state === 'interrupted') void this.#fail();
      else this.emit('changed');
    });
    item.once('done', (_event, state) => {
      this.#look();
      this.#isDone = true;
      this.#isComplete = state === 'completed';
      // A small file is complete before it can be paused, but still waits for the answer.
      if (this.#isComplete && this.#state === 'waiting') this.emit('changed');
      else if (this.#isComplete) void this.#finish();
      else if (state === 'interrupted') void this.#fail();
      else this.#end('cancelled');
    });
  }

  get isRunning(): boolean {
    return this.#state === 'running' || this.#state === 'waiting';
  }

  get isWaiting(): boolean {
    return this.#state === 'waiting';
  }

  /** Path of the finished file, or undefined. */
  get file(): string | undefined {
    return this.#state === 'done' ? path.join(this.#folder, this.#name) : undefined;
  }

  state(): Download {
    const { receivedBytes, totalBytes, bytesPerSecond } = this.#figures;
    return {
      id: this.id,
      name: this.#name,
      folder: this.#folder.slice(0, 4096),
      site: this.site,
      state: this.#state,
      receivedBytes,
      totalBytes: totalBytes > 0 ? totalBytes : null,
      bytesPerSecond: this.#state === 'running' ? bytesPerSecond : 0,
      problem: this.#problem,
      canRetry: this.#state === 'failed' && this.#again !== undefined,
    };
  }

  /** Pauses the download until the user has answered. */
  wait(): void {
    this.#item.pause();
    this.#state = 'waiting';
  }

  goOn(): void {
    if (this.#state !== 'waiting') return;
    this.#state = 'running';
    if (this.#isComplete) void this.#finish();
    else if (!this.#isDone) this.#item.resume();
    this.emit('changed');
  }

  cancel(): void {
    if (this.#isDone) this.#end('cancelled');
    else if (this.isRunning) this.#cancelItem();
  }

  /** Ends the download because it is not allowed. */
  refuse(): void {
    this.#problem = 'refused';
    this.#end('failed');
    this.#cancelItem();
  }

  retry(): void {
    if (this.#state === 'failed') this.#again?.();
  }

  /** Removes an unfinished file at shutdown. */
  dispose(): void {
    if (this.isRunning) rmSync(this.#partial, { force: true });
  }

  get #partial(): string {
    return path.join(this.#folder, this.#name + partialEnding);
  }

  #look(): void {
    this.#mostBytes = Math.max(this.#mostBytes, this.#item.getReceivedBytes());
    if (this.#mostBytes === 0) this.#leastRoom = Math.min(this.#leastRoom, roomIn(this.#folder));
    this.#figures = {
      receivedBytes: this.#item.getReceivedBytes(),
      totalBytes: this.#item.getTotalBytes(),
      bytesPerSecond: Math.max(0, Math.round(this.#item.getCurrentBytesPerSecond())),
      canResume: this.#item.canResume(),
    };
  }

  #cancelItem(): void {
    if (!this.#isDone) this.#item.cancel();
  }

  async #finish(): Promise<void> {
    try {
      this.#name = await this.#giveName();
      this.#end('done');
    } catch {
      await this.#fail();
    }
  }

  /** Gives the file its final name, never that of an existing file. */
  async #giveName(): Promise<string> {
    const partial = this.#partial;
    for (let attempt = 0; attempt < nameAttempts; attempt++) {
      const name = freeName(this.#folder, this.#name);
      const file = path.join(this.#folder, name);
      try {
        await link(partial, file);
        await rm(partial);
        return name;
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        if (code === 'EEXIST') continue;
        if (code === 'ENOENT') throw error;
        // The file system has no hard links.
        await rename(partial, file);
        return name;
      }
    }
    throw new Error('the folder has no free name for the file');
  }

  async #fail(): Promise<void> {
    if (!this.isRunning) return;
    const problem = await this.#why();
    // It may have been cancelled meanwhile.
    if (!this.isRunning) return;
    this.#problem = problem;
    this.#end('failed');
    this.#cancelItem();
  }

  /** Finds the reason from the file system and the progress, because Electron does not report it. */
  async #why(): Promise<Download['problem']> {
    try {
      await access(this.#folder, constants.W_OK);
      const { bavail, bsize } = await statfs(this.#folder);
      const { totalBytes, receivedBytes } = this.#figures;
      // Electron removes the partial file, before or after this check. If it is removed, its space is free again.
      const room = bavail * bsize - (existsSync(this.#partial) ? 0 : this.#mostBytes);
      const hadNone = this.#mostBytes === 0 && this.#leastRoom < scarceBytes;
      if (hadNone || room < Math.max(totalBytes - receivedBytes, scarceBytes)) return 'disk-full';
    } catch {
      return 'folder';
    }
    // A download that the server answered with an error cannot be resumed; one that broke off can.
    return this.#figures.canResume ? 'network' : 'server';
  }

  #end(state: Download['state']): void {
    if (!this.isRunning) return;
    this.#state = state;
    if (state !== 'done' && existsSync(this.#partial)) rm(this.#partial, { force: true }).catch(() => undefined);
    this.emit('changed');
    this.emit('ended');
  }
}

/** Free space below which a file system counts as full, bytes. */
const scarceBytes = 65_536;
const nameAttempts = 20;

function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY; // the folder itself will be the reason
  }
}
