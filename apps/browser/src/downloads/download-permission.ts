/** The decision about one download. */
export type Verdict = 'start' | 'ask' | 'refuse';

/**
 * Limits the downloads of one tab's page, as in Chrome: one file by itself, one more for each user action, and then as
 * many as the user allows.
 */
export class DownloadPermission {
  #state: 'fresh' | 'used' | 'asking' | 'allowed' | 'blocked' = 'fresh';

  /** The page starts a download. */
  take(): Verdict {
    switch (this.#state) {
      case 'fresh':
        this.#state = 'used';
        return 'start';
      case 'allowed':
        return 'start';
      case 'blocked':
        return 'refuse';
      default:
        this.#state = 'asking';
        return 'ask';
    }
  }

  /** Counts a user action in the page. Actions do not count while files wait for the user's answer. */
  userActed(waitingFiles: number): void {
    if (this.#state === 'used' || (this.#state === 'asking' && waitingFiles === 0)) this.#state = 'fresh';
  }

  answer(allow: boolean): void {
    this.#state = allow ? 'allowed' : 'blocked';
  }

  /** The tab shows another site. */
  reset(): void {
    this.#state = 'fresh';
  }
}
