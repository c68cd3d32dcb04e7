import { EventEmitter } from 'node:events';
import type { WindowState } from '@bulkhead/contracts';
import type { Tab } from '../tab.ts';
import type { TabStrip } from '../tab-strip.ts';
import { ClosedTabs } from './closed-tabs.ts';
import { restoreWindow } from './restore-window.ts';
import { activeEntryOf, parseSession } from './saved-session.ts';
import { type Found, SessionFiles } from './session-files.ts';
import { SessionRecorder } from './session-recorder.ts';
import { SessionWriter } from './session-writer.ts';

/**
 * Keeps the window's tabs on the disk, so that the next start has them however this one ends. A session that a person
 * ended is not opened by itself, but can be had back; one that ended otherwise is.
 */
export class SessionStore extends EventEmitter<{ changed: [] }> {
  /** What the start before has left: being read from the moment that the store is made. */
  readonly found: Promise<Found>;
  readonly #files: SessionFiles;
  readonly #closed = new ClosedTabs();
  #strip: TabStrip | undefined;
  #recorder: SessionRecorder<Tab> | undefined;
  #writer: SessionWriter | undefined;
  #restored: WindowState['session']['restored'] = null;
  /** The last session, as JSON, for whoever wants it back. */
  #ended: string | undefined;

  /** `folder` is made when there is something to be written. */
  constructor(folder: string) {
    super();
    this.#files = new SessionFiles(folder);
    this.found = this.#files.read();
  }

  /** What the shell says of it. */
  state(): WindowState['session'] {
    return {
      restored: this.#restored,
      unsaved: this.#writer?.problem?.slice(0, 1024) ?? null,
      reopenable: this.#closed.size > 0 || this.#ended !== undefined,
    };
  }

  /** Puts the tabs of a session that nobody ended in front of those that are open, and keeps the session from then on. */
  begin(strip: TabStrip, found: Found): void {
    this.#strip = strip;
    this.#ended = found.ended;
    if (found.damaged) console.error('bulkhead: the newest state of the session is damaged; using what is left');
    const window = found.broken?.windows[0];
    if (window || found.damaged) this.#restored = { tabs: window?.tabs.length ?? 0, damaged: found.damaged };
    const isEmpty = strip.active === undefined;
    const restored = window ? restoreWindow(strip, window, { activate: isEmpty }) : Promise.resolve();
    // Not before: what is on the disk is still the whole session.
    restored.then(() => this.#record(strip));
  }

  /** A person has read that the session was restored. */
  dismissRestored(): void {
    this.#restored = null;
    this.emit('changed');
  }

  /** Opens the tab that was closed last, or, before any was, the tabs of the last session. */
  reopen(): void {
    const strip = this.#strip;
    if (!strip) return;
    const closed = this.#closed.take();
    if (closed) strip.activate(strip.restore(closed.saved, closed.index));
    else if (this.#ended !== undefined) {
      const window = parseSession(this.#ended)?.windows[0];
      this.#ended = undefined;
      if (window) void restoreWindow(strip, window, { activate: true });
    }
    this.emit('changed');
  }

  /** The window is about to close, and the session is what it is now. */
  freeze(): void {
    this.#recorder?.freeze();
  }

  /** The program ends: `clean` when a person wanted it to. The session is on the disk when this returns. */
  finish(clean: boolean): void {
    this.#writer?.finish(clean);
  }

  #record(strip: TabStrip): void {
    const recorder = new SessionRecorder(strip);
    const writer = new SessionWriter({ files: this.#files, body: () => recorder.body() });
    this.#recorder = recorder;
    this.#writer = writer;
    writer.on('problem', (problem) => {
      console.error(`bulkhead: the session ${problem === null ? 'is saved again' : `cannot be saved: ${problem}`}`);
      this.emit('changed');
    });
    for (const tab of strip.tabs) this.#keepWhenClosed(strip, tab);
    strip.on('added', (tab) => this.#keepWhenClosed(strip, tab));
    strip.on('changed', () => writer.changed());
    writer.changed();
  }

  #keepWhenClosed(strip: TabStrip, tab: Tab): void {
    tab.on('closing', () => {
      const saved = tab.saved();
      if (saved.entries.length === 1 && activeEntryOf(saved).address === 'bulkhead://newtab/') return;
      this.#closed.add({ saved, index: strip.tabs.indexOf(tab) });
      this.emit('changed');
    });
  }
}
