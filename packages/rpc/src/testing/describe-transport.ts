import { describe, it } from 'vitest';
import { transportTests } from './transport/suite.ts';
import { applies, type Transport } from './transport/transport.ts';

/**
 * Runs the transport suite over one kind of port.
 * @param name of the kind of port
 * @param transport that opens a port for each test
 */
export function describeTransport(name: string, transport: Transport): void {
  describe(name, () => {
    for (const test of transportTests.filter((candidate) => applies(candidate, transport))) {
      it(test.name, () => test.run(transport));
    }
  });
}
