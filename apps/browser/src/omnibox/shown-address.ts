/** The document that a window has which a page has opened, until an address commits in it. */
export const emptyDocument = 'about:blank';

/**
 * Which address a tab shows: that of the document that it has committed. Only while a navigation that the user asked
 * for is under way, it is the address that the user asked for. What a page has only asked for is never shown: its
 * opener could write another content under that address.
 */
export class ShownAddress {
  #committed: string;
  #asked: { address: string; started: boolean; hidden: boolean } | undefined;

  /** `committed`: of the document that the tab begins with; empty where nothing has been loaded. */
  constructor(committed = '') {
    this.#committed = committed;
  }

  get current(): string {
    return this.asked ?? this.#committed;
  }

  /** Empty until the first one. */
  get committed(): string {
    return this.#committed;
  }

  /** What the user asked for and waits for; undefined while there is nothing to wait for. */
  get asked(): string | undefined {
    return this.#asked?.hidden === false ? this.#asked.address : undefined;
  }

  /** The user wants to go to this address. */
  ask(address: string): void {
    this.#asked = { address, started: false, hidden: false };
  }

  /** The user does not want to go there any more: by Stop, by Back, by a page that may not be left. */
  abandon(): void {
    // A tab without any document keeps the only name that it has.
    if (this.#committed !== '') this.#asked = undefined;
  }

  /** A navigation of the main frame to another document has begun. */
  started({ byPage }: { byPage: boolean }): void {
    const asked = this.#asked;
    if (!asked) return;
    // The page's own navigation has taken the place of the user's.
    if (byPage) asked.hidden = true;
    else if (asked.started) this.abandon();
    else Object.assign(asked, { started: true, hidden: false });
  }

  /** The page asks whether it may be left: the user's navigation waits, and may never begin. */
  held(): void {
    if (this.#asked && !this.#asked.started && this.#committed !== '') this.#asked.hidden = true;
  }

  /** A document has come. `isLate`: of a navigation before the one that the user waits for. */
  commit(address: string, { isLate = false } = {}): void {
    this.#committed = plain(address);
    if (!isLate) this.#asked = undefined;
  }

  /** The same document has another address now. */
  commitInPage(address: string): void {
    this.#committed = plain(address);
  }

  /** Nothing loads any more: what has not come became a download, or the server had no content. */
  stopped(): void {
    if (this.#asked?.started) this.abandon();
  }
}

/** An empty document has no places: what stands behind its address is only there to be read. */
const plain = (address: string): string => address.replace(/^about:blank[?#].*$/su, emptyDocument);
