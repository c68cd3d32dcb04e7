import { type AddressRequests, namedAddressRequests, requestAge } from '@bulkhead/contracts';

/** What was typed for a tab that the state does not name yet. */
interface Ahead {
  /** The key that has told of the request; null until it comes, where the shell itself has asked for the tab. */
  key: string | null;
  /** The tab that the shell has asked for, once it has a number. */
  tab: number | null;
  /** Null until the user types. */
  text: string | null;
  /** What the user wants to go to, once Enter was pressed. */
  address: string | null;
}

/** What was typed, now that its tab is known. */
export interface Settled extends Pick<Ahead, 'text' | 'address'> {
  tab: number;
}

/**
 * Text that is typed into the address bar for a tab before the state has come that names the tab. A request for the
 * address bar is told by a key, in order with the keys of the user; the state follows on a port.
 */
export class TypedAhead {
  #waiting: Ahead[] = $state([]);
  #requests: AddressRequests = { count: 0, tabs: [] };

  /** What the user types now belongs to this one; undefined when it belongs to the tab that is shown. */
  get current(): Ahead | undefined {
    return this.#waiting.at(-1);
  }

  /** The shell itself asks for a tab and its address bar. Returns what tells the tab's number. */
  expect(): (tab: number | null) => void {
    this.#waiting.push({ key: null, tab: null, text: null, address: null });
    const ahead = this.#waiting.at(-1);
    return (tab) => {
      if (ahead && tab !== null) ahead.tab = tab;
      else this.#waiting = this.#waiting.filter((each) => each !== ahead);
    };
  }

  /** The key of a request has come. Returns false for every other key. */
  keyCame(key: string): boolean {
    const age = requestAge(key, this.#requests.count);
    if (age === undefined) return false;
    const { current } = this;
    if (current?.key === null) current.key = key;
    else if (age > 0) this.#waiting.push({ key, tab: null, text: null, address: null });
    return true;
  }

  /** The state names these requests. Returns what was typed for their tabs. */
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
