/** What the limit says of one download. */
export type Verdict = 'start' | 'ask' | 'refuse';

/**
 * What the page of one tab may download, as in Chrome: one file by itself, one more for each of the user's actions, and
 * after that as many as the user allows.
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

  /** The user did something in the page. While files wait for the user's answer, that is none. */
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
