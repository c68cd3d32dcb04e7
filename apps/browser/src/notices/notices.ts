import { EventEmitter } from 'node:events';
import type { Notice } from '@bulkhead/contracts';

/** Kept at most: what nobody dismisses makes room for what is new. */
const mostNotices = 8;

export type NewNotice = Pick<Notice, 'victim' | 'name' | 'outcome' | 'how' | 'signal' | 'exitCode' | 'pid'> &
  Partial<Pick<Notice, 'why' | 'downMs'>>;

/** The quiet words on processes that are no tabs. */
export class Notices extends EventEmitter<{ changed: [] }> {
  #notices: Notice[] = [];
  readonly #times = new Map<string, number>();
  #nextId = 1;

  get all(): readonly Notice[] {
    return this.#notices;
  }

  /** Adds one, in the place of an earlier one on the same victim; its number. */
  add(notice: NewNotice): number {
    const key = `${notice.victim} ${notice.name}`;
    const times = (this.#times.get(key) ?? 0) + 1;
    this.#times.set(key, times);
    const id = this.#nextId++;
    const others = this.#notices.filter((each) => each.victim !== notice.victim || each.name !== notice.name);
    const full: Notice = {
      why: null,
      downMs: null,
      ...notice,
      id,
      at: Date.now(),
      newPid: null,
      longestGapMs: null,
      times,
    };
    this.#notices = [...others, full].slice(-mostNotices);
    this.emit('changed');
    return id;
  }

  update(id: number, more: Partial<Notice>): void {
    this.#notices = this.#notices.map((each) => (each.id === id ? { ...each, ...more } : each));
    this.emit('changed');
  }

  dismiss(id: number): void {
    this.#notices = this.#notices.filter((each) => each.id !== id);
    this.emit('changed');
  }
}
