import { describeHostilePeer } from '@bulkhead/rpc/testing';
import { directInbox, linkBroker } from './direct-contract.ts';
import { mailboxBroker } from './mailbox-contract.ts';

for (const contract of [mailboxBroker, linkBroker, directInbox]) describeHostilePeer(contract);
