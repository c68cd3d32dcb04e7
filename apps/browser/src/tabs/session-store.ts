import { EventEmitter } from 'node:events';
import type { HeldBecause, WindowState } from '@bulkhead/contracts';
import { log } from '../log/log.ts';
import type { ProfileTroubles } from '../storage/files/profile-troubles.ts';
import { ClosedTabs } from '../storage/session/closed-tabs.ts';
import { activeEntryOf, type SavedTab, type SavedWindow } from '../storage/session/saved-session.ts';
import { type Found, SessionFiles } from '../storage/session/session-files.ts';
import { SessionRecorder } from '../storage/session/session-recorder.ts';
import { SessionWriter } from '../storage/session/session-writer.ts';
import type { StripTab, TabStrip } from './tab-strip.ts';

interface BeginOptions {
  openEnded?: boolean;
  held?: HeldBecause | null;
}

/**
 * Saves the window's tabs, so that the next start has them however this run ends. A session that the user ended is not
 * restored automatically, but can be reopened. After an unclean end it is restored.
 */
export class SessionStore extends EventEmitter<{ changed: [] }> {
  /** The sessions of earlier starts. */
  readonly #found: Found;
  readonly #files: SessionFiles;
  readonly #closed = new ClosedTabs();
  #strip: TabStrip | undefined;
  #writer: SessionWriter | undefined;
  #restored: WindowState['session']['restored'] = null;
  /** The tab that was active among the tabs that are not loaded automatically. */
  #held: StripTab | undefined;
  /** Reads the last session, which the user ended, when it is reopened. */
  #ended: Found['ended'];

  /** Reads the folder. The folder is created with the first write. */
  constructor(folder: string, troubles: ProfileTroubles) {
    super();
    this.#files = new SessionFiles(folder);
    this.#found = this.#files.read();
    for (const { file, why } of this.#found.unread) troubles.unread('session', why, file);
  }

  /** True when an earlier start set a session aside that is readable now. */
  get hasAside(): boolean {
    return this.#found.aside !== undefined;
  }

  /** Opens the tabs of the session that was set aside, or dismisses it. */
  answerAside(open: boolean): void {
    const window = this.#found.aside?.windows[0];
    this.#found.aside = undefined;
    if (open && window && this.#strip) restoreWindow(this.#strip, window, { activate: true });
    this.#files.leaveAside();
  }

  /** The state that the shell shows. */
  state(): WindowState['session'] {
    return {
      restored: this.#restored,
      unsaved: this.#writer?.problem?.slice(0, 1024) ?? null,
      reopenable: this.#closed.size > 0 || this.#ended !== undefined,
    };
  }

  /**
   * Puts the tabs of a session with an unclean end before the open ones, then keeps saving the session. `openEnded`:
   * also opens a session that the user ended. `held`: why no tab is loaded automatically, or null.
   */
  begin(strip: TabStrip, { openEnded = false, held = null }: BeginOptions = {}): void {
    const { unclean, ended, damaged } = this.#found;
    this.#strip = strip;
    this.#ended = ended;
    const last = openEnded && ended ? this.#takeEnded() : unclean?.windows[0];
    const window = held ? withoutNewTabs(last) : last;
    const isToBeSaid = held !== null || unclean !== undefined;
    if (window && isToBeSaid) this.#restored = { tabs: window.tabs.length, damaged, held };
    if (window && held) this.#held = strip.restore(window.tabs, 0, { held: true })[window.activeTab];
    else if (window) restoreWindow(strip, window, { activate: strip.active === undefined });
    this.#record(strip);
  }

  /** Says whether there are tabs of an earlier session to open. */
  restores({ openEnded }: { openEnded: boolean }): boolean {
    return this.#found.unclean !== undefined || (openEnded && this.#found.ended !== undefined);
  }

  /** Releases the held tabs: loads the one that was active. The others load when the user shows them. */
  releaseHeld(): void {
    const front = this.#held;
    this.#held = undefined;
    this.#restored = null;
    this.#strip?.releaseHeld();
    const tab = front && this.#strip?.findAny(front.id);
    if (tab) this.#strip?.activate(tab);
    this.emit('changed');
  }

  /** The user has dismissed the notice about the restored session. */
  dismissRestored(): void {
    this.#restored = null;
    this.emit('changed');
  }

  /** Reopens the tab that was closed last or, if none was closed, the tabs of the last session. */
  reopen(): void {
    const strip = this.#strip;
    if (!strip) return;
    const closed = this.#closed.take();
    const window = closed ? undefined : this.#takeEnded();
    if (closed) restoreWindow(strip, { tabs: [closed.saved], activeTab: 0 }, { activate: true, at: closed.index });
    else if (window) restoreWindow(strip, window, { activate: true });
    this.emit('changed');
  }

  /** Keeps the session as it is now, because the window is about to close. */
  freeze(): void {
    this.#writer?.freeze();
  }

  /** Writes the session synchronously at shutdown. `clean`: the user ended it. */
  finish(clean: boolean): void {
    this.#writer?.finish(clean);
  }

  /** Returns the session that the user ended, once. */
  #takeEnded(): SavedWindow | undefined {
    const window = this.#ended?.()?.windows[0];
    this.#ended = undefined;
    return window;
  }

  #record(strip: TabStrip): void {
    const writer = new SessionWriter({ files: this.#files, recorder: new SessionRecorder(strip) });
    this.#writer = writer;
    writer.on('problem', (problem) => {
      log.warn(`the session ${problem === null ? 'is saved again' : `cannot be saved: ${problem}`}`);
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

/** True for a tab in which the user did not go anywhere. */
const isNewTab = (saved: SavedTab): boolean =>
  saved.entries.length === 1 && activeEntryOf(saved).address === 'bulkhead://newtab/';

/** Each start that loads nothing opens a new tab: repeated crashes would add one each time. */
function withoutNewTabs(window: SavedWindow | undefined): SavedWindow | undefined {
  const tabs = window?.tabs.filter((tab) => !isNewTab(tab)) ?? [];
  const front = window?.tabs[window.activeTab];
  return tabs.length === 0 ? undefined : { tabs, activeTab: Math.max(0, front ? tabs.indexOf(front) : 0) };
}

/** Restores a window's tabs at the start of the strip, or at another position. */
function restoreWindow(
  strip: TabStrip,
  { tabs, activeTab }: SavedWindow,
  { activate, at = 0 }: { activate: boolean; at?: number },
): void {
  const active = strip.restore(tabs, at)[activeTab];
  if (activate && active) strip.activate(active);
}
