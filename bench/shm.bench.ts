import type { Bench } from './bench.ts';
import { inElectron } from './data-plane.ts';

export const benches: Bench[] = [
  {
    id: 'shm/spin-vs-atomic',
    what: 'round trip of a descriptor (4 words) through two rings of cells, both sides spinning',
    unit: 'us',
    floorName: 'a bare atomic ping-pong of one word between the same processes',
    target: { atMost: 2 },
    measure: () => inElectron({ name: 'spin-vs-atomic' }),
  },
  {
    id: 'shm/doorbell-vs-raw-port',
    what: 'round trip of a signal in shared memory, both sides asleep and woken by a doorbell',
    unit: 'us',
    floorName: 'a raw port round trip of an empty message between the same processes',
    target: { atMost: 1.1 },
    measure: () => inElectron({ name: 'doorbell-vs-port' }),
  },
  {
    id: 'shm/handover-4k-vs-64k',
    what: 'hand-over of a 4K frame drawn in place: publish to acknowledged',
    unit: 'us',
    floorName: 'the same of a 64 KiB frame',
    target: { atMost: 1.2 },
    measure: () => inElectron({ name: 'handover' }),
  },
];
