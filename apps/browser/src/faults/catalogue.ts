import { type Fault, type FaultOffer, faults, rowOf, type UnavailableReason } from '@bulkhead/contracts';

/** Every fault, in the order in which to show them. */
export const offers = (): FaultOffer[] =>
  faults.map((fault) => ({ fault, victim: rowOf(fault).victim, unavailable: whyUnavailable(fault) }));

/** Returns why a fault cannot be caused and measured on this system. Null when it can. */
export function whyUnavailable(fault: Fault, platform: NodeJS.Platform = process.platform): UnavailableReason | null {
  const { victim, needs } = rowOf(fault);
  if (victim === 'zygote') return platform === 'linux' ? null : 'no-such-process';
  // Another instance of Bulkhead is the victim. What is left of it is read from the system's list of processes.
  if (victim === 'browser') return platform === 'linux' ? null : 'ends-the-program';
  if (needs === 'signals' && platform === 'win32') return 'no-signals';
  if (needs === 'shared-memory' && platform !== 'linux') return 'no-shared-memory';
  return null;
}
