import type { Served } from '@bulkhead/rpc';
import type { Cast, Stage } from '../../lab/index.ts';
import { LinkBroker, type MailboxBroker, type mailboxBroker } from '../../message-passing/index.ts';

/** Lets a process use the broker's mailboxes, over a channel that it knows as `mailboxes`. */
export function joinMailboxes(stage: Stage, broker: MailboxBroker, cast: Cast): Served<typeof mailboxBroker> {
  const { name, pid } = cast;
  const served = broker.connect(stage.channelTo('mailboxes', cast), { name, pid });
  stage.onEnd(() => served.close());
  return served;
}

/** What mints links between the processes of a run, and how many channels it has taken for that: one each way. */
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

  /** Lets a process in, over a channel that it knows as `links`. */
  join(cast: Cast): void {
    const { name, pid } = cast;
    const served = this.broker.connect(this.#stage.channelTo('links', cast), { name, pid });
    this.#stage.onEnd(() => served.close());
  }
}
