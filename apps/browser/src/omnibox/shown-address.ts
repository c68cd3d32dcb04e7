/** The document of a window that a page has opened, until an address commits in it. */
export const emptyDocument = 'about:blank';

/**
 * Decides which address a tab shows: the address of the committed document or, while a navigation that the user asked
 * for is under way, the address that the user asked for. An address that only a page asked for is never shown, because
 * the opener of a window could write other content under that address.
 */
export class ShownAddress {
  #committed: string;
  #asked: { address: string; started: boolean; hidden: boolean } | undefined;

  /** `committed`: the address of the tab's first document. Empty when nothing is loaded. */
  constructor(committed = '') {
    this.#committed = committed;
  }

  get current(): string {
    return this.asked ?? this.#committed;
  }

  /** Empty until the first document. */
  get committed(): string {
    return this.#committed;
  }

  /** The address that the user asked for and waits for, or undefined. */
  get asked(): string | undefined {
    return this.#asked?.hidden === false ? this.#asked.address : undefined;
  }

  /** The user asked for this address. */
  ask(address: string): void {
    this.#asked = { address, started: false, hidden: false };
  }

  /** The user no longer waits for that address: after Stop, Back, or a page that may not be left. */
  abandon(): void {
    // A tab without a document keeps its only address.
    if (this.#committed !== '') this.#asked = undefined;
  }

  /** A navigation of the main frame to another document has started. */
  started({ byPage }: { byPage: boolean }): void {
    const asked = this.#asked;
    if (!asked) return;
    // The page's own navigation has replaced the user's.
    if (byPage) asked.hidden = true;
    else if (asked.started) this.abandon();
    else Object.assign(asked, { started: true, hidden: false });
  }

  /** The page asks whether the user wants to leave: the user's navigation waits, and may never start. */
  held(): void {
    if (this.#asked && !this.#asked.started && this.#committed !== '') this.#asked.hidden = true;
  }

  /** A document has committed. `isLate`: its navigation is older than the one that the user waits for. */
  commit(address: string, { isLate = false } = {}): void {
    this.#committed = plain(address);
    if (!isLate) this.#asked = undefined;
  }

  /** The same document has a new address. */
  commitInPage(address: string): void {
    this.#committed = plain(address);
  }

  /** Loading has stopped: the navigation became a download, or the server had no content. */
  stopped(): void {
    if (this.#asked?.started) this.abandon();
  }
}

/** Removes the query and the fragment of `about:blank`: they have no effect, and could be used to deceive the user. */
const plain = (address: string): string => address.replace(/^about:blank[?#].*$/su, emptyDocument);
