/**
 * Decides whether a label of an international name may be shown in its own script, following Chromium's policy
 * (docs/idn.md and components/url_formatter/spoof_checks). Where Chromium uses ICU's data, this is stricter: a label
 * that is not known to be safe stays punycode.
 */
export function isSafeLabel(label: string, topLevelDomain: string): boolean {
  return (
    allowed.test(label) &&
    !hasTwoKindsOfDigits(label) &&
    !hasForeignLetters(label, topLevelDomain) &&
    !isWholeScriptConfusable(label, topLevelDomain) &&
    !isDigitLookalike(label) &&
    !dangerous.test(label)
  );
}

const han = '\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff';
const kana = '\\u3041-\\u3096\\u309d\\u309e\\u30a1-\\u30fa\\u30fb-\\u30fe';
const wholeScripts = ['Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda', 'Mlym', 'Sinh', 'Thai', 'Laoo'];
const moreScripts = ['Mymr', 'Khmr', 'Ethi', 'Thaa'];

/**
 * Characters that may be in one label together, besides ASCII digits and the hyphen. Latin letters mix only with CJK.
 */
const alphabets = [
  // Latin without rare letters, phonetic letters and lookalikes; then Greek, Cyrillic, Armenian.
  'a-z\\u00b7\\u00df-\\u00f6\\u00f8-\\u0137\\u0139-\\u0148\\u014a-\\u017e\\u01a1\\u01b0\\u0219\\u021b\\u0259\\u1ea0-\\u1ef9',
  '\\u0390\\u03ac-\\u03ce',
  '\\u0430-\\u045f\\u0491-\\u0529',
  '\\u0561-\\u0586',
  '\\u05d0-\\u05ea\\u05f3\\u05f4',
  '\\u0621-\\u063a\\u0641-\\u064a\\u0660-\\u0669\\u0671-\\u0674\\u0679-\\u06d3\\u06f0-\\u06f9',
  '\\u10d0-\\u10f0',
  ...[...wholeScripts, ...moreScripts].map((script) => `\\p{Script=${script}}`),
  `a-z${han}${kana}`,
  `a-z${han}\\uac00-\\ud7a3`,
  `a-z${han}\\u3105-\\u312d\\u31a0-\\u31ba`,
];
/** Letters, digits and marks of one alphabet, with no mark at the start and no mark twice in a row. */
const allowed = new RegExp(
  `^(?!\\p{M})(?!.*(\\p{M})\\1)[\\p{L}\\p{M}\\p{Nd}\\u00b7\\u05f3\\u05f4\\u30fb\\u3007-]+$(?<=^(?:${alphabets
    .map((letters) => `[0-9${letters}-]+`)
    .join('|')}))`,
  'u',
);

const hasTwoKindsOfDigits = (label: string) =>
  new Set([...label.matchAll(/\p{Nd}/gu)].map(([digit]) => Math.floor((digit.codePointAt(0) ?? 0) / 16))).size > 1;

/** Letters that are usual only below some domains: Icelandic letters, a turned e, a dot between two l in Catalan. */
function hasForeignLetters(label: string, topLevelDomain: string): boolean {
  if (/[þð]/.test(label) && label.length > 1 && !['is', 'fo'].includes(topLevelDomain)) return true;
  if (/ə/.test(label) && label.length > 1 && topLevelDomain !== 'az') return true;
  return /·/.test(topLevelDomain === 'cat' ? label.replace(/(?<=l)·(?=l)/g, '') : label);
}

/** Scripts, their letters that look like Latin letters, and the domains that usually contain them. */
const lookalikes: readonly [script: string, letters: string, domains: readonly string[]][] = [
  ['Armn', 'ագզէլհյոսւօՙ', ['am']],
  ['Cyrl', 'аысԁеԍһіюкјӏорԗԛѕтԝхуъьҽпгѵѡ', ['bg', 'by', 'kz', 'pyc', 'ru', 'su', 'ua', 'uz']],
  ['Ethi', 'ሀሠሰስበነተከዐዕዘጠፐꬅ', ['er', 'et']],
  ['Geor', 'იოყძხჽჿ', ['ge']],
  ['Grek', 'αικνρυωηοτ', ['gr']],
  ['Hebr', 'דוחיןסװײ׳ﬦ', ['il']],
  ['Beng', '০৭', []],
  ['Deva', 'ऽ०ॱ', []],
  ['Gujr', 'ડટ૦૧', []],
  ['Guru', '੦੧', []],
  ['Knda', 'ಽ೦೧', []],
  ['Mlym', 'ടഠധനറ൦', []],
  ['Orya', 'ଠ୦୮', []],
  ['Taml', 'டப௦', []],
  ['Telu', '౦౧', []],
  ['Mymr', 'ခဂငထပဝ၀၂ၔၜ႐႑႕႖႗', ['mm']],
  ['Thai', 'ทนบพรหเแ๐ดลปฟม', ['th']],
  ['Laoo', 'ພຣບຟຮ໐', ['la']],
];
const lookalikePatterns = lookalikes.map(([script, letters, domains]) => ({
  script: new RegExp(`\\p{Script=${script}}`, 'u'),
  others: new RegExp(`(?![${letters}])\\p{Script=${script}}`, 'u'),
  domains,
}));
/** Words that do not look like Latin words. */
const harmless = new Set('секс как коса курс парк такий укроп сахарок покраска театр астро пхукет'.split(' '));

const isWholeScriptConfusable = (label: string, topLevelDomain: string): boolean =>
  !harmless.has(label) &&
  lookalikePatterns.some(
    ({ script, others, domains }) =>
      script.test(label) && !others.test(label) && !script.test(topLevelDomain) && !domains.includes(topLevelDomain),
  );

const digitLookalikes = /^(?=.*[^0-9])[\p{Nd}θ२২੨੨૨೩೭շзҙӡउওਤ੩૩౩ဒვპੜკ੫丩ㄐճ৪੪୫૭୨౨]+$/u;
const isDigitLookalike = (label: string): boolean => digitLookalikes.test(label);

const cjk = `${han}${kana}\\u3105-\\u312d\\u31a0-\\u31ba`;
const japanese = `${han}${kana}`;
/** Ideographs and kana that look like Latin letters, slashes or dots when they are not among CJK characters. */
const dangerous = new RegExp(
  [
    `[^${japanese}][\\u30ce\\u30f3\\u30bd\\u30be\\u4e36\\u4e40\\u4e41\\u4e3f][^${japanese}]`,
    '(?:^|[^\\u30a1-\\u30fe])[\\u30fd\\u30fe]',
    '^[\\u30a1-\\u30fe]+[\\u3078-\\u307a][\\u30a1-\\u30fe]+$',
    '^[\\u3041-\\u309e]+[\\u30d8-\\u30da][\\u3041-\\u309e]+$',
    '(?:^|[^\\u3041-\\u30fe])\\u30fc',
    `[^${japanese}]\\u30fb|\\u30fb(?:[^${japanese}]|$)`,
    ...['一ㄧ丨乛七丅十〇ㄒㄚㄟㄨㄩㄈㆺㆳ工ㆲ讠丁丶亅二亠冖宀巛丆丩丫乂'].flatMap((letters) => [
      `[^${cjk}][${letters}]`,
      `[${letters}][^${cjk}]`,
    ]),
  ].join('|'),
  'u',
);
