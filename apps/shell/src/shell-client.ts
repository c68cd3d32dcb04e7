import type { Rectangle, TabFrameStatistics, WindowState } from '@bulkhead/contracts';

/** What the shell asks of the browser. Calls end when the browser has taken them; what they changed arrives as state. */
export interface ShellClient {
  newTab(address: string | null): Promise<unknown>;
  closeTab(tab: number): Promise<unknown>;
  activateTab(tab: number): Promise<unknown>;
  navigate(tab: number, input: string): Promise<unknown>;
  goBack(tab: number): Promise<unknown>;
  goForward(tab: number): Promise<unknown>;
  reload(tab: number): Promise<unknown>;
  stop(tab: number): Promise<unknown>;
  /** SIGKILL to the tab's renderer process. */
  killTab(tab: number): Promise<unknown>;
  restartPlugin(name: string): Promise<unknown>;
  /** Where the page goes, in the window's pixels. */
  setContentBounds(bounds: Rectangle): Promise<unknown>;
  /** True raises the shell over the page. */
  setOverlay(open: boolean): Promise<unknown>;
  sadTabPainted(painted: { tab: number; pid: number | null }): void;
}

/** What the browser tells the shell. */
export interface ShellListener {
  onWindowState(state: WindowState): void;
  onFrameStatistics(statistics: TabFrameStatistics): void;
  onFocusAddress(): void;
}
