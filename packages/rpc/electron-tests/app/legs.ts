import type { Transport } from '../../src/testing/transport/transport.ts';
import type { Process } from './process.ts';

export interface Leg extends Omit<Transport, 'open'> {
  name: string;
  caller: Process['kind'];
  server: Process['kind'];
}

const port = { closes: true, carriesPorts: true };
/** Only tells the suite that the caller can make channels. The caller makes its own. */
const channel = (): never => {
  throw new Error('the process makes its own');
};

/** Every pair of processes that a port can connect, in both roles. */
export const legs: readonly Leg[] = [
  { name: 'browser calls utility', caller: 'browser', server: 'utility', ...port, channel },
  { name: 'utility calls browser', caller: 'utility', server: 'browser', ...port },
  { name: 'renderer calls browser', caller: 'renderer', server: 'browser', ...port, channel },
  { name: 'browser calls renderer', caller: 'browser', server: 'renderer', ...port, channel },
  { name: 'renderer calls utility', caller: 'renderer', server: 'utility', ...port, channel },
  { name: 'utility calls renderer', caller: 'utility', server: 'renderer', ...port },
  {
    name: 'browser calls utility, parentPort',
    caller: 'browser',
    server: 'utility',
    closes: false,
    carriesPorts: true,
    channel,
  },
  {
    name: 'utility calls browser, parentPort',
    caller: 'utility',
    server: 'browser',
    closes: false,
    carriesPorts: false,
  },
];
