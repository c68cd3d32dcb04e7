import { createFormat, createStrings, languageOf } from '@bulkhead/ui';
import { en } from './strings/en.ts';
import { ko } from './strings/ko.ts';

export const language = languageOf(navigator.language);
export const t = createStrings(language, { en, ko });
export const format = createFormat(language);
