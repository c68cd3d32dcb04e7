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
import { framesObject } from '../dialogs/frame-objections.ts';
import { deathOf } from '../processes/process-end.ts';
import type { Tab } from './tab.ts';

interface TabConnectionEvents {
  /** The document has answered for the first time; from now on the heartbeat watches it. */
  opened: [];
  /** The page waits for the system's print window now, or no longer. */
  printing: [boolean];
  /** Where the page is scrolled to now. */
  scrolled: [ScrollPosition];
  /** The renderer answers again, or no longer. */
  responsiveness: [];
  /** The document closed its port. Its process may be gone, too: word of that comes on its own. */
  lost: [];
  /** The renderer said what its contract does not allow: hostile, or broken. The port is closed already. */
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
  /** How often it is being asked whether it objects to being closed. */
  #closingAsks = 0;

  constructor(tab: Tab, frame: WebFrameMain, heartbeat: Partial<HeartbeatOptions>) {
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
      () => undefined, // it ended before it answered: `closed` says so
    );
    void this.#remote.closed.then(({ by }) => {
      if (by === 'the peer' || by === 'its death') this.emit('lost');
    });
    frame.postMessage('bulkhead-tab', null, [port2]);
  }

  /** Lets its heartbeat rest, or has it beat again. */
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

  /** Undefined until it has answered. */
  get vitals(): TabVitals | undefined {
    return this.#vitals;
  }

  /** One question at a time: a page that does not answer is not asked again before the deadline. */
  askVitals(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.ask()
      .catch(() => undefined) // it hangs, or has gone: the heartbeat says so
      .finally(() => {
        this.#asking = false;
      });
  }

  /** Resolves when the document answers; rejects when it does not in time, or has gone. */
  async ask(): Promise<void> {
    this.#vitals = await this.#remote.call.vitals();
  }

  /** Whether the document, or a frame in it, objects to being closed. What does not answer in time does not. */
  async objectsToClosing(): Promise<boolean> {
    this.#closingAsks += 1;
    // One that has gone, or does not answer, objects to nothing.
    const own = this.#remote.call.objectsToClosing().catch(() => false);
    try {
      return (await Promise.all([own, framesObject(this.#frame)])).includes(true);
    } finally {
      this.#closingAsks -= 1;
    }
  }

  /** The page's listeners to `beforeunload` run now: what the user last pressed was not for them. */
  get isAskedToClose(): boolean {
    return this.#closingAsks > 0;
  }

  /** Counts beats from now on, for one observer. Stop it when done. */
  watchBeats(): BeatWatch {
    return this.#remote.peer.watchBeats();
  }

  /** Causes a fault in the document's own process. */
  breakYourself(fault: PreloadFault): void {
    this.#remote.push.breakYourself(fault);
  }

  /** The frames of this document whose processes have gone. */
  markDeadFrames(frames: FrameToMark[], words: SadFrameWords): void {
    this.#remote.push.markDeadFrames(frames, words);
  }

  reloadDeadFrames(): void {
    this.#remote.push.reloadDeadFrames();
  }

  /** The tab's end of a port to a plugin. */
  sendViewPort(port: MessagePortMain): void {
    this.#remote.push.viewPort(port);
  }

  /** How its process ended, for the errors of the calls that were under way. */
  peerDied(end: ProcessEnd): void {
    this.#die(deathOf(end));
  }

  close(): void {
    this.#beats.stop();
    this.#remote.close();
  }
}
