import type { ChildProcess } from 'node:child_process';
import type { ElectronApplication, Locator, Page } from '@playwright/test';
import { expect } from './expect.ts';
import { familyOf } from './system.ts';

/** One running Bulkhead, seen as a person sees it: through its own window and through the system's process list. */
export class Bulkhead {
  readonly application: ElectronApplication;
  readonly profile: string;
  /** The window's interface. */
  readonly shell: Page;
  /** The browser process: how it ends is told here after its driver has let go of it, too. */
  readonly process: ChildProcess;
  readonly #log: () => string;

  constructor(application: ElectronApplication, profile: string, shell: Page, log: () => string) {
    this.application = application;
    this.profile = profile;
    this.shell = shell;
    this.process = application.process();
    this.#log = log;
  }

  /** What the program has said on its standard error so far. */
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

  /** Of the whole window, but for those that stand in the strip or in the place of the page. */
  button(name: string): Locator {
    return this.shell.getByRole('button', { name, exact: true });
  }

  get toolbar(): Locator {
    return this.shell.getByRole('navigation', { name: 'Navigation' });
  }

  get address(): Locator {
    return this.shell.getByRole('combobox', { name: 'Address and search' });
  }

  /** What stands where the page would: the sad tab, or why a page could not be loaded. */
  get insteadOfPage(): Locator {
    return this.shell.getByRole('tabpanel').getByRole('region');
  }

  /** The bar that says what the machine sees of the active tab and of the plugin. */
  get statusBar(): Locator {
    return this.shell.getByRole('region', { name: 'What the machine sees' });
  }

  get plugin(): Locator {
    return this.statusBar.locator('[data-plugin="frame-stats"]');
  }

  /** Has the status bar show heartbeats, and what the plugin reads: only then are frames taken. */
  async showFigures(): Promise<void> {
    const [show, hide] = ['Show', 'Hide'].map((what) =>
      this.plugin.getByRole('button', { name: `${what} what the plugin reads` }),
    ) as [Locator, Locator];
    await expect(show.or(hide)).toBeVisible();
    if (await show.isVisible()) await show.click();
    await expect(hide).toBeVisible();
  }

  /** What the status bar says has happened, the newest. */
  get notice(): Locator {
    return this.statusBar.getByRole('status');
  }

  async dismissNotice(): Promise<void> {
    await this.notice.getByRole('button', { name: 'Dismiss' }).click();
    await expect(this.notice.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
  }

  /** The button in the strip that closes a tab; it lies on the tab, and is no part of it. */
  async closeButton(title: string): Promise<Locator> {
    const id = (await this.tab(title).getAttribute('id'))?.replace('tab-', '');
    return this.shell.locator(`[data-closes="${id}"]`).getByRole('button', { name: 'Close tab' });
  }

  async activate(title: string): Promise<void> {
    await this.tab(title).click();
    await expect(this.tab(title)).toHaveAttribute('aria-selected', 'true');
  }

  /** Opens an address as a person does: a new tab, typed, Enter. */
  async open(typed: string): Promise<void> {
    const before = await this.#activeTab();
    await this.button('New tab').click();
    await expect.poll(() => this.#activeTab(), 'the new tab').not.toBe(before);
    await this.go(typed);
  }

  /** Names the tab that is shown, whatever is its title. Waits until the strip has one. */
  #activeTab(): Promise<string | null> {
    return this.shell.locator('[role=tab][aria-selected=true]').getAttribute('id');
  }

  /** Types an address into the active tab's address bar. */
  async go(typed: string): Promise<void> {
    await this.address.fill(typed);
    await this.address.press('Enter');
  }

  /** The process that the strip shows for a tab. */
  pidOfTab(title: string): Promise<number> {
    return pidIn(() => this.tab(title).getAttribute('title'), /Process (\d+)/, `the process of "${title}"`);
  }

  /** The process that the status bar shows for the plugin, once it runs. */
  pidOfPlugin(): Promise<number> {
    return pidIn(() => this.plugin.textContent(), /PID (\d+).*running/s, 'the process of the plugin');
  }

  /** The interface's process; 0 while it has none. */
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
   * Asks the interface by way of the browser process: the driver gives up a page whose process has ended. One that is
   * not there answers undefined.
   */
  askShell<Answer>(script: string): Promise<Answer | undefined> {
    return this.application.evaluate(({ webContents }, code) => {
      const shell = webContents
        .getAllWebContents()
        .find((contents) => contents.getURL().startsWith('bulkhead://shell'));
      // What is asked of a process that has just ended is never answered.
      const patience = new Promise<undefined>((resolve) => setTimeout(resolve, 500));
      return Promise.race([shell?.executeJavaScript(code).catch(() => undefined), patience]);
    }, script);
  }

  /** Address of the page that was put on top of the others last; a sad tab shows the interface below it. */
  pageOnTop(): Promise<string | undefined> {
    return this.application.evaluate(({ BaseWindow, WebContentsView }) => {
      const top = BaseWindow.getAllWindows()
        .find((each) => each.isVisible())
        ?.contentView.children.at(-1);
      return top instanceof WebContentsView ? top.webContents.getURL() : undefined;
    });
  }

  /** The page whose address begins so, once it is there. A page whose process has ended stays dead for the driver. */
  async page(address: string): Promise<Page> {
    const find = () => this.application.windows().find((page) => page.url().startsWith(address));
    await expect.poll(find, `a page at ${address}`).toBeTruthy();
    return find() as Page;
  }

  /**
   * Presses a key as the system would: the driver's own keyboard goes past the place where a browser looks for its
   * shortcuts. `focused` is the beginning of the address of the page, or the shell, that has the focus.
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

  /** Address of the page, or the interface, that has the keyboard; undefined when nobody has it. */
  focused(): Promise<string | undefined> {
    return this.application.evaluate(({ webContents }) => webContents.getFocusedWebContents()?.getURL());
  }

  /** What the system's setting is taken to be. */
  async setTheme(theme: 'light' | 'dark'): Promise<void> {
    await this.application.evaluate(({ nativeTheme }, source) => {
      nativeTheme.themeSource = source;
    }, theme);
  }

  /** The browser process and all below it, as the system knows them. */
  processes(): Promise<number[]> {
    return familyOf(this.pid);
  }
}

/** The number in a text as soon as there is one: read at once, so that what was waited for is what is returned. */
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
