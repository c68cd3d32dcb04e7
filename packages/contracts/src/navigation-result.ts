import * as v from 'valibot';
import { breakResult } from './faults.ts';
import { bounded } from './primitives.ts';

/** Longest text that the browser takes from the address bar. The shell refuses longer texts itself. */
export const longestTyped = 65_536;

/** Why the browser refuses a typed text. */
export const refusal = v.strictObject({
  why: v.picklist([
    /** An address for another program, or one that Bulkhead cannot open; `scheme` names its scheme. */
    'scheme',
    /** `javascript:` would run in the active tab's page. */
    'script',
    /** A Windows path on another system. */
    'windows-path',
    /** Not an address, but it may name a host of a private network, so it is not sent to a search engine. */
    'malformed',
    /** Not an address, but it contains a password, so it is not sent to a search engine. */
    'password',
    'search-too-long',
    'too-long',
  ]),
  scheme: v.nullable(bounded(64)),
});
export type Refusal = v.InferOutput<typeof refusal>;

/** Result of a typed text. */
export const navigationResult = v.variant('outcome', [
  v.strictObject({ outcome: v.literal('begun') }),
  v.strictObject({ outcome: v.literal('fault'), result: breakResult }),
  v.strictObject({ outcome: v.literal('refused'), refusal }),
]);
export type NavigationResult = v.InferOutput<typeof navigationResult>;
