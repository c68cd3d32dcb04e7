import type { Language } from '../language.ts';
import { english } from './fault-words-en.ts';
import { korean } from './fault-words-ko.ts';

/** Every fault that has words: the names of the contracts' catalogue. */
export type NamedFault = keyof typeof english;
/** What a person reads of a fault: its name, and what it does. */
export interface FaultWords {
  name: string;
  about: string;
}

const words: Record<Language, Record<NamedFault, FaultWords>> = { en: english, ko: korean };

/** The words for a fault. Loaded by whoever shows a list of them, not by what has to start fast. */
export const faultWords = (language: Language, fault: NamedFault): FaultWords => words[language][fault];
