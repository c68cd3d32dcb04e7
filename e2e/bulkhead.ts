import type { ChildProcess } from 'node:child_process';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expect } from './expect.ts';
import { familyOf } from './system.ts';

/** One running Bulkhead, seen as by a user: through its window and through the system's process list. */
export class Bulkhead {
  readonly application: ElectronApplication;
  readonly profile: string;
  /** The window's shell. */
  readonly shell: Page;
  /** The browser process. Its end is reported here even after Playwright has disconnected. */
  readonly process: ChildProcess;
  readonly #log: () => string;

  constructor(application: ElectronApplication, profile: string, shell: Page, log: () => string) {
    this.application = application;
    this.profile = profile;
    this.shell = shell;
    this.process = application.process();
    this.#log = log;
  }

  /** The text on the standard error so far. */
  get log(): string {
    return this.#log();
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  get tabs(): Locator {
    return this.shell.getByRole('tablist', { name: 'Tabs' }).getByRole('tab');
  }

  tab(title: string): Locator {
    return this.shell.getByRole('tablist', { name: 'Tabs' }).getByRole('tab', { name: title, exact: true });
  }

  /** A button of the window, except those in the strip and in place of the page. */
  button(name: string): Locator {
    return this.shell.getByRole('button', { name, exact: true });
  }

  get toolbar(): Locator {
    return this.shell.getByRole('navigation', { name: 'Navigation' });
  }

  get address(): Locator {
    return this.shell.getByRole('combobox', { name: 'Address and search' });
  }

  /** The region in place of the page: the sad tab, or why a page could not be loaded. */
  get insteadOfPage(): Locator {
    return this.shell.getByRole('tabpanel').getByRole('region');
  }

  /** The bar with the system's view of the active tab and of the plugin. */
  get statusBar(): Locator {
    return this.shell.getByRole('region', { name: 'What the machine sees' });
  }

  get plugin(): Locator {
    return this.statusBar.locator('[data-plugin="frame-stats"]');
  }

  /** Makes the status bar show heartbeats and what the plugin reads: only then are frames captured. */
  async showFigures(): Promise<void> {
    const [show, hide] = ['Show', 'Hide'].map((what) =>
      this.plugin.getByRole('button', { name: `${what} what the plugin reads` }),
    ) as [Locator, Locator];
    await expect(show.or(hide)).toBeVisible();
    if (await show.isVisible()) await show.click();
    await expect(hide).toBeVisible();
  }

  /** The newest notice in the status bar. */
  get notice(): Locator {
    return this.statusBar.getByRole('status');
  }

  async dismissNotice(): Promise<void> {
    await this.notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(this.notice.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
  }

  /** Returns the button in the strip that closes a tab. It lies over the tab, and is not a part of it. */
  async closeButton(title: string): Promise<Locator> {
    const id = (await this.tab(title).getAttribute('id'))?.replace('tab-', '');
    return this.shell.locator(`[data-closes="${id}"]`).getByRole('button', { name: 'Close tab' });
  }

  async activate(title: string): Promise<void> {
    await this.tab(title).click();
    await expect(this.tab(title)).toHaveAttribute('aria-selected', 'true');
  }

  /** Opens an address as a user does: new tab, text, Enter. */
  async open(typed: string): Promise<void> {
    const before = await this.#activeTab();
    await this.button('New tab').click();
    await expect.poll(() => this.#activeTab(), 'the new tab').not.toBe(before);
    await this.go(typed);
  }

  /** Returns the id of the active tab. Waits until there is one. */
  #activeTab(): Promise<string | null> {
    return this.shell.locator('[role=tab][aria-selected=true]').getAttribute('id');
  }

  /** Types an address into the active tab's address bar. */
  async go(typed: string): Promise<void> {
    await this.address.fill(typed);
    await this.address.press('Enter');
  }

  /** Returns the process that the strip shows for a tab. */
  pidOfTab(title: string): Promise<number> {
    return pidIn(() => this.tab(title).getAttribute('title'), /Process (\d+)/, `the process of "${title}"`);
  }

  /** Returns the process that the status bar shows for the plugin, once it runs. */
  pidOfPlugin(): Promise<number> {
    return pidIn(() => this.plugin.textContent(), /PID (\d+).*running/s, 'the process of the plugin');
  }

  /** Returns the shell's process, or 0. */
  pidOfShell(): Promise<number> {
    return this.application.evaluate(
      ({ webContents }) =>
        webContents
          .getAllWebContents()
          .find((contents) => contents.getURL().startsWith('bulkhead://shell'))
          ?.getOSProcessId() ?? 0,
    );
  }

  /**
   * Asks the shell through the browser process, because Playwright gives up a page whose process has ended. Returns
   * undefined when there is no shell.
   */
  askShell<Answer>(script: string): Promise<Answer | undefined> {
    return this.application.evaluate(({ webContents }, code) => {
      const shell = webContents
        .getAllWebContents()
        .find((contents) => contents.getURL().startsWith('bulkhead://shell'));
      // A process that has just ended never answers.
      const patience = new Promise<undefined>((resolve) => setTimeout(resolve, 500));
      return Promise.race([shell?.executeJavaScript(code).catch(() => undefined), patience]);
    }, script);
  }

  /** Returns the address of the topmost page. Below a sad tab that is the shell. */
  pageOnTop(): Promise<string | undefined> {
    return this.application.evaluate(({ BaseWindow, WebContentsView }) => {
      const top = BaseWindow.getAllWindows()
        .find((each) => each.isVisible())
        ?.contentView.children.at(-1);
      return top instanceof WebContentsView ? top.webContents.getURL() : undefined;
    });
  }

  /**
   * Returns the page whose address begins like this, once it exists. For Playwright, a page whose process has ended
   * stays dead.
   */
  async page(address: string): Promise<Page> {
    const find = () => this.application.windows().find((page) => page.url().startsWith(address));
    await expect.poll(find, `a page at ${address}`).toBeTruthy();
    return find() as Page;
  }

  /**
   * Presses a key as the system would. Playwright's own keyboard bypasses the point where the browser handles its
   * shortcuts. `focused`: the start of the address of the page, or the shell, that has the focus.
   */
  async press(focused: string, key: string, ...modifiers: Modifier[]): Promise<void> {
    await this.application.evaluate(
      ({ webContents }, press) => {
        const contents = webContents.getAllWebContents().find((each) => each.getURL().startsWith(press.focused));
        if (!contents) throw new Error(`nothing at ${press.focused} could have the focus`);
        contents.focus();
        contents.sendInputEvent({ type: 'keyDown', keyCode: press.key, modifiers: press.modifiers });
        contents.sendInputEvent({ type: 'keyUp', keyCode: press.key, modifiers: press.modifiers });
      },
      { key, modifiers, focused },
    );
  }

  /** Returns the address of the page, or the shell, that has the keyboard focus, or undefined. */
  focused(): Promise<string | undefined> {
    return this.application.evaluate(({ webContents }) => webContents.getFocusedWebContents()?.getURL());
  }

  /** Sets the theme that the system seems to have. */
  async setTheme(theme: 'light' | 'dark'): Promise<void> {
    await this.application.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, theme);
  }

  /** Returns the browser process and all its descendants, as the system reports them. */
  processes(): Promise<number[]> {
    return familyOf(this.pid);
  }
}

/**
 * Returns the number in a text as soon as there is one. It reads only once per look, so that it returns the value it
 * waited for.
 */
async function pidIn(read: () => Promise<string | null>, pattern: RegExp, what: string): Promise<number> {
  let pid: number | undefined;
  const look = async () => {
    pid = Number(pattern.exec((await read()) ?? '')?.[1]);
    return pid;
  };
  await expect.poll(look, { message: what, intervals: [50] }).toBeGreaterThan(0);
  return pid ?? 0;
}

export type Modifier = 'control' | 'shift' | 'alt';
