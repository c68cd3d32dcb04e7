import { longestTyped, type Refusal } from '@bulkhead/contracts';
import { format, t } from './strings.ts';

const words = {
  script: 'refusedScript',
  'windows-path': 'refusedWindowsPath',
  malformed: 'refusedMalformed',
  password: 'refusedPassword',
  'search-too-long': 'refusedLongSearch',
} as const;

/** Returns why the browser refused a typed text, and what to do. */
export function refusalText({ why, scheme }: Refusal): string {
  if (why === 'scheme') return t('refusedScheme', { scheme: `${scheme}:` });
  if (why === 'too-long') return t('refusedLong', { longest: format.count(longestTyped) });
  return t(words[why]);
}
