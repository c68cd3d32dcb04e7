import { chosenLanguage, createFormat, createStrings } from '@bulkhead/ui';
import { en } from './strings/en.ts';
import { ko } from './strings/ko.ts';

export const language = chosenLanguage();
export const t = createStrings(language, { en, ko });
export const format = createFormat(language);
