import type { Served } from '@bulkhead/rpc';
import type { Cast, Stage } from '../../lab/index.ts';
import { LinkBroker, type MailboxBroker, type mailboxBroker } from '../../message-passing/index.ts';

/** Connects a process to the broker's mailboxes, over the channel `mailboxes`. */
export function joinMailboxes(stage: Stage, broker: MailboxBroker, cast: Cast): Served<typeof mailboxBroker> {
  const { name, pid } = cast;
  const served = broker.connect(stage.channelTo('mailboxes', cast), { name, pid });
  stage.onEnd(() => served.close());
  return served;
}

/** Makes links between the processes of a run, and counts their channels: one for each direction. */
export class LinkCircle {
  readonly broker: LinkBroker;
  channels = 0;
  readonly #stage: Stage;

  constructor(stage: Stage) {
    this.#stage = stage;
    this.broker = new LinkBroker(() => {
      this.channels += 1;
      return stage.makeChannel();
    });
  }

  /** Connects a process, over the channel `links`. */
  join(cast: Cast): void {
    const { name, pid } = cast;
    const served = this.broker.connect(this.#stage.channelTo('links', cast), { name, pid });
    this.#stage.onEnd(() => served.close());
  }
}
