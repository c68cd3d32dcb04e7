import { startFault as schema, startFaultVariable } from '@bulkhead/contracts';

/** Fault that the browser asks of this start; undefined for a normal start. */
export const startFault = schema.options.find((fault) => fault === process.env[startFaultVariable]);
