import { type AddressRequests, namedAddressRequests, requestAge } from '@bulkhead/contracts';

/** Text that was typed for a tab that the state does not name yet. */
interface Ahead {
  /** Key of the request; null until it comes, if the shell itself has requested the tab. */
  key: string | null;
  /** The tab that the shell itself has requested; null until its number is known. */
  tab: number | null;
  /** Typed text; null until the user types. */
  text: string | null;
  /** Address to open, once the user has pressed Enter. */
  address: string | null;
}

/** Typed text whose tab is known. */
export interface Settled extends Pick<Ahead, 'text' | 'address'> {
  tab: number;
}

/**
 * Keeps text that is typed into the address bar for a tab before the state names the tab. A key announces each request
 * for the address bar, in order with the user's keys; the state follows on a port.
 */
export class TypedAhead {
  #waiting: Ahead[] = $state([]);
  #requests: AddressRequests = { count: 0, tabs: [] };

  /** The entry that gets the text typed now; undefined if the active tab gets it. */
  get current(): Ahead | undefined {
    return this.#waiting.at(-1);
  }

  /** Starts an entry for a tab that the shell itself requests. Returns a function that takes the tab's number. */
  expect(): (tab: number | null) => void {
    this.#waiting.push({ key: null, tab: null, text: null, address: null });
    const ahead = this.#waiting.at(-1);
    return (tab) => {
      if (ahead && tab !== null) ahead.tab = tab;
      else this.#waiting = this.#waiting.filter((each) => each !== ahead);
    };
  }

  /** Handles the key of a request. Returns false for every other key. */
  keyCame(key: string): boolean {
    const age = requestAge(key, this.#requests.count);
    if (age === undefined) return false;
    const { current } = this;
    if (current?.key === null) current.key = key;
    else if (age > 0) this.#waiting.push({ key, tab: null, text: null, address: null });
    return true;
  }

  /** Takes the requests that the state names. Returns the text that was typed for their tabs. */
  take(requests: AddressRequests): Settled[] {
    this.#requests = requests;
    const settled = this.#waiting.flatMap((ahead) => {
      const tab = this.#tabOf(ahead);
      return tab === undefined ? [] : [{ ahead, tab }];
    });
    if (settled.length > 0)
      this.#waiting = this.#waiting.filter((each) => !settled.some(({ ahead }) => ahead === each));
    return settled.map(({ ahead: { text, address }, tab }) => ({ tab, text, address }));
  }

  #tabOf({ key, tab }: Ahead): number | undefined {
    const { count, tabs } = this.#requests;
    if (tab !== null && tabs.includes(tab)) return tab;
    const age = key === null ? undefined : requestAge(key, count);
    return age !== undefined && age < namedAddressRequests ? tabs.at(-1 - age) : undefined;
  }
}
