import * as v from 'valibot';

interface Hearing {
  told(name: string): Promise<unknown>;
}

/** Resolves to a value that a process or the director tells. It must be a number, or a text. */
export const toldNumber = async (from: Hearing, name: string) => v.parse(v.number(), await from.told(name));
export const toldText = async (from: Hearing, name: string) => v.parse(v.string(), await from.told(name));
