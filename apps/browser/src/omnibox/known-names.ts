/**
 * Names that are imitated most. Chromium has thousands; this list has names that Bulkhead's users are likely to know.
 */
const names = new Set(
  (
    'adobe airbnb alibaba aliexpress amazon americanexpress apple baidu bankofamerica bbc binance bing bitbucket ' +
    'blogspot booking bulkhead capitalone chase chatgpt citibank cloudflare cnn coinbase coupang craigslist daum ' +
    'discord disney docker dropbox duckduckgo ebay etsy expedia facebook fedex figma github gitlab gmail godaddy ' +
    'google hana hotmail hsbc hulu ibm icloud ikea imdb indeed instagram intel kakao kakaobank kbstar kraken line ' +
    'linkedin live mastercard medium microsoft mozilla msn naver netflix nexon nike nonghyup notion npmjs nytimes ' +
    'office office365 openai oracle outlook paypal pinterest playstation quora reddit roblox salesforce samsung ' +
    'shinhan shopify signal skype slack snapchat soundcloud spotify stackoverflow steam stripe target telegram tesla ' +
    'tiktok tistory toss tumblr twitch twitter uber ups usps visa vk walmart wellsfargo whatsapp wikipedia wooribank ' +
    'wordpress xbox yahoo yandex yelp youtube zoom'
  ).split(' '),
);

/** Latin letters that do not decompose into a letter and a mark. */
const plain: Readonly<Record<string, string>> = {
  đ: 'd',
  ð: 'o',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  œ: 'oe',
  æ: 'ae',
  ŋ: 'n',
  ŧ: 't',
  ß: 'b',
  þ: 'p',
  ə: 'e',
};

/** True when a decoded label looks like one of the known names. */
export function imitatesKnownName(label: string): boolean {
  const skeleton = [...label.normalize('NFD').replace(/\p{M}/gu, '')].map((letter) => plain[letter] ?? letter).join('');
  return names.has(skeleton) || names.has(skeleton.replaceAll('i', 'l')) || names.has(skeleton.replaceAll('0', 'o'));
}
