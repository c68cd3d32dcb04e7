import { createHash } from 'node:crypto';
import * as v from 'valibot';

/** One complete state of the session, as it lies in one file. */
export interface Generation {
  /** Counts up with each state that is written; the highest is the newest. */
  number: number;
  /** It is the last state of a session that a person ended. */
  clean: boolean;
  /** The session, as JSON. */
  body: string;
}

/** Of the layout of the file and of what is in the body. */
const version = 1;

const header = v.object({
  format: v.literal('bulkhead session'),
  version: v.literal(version),
  generation: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  clean: v.boolean(),
  /** SHA-256, hexadecimal, of everything else in the file. */
  checksum: v.string(),
});

/** A line of JSON that says what follows and proves it whole, then the body. */
export function encodeGeneration({ number, clean, body }: Generation): string {
  const facts = { format: 'bulkhead session', version, generation: number, clean };
  return `${JSON.stringify({ ...facts, checksum: checksumOf(facts, body) })}\n${body}`;
}

/** Undefined for a file that is not whole: cut off, changed in any byte, or of another version. */
export function decodeGeneration(text: string): Generation | undefined {
  const end = text.indexOf('\n');
  try {
    const { checksum, ...facts } = v.parse(header, JSON.parse(text.slice(0, end)));
    const body = text.slice(end + 1);
    if (checksum !== checksumOf(facts, body)) return undefined;
    return { number: facts.generation, clean: facts.clean, body };
  } catch {
    return undefined;
  }
}

function checksumOf({ generation, clean }: { generation: number; clean: boolean }, body: string): string {
  const facts = JSON.stringify([version, generation, clean]);
  return createHash('sha256').update(facts).update(body).digest('hex');
}
