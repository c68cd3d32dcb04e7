import { EventEmitter, once } from 'node:events';
import type { FrameBufferReport, FrameStatistics, TabFrameStatistics, WhyCopied } from '@bulkhead/contracts';
import { MessageChannelMain, type NativeImage, type Rectangle, screen } from 'electron';
import type { PluginConnection, PluginProcess } from '../plugins/plugin-process.ts';
import { isInternal } from '../tabs/navigation-policy.ts';
import type { Tab } from '../tabs/tab.ts';
import type { TabStrip } from '../tabs/tab-strip.ts';
import { linkFrames } from './frame-link.ts';
import type { FrameLink } from './frame-transport.ts';
import { Pictures } from './pictures.ts';

/** Frame rate that is requested to check that a plugin works, per second, and longest wait for its answer, ms. */
const workPerSecond = 10;
const mostWorkMs = 60_000;

interface FramePathEvents {
  statistics: [TabFrameStatistics];
  /** Frames are copied, because shared memory could not be allocated for this reason. */
  copied: [unknown];
}

/** One plugin process, and its link. */
interface Attachment {
  connection: PluginConnection;
  link: FrameLink;
  /** `taken`: frames can be written. Undefined before the first reader. */
  memory?: 'asked-for' | 'taken';
}

/**
 * Carries the active tab's painted frames into shared memory, where the frame-stats plugin reads them in place. It does
 * so only while there is a reader, because capturing every frame costs the page a fifth of its speed. The browser
 * copies only the dirty region of each frame, once, and never inspects pixels. Without shared memory, whole frames are
 * copied over a port. A frame is never kept for a reader: a slow plugin misses some, a dead plugin misses all, and the
 * tab does not notice.
 */
export class FramePath extends EventEmitter<FramePathEvents> {
  readonly #strip: TabStrip;
  readonly #plugin: PluginProcess;
  /** Small frames that the plugin draws from the watched frames. */
  readonly pictures: Pictures;
  #attachment: Attachment | undefined;
  /** The link of a starting process, not used yet. */
  #prepared: Attachment | undefined;
  #watched: Tab | undefined;
  /** The web page that was last active. */
  #lastPage: Tab | undefined;
  /** The hidden tab that continues painting for its readers. */
  #keptPainting: Tab | undefined;
  #meter = new FrameMeter();
  #frameBytes = 0;
  /** Maximum frame rates that the readers want, per second. */
  readonly #rates = new Set<{ perSecond: number }>();
  /** Set while no frames are captured after one was. */
  #pause: NodeJS.Timeout | undefined;
  /** The next frame comes because capturing was resumed, not because the page has painted. */
  #looksAgain = false;
  /**
   * The next frame's dirty rectangle is invalid, because it refers to a frame that was never written. (So far Electron
   * reports the whole frame as dirty each time.)
   */
  #wholeFrame = true;

