import { EventEmitter } from 'node:events';
import {
  type FrameToMark,
  type PreloadFault,
  type ProcessEnd,
  type SadFrameWords,
  type ScrollPosition,
  type TabState,
  type TabVitals,
  tab as tabContract,
} from '@bulkhead/contracts';
import { type BeatWatch, connect, type Death, type HeartbeatOptions, type Remote } from '@bulkhead/rpc';
import { mainPortEndpoint } from '@bulkhead/rpc/electron-main';
import { MessageChannelMain, type MessagePortMain, type WebFrameMain } from 'electron';
import { deathOf } from '../processes/process-end.ts';
import { framesObject } from './frame-objections.ts';

interface TabConnectionEvents {
  /** The document has answered for the first time. From now on the heartbeat watches it. */
  opened: [];
  /** The page started or stopped waiting for the system's print dialog. */
  printing: [boolean];
  /** The page's new scroll position. */
  scrolled: [ScrollPosition];
  /** The renderer became responsive or unresponsive. */
  responsiveness: [];
  /** The document closed its port. Its process may be gone, too: that is reported separately. */
  lost: [];
  /** The renderer broke its contract: it is hostile, or has a bug. The port is already closed. */
  badMessage: [string];
}

/** The browser's end of the port to one document of a tab. */
export class TabConnection extends EventEmitter<TabConnectionEvents> {
  readonly #frame: WebFrameMain;
  readonly #remote: Remote<typeof tabContract>;
  readonly #beats: BeatWatch;
  readonly #die: (death: Death) => void;
  #vitals: TabVitals | undefined;
  #asking = false;
  /** Number of pending questions whether the document objects to being closed. */
  #closingAsks = 0;

  constructor(
    tab: { readonly id: number; readonly pid: number | null },
    frame: WebFrameMain,
    heartbeat: Partial<HeartbeatOptions>,
  ) {
    super();
    this.#frame = frame;
    const { promise: died, resolve } = Promise.withResolvers<Death>();
    this.#die = resolve;
    const { port1, port2 } = new MessageChannelMain();
    this.#remote = connect(tabContract, mainPortEndpoint(port1), {
      peer: { name: `tab ${tab.id}`, died, ...(tab.pid !== null && { pid: tab.pid }) },
      heartbeat,
      onBadMessage: (error) => setImmediate(() => this.emit('badMessage', error.message)),
    });
    this.#remote.on.printing((printing) => this.emit('printing', printing));
    this.#remote.on.scrolled((place) => this.emit('scrolled', place));
    this.#beats = this.#remote.peer.watchBeats({ keepsAwake: false });
    this.#remote.peer.onDidChangeResponsiveness(() => this.emit('responsiveness'));
    this.#remote.opened.then(
      () => this.emit('opened'),
      () => undefined, // it ended before it answered: `closed` reports that
    );
    void this.#remote.closed.then(({ by }) => {
      if (by === 'the peer' || by === 'its death') this.emit('lost');
    });
    frame.postMessage('bulkhead-tab', null, [port2]);
  }

  /** Pauses its heartbeat, or resumes it. */
  rest(mayRest: boolean): void {
    this.#remote.peer.restHeartbeat(mayRest);
  }

  get responsive(): boolean {
    return this.#remote.peer.responsive;
  }

  heartbeat(): TabState['heartbeat'] {
    const { answered, lost, longestGapMs } = this.#beats.counts();
    return { answered, lost, longestGapMs };
  }

  /** Undefined until the document has answered. */
  get vitals(): TabVitals | undefined {
    return this.#vitals;
  }

  /**
   * Asks for the vitals, one question at a time: a page that does not answer is not asked again before the deadline.
   */
  askVitals(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.ask()
      .catch(() => undefined) // it hangs or is gone: the heartbeat reports that
      .finally(() => {
        this.#asking = false;
      });
  }

  /** Resolves when the document answers. Rejects when it does not answer in time or is gone. */
  async ask(): Promise<void> {
    this.#vitals = await this.#remote.call.vitals();
  }

  /**
   * Says whether the document, or a subframe of it, objects to being closed. A document that does not answer in time
   * does not.
   */
  async objectsToClosing(): Promise<boolean> {
    this.#closingAsks += 1;
    // A document that is gone or does not answer does not object.
    const own = this.#remote.call.objectsToClosing().catch(() => false);
    try {
      return (await Promise.all([own, framesObject(this.#frame)])).includes(true);
    } finally {
      this.#closingAsks -= 1;
    }
  }

  /** True while the page's `beforeunload` listeners run: the user's last gesture was not meant for them. */
  get isAskedToClose(): boolean {
    return this.#closingAsks > 0;
  }

  /** Counts heartbeats from now on, for one observer. Stop it when done. */
  watchBeats(): BeatWatch {
    return this.#remote.peer.watchBeats();
  }

  /** Causes a fault in the document's own process. */
  breakYourself(fault: PreloadFault): void {
    this.#remote.push.breakYourself(fault);
  }

  /** Tells the document which of its subframes have lost their processes. */
  markDeadFrames(frames: FrameToMark[], words: SadFrameWords): void {
    this.#remote.push.markDeadFrames(frames, words);
  }

  reloadDeadFrames(): void {
    this.#remote.push.reloadDeadFrames();
  }

  /** Sends the tab's end of a port to a plugin. */
  sendViewPort(port: MessagePortMain): void {
    this.#remote.push.viewPort(port);
  }

  /** Says how the process ended, for the errors of pending calls. */
  peerDied(end: ProcessEnd): void {
    this.#die(deathOf(end));
  }

  close(): void {
    this.#beats.stop();
    this.#remote.close();
  }
}
