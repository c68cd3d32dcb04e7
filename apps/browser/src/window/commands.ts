import type { WebContents } from 'electron';
import type { Shell } from '../shell/shell.ts';
import type { SessionStore } from '../tabs/session-store.ts';
import type { Tab } from '../tabs/tab.ts';
import type { StripTab, TabStrip } from '../tabs/tab-strip.ts';
import type { BrowserWindow } from './browser-window.ts';
import type { FullScreen } from './full-screen.ts';
import { type KeyEvent, KeyPresses } from './key-presses.ts';
import { runPageCommand } from './page-commands.ts';
import { setShortcutMenu } from './shortcut-menu.ts';
import { type Command, commandFor, repeats } from './shortcuts.ts';

interface Parts {
  strip: TabStrip;
  shell: Shell;
  window: BrowserWindow;
  fullScreen: FullScreen;
  sessionStore: SessionStore | undefined;
  /** Closes a tab for the user. If its page may hold unsaved data, asks the user first. */
  closeTab: (tab: StripTab) => void;
}

export const newTab = 'bulkhead://newtab/';

/** Runs keyboard commands of the user, whichever page or part of the window has focus. */
export class Commands {
  readonly #parts: Parts;
  readonly #keyPresses = new KeyPresses();

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.strip.on('added', (tab) => {
      this.listen(tab.contents);
      stopOnEscape(tab);
    });
    parts.window.base.on('blur', () => this.#keyPresses.release());
  }

  /**
   * Sets the hidden menu that receives keys outside of pages. Building it takes time: call this after the shell runs.
   */
  setMenu(): void {
    setShortcutMenu(this.#parts.window.base, (key, command) => this.#take(key, command));
  }

  listen(contents: WebContents): void {
    contents.on('before-input-event', (event, input) => {
      if (this.#parts.shell.sendsKey) return;
      const command = commandFor(input);
      if (command) event.preventDefault();
      this.#take(input, command);
    });
  }

  #take({ type, code, isAutoRepeat }: KeyEvent, command: Command | undefined): void {
    if (command && repeats(command)) {
      this.#run(command);
      return;
    }
    const key = { type, code, isAutoRepeat, command: command && JSON.stringify(command) };
    this.#keyPresses.take(key, () => command && this.#run(command));
  }

  #run(command: Command): void {
    const { strip, shell, sessionStore, fullScreen, closeTab } = this.#parts;
    const { active } = strip;
    if (command.name === 'new-tab') shell.focusAddress(strip.open(newTab).id);
    else if (command.name === 'next-tab') this.#goToTab(() => strip.step(1));
    else if (command.name === 'previous-tab') this.#goToTab(() => strip.step(-1));
    else if (command.name === 'select-tab') this.#goToTab(() => strip.select(command.index));
    else if (command.name === 'reopen') sessionStore?.reopen();
    else if (command.name === 'full-screen') fullScreen.toggle();
    else if (command.name === 'show-processes') strip.open('bulkhead://processes/');
    else if (command.name === 'show-history') strip.open('bulkhead://history/');
    else if (!active) return;
    else if (command.name === 'focus-address') shell.focusAddress(active.id);
    else if (command.name === 'close-tab') closeTab(active);
    else if (command.name === 'reload') active.reload();
    else if (command.name === 'back') active.goBack();
    else if (command.name === 'forward') active.goForward();
    else runPageCommand(command.name, active, strip);
  }

  /** Moves focus to the page, as in Chrome. On a new tab the address bar gets it. */
  #goToTab(go: () => void): void {
    const { strip, window } = this.#parts;
    const before = strip.active;
    go();
    const { active } = strip;
    if (active && active !== before && active.address !== newTab) window.focusPage();
  }
}

/** Makes Escape stop a loading page, unless Escape ends full screen. The page also gets the key. */
function stopOnEscape(tab: Tab): void {
  tab.contents.on('before-input-event', (_event, { type, key }) => {
    if (type !== 'keyDown' || key !== 'Escape' || tab.health.fullScreen) return;
    if (tab.contents.isLoadingMainFrame()) tab.stop();
  });
}
