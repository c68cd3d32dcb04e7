import { callTests } from './call-tests.ts';
import { endingTests } from './ending-tests.ts';
import { handleTests } from './handle-tests.ts';
import { pushAndStreamTests } from './push-and-stream-tests.ts';
import type { TransportTest } from './transport.ts';

/** Tests that every kind of port must pass. They depend on no test framework and no kind of process. */
export const transportTests: readonly TransportTest[] = [
  ...callTests,
  ...pushAndStreamTests,
  ...handleTests,
  ...endingTests,
];
