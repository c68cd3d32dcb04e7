import { type Endpoint, type PeerDescription, type Served, serve, sizeOf, tooLarge } from '@bulkhead/rpc';
import type { Handlers } from '@bulkhead/rpc/contract';
import { Exchange, ExchangeClosedError } from './exchange.ts';
import { mailboxBroker } from './mailbox-contract.ts';

/** A connected process, with the existing mailboxes that it has created. */
interface Member {
  readonly name: string;
  readonly created: Set<string>;
}

interface Mailbox {
  readonly capacity: number | 'unbounded';
  readonly exchange: Exchange<{ message: unknown; bytes: number }>;
  readonly creator: Member;
  /** False for a mailbox that outlives its creator. */
  readonly isOwned: boolean;
  /** Estimated size of the held messages and of those that wait for room. */
  bytes: number;
  /** Processes with a pending send or receive, in the order of arrival. */
  readonly senders: Waiting[];
  readonly receivers: Waiting[];
}

/** A process that waits at a mailbox. It is in the list once for each wait. */
interface Waiting {
  readonly name: string;
}

/** State of one mailbox, for display. */
export interface MailboxState {
  name: string;
  owner: string;
  capacity: number | 'unbounded';
  held: number;
  waitingSenders: number;
  waitingReceivers: number;
  /** Names of the waiting processes, in the order of arrival. */
  senders: readonly string[];
  receivers: readonly string[];
  messages: readonly unknown[];
  /** Estimated size of the held messages and of those that wait for room. */
  bytes: number;
}

export interface BrokerLimits {
  /** Most mailboxes of one process. */
  maxMailboxes: number;
  /** Largest estimated size of all held messages. */
  maxBytes: number;
}

/** Holds the mailboxes that processes share. It runs in the browser process; each group of processes has its own. */
export class MailboxBroker {
  readonly #limits: BrokerLimits;
  readonly #mailboxes = new Map<string, Mailbox>();

  constructor(limits: Partial<BrokerLimits> = {}) {
    this.#limits = { maxMailboxes: 100, maxBytes: 64 * 1024 * 1024, ...limits };
  }

  /** Connects a process. The mailboxes that it owns end with the connection. */
  connect(endpoint: Endpoint, peer: PeerDescription): Served<typeof mailboxBroker> {
    const member: Member = { name: peer.name, created: new Set() };
    const served = serve(mailboxBroker, endpoint, this.#handlers(member), { peer });
    void served.closed.then(({ error }) => {
      for (const name of member.created) {
        if (this.#mailboxes.get(name)?.isOwned) this.#end(name, `its owner is gone: ${error.message}`);
      }
    });
    return served;
  }

  mailboxes(): MailboxState[] {
    return Array.from(this.#mailboxes, ([name, mailbox]) => {
      const { capacity, exchange, bytes } = mailbox;
      const [senders, receivers] = [namesOf(mailbox.senders), namesOf(mailbox.receivers)];
      const messages = exchange.messages.map(({ message }) => message);
      return { name, owner: ownerOf(mailbox), capacity, ...load(exchange), senders, receivers, messages, bytes };
    });
  }

  #handlers(member: Member): Handlers<typeof mailboxBroker> {
    return {
      create: (name, capacity, ownership) => {
        if (this.#mailboxes.has(name)) return { ok: false, reason: 'exists' };
        if (member.created.size >= this.#limits.maxMailboxes) return { ok: false, reason: 'too-many' };
        const exchange = new Exchange<{ message: unknown; bytes: number }>(
          capacity === 'unbounded' ? Number.POSITIVE_INFINITY : capacity,
        );
        const isOwned = ownership === 'process';
        this.#mailboxes.set(name, {
          capacity,
          exchange,
          creator: member,
          isOwned,
          bytes: 0,
          senders: [],
          receivers: [],
        });
        member.created.add(name);
        return { ok: true };
      },
      lookUp: (name) => {
        const mailbox = this.#mailboxes.get(name);
        if (!mailbox) return { ok: false, reason: 'unknown' };
        return { ok: true, capacity: mailbox.capacity, owner: ownerOf(mailbox) };
      },
      destroy: (name) => {
        const mailbox = this.#mailboxes.get(name);
        if (!mailbox) return { ok: false, reason: 'unknown' };
        if (mailbox.isOwned && mailbox.creator !== member) return { ok: false, reason: 'not-yours' };
        this.#end(name, `${member.name} destroyed it`);
        return { ok: true };
      },
      send: async (name, message, mode, { signal }) => {
        const mailbox = this.#mailboxes.get(name);
        if (!mailbox) return { ok: false, reason: 'unknown' };
        const bytes = sizeOf(message, this.#limits.maxBytes);
        if (bytes === tooLarge || this.#bytes() + bytes > this.#limits.maxBytes)
          return { ok: false, reason: 'no-memory' };
        // The bytes count until the message is received.
        mailbox.bytes += bytes;
        try {
          const sending = mailbox.exchange.send({ message, bytes }, mode, '', signal);
          const outcome = await among(mailbox.senders, member.name, sending);
          if (outcome === 'sent') return { ok: true };
          mailbox.bytes -= bytes;
          return { ok: false, reason: outcome };
        } catch (error) {
          mailbox.bytes -= bytes;
          return ending(error);
        }
      },
      receive: async (name, mode, { signal }) => {
        const mailbox = this.#mailboxes.get(name);
        if (!mailbox) return { ok: false, reason: 'unknown' };
        try {
          const receiving = mailbox.exchange.receive(mode, undefined, signal);
          const received = await among(mailbox.receivers, member.name, receiving);
          if (!received) return { ok: false, reason: 'empty' };
          const { message, bytes } = received.message;
          mailbox.bytes -= bytes;
          return { ok: true, message };
        } catch (error) {
          return ending(error);
        }
      },
    };
  }

  #bytes(): number {
    let bytes = 0;
    for (const mailbox of this.#mailboxes.values()) bytes += mailbox.bytes;
    return bytes;
  }

  #end(name: string, how: string): void {
    const mailbox = this.#mailboxes.get(name);
    if (!mailbox) return;
    this.#mailboxes.delete(name);
    mailbox.creator.created.delete(name);
    mailbox.exchange.close(`mailbox ${name} has ended: ${how}`, { forget: true });
  }
}

const namesOf = (list: readonly Waiting[]): string[] => list.map(({ name }) => name);

const ownerOf = ({ isOwned, creator }: Mailbox): string => (isOwned ? creator.name : 'browser');

const load = (exchange: Mailbox['exchange']) => ({
  held: exchange.length,
  waitingSenders: exchange.waitingSenders,
  waitingReceivers: exchange.waitingReceivers,
});

/** Keeps a name in the list while the work runs. */
async function among<Result>(list: Waiting[], name: string, work: Promise<Result>): Promise<Result> {
  const waiting = { name };
  list.push(waiting);
  try {
    return await work;
  } finally {
    list.splice(list.indexOf(waiting), 1);
  }
}

/** Turns the error of a closed mailbox into a result, and rethrows any other error, such as that of an aborted wait. */
function ending(error: unknown): { ok: false; reason: 'ended'; how: string } {
  if (error instanceof ExchangeClosedError) return { ok: false, reason: 'ended', how: error.message };
  throw error;
}
