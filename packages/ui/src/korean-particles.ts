/**
 * Particles after a word that ends in a consonant, and after one that ends in a vowel. Before 로, ㄹ counts as a vowel.
 */
const pairs: Readonly<Record<string, readonly [closed: string, open: string]>> = {
  '을(를)': ['을', '를'],
  '이(가)': ['이', '가'],
  '은(는)': ['은', '는'],
  '과(와)': ['과', '와'],
  '와(과)': ['과', '와'],
  '(으)로': ['으로', '로'],
  '(이)라': ['이라', '라'],
};
const particle = /을\(를\)|이\(가\)|은\(는\)|과\(와\)|와\(과\)|\(으\)로|\(이\)라/g;

type Ending = 'open' | 'closed' | 'ㄹ';
const ofDigits: readonly Ending[] = ['closed', 'ㄹ', 'open', 'closed', 'open', 'open', 'closed', 'ㄹ', 'ㄹ', 'open'];
const [firstSyllable, lastSyllable, finals, finalRieul] = [0xac00, 0xd7a3, 28, 8];

/**
 * Chooses the right particle of each pair in a Korean text, such as `{{name}}을(를)`, by the word before it. Skips text
 * in brackets and closing quotation marks: 서버(PID 7)를. A pair after text that cannot be read aloud stays as it is.
 */
export function withParticles(text: string): string {
  return text.replace(particle, (pair, at: number) => {
    const [closed, open] = pairs[pair] ?? [pair, pair];
    const ending = endingOf(text.slice(0, at));
    if (ending === undefined) return pair;
    if (ending === 'ㄹ') return pair === '(으)로' ? open : closed;
    return ending === 'closed' ? closed : open;
  });
}

function endingOf(before: string): Ending | undefined {
  const word = before.replace(/(?:["”’'»\s]|(?<=\S)\s*\([^()]*\))+$/, '');
  const last = word.at(-1) ?? '';
  const code = last.charCodeAt(0);
  if (code >= firstSyllable && code <= lastSyllable) {
    const final = (code - firstSyllable) % finals;
    return final === 0 ? 'open' : final === finalRieul ? 'ㄹ' : 'closed';
  }
  if (/\d/.test(last)) return ofDigits[Number(last)];
  if (/[lr]/i.test(last)) return last === 'l' || /[LR]$/.test(word) ? 'ㄹ' : 'open';
  if (/[mn]/i.test(last) || /[a-z]ng$/.test(word)) return 'closed';
  return /[a-z%]/i.test(last) ? 'open' : undefined;
}
