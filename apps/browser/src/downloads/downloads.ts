import { EventEmitter } from 'node:events';
import { type Download, type DownloadList, mostDownloads } from '@bulkhead/contracts';
import type { DownloadItem, Session, WebContents } from 'electron';
import { sentFormsOf } from '../tabs/sent-forms.ts';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { DownloadPermission } from './download-permission.ts';
import { FileDownload } from './file-download.ts';

/** Maximum number of running downloads. */
const mostRunning = 30;
/** Maximum number of files of one tab that wait for the user's answer. */
const mostWaiting = 10;
/** Time between progress reports to the shell, ms. */
const progressMs = 250;

/**
 * All downloads of this run. A file goes into the user's folder without a file dialog, and a download does not end with
 * its tab.
 */
export class Downloads extends EventEmitter<{ changed: [] }> {
  readonly #session: Session;
  readonly #strip: TabStrip;
  readonly #folder: () => string;
  /** Newest first. */
  #all: { download: FileDownload; tab: Tab | undefined }[] = [];
  readonly #permissions = new WeakMap<Tab, DownloadPermission>();
  #nextId = 1;
  #timer: NodeJS.Timeout | undefined;

  constructor(session: Session, strip: TabStrip, folder: () => string) {
    super();
    this.#session = session;
    this.#strip = strip;
    this.#folder = folder;
    session.on('will-download', (_event, item, contents) => this.#take(item, contents as WebContents | null));
    strip.on('removed', (tab) => this.#cancelWaiting(tab));
  }

  /** Number of downloads that would be lost if the browser ended now. */
  get running(): number {
    return this.#all.filter(({ download }) => download.isRunning).length;
  }

  list(): DownloadList {
    const waiting = new Map<Tab, FileDownload[]>();
    for (const { download, tab } of this.#all) {
      if (tab && download.isWaiting) waiting.set(tab, [...(waiting.get(tab) ?? []), download]);
    }
    return {
      downloads: this.#all.map(({ download }): Download => download.state()),
      questions: [...waiting].map(([{ id }, files]) => ({ tab: id, site: files[0]?.site ?? '', files: files.length })),
    };
  }

  find(id: number): FileDownload | undefined {
    return this.#all.find(({ download }) => download.id === id)?.download;
  }

  /** Removes a finished download from the list. Its file stays. */
  dismiss(id: number): void {
    this.#all = this.#all.filter(({ download }) => download.id !== id || download.isRunning);
    this.#changed();
  }

  /** The user's answer whether the page of a tab may download several files. */
  answer(tab: Tab, allow: boolean): void {
    this.#permissions.get(tab)?.answer(allow);
    for (const { download } of this.#waitingOf(tab)) {
      if (allow) download.goOn();
      else download.refuse();
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const { download } of this.#all) download.dispose();
  }

  /** `contents`: the page that started it. Electron passes null for downloads started by this process. */
  #take(item: DownloadItem, contents: WebContents | null): void {
    const tab = this.#strip.tabs.find((each) => each.contents === contents);
    const address = item.getURL();
    const isPosted = contents !== null && sentFormsOf(this.#session).isAnswer(contents, address);
    // `data:` and `blob:` addresses are gone with their page, and the answer to a form cannot be requested by its
    // address.
    const again = /^https?:/.test(address) && !isPosted ? () => this.#session.downloadURL(address) : undefined;
    const download = new FileDownload(item, { id: this.#nextId++, folder: this.#folder(), again });
    const verdict = tab ? this.#permissionOf(tab).take() : 'start';
    const isTooMany = this.running >= mostRunning || (tab !== undefined && this.#waitingOf(tab).length >= mostWaiting);
    this.#add(download, tab);
    if (verdict === 'refuse' || isTooMany) download.refuse();
    else if (verdict === 'ask') download.wait();
    // A tab that was opened only for the download has nothing to show.
    if (tab?.isEmpty) setImmediate(() => this.#leaveEmpty(tab));
  }

  #add(download: FileDownload, tab: Tab | undefined): void {
    download.on('changed', () => this.#changed());
    this.#all = [{ download, tab }, ...this.#all];
    const ended = this.#all.filter(({ download: { isRunning } }) => !isRunning);
    const surplus = new Set(ended.slice(Math.max(0, mostDownloads - this.running)));
    this.#all = this.#all.filter((each) => !surplus.has(each));
    this.#changed();
  }

  #permissionOf(tab: Tab): DownloadPermission {
    const known = this.#permissions.get(tab);
    if (known) return known;
    const permission = new DownloadPermission();
    this.#permissions.set(tab, permission);
    let site = siteOf(tab);
    // Added with the first download, because this event also reports every mouse movement.
    tab.contents.on('input-event', (_event, { type }) => {
      if (userActions.has(type)) permission.userActed(this.#waitingOf(tab).length);
    });
    // The user may have typed the address of a file.
    tab.on('leaving', () => permission.userActed(this.#waitingOf(tab).length));
    tab.on('committed', () => {
      if (siteOf(tab) !== site) permission.reset();
      site = siteOf(tab);
    });
    return permission;
  }

  #waitingOf(tab: Tab): { download: FileDownload }[] {
    return this.#all.filter((each) => each.tab === tab && each.download.isWaiting);
  }

  #cancelWaiting(tab: Tab): void {
    for (const { download } of this.#waitingOf(tab)) download.cancel();
  }

  #leaveEmpty(tab: Tab): void {
    if (!tab.isEmpty || !this.#strip.tabs.includes(tab)) return;
    if (this.#strip.all.length > 1) this.#strip.close(tab);
    else tab.load('bulkhead://newtab/');
  }

  #changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.emit('changed');
    }, progressMs);
  }
}

const userActions = new Set(['mouseDown', 'rawKeyDown', 'gestureTap']);

const siteOf = ({ committedAddress }: Tab) =>
  URL.canParse(committedAddress) ? new URL(committedAddress).host : committedAddress;
