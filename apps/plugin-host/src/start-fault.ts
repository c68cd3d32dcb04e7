import { startFault as schema, startFaultVariable } from '@bulkhead/contracts';

/** The fault that the browser wants this start to have; undefined for a start that is to succeed. */
export const startFault = schema.options.find((fault) => fault === process.env[startFaultVariable]);
