import type { t } from '../strings.ts';
import { sayOutcome } from './outcome-words.ts';

/** Korean texts for the events that the matrix waits for. The English texts are in `apps/browser/src/drill`. */
const awaited: Record<string, string> = {
  'its end': '종료',
  'its end to be noticed': '종료를 알아채기',
  'its sad tab': '죽은 탭의 화면',
  'its silence to be noticed': '응답 없음을 알아채기',
  'the mark of its hang': '멈춤 표시',
  'it to answer again': '다시 응답하기',
  'its dialog': '대화 상자',
  'its dead frame to be noticed': '죽은 프레임을 알아채기',
  'its frame to come back': '프레임의 복구',
  'its port to be replaced': '포트의 교체',
  'an answer over the new port': '새 포트로 오는 응답',
  'the page to be broken': '부술 페이지',
  'its memory to be measured': '메모리 측정',
  'the plugin to run': '플러그인의 실행',
  'the plugin to be at work': '플러그인의 작업',
  'it to be at work': '작업',
  'it to be at work again': '다시 작업하기',
  'it to go on working': '작업을 계속하기',
  'the notice of its end': '종료 알림',
  'its notice': '알림',
  'its attempt': '시도',
  'its successor': '대신할 프로세스',
  'it to come back': '복구',
  'all of its processes to go': '모든 프로세스의 종료',
  'its shared memory to go': '공유 메모리의 제거',
  'the other program to have all its tabs': '다른 프로그램의 모든 탭',
};

const whole: Record<string, string> = {
  'a page that waits for its dialog was called hanging': '대화 상자를 기다리는 페이지를 멈춘 것으로 알렸습니다',
  'its dialog went by itself': '대화 상자가 저절로 사라졌습니다',
  'the page did not keep its process': '페이지가 프로세스를 지키지 못했습니다',
  'it did not keep its process': '프로세스를 지키지 못했습니다',
  'it did not go on as before': '전과 같이 계속하지 못했습니다',
  'it has no port': '포트가 없습니다',
  'it has no zygote': 'Zygote가 없습니다',
  'it was not started': '시작되지 않았습니다',
  'the plugin has no process': '플러그인에 프로세스가 없습니다',
  'the interface has no process': '인터페이스에 프로세스가 없습니다',
};

const uncaused: Record<string, string> = {
  'no-victim': '대상이 없습니다',
  unavailable: '여기서는 일으킬 수 없습니다',
  refused: '페이지가 허용하지 않습니다',
};

type Say = (parts: string[], outcome: (text: string) => string) => string | undefined;

const patterns: [RegExp, Say][] = [
  [/^waited ([\d.]+) s for (.+)$/, ([seconds = '', what = '']) => koreanWait(seconds, what)],
  [/^(\d+) of (\d+) witnesses were hurt$/, ([hurt, all]) => `증인 ${all}개 중 ${hurt}개가 피해를 입었습니다`],
  [/^it could not be caused: (.+)$/, ([why = '']) => uncaused[why] && `일으킬 수 없었습니다: ${uncaused[why]}`],
  [
    /^it ended as (.+), not as (.+)$/,
    ([was = '', expected = ''], say) => `예상과 다르게 끝났습니다: ${say(was)} (예상: ${say(expected)})`,
  ],
  [/^it ended as (.*)$/, ([was = ''], say) => `예상과 다르게 끝났습니다: ${say(was)}`],
  [
    /^it ended by (.+), not by (.+)$/,
    ([was = '', expected = ''], say) => `예상과 다르게 끝났습니다: ${say(was)} (예상: ${say(expected)})`,
  ],
  [/^tab (\d+) has no process to injure$/, ([tab]) => `탭 ${tab}에 해칠 프로세스가 없습니다`],
  [/^tab (\d+) has no port$/, ([tab]) => `탭 ${tab}에 포트가 없습니다`],
  [/^tab (\d+) did not answer within (\d+) s$/, ([tab, seconds]) => `탭 ${tab}: ${seconds}초 안에 응답하지 않았습니다`],
];

const tabAwaited: [RegExp, (tab: string) => string][] = [
  [/^the page of tab (\d+)$/, (tab) => `탭 ${tab}의 페이지`],
  [/^the port of tab (\d+)$/, (tab) => `탭 ${tab}의 포트`],
  [/^heartbeats of tab (\d+)$/, (tab) => `탭 ${tab}의 하트비트`],
  [/^tab (\d+) to come back$/, (tab) => `탭 ${tab}의 복구`],
];

function koreanWait(seconds: string, text: string): string | undefined {
  // Output of a program stays in its own language.
  const [what = '', said] = text.split('; it said: ');
  const ofTab = tabAwaited.flatMap(([pattern, say]) => pattern.exec(what)?.slice(1).map(say) ?? [])[0];
  const known = awaited[what] ?? ofTab;
  if (known === undefined) return undefined;
  return `${seconds}초 동안 기다렸지만 일어나지 않았습니다: ${known}${said ? `. 출력: ${said}` : ''}`;
}

/**
 * Translates a cell's failure into the user's language. Unknown texts, such as errors of the system, stay as they are.
 */
export function sayFailure(failure: string, language: string, translate: typeof t): string {
  if (language !== 'ko') return failure;
  if (Object.hasOwn(whole, failure)) return whole[failure] ?? failure;
  const outcome = (text: string) =>
    text
      .split(/ (?:or|and) /)
      .map((each) => sayOutcome(each, translate))
      .join(' / ');
  for (const [pattern, say] of patterns) {
    const parts = pattern.exec(failure)?.slice(1);
    if (parts) return say(parts, outcome) ?? failure;
  }
  return failure;
}
