import { call, contract } from '@bulkhead/rpc/contract';
import * as v from 'valibot';

/** Contract between the application and a module. Neither trusts the other. */
export const moduleContract = contract('lesson-module', {
  version: 1,
  server: 'module process',
  caller: 'application process',
  trust: 'limited',
  serverTrust: 'limited',
  lifetime: 'as long as the module runs',
  calls: {
    handle: call({ input: [v.pipe(v.string(), v.maxLength(10_000))], output: v.string() }),
  },
});

/** The functions of the system. Each runs in its own process. */
export const functions: Readonly<Record<string, (text: string) => string>> = {
  counter: (text) => `${words(text).length} words`,
  speller: (text) =>
    words(text)
      .filter((word) => !known.has(word))
      .join(', ') || 'no mistakes',
  index: (text) => [...new Set(words(text))].toSorted().slice(0, 3).join(' < '),
};

export const functionNames = Object.keys(functions);

const known = new Set('a process is not an island but bulkheads keep the water out of rest ship'.split(' '));

const words = (text: string) => text.toLowerCase().match(/[a-z]+/g) ?? [];

/** Returns the text of the document with this number. */
export const documentText = (number: number): string =>
  `A process is not an ileand ${number}, but bulkheads keep the rest.`;
