import type { Language } from '../language.ts';
import { english, type FaultWords, type NamedFault } from './fault-words-en.ts';
import { korean } from './fault-words-ko.ts';

export type { FaultWords, NamedFault };

const words: Record<Language, Record<NamedFault, FaultWords>> = { en: english, ko: korean };

/** The words for a fault. Loaded by whoever shows a list of them, not by what has to start fast. */
export const faultWords = (language: Language, fault: NamedFault): FaultWords => words[language][fault];
