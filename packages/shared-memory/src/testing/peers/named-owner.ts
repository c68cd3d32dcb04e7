/** Makes a named segment, sends its descriptor, and waits to be killed. */
import { Segment } from '../../segment/segment.ts';

const segment = await Segment.create({ label: 'owner', backend: 'named', payloadBytes: 1 });
process.send?.({ descriptor: segment.descriptor() });
process.on('message', () => segment.destroy());
