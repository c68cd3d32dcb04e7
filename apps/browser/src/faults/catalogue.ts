import { type Fault, type FaultOffer, faults, rowOf, type UnavailableReason } from '@bulkhead/contracts';

/** Every fault, in display order. */
export const offers = (): FaultOffer[] =>
  faults.map((fault) => ({ fault, victim: rowOf(fault).victim, unavailable: whyUnavailable(fault) }));

/** Returns why a fault cannot be caused and measured on this system; null if it can. */
export function whyUnavailable(fault: Fault, platform: NodeJS.Platform = process.platform): UnavailableReason | null {
  const { victim, needs } = rowOf(fault);
  if (victim === 'zygote') return platform === 'linux' ? null : 'no-such-process';
  // The victim is another instance of Bulkhead. Its remains are checked in /proc, which only Linux has.
  if (victim === 'browser') return platform === 'linux' ? null : 'ends-the-program';
  if (needs === 'signals' && platform === 'win32') return 'no-signals';
  if (needs === 'shared-memory' && platform !== 'linux') return 'no-shared-memory';
  return null;
}
