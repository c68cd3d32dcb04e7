import { EventEmitter } from 'node:events';
import type { Notice } from '@bulkhead/contracts';

/** Kept at most: what nobody dismisses makes room for what is new. */
const mostNotices = 8;

export type NewNotice = Pick<Notice, 'victim' | 'name' | 'outcome' | 'how' | 'signal' | 'exitCode' | 'pid'> &
  Partial<Pick<Notice, 'why' | 'downMs' | 'offer'>>;

interface Offer {
  follow: () => void;
  /** The user dismisses the notice. */
  decline?: () => void;
}

/** The quiet words on processes that are no tabs. */
export class Notices extends EventEmitter<{ changed: [] }> {
  #notices: Notice[] = [];
  readonly #times = new Map<string, number>();
  /** By the numbers of their notices. */
  readonly #offers = new Map<number, Offer>();
  #nextId = 1;

  get all(): readonly Notice[] {
    return this.#notices;
  }

  /** Adds one, in the place of an earlier one on the same victim; its number. */
  add(notice: NewNotice, offer?: Offer): number {
    const key = `${notice.victim} ${notice.name}`;
    const times = (this.#times.get(key) ?? 0) + 1;
    this.#times.set(key, times);
    const id = this.#nextId++;
    const others = this.#notices.filter((each) => each.victim !== notice.victim || each.name !== notice.name);
    const full: Notice = {
      why: null,
      downMs: null,
      offer: null,
      ...notice,
      id,
      at: Date.now(),
      newPid: null,
      longestGapMs: null,
      times,
    };
    this.#set([...others, full].slice(-mostNotices));
    if (offer) this.#offers.set(id, offer);
    return id;
  }

  update(id: number, more: Partial<Notice>): void {
    this.#set(this.#notices.map((each) => (each.id === id ? { ...each, ...more } : each)));
  }

  dismiss(id: number): void {
    this.#set(this.#notices.filter((each) => each.id !== id));
  }

  /** The user takes what a notice offers. */
  follow(id: number): void {
    this.#offers.get(id)?.follow();
  }

  /** The user does not want to see it any more. */
  decline(id: number): void {
    const offer = this.#offers.get(id);
    this.dismiss(id);
    offer?.decline?.();
  }

  #set(notices: Notice[]): void {
    this.#notices = notices;
    for (const id of this.#offers.keys()) if (!notices.some((each) => each.id === id)) this.#offers.delete(id);
    this.emit('changed');
  }
}
