import { trusting, wary } from '../transport/suite-contract.ts';
import { describeHostilePeer } from './describe-hostile-peer.ts';

// More than 100,000 messages, different ones in each run. fast-check prints the seed of a failure.
describeHostilePeer(wary, { runs: 10_000 });
describeHostilePeer(trusting, { runs: 5000 });
