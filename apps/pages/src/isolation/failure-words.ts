import type { t } from '../strings.ts';
import { sayOutcome } from './outcome-words.ts';

/** Korean texts for the events that the matrix waits for. The English texts are in `apps/browser/src/drill`. */
const awaited: Record<string, string> = {
  'the process to end': '프로세스 종료',
  'the browser to notice the end': '종료 감지',
  'the sad tab to appear': '죽은 탭 화면 표시',
  'the browser to notice the hang': '멈춤 감지',
  'the hang to be shown': '멈춤 표시',
  'the page to answer again': '페이지의 응답 재개',
  'the dialog to open': '대화 상자 열림',
  'the browser to notice the dead frame': '죽은 프레임 감지',
  'the dead frame to come back': '죽은 프레임 복구',
  'a new port': '새 포트 연결',
  'an answer on the new port': '새 포트로 온 응답',
  'the page of the victim to load': '대상 페이지 열림',
  'the memory of the victim to be measured': '대상의 메모리 측정',
  'the plugin to start': '플러그인 시작',
  'the plugin to analyze a frame': '플러그인의 프레임 분석',
  'the plugin to analyze frames again': '플러그인의 프레임 분석 재개',
  'the notice to appear': '알림 표시',
  'the attempt to truncate the memory': '메모리 자르기 시도',
  'a new process': '새 프로세스 시작',
  'the interface to come back': '인터페이스 복구',
  'all its processes to end': '모든 프로세스 종료',
  'its shared memory to be freed': '공유 메모리 해제',
  'the other Bulkhead to open all its tabs': '다른 Bulkhead의 모든 탭 열림',
};

const whole: Record<string, string> = {
  'a page that waits for its dialog was reported as hanging':
    '대화 상자의 답을 기다리는 페이지를 멈춘 것으로 잘못 알렸습니다',
  'the dialog closed by itself': '대화 상자가 저절로 닫혔습니다',
  'the page lost its process': '페이지가 프로세스를 잃었습니다',
  'the plugin lost its process': '플러그인이 프로세스를 잃었습니다',
  'the tab did not continue as before': '탭이 전과 같이 계속 동작하지 않았습니다',
  'the page has no port': '페이지에 포트가 없습니다',
  'the other Bulkhead has no zygote': '다른 Bulkhead에 zygote가 없습니다',
  'the other Bulkhead was not started': '다른 Bulkhead가 시작되지 않았습니다',
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
  [
    /^the process of the (\w+) changed from (\w+) to (\w+)$/,
    ([part = '', before = '', after = '']) =>
      `다른 프로세스도 피해를 입었습니다: ${part} (PID ${before} → ${after === 'none' ? '없음' : after})`,
  ],
  [
    /^the fault could not be caused: (.+)$/,
    ([why = '']) => uncaused[why] && `오류를 일으킬 수 없었습니다: ${uncaused[why]}`,
  ],
  [
    /^the process ended as (.+), not as (.+)$/,
    ([was = '', expected = ''], say) => `예상과 다르게 끝났습니다: ${say(was)} (예상: ${say(expected)})`,
  ],
  [/^the process ended as (.*)$/, ([was = ''], say) => `예상과 다르게 끝났습니다: ${say(was)}`],
  [
    /^the process ended by (.+), not by (.+)$/,
    ([was = '', expected = ''], say) => `예상과 다르게 끝났습니다: ${say(was)} (예상: ${say(expected)})`,
  ],
  [/^tab (\d+) has no process$/, ([tab]) => `탭 ${tab}에 프로세스가 없습니다`],
  [/^tab (\d+) has no port$/, ([tab]) => `탭 ${tab}에 포트가 없습니다`],
];

const tabAwaited: [RegExp, (tab: string) => string][] = [
  [/^the page of tab (\d+)$/, (tab) => `탭 ${tab}의 페이지 열림`],
  [/^the port of tab (\d+)$/, (tab) => `탭 ${tab}의 포트 연결`],
  [/^heartbeats of tab (\d+)$/, (tab) => `탭 ${tab}의 하트비트`],
  [/^tab (\d+) to answer$/, (tab) => `탭 ${tab}의 응답`],
  [/^tab (\d+) to come back$/, (tab) => `탭 ${tab} 복구`],
];

function koreanWait(seconds: string, text: string): string | undefined {
  // Output of a program stays in its own language.
  const [what = '', said] = text.split('; it said: ');
  const ofTab = tabAwaited.flatMap(([pattern, say]) => pattern.exec(what)?.slice(1).map(say) ?? [])[0];
  const known = awaited[what] ?? ofTab;
  if (known === undefined) return undefined;
  return `${seconds}초 안에 일어나지 않았습니다: ${known}${said ? `. 출력: ${said}` : ''}`;
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
