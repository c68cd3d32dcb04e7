import { trusting, wary } from '../transport/suite-contract.ts';
import { describeHostilePeer } from './describe-hostile-peer.ts';

// A hundred thousand messages and more, new ones each time; fast-check tells the seed of what fails.
describeHostilePeer(wary, { runs: 10_000 });
describeHostilePeer(trusting, { runs: 5000 });