  constructor(strip: TabStrip, plugin: PluginProcess) {
    super();
    this.#strip = strip;
    this.#plugin = plugin;
    const follow = () => this.#follow();
    strip.on('activated', follow);
    strip.on('added', (tab) => {
      tab.on('committed', follow);
      tab.on('connected', () => {
        if (tab === this.#watched) this.#introduce(tab); // a new document has a new port
      });
      tab.on('ended', follow);
      // At once: for a frame under way, Electron looks up the view, which was just destroyed, and crashes the browser
      // process (observed on Electron 33, about once in twenty ends of a page that was painting).
      tab.on('ending', () => {
        if (this.#watched === tab) tab.contents.endFrameSubscription();
      });
    });
    strip.on('removed', (tab) => {
      if (this.#watched === tab) this.#watched = undefined;
      if (this.#lastPage === tab) this.#lastPage = undefined;
      if (this.#keptPainting === tab) this.#keptPainting = undefined;
      // When the active tab is removed, another one is activated, and is followed then.
      if (strip.active !== tab) follow();
    });
    this.pictures = new Pictures((perSecond) => this.read(perSecond));
    this.pictures.on('fault', (detail) => this.#distrust(detail));
    plugin.beforeConfinement = (connection) => this.#prepare(connection);
    plugin.on('running', () => void this.#attach());
    plugin.on('ended', () => this.#detach());
  }

  /** Captures frames, at most `perSecond`, until the returned function is called. */
  read(perSecond: number): () => void {
    const rate = { perSecond };
    this.#rates.add(rate);
    this.#follow();
    return () => {
      this.#rates.delete(rate);
      this.#follow();
    };
  }

  /** Resolves when the plugin has read a frame. Captures frames until then. Rejects after `mostWorkMs`. */
  async nextStatistics(): Promise<void> {
    const stop = this.read(workPerSecond);
    try {
      await once(this, 'statistics', { signal: AbortSignal.timeout(mostWorkMs) });
    } finally {
      stop();
    }
  }

  /** The tab whose frames are carried, or undefined. */
  get watched(): Tab | undefined {
    return this.#watched;
  }

  /** Why frames are copied to the plugin. Null when they are not, or when there is no plugin. */
  get copied(): WhyCopied | null {
    return this.#attachment?.link.copied ?? null;
  }

  /** Returns the plugin's buffers, if they are not in shared memory, which reports itself. */
  report(): FrameBufferReport[] {
    return this.#attachment?.link.report() ?? [];
  }

  /** Frames of these tabs' process in the last second. Null when none of the tabs is watched. */
  framesPerSecondOf(tabs: readonly Tab[]): number | null {
    return this.#watched && tabs.includes(this.#watched) ? this.#meter.perSecond() : null;
  }

  dispose(): void {
    this.#stopWatching();
    this.#detach();
  }

  async #prepare(connection: PluginConnection): Promise<void> {
    const link = await this.#unlessGone(
      connection,
      linkFrames({
        connection,
        name: this.#plugin.name,
        maximumFrameBytes: largestFrameBytes(),
        onFault: (detail) => this.#distrust(detail),
        onNoMemory: (error) => this.emit('copied', error),
      }),
    );
    if (link && connection.ended) link.close();
    else if (link) this.#prepared = { connection, link };
  }

  async #attach(): Promise<void> {
    const attachment = this.#prepared;
    if (!attachment) return;
    const { connection, link } = attachment;
    const begun = await this.#unlessGone(
      connection,
      link.begin().then(() => true),
    );
    if (this.#prepared !== attachment) return;
    this.#prepared = undefined;
    if (!begun) {
      link.close();
      return;
    }
    this.#attachment = attachment;
    this.pictures.attach(connection, link);
    connection.on.statistics((statistics) => this.#report(statistics));
    this.#stopWatching();
    this.#follow();
  }

  /**
   * Returns undefined when the plugin ends meanwhile, which is reported elsewhere (its successor gets a link of its
   * own), or when there is no memory left. Everything but the frames works without it.
   */
  #unlessGone<Result>(connection: PluginConnection, work: Promise<Result>): Promise<Result | undefined> {
    return work.catch((error: unknown) => {
      if (!connection.ended) this.#plugin.log.error('it gets no frames:', error);
      return undefined;
    });
  }

  #detach(): void {
    this.#stopWatching();
    const [attachment, prepared] = [this.#attachment, this.#prepared];
    this.#attachment = undefined;
    this.#prepared = undefined;
    this.pictures.detach();
    attachment?.link.close();
    prepared?.link.close();
  }

  /** Watches the tab that should be watched, if it has a page and there is a reader. */
  #follow(): void {
    // Also without a reader, because the user has looked at the page.
    const { active } = this.#strip;
    if (active?.showsPage && active.pid !== null && !isInternal(active.address)) this.#lastPage = active;
    const wanted = this.#attachment && this.#target();
    if (wanted && this.#attachment) void this.#takeMemory(this.#attachment);
    const target = this.#attachment?.memory === 'taken' ? wanted : undefined;
    this.#keepPainting(target === active ? undefined : target);
    if (target === this.#watched) return;
    this.#stopWatching();
    if (!target) return;
    this.#watched = target;
    this.#meter = new FrameMeter();
    this.#subscribe(target);
    // A static page paints nothing by itself, but its frame is needed.
    target.contents.invalidate();
    this.#introduce(target);
  }

  /** Allocates the memory, for the first reader. */
  async #takeMemory(attachment: Attachment): Promise<void> {
    if (attachment.memory) return;
    attachment.memory = 'asked-for';
    const { connection, link } = attachment;
    const taken = await this.#unlessGone(connection, link.take());
    if (this.#attachment !== attachment) {
      taken?.close();
      return;
    }
    if (!taken) return;
    attachment.link = taken;
    attachment.memory = 'taken';
    if (taken !== link) this.pictures.attach(connection, taken);
    this.#follow();
  }

  /** Returns the active tab or, while that shows the frames page, the web page that was active before. */
  #target(): Tab | undefined {
    if (this.#rates.size === 0) return undefined;
    const { active } = this.#strip;
    const showsFrames = active?.address.startsWith('bulkhead://frames');
    return [showsFrames ? this.#lastPage : undefined, active].find((tab) => tab?.showsPage && tab.pid !== null);
  }

  /** Keeps one hidden page painting, which would otherwise stop. Restores the page that was kept before. */
  #keepPainting(tab: Tab | undefined): void {
    const before = this.#keptPainting;
    if (tab === before) return;
    if (before && !before.contents.isDestroyed()) before.contents.setBackgroundThrottling(true);
    tab?.contents.setBackgroundThrottling(false);
    this.#keptPainting = tab;
  }

  #subscribe(tab: Tab): void {
    this.#wholeFrame = true;
    tab.contents.beginFrameSubscription(false, (image, dirty) => {
      const attachment = this.#attachment;
      try {
        if (attachment) this.#publish(attachment, image, dirty);
      } catch (error) {
        // A debugger client can run code within this callback: Playwright ends the browser like that. Then there is no
        // plugin any more, and its buffers are closed.
        if (this.#attachment === attachment) throw error;
      }
    });
  }

  /**
   * Captures no frames until the fastest reader wants another one, because Electron itself would capture sixty a
   * second. A new subscription starts with the present frame. If that has not changed, the page is static, and the
   * subscription waits for its next paint.
   */
  #pauseFrames(): void {
    const watched = this.#watched;
    if (!watched || watched.contents.isDestroyed()) return;
    watched.contents.endFrameSubscription();
    const perSecond = Math.max(...[...this.#rates].map((rate) => rate.perSecond));
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      if (this.#watched !== watched || !watched.showsPage || watched.contents.isDestroyed()) return;
      this.#looksAgain = true;
      this.#subscribe(watched);
    }, 1000 / perSecond);
  }

  #stopWatching(): void {
    clearTimeout(this.#pause);
    this.#looksAgain = false;
    const watched = this.#watched;
    this.#watched = undefined;
    if (!watched || watched.contents.isDestroyed()) return;
    watched.contents.endFrameSubscription();
  }

  /** Gives the plugin and the tab a direct port to each other. */
  #introduce(tab: Tab): void {
    if (!this.#attachment || !tab.connection) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#attachment.connection.push.tabPort(port1, { id: tab.id, pid: tab.pid });
    tab.connection.sendViewPort(port2);
  }

  #publish(attachment: Attachment, image: NativeImage, dirty: Rectangle): void {
    const { width, height } = image.getSize();
    const bytes = width * height * 4;
    const { frames } = attachment.link;
    if (bytes === 0 || bytes > frames.maximumFrameBytes) {
      this.#wholeFrame = true;
      return;
    }
    const pixels = image.toBitmap();
    const before = this.#looksAgain ? frames.last()?.pixels : undefined;
    this.#looksAgain = false;
    if (before && pixels.equals(before)) return;
    setImmediate(() => this.#pauseFrames());
    const info = { width, height, format: 'bgra8', ...(!this.#wholeFrame && { dirty }) } as const;
    const result = frames.write(pixels, info);
    if (result.state === 'corrupt') {
      this.#distrust(result.fault.detail);
      return;
    }
    this.#wholeFrame = false;
    this.#frameBytes += bytes;
    this.#meter.count();
    attachment.link.ring();
  }

  /** The plugin broke the rules: its buffers are dropped and its process is ended. The next process starts clean. */
  #distrust(detail: string): void {
    this.#plugin.log.warn(`it is ended because it broke the rules of its frame buffers: ${detail}`);
    this.#plugin.kill('SIGKILL', 'bad-message');
  }

  #report(statistics: FrameStatistics): void {
    const attachment = this.#attachment;
    if (!attachment || !this.#watched) return;
    this.emit('statistics', {
      tab: this.#watched.id,
      statistics,
      framesPerSecond: this.#meter.perSecond(),
      frameBytes: this.#frameBytes,
      copied: attachment.link.copied !== null,
      portBytes: attachment.connection.counters.sent.bytes + attachment.connection.counters.received.bytes,
    });
  }
}

/**
 * Size of a frame that fills the largest display, bytes. A larger one (a window across two displays) reaches no plugin.
 */
function largestFrameBytes(): number {
  const bytes = screen.getAllDisplays().map(({ size, scaleFactor }) => 4 * size.width * size.height * scaleFactor ** 2);
  return Math.ceil(Math.max(...bytes, 4 * 1280 * 800));
}

/** Counts the events of the last second. */
class FrameMeter {
  #times: number[] = [];

  count(): void {
    this.#times.push(performance.now());
  }

  perSecond(): number {
    const since = performance.now() - 1000;
    this.#times = this.#times.filter((time) => time > since);
    return this.#times.length;
  }
}
