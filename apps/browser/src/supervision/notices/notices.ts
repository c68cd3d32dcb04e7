import { EventEmitter } from 'node:events';
import type { Notice } from '@bulkhead/contracts';
import { logOf } from '../../log/log.ts';

/** Maximum number of notices. Above it the oldest is removed. */
const mostNotices = 8;

export type NewNotice = Pick<Notice, 'victim' | 'name' | 'outcome' | 'how' | 'signal' | 'exitCode' | 'pid'> &
  Partial<Pick<Notice, 'why' | 'downMs' | 'offer'>>;

interface Offer {
  follow: () => void;
  /** The user dismisses the notice. */
  decline?: () => void;
}

/** Status-bar notices about processes other than tabs. */
export class Notices extends EventEmitter<{ changed: [] }> {
  #notices: Notice[] = [];
  readonly #times = new Map<string, number>();
  /** Offers, by the ids of their notices. */
  readonly #offers = new Map<number, Offer>();
  #nextId = 1;

  get all(): readonly Notice[] {
    return this.#notices;
  }

  /** Adds a notice, in place of an earlier one for the same victim. Returns its id. */
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
    logNotice(full);
    if (offer) this.#offers.set(id, offer);
    return id;
  }

  update(id: number, more: Partial<Notice>): void {
    if (more.outcome) for (const each of this.#notices) if (each.id === id) logNotice({ ...each, ...more });
    this.#set(this.#notices.map((each) => (each.id === id ? { ...each, ...more } : each)));
  }

  dismiss(id: number): void {
    this.#set(this.#notices.filter((each) => each.id !== id));
  }

  /** The user accepts the offer of a notice. */
  follow(id: number): void {
    this.#offers.get(id)?.follow();
  }

  /** The user dismisses the notice, and with it its offer. */
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

function logNotice({ victim, name, pid, outcome, how, why, newPid, downMs }: Notice): void {
  const facts = [
    ...[outcome, how, why, newPid === null ? null : `new process ${newPid}`],
    downMs === null ? null : `${Math.round(downMs)} ms`,
  ];
  const text = `notice: ${facts.filter((fact) => fact !== null).join(', ')}`;
  logOf({ type: victim, ...(name && { id: name }), pid }).info(text);
}
