import type { Language } from '../language.ts';
import { english, type FaultWords, type NamedFault } from './fault-words-en.ts';
import { korean } from './fault-words-ko.ts';

export type { FaultWords, NamedFault };

const words: Record<Language, Record<NamedFault, FaultWords>> = { en: english, ko: korean };

/** Returns the words for a fault. Import this module lazily where the start has to be fast. */
export const faultWords = (language: Language, fault: NamedFault): FaultWords => words[language][fault];
