import { expect, test } from 'vitest';
import { withParticles } from './korean-particles.ts';

test.each([
  ['서버을(를) 끝낸다', '서버를 끝낸다'],
  ['탭을(를) 끝낸다', '탭을 끝낸다'],
  ['서버(PID 7)을(를) 끝낸다', '서버(PID 7)를 끝낸다'],
  ['탭 (PID 2)은(는) 끝났다', '탭 (PID 2)은 끝났다'],
  ['값은 1111이(가) 된다', '값은 1111이 된다'],
  ['값은 2222이(가) 된다', '값은 2222가 된다'],
  ['10(으)로, 7(으)로, 2(으)로', '10으로, 7로, 2로'],
  ['서울(으)로, 부산(으)로, 제주(으)로', '서울로, 부산으로, 제주로'],
  ['“고침”을(를) 보았다', '“고침”을 보았다'],
  ['"STORED"을(를) 보았다', '"STORED"를 보았다'],
  ['EPERM을(를) 받는다. ENOENT을(를) 받는다', 'EPERM을 받는다. ENOENT를 받는다'],
  ['server과(와) plugin과(와) URL와(과)', 'server와 plugin과 URL과'],
  ['127.0.0.1(이)라고 한다. tab(이)라고 한다', '127.0.0.1이라고 한다. tab라고 한다'],
])('%s: %s', (written, said) => expect(withParticles(written)).toBe(said));

test('keeps text without a pair, and a pair after text that cannot be read aloud', () => {
  for (const text of ['이 가방은 그의 것이다', '…을(를)', '을(를)', '함수 f(x)로'])
    expect(withParticles(text)).toBe(text);
});
