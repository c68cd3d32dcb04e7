import * as v from 'valibot';
import { breakResult } from './faults.ts';
import { bounded } from './primitives.ts';

/** Longest text in the address bar that the browser looks at. The interface refuses longer ones itself. */
export const longestTyped = 65_536;

/** Why a typed text leads nowhere. */
export const refusal = v.strictObject({
  why: v.picklist([
    /** The address of another program, or one that nothing here opens; `scheme` says which. */
    'scheme',
    /** `javascript:` would run in the page that is shown. */
    'script',
    /** A path of Windows, elsewhere. */
    'windows-path',
    /** No address, and it may name a host of a private network: not sent to a search engine. */
    'malformed',
    /** No address, and it has a password in it: not sent to a search engine. */
    'password',
    'search-too-long',
    'too-long',
  ]),
  scheme: v.nullable(bounded(64)),
});
export type Refusal = v.InferOutput<typeof refusal>;

/** What became of a typed text. */
export const navigationResult = v.variant('outcome', [
  v.strictObject({ outcome: v.literal('begun') }),
  v.strictObject({ outcome: v.literal('fault'), result: breakResult }),
  v.strictObject({ outcome: v.literal('refused'), refusal }),
]);
export type NavigationResult = v.InferOutput<typeof navigationResult>;
