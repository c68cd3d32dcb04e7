import * as v from 'valibot';

/** A string of at most `maxLength` UTF-16 code units. */
export const bounded = (maxLength: number) => v.pipe(v.string(), v.maxLength(maxLength));
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const milliseconds = v.pipe(v.number(), v.finite(), v.minValue(0));
/** 0 to 1. */
export const fraction = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1));
export const pid = v.pipe(v.number(), v.integer(), v.minValue(1));
/** Pixels, device-independent unless the field says otherwise. */
export const pixels = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65_535));
export const rectangle = v.strictObject({ x: pixels, y: pixels, width: pixels, height: pixels });
export type Rectangle = v.InferOutput<typeof rectangle>;
