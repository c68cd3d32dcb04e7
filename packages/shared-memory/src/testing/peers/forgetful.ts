/** Makes segments and does not detach them; needs --expose-gc. Reports the warnings and what is left. */
import { Segment } from '../../segment/segment.ts';
import { leftovers } from '../leftovers.ts';

const warnings: string[] = [];
const allWarned = new Promise<void>((resolve) => {
  process.on('warning', (warning) => {
    warnings.push(warning.message);
    if (warnings.length === 3) resolve();
  });
});

async function forget(): Promise<void> {
  await Segment.create({ label: 'forgotten named', backend: 'named', payloadBytes: 1 });
  await Segment.create({ label: 'forgotten sealed', backend: 'sealed', payloadBytes: 1 });
  const proper = await Segment.create({ label: 'proper', backend: 'named', payloadBytes: 1 });
  Segment.attach(proper.descriptor(), 'forgotten by its peer');
  proper.detach();
}

await forget();
const before = leftovers();
const collecting = setInterval(() => (globalThis as { gc?: () => void }).gc?.(), 10);
await allWarned;
clearInterval(collecting);
const { names, descriptors } = leftovers();
process.send?.({ warnings: warnings.sort(), before, after: { names, descriptors } });
