import type { Bench } from './bench.ts';
import { inElectron } from './data-plane.ts';

const fullHd = { width: 1920, height: 1080 };
const ultraHd = { width: 3840, height: 2160 };
const memcpy = 'memcpy of the same bytes within the browser process, into three ordinary buffers in turn';
const written = 'frames written by the browser process while a plugin reads the latest in place';

export const benches: Bench[] = [
  {
    id: 'frames/1080p-vs-memcpy',
    what: `1080p ${written}`,
    unit: 'GB/s',
    floorName: memcpy,
    target: { atLeast: 0.9 },
    measure: () => inElectron({ name: 'frames-vs-memcpy', ...fullHd }),
  },
  {
    id: 'frames/4k-vs-memcpy',
    what: `4K ${written}`,
    unit: 'GB/s',
    floorName: memcpy,
    target: { atLeast: 0.9 },
    measure: () => inElectron({ name: 'frames-vs-memcpy', ...ultraHd }),
  },
  {
    id: 'frames/1080p-vs-port',
    what: `1080p ${written}`,
    unit: 'GB/s',
    floorName: 'the same frames over a message port, each acknowledged',
    target: { atLeast: 40 },
    measure: async () => {
      const { floor } = await inElectron({ name: 'frames-over-port', ...fullHd });
      const { ours } = await inElectron({ name: 'frames-vs-memcpy', ...fullHd });
      return { ours, floor };
    },
  },
];
