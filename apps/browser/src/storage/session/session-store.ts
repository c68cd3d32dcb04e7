import { EventEmitter } from 'node:events';
import type { HeldBecause, WindowState } from '@bulkhead/contracts';
import type { StripTab, TabStrip } from '../../tabs/tab-strip.ts';
import type { ProfileTroubles } from '../files/profile-troubles.ts';
import { ClosedTabs } from './closed-tabs.ts';
import { activeEntryOf, type SavedTab, type SavedWindow } from './saved-session.ts';
import { type Found, SessionFiles } from './session-files.ts';
import { SessionRecorder } from './session-recorder.ts';
import { SessionWriter } from './session-writer.ts';

interface BeginOptions {
  openEnded?: boolean;
  held?: HeldBecause | null;
}

/**
 * Keeps the window's tabs on the disk, so that the next start has them however this one ends. A session that a person
 * ended is not opened by itself, but can be had back; one that ended otherwise is.
 */
export class SessionStore extends EventEmitter<{ changed: [] }> {
  /** What the start before has left. */
  readonly #found: Found;
  readonly #files: SessionFiles;
  readonly #closed = new ClosedTabs();
  #strip: TabStrip | undefined;
  #writer: SessionWriter | undefined;
  #restored: WindowState['session']['restored'] = null;
  /** Of the tabs that are not loaded by themselves, the one that was in front. */
  #held: StripTab | undefined;
  /** Reads the last session, which the user ended, for when it is asked for. */
  #ended: Found['ended'];

  /** Reads what is in the folder, which is made when there is something to be written. */
  constructor(folder: string, troubles: ProfileTroubles) {
    super();
    this.#files = new SessionFiles(folder);
    this.#found = this.#files.read();
    for (const { file, why } of this.#found.unread) troubles.unread('session', why, file);
  }

  /** There is a session that an earlier start has set aside, and that can be read now. */
  get hasAside(): boolean {
    return this.#found.aside !== undefined;
  }

  /** Opens the tabs of the session that was set aside, or leaves it there for good. */
  answerAside(open: boolean): void {
    const window = this.#found.aside?.windows[0];
    this.#found.aside = undefined;
    if (open && window && this.#strip) restoreWindow(this.#strip, window, { activate: true });
    this.#files.leaveAside();
  }

  /** What the shell says of it. */
  state(): WindowState['session'] {
    return {
      restored: this.#restored,
      unsaved: this.#writer?.problem?.slice(0, 1024) ?? null,
      reopenable: this.#closed.size > 0 || this.#ended !== undefined,
    };
  }

  /**
   * Puts the tabs of a session that nobody ended in front of those that are open, and keeps the session from then on.
   * `openEnded`: those of a session that a person ended, too. `held`: none of them is loaded by itself, and why.
   */
  begin(strip: TabStrip, { openEnded = false, held = null }: BeginOptions = {}): void {
    const { broken, ended, damaged } = this.#found;
    this.#strip = strip;
    this.#ended = ended;
    const last = openEnded && ended ? this.#takeEnded() : broken?.windows[0];
    const window = held ? withoutNewTabs(last) : last;
    const isToBeSaid = held !== null || broken !== undefined;
    if (window && isToBeSaid) this.#restored = { tabs: window.tabs.length, damaged, held };
    if (window && held) this.#held = strip.restore(window.tabs, 0, { held: true })[window.activeTab];
    else if (window) restoreWindow(strip, window, { activate: strip.active === undefined });
    this.#record(strip);
  }

  /** Are there tabs of a session before to be opened? */
  restores({ openEnded }: { openEnded: boolean }): boolean {
    return this.#found.broken !== undefined || (openEnded && this.#found.ended !== undefined);
  }

  /** The user wants the tabs that were held after all: the one that was in front is, the others load when shown. */
  releaseHeld(): void {
    const front = this.#held;
    this.#held = undefined;
    this.#restored = null;
    this.#strip?.releaseHeld();
    const tab = front && this.#strip?.findAny(front.id);
    if (tab) this.#strip?.activate(tab);
    this.emit('changed');
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
    const window = closed ? undefined : this.#takeEnded();
    if (closed) restoreWindow(strip, { tabs: [closed.saved], activeTab: 0 }, { activate: true, at: closed.index });
    else if (window) restoreWindow(strip, window, { activate: true });
    this.emit('changed');
  }

  /** The window is about to close, and the session is what it is now. */
  freeze(): void {
    this.#writer?.freeze();
  }

  /** The program ends: `clean` when a person wanted it to. The session is on the disk when this returns. */
  finish(clean: boolean): void {
    this.#writer?.finish(clean);
  }

  /** Once: the session that the user ended. */
  #takeEnded(): SavedWindow | undefined {
    const window = this.#ended?.()?.windows[0];
    this.#ended = undefined;
    return window;
  }

  #record(strip: TabStrip): void {
    const writer = new SessionWriter({ files: this.#files, recorder: new SessionRecorder(strip) });
    this.#writer = writer;
    writer.on('problem', (problem) => {
      console.error(`bulkhead: the session ${problem === null ? 'is saved again' : `cannot be saved: ${problem}`}`);
      this.emit('changed');
    });
    strip.on('closing', (saved, index) => {
      if (isNewTab(saved)) return;
      this.#closed.add({ saved, index });
      this.emit('changed');
    });
    strip.on('changed', () => writer.changed());
    writer.changed();
  }
}

/** The user has not gone anywhere in it. */
const isNewTab = (saved: SavedTab): boolean =>
  saved.entries.length === 1 && activeEntryOf(saved).address === 'bulkhead://newtab/';

/** Each start that loads nothing opens a new tab: ends in a row would leave as many of them. */
function withoutNewTabs(window: SavedWindow | undefined): SavedWindow | undefined {
  const tabs = window?.tabs.filter((tab) => !isNewTab(tab)) ?? [];
  const front = window?.tabs[window.activeTab];
  return tabs.length === 0 ? undefined : { tabs, activeTab: Math.max(0, front ? tabs.indexOf(front) : 0) };
}

/** Puts a window's tabs in front of those that are there, or from another place on. */
function restoreWindow(
  strip: TabStrip,
  { tabs, activeTab }: SavedWindow,
  { activate, at = 0 }: { activate: boolean; at?: number },
): void {
  const active = strip.restore(tabs, at)[activeTab];
  if (activate && active) strip.activate(active);
}
