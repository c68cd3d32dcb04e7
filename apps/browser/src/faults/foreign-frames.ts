import { webFrameMain } from 'electron';
import { readStat } from '../processes/proc.ts';
import type { Settings } from '../settings/settings.ts';
import type { Tab } from '../tab.ts';
import type { TabStrip } from '../tab-strip.ts';

/** How often their processes are looked for, ms. */
const lookMs = 250;

/** A frame of another site: it has a process of its own, which may serve frames of other tabs, too. */
interface ForeignFrame {
  pid: number;
  address: string;
}

/**
 * The cross-site frames of every tab. The runtime says nothing when one of their processes ends: the system is asked.
 * What is missing then gets a sad frame, in a page that lives on.
 */
export class ForeignFrames {
  /** By the frame's number in its page's tree, which it keeps whatever it shows. */
  readonly #frames = new Map<Tab, Map<number, ForeignFrame>>();
  readonly #settings: Pick<Settings, 'chosen'>;
  #looking = false;

  constructor(strip: TabStrip, settings: Pick<Settings, 'chosen'>) {
    this.#settings = settings;
    for (const tab of strip.tabs) this.#watch(tab);
    strip.on('added', (tab) => this.#watch(tab));
    setInterval(() => {
      if (this.#looking || this.#frames.size === 0) return;
      this.#looking = true;
      void this.#look().finally(() => {
        this.#looking = false;
      });
    }, lookMs);
  }

  /** Processes of the tab's cross-site frames. */
  pidsOf(tab: Tab): number[] {
    return [...new Set([...(this.#frames.get(tab)?.values() ?? [])].map(({ pid }) => pid))];
  }

  #watch(tab: Tab): void {
    tab.contents.on('did-frame-navigate', (_event, address, _code, _text, isMainFrame, processId, routingId) => {
      if (isMainFrame) return;
      const frame = webFrameMain.fromId(processId, routingId);
      if (!frame || frame.isDestroyed()) return;
      const frames = this.#frames.get(tab) ?? new Map<number, ForeignFrame>();
      const { frameTreeNodeId, osProcessId: pid } = frame;
      if (pid > 0 && pid !== tab.pid) frames.set(frameTreeNodeId, { pid, address });
      else frames.delete(frameTreeNodeId);
      // One that has none any more is looked at once more: what was missing there may have come back.
      if (frames.size > 0) this.#frames.set(tab, frames);
    });
    const forget = () => void this.#frames.delete(tab);
    tab.on('committed', forget);
    tab.on('ended', forget);
    tab.on('closed', forget);
  }

  async #look(): Promise<void> {
    const pids = new Set([...this.#frames.keys()].flatMap((tab) => this.pidsOf(tab)));
    const gone = new Set<number>();
    for (const pid of pids) {
      const state = (await readStat(pid))?.state;
      if (state === undefined || state === 'Z') gone.add(pid);
    }
    for (const [tab, frames] of this.#frames) {
      this.#mark(tab, frames, gone);
      if (frames.size === 0) this.#frames.delete(tab);
    }
  }

  #mark(tab: Tab, frames: Map<number, ForeignFrame>, gone: ReadonlySet<number>): void {
    if (tab.contents.isDestroyed()) return;
    const dead = [...frames].filter(([, { pid }]) => gone.has(pid));
    const { mainFrame } = tab.contents;
    const present = new Set(mainFrame.framesInSubtree.map(({ frameTreeNodeId }) => frameTreeNodeId));
    const missing = dead.filter(([id]) => present.has(id));
    for (const [id] of dead) if (!present.has(id)) frames.delete(id);
    if (missing.length === tab.health.deadFrames.length) return;
    tab.note({
      deadFrames: missing.map(([, { pid, address }]) => ({ origin: originOf(address), pid })),
    });
    const children = mainFrame.frames.map(({ frameTreeNodeId }) => frameTreeNodeId);
    tab.connection?.markDeadFrames(
      missing.flatMap(([id, { address }]) => {
        const index = children.indexOf(id);
        return index < 0 ? [] : [{ index, address: address.slice(0, 65_536) }];
      }),
      this.#settings.chosen.language,
    );
  }
}

const originOf = (address: string) => (URL.canParse(address) ? new URL(address).origin : '').slice(0, 2048);
