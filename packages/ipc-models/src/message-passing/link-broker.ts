import { type Endpoint, type PeerDescription, type Served, serve } from '@bulkhead/rpc';
import type { TransferablePort } from '@bulkhead/rpc/contract';
import { linkBroker } from './direct-contract.ts';

/** Makes a channel of the browser process's kind. */
export type MakeChannel = () => { port1: TransferablePort; port2: TransferablePort };

interface Member {
  readonly served: Served<typeof linkBroker>;
  readonly linkedTo: Set<string>;
}

/** Makes links between processes, one for each pair, when one of the two first names the other. */
export class LinkBroker {
  readonly #makeChannel: MakeChannel;
  readonly #members = new Map<string, Member>();

  constructor(makeChannel: MakeChannel) {
    this.#makeChannel = makeChannel;
  }

  /** The names of the two processes of each link. */
  get links(): [string, string][] {
    return [...this.#members].flatMap(([name, { linkedTo }]) =>
      [...linkedTo].filter((other) => name < other).map((other): [string, string] => [name, other]),
    );
  }

  /** Connects a process under its name. Throws if a process with that name is connected. */
  connect(endpoint: Endpoint, peer: PeerDescription): Served<typeof linkBroker> {
    const { name } = peer;
    if (this.#members.has(name)) throw new Error(`there is a process named ${name} already`);
    const served = serve(linkBroker, endpoint, { linkTo: (other) => this.#link(name, other) }, { peer });
    const member = { served, linkedTo: new Set<string>() };
    this.#members.set(name, member);
    void served.closed.then(() => {
      this.#members.delete(name);
      for (const other of member.linkedTo) this.#members.get(other)?.linkedTo.delete(name);
    });
    return served;
  }

  #link(name: string, other: string): boolean {
    const [one, two] = [this.#members.get(name), this.#members.get(other)];
    if (!one || !two || one === two) return false;
    if (one.linkedTo.has(other)) return true;
    one.linkedTo.add(other);
    two.linkedTo.add(name);
    const [there, back] = [this.#makeChannel(), this.#makeChannel()];
    one.served.push.link({ to: other, outbox: there.port1, inbox: back.port1 });
    two.served.push.link({ to: name, outbox: back.port2, inbox: there.port2 });
    return true;
  }
}
