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
  /** Sends the request for it once more; undefined where there is no address to ask again, or it answered a form. */
  again: (() => void) | undefined;
}

/** One download: its file, which has another name until it is whole, and what became of it. */
export class FileDownload extends EventEmitter<{ changed: []; ended: [] }> {
  readonly id: number;
  readonly site: string;
  readonly #item: DownloadItem;
  readonly #folder: string;
  readonly #again: (() => void) | undefined;
  #name: string;
  /** The most that it has had of the file: the runtime forgets that when it fails. */
  #mostBytes = 0;
  /** The least room that its folder has had before anything of it was told, bytes: what came at once may have taken it. */
  #leastRoom = Number.POSITIVE_INFINITY;
  #state: Download['state'] = 'running';
  #problem: Download['problem'] = null;
  #figures = { receivedBytes: 0, totalBytes: 0, bytesPerSecond: 0, canResume: false };
  /** The runtime takes the item apart soon after it is done: nothing of it may be touched then. */
  #isDone = false;
  #isComplete = false;

  /** Within the runtime's `will-download`: later, the runtime asks where to by a window of the system's. */
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
    } catch {} // the download fails, and says that the folder is why
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
      // A small one is there before it can be paused, and waits all the same.
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

  /** The finished file; undefined before. */
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

  /** Holds it until the user has answered. */
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

  /** Ends it because it may not be. */
  refuse(): void {
    this.#problem = 'refused';
    this.#end('failed');
    this.#cancelItem();
  }

  retry(): void {
    if (this.#state === 'failed') this.#again?.();
  }

  /** The program ends: nothing of an unfinished file stays. */
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

  /** Never over another file, that may have come meanwhile. */
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
        // A file system without links.
        await rename(partial, file);
        return name;
      }
    }
    throw new Error('other files take every name');
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

  /** The runtime does not tell why: the system and the course of it do. */
  async #why(): Promise<Download['problem']> {
    try {
      await access(this.#folder, constants.W_OK);
      const { bavail, bsize } = await statfs(this.#folder);
      const { totalBytes, receivedBytes } = this.#figures;
      // The runtime removes what it has of the file, before or after this look: that gave its room back.
      const room = bavail * bsize - (existsSync(this.#partial) ? 0 : this.#mostBytes);
      const hadNone = this.#mostBytes === 0 && this.#leastRoom < scarceBytes;
      if (hadNone || room < Math.max(totalBytes - receivedBytes, scarceBytes)) return 'disk-full';
    } catch {
      return 'folder';
    }
    // What the server answered with an error cannot be resumed; what broke off can.
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

/** A file system that has no more than this is full, bytes. */
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
