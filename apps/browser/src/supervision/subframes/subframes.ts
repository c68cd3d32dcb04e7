import { pageLimits } from '@bulkhead/contracts';
import { app, type WebFrameMain, webFrameMain } from 'electron';
import { boundedOrigin } from '../../bounds/page-facts.ts';
import { isRunning } from '../../processes/is-running.ts';
import { spokenLanguage } from '../../runtime/languages.ts';
import type { Settings } from '../../storage/settings/settings.ts';
import { childrenOf, framesOf, processOf } from '../../tabs/frame-tree.ts';
import type { Tab } from '../../tabs/tab.ts';
import type { TabStrip } from '../../tabs/tab-strip.ts';
import { everySecond } from '../../timing/every-second.ts';
import { markNestedFrames, reloadNestedFrame } from './nested-sad-frames.ts';
import { sadFrameWords } from './sad-frame-words.ts';

/** A cross-site subframe. It has a process of its own, which may also serve subframes of other tabs. */
interface ForeignFrame {
  pid: number;
  origin: string;
  /** The address to load when it is reloaded. */
  address: string;
  /** Its process has ended, and it has no other. */
  dead: boolean;
}

/**
 * The cross-site subframes of every tab. Electron does not report the end of their processes, so the system is asked. A
 * subframe without a process gets a sad frame. Its page continues.
 */
export class Subframes {
  /** By `frameTreeNodeId`, which a frame keeps when it navigates. */
  readonly #frames = new Map<Tab, Map<number, ForeignFrame>>();
  /** Subframes whose documents show signs over their own subframes. */
  readonly #marked = new WeakMap<Tab, ReadonlySet<WebFrameMain>>();
  readonly #settings: Pick<Settings, 'chosen'>;

  constructor(strip: TabStrip, settings: Pick<Settings, 'chosen'>) {
    this.#settings = settings;
    for (const tab of strip.tabs) this.#watch(tab);
    strip.on('added', (tab) => this.#watch(tab));
    everySecond(() => this.#look());
  }

  /** Returns the processes of the tab's cross-site subframes. */
  pidsOf(tab: Tab): number[] {
    return [...new Set([...(this.#frames.get(tab)?.values() ?? [])].map(({ pid }) => pid))];
  }

  /** Reloads the tab's dead subframes. */
  reload(tab: Tab): void {
    // Repeated, because the page may have had no port when they were found.
    this.#tell(tab);
    tab.connection?.reloadDeadFrames();
    if (tab.contents.isDestroyed()) return;
    for (const { parent, index, address } of this.#dead(tab)) {
      if (parent !== tab.contents.mainFrame) run(parent, reloadNestedFrame(index, address));
    }
  }

  #watch(tab: Tab): void {
    tab.contents.on('did-frame-navigate', (_event, address, _code, _text, isMainFrame, processId, routingId) => {
      if (isMainFrame) return;
      const frame = webFrameMain.fromId(processId, routingId);
      if (!frame || frame.isDestroyed()) return;
      const frames = this.#frames.get(tab) ?? new Map<number, ForeignFrame>();
      const { frameTreeNodeId } = frame;
      const pid = processOf(frame);
      frames.delete(frameTreeNodeId);
      // When a page keeps adding frames, the oldest are forgotten: they may be gone, and that is not reported.
      for (const id of frames.keys()) if (frames.size >= pageLimits.mostFrames) frames.delete(id);
      if (pid !== undefined && pid !== tab.pid) {
        frames.set(frameTreeNodeId, { pid, origin: boundedOrigin(address), address: reloadable(address), dead: false });
      }
      // A tab that no longer has such frames is examined again: a missing frame may have come back.
      if (frames.size > 0) this.#frames.set(tab, frames);
    });
    const forget = () => void this.#frames.delete(tab);
    tab.on('committed', forget);
    tab.on('ended', forget);
    tab.on('closed', forget);
  }

  #look(): void {
    const pids = new Set([...this.#frames.keys()].flatMap((tab) => this.pidsOf(tab)));
    const gone = new Set<number>();
    for (const pid of pids) if (!isRunning(pid)) gone.add(pid);
    for (const [tab, frames] of this.#frames) {
      this.#mark(tab, frames, gone);
      if (frames.size === 0) this.#frames.delete(tab);
    }
  }

  #mark(tab: Tab, frames: Map<number, ForeignFrame>, gone: ReadonlySet<number>): void {
    if (tab.contents.isDestroyed()) return;
    if (gone.size === 0 && tab.health.deadFrames.length === 0) return;
    const { mainFrame } = tab.contents;
    const present = new Map(framesOf(mainFrame).map((frame) => [frame.frameTreeNodeId, frame]));
    for (const [id, known] of frames) {
      if (!present.has(id)) frames.delete(id);
      if (!gone.has(known.pid)) continue;
      // Electron does not report every frame that comes back, so use the frame's present process.
      const frame = present.get(id);
      const pid = frame && processOf(frame);
      if (frame === undefined || pid === tab.pid) frames.delete(id);
      else if (pid !== undefined && !gone.has(pid)) known.pid = pid;
    }
    for (const frame of frames.values()) {
      const { dead, pid } = frame;
      frame.dead = gone.has(pid);
      if (frame.dead && !dead) tab.log.warn(`the process of a subframe (pid ${pid}) has ended`);
    }
    const dead = [...frames.values()].filter((frame) => frame.dead);
    const told = tab.health.deadFrames;
    if (dead.length === told.length && dead.every(({ pid }, index) => pid === told[index]?.pid)) return;
    tab.note({ deadFrames: dead.map(({ pid, origin }) => ({ origin, pid })) });
    this.#tell(tab);
  }

  /** Makes each document put a sign over its dead subframes, and remove earlier signs. */
  #tell(tab: Tab): void {
    if (tab.contents.isDestroyed()) return;
    const words = sadFrameWords[spokenLanguage(this.#settings.chosen.language, app.getLocale())];
    const { mainFrame } = tab.contents;
    const dead = this.#dead(tab);
    tab.connection?.markDeadFrames(
      dead.flatMap(({ parent, index, address }) => (parent === mainFrame ? [{ index, address }] : [])),
      words,
    );
    const parents = new Set(dead.flatMap(({ parent }) => (parent === mainFrame ? [] : [parent])));
    for (const parent of new Set([...parents, ...(this.#marked.get(tab) ?? [])])) {
      const indexes = dead.flatMap((frame) => (frame.parent === parent ? [frame.index] : []));
      run(parent, markNestedFrames(indexes, words.gone));
    }
    this.#marked.set(tab, parents);
  }

  /** Returns the dead subframes of a tab, each with its parent frame and its index in it. */
  #dead(tab: Tab): { parent: WebFrameMain; index: number; address: string }[] {
    const frames = this.#frames.get(tab);
    return framesOf(tab.contents.mainFrame).flatMap((parent) =>
      childrenOf(parent).flatMap((child, index) => {
        const known = frames?.get(child.frameTreeNodeId);
        return known?.dead ? [{ parent, index, address: known.address }] : [];
      }),
    );
  }
}

/** Runs a script in a frame's document. Does not wait for it, because the document may be gone or hang. */
function run(frame: WebFrameMain, script: string): void {
  if (frame.isDestroyed() || processOf(frame) === undefined) return;
  frame.executeJavaScript(script).catch(() => undefined);
}

/** A cut-off address would be another address. */
const reloadable = (address: string) => (address.length <= pageLimits.frameAddressLength ? address : 'about:blank');
