import { serve } from '@bulkhead/rpc';
import type { Program } from '../../../lab/index.ts';
import type { rpc } from './lesson.ts';
import { library } from './library-contract.ts';
import { double, square } from './procedures.ts';

export const program: Program<typeof rpc> = async (actor) => {
  const { serverMs } = actor.parameters;
  const endpoint = await actor.endpoint('library');
  // ---
  const served = serve(library, endpoint, {
    square: (value) => square(value), // @square
    double: (list) => double(list), // @double
    lookUp: async (key) => {
      await actor.sleep(serverMs); // @look-up
      return `row ${key}`;
    },
  });
  // ---
  await served.closed;
  return undefined;
};
