/** The textbook's message passing, between real processes. */
export { directInbox, linkBroker } from './direct-contract.ts';
export { DirectLinks, type DirectOptions, ProcessUnknownError } from './direct-links.ts';
export {
  type Capacity,
  Exchange,
  ExchangeClosedError,
  type Received,
  type ReceiveMode,
  type SendMode,
  type Sent,
} from './exchange.ts';
export { LinkBroker, type MakeChannel } from './link-broker.ts';
export { type BrokerLimits, MailboxBroker, type MailboxState } from './mailbox-broker.ts';
export { mailboxBroker } from './mailbox-contract.ts';
export { type CreateOptions, Mailbox, MailboxEndedError, Mailboxes, MailboxRefusedError } from './mailboxes.ts';
