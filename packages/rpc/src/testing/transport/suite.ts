import { callTests } from './call-tests.ts';
import { endingTests } from './ending-tests.ts';
import { handleTests } from './handle-tests.ts';
import { pushAndStreamTests } from './push-and-stream-tests.ts';
import type { TransportTest } from './transport.ts';

/** What every kind of port has to do. Runs wherever there is a port: the tests name no framework and no process. */
export const transportTests: readonly TransportTest[] = [
  ...callTests,
  ...pushAndStreamTests,
  ...handleTests,
  ...endingTests,
];
