import type { Translated } from '@bulkhead/ui/strings';
import type { en } from './en.ts';
import { frames } from './ko/frames.ts';
import { history } from './ko/history.ts';
import { isolation } from './ko/isolation.ts';
import { lab } from './ko/lab.ts';
import { ports } from './ko/ports.ts';
import { processes } from './ko/processes.ts';
import { settings } from './ko/settings.ts';

export const ko: Translated<typeof en> = {
  newTabTitle: '새 탭',
  claim: '부서지도록 만든 브라우저입니다. 탭마다 따로 나뉜 격실이라, 하나가 침수되어도 배는 계속 떠 있습니다.',
  stepOpen: '페이지를 몇 개 여세요. 각각 자기 프로세스에서 열립니다.',
  stepKill: '그중 하나에서 “이 탭 강제 종료”를 누르세요.',
  stepWatch: '나머지가 PID를 유지한 채 계속 실행되는 것을 확인하세요.',
  pages: 'Bulkhead 페이지',
  noBrowser: '이 페이지가 브라우저와 연결되어 있지 않습니다.',
  startPage: '시작 페이지로 이동',

  notFoundTitle: '없는 페이지',
  notFoundHeading: '{{address}} 페이지가 없습니다',
  notFoundText: 'Bulkhead에 이런 이름의 페이지는 없습니다.',

  processesTitle: '프로세스',
  processesAbout: '모든 프로세스의 PID, 메모리, CPU, 샌드박스 상태를 보고 어느 것이든 종료할 수 있습니다.',
  memoryReadersUser:
    'Yama가 꺼져 있습니다. 격리되지 않은 모든 사용자 프로그램이 이 프로세스들의 메모리를 읽을 수 있습니다.',
  memoryReadersParents: 'Yama가 켜져 있습니다(1). 부모 프로세스만 이 프로세스들의 메모리를 읽을 수 있습니다.',
  memoryReadersAdministrators: 'Yama가 켜져 있습니다(2). 관리자만 이 프로세스들의 메모리를 읽을 수 있습니다.',
  memoryReadersNone: 'Yama가 켜져 있습니다(3). 다른 어떤 프로그램도 이 프로세스들의 메모리를 읽을 수 없습니다.',
  summary_other: '프로세스 {{count}}개 · {{memory}} · 샌드박스 적용 {{sandboxed}}개',
  filter: '제목, 종류, 사이트 또는 PID로 찾기',
  noMatch: '일치하는 프로세스가 없습니다',
  noMatchText: '검색어를 바꾸면 다른 프로세스가 표시됩니다.',
  columnProcess: '프로세스',
  columnParent: '부모',
  columnMemory: '메모리',
  columnMemoryHint: 'PSS: 혼자 쓰는 메모리에 여럿이 함께 쓰는 메모리의 자기 몫을 더한 값',
  columnCpuHint: '지난 1초 동안 코어 하나를 사용한 비율',
  columnSandbox: '샌드박스',
  columnSandboxHint: '시스템이 /proc에서 알려 주는 값',
  columnActions: '작업',

  typeBrowser: '브라우저',
  typeShell: '셸',
  typeTab: '탭',
  typePlugin: '플러그인',
  typeLesson: '수업',
  typeGpu: 'GPU',
  typeNetwork: '네트워크 서비스',
  typeZygote: 'Zygote',
  typeUtility: '유틸리티',
  typeOther: '기타',
  tabsInProcess: '탭 {{count}}개가 공유',
  showTab: '이 탭 보기',

  sandboxed: '적용됨',
  sandboxFiltered: '시스템 호출 제한',
  sandboxNamespace: '별도 PID 네임스페이스',
  sandboxNone: '없음',
  sandboxConfined: '격리됨',
  sandboxUnconfined: '격리되지 않음',
  allowedCalls: '허용된 시스템 호출',
  deniedCalls: '금지된 시스템 호출',
  refusedCalls: '거부된 시스템 호출',
  refusedNotCounted: '여기서는 세지 않음',
  confinedThreads: '격리 당시 스레드',
  droppedDescriptors: '회수한 파일 디스크립터',
  confinementMissing: '빠진 것',
  notConfinedYet: '아직 격리를 보고하지 않았습니다. 플러그인 코드는 전혀 실행되지 않았습니다.',
  unknown: '시스템이 알려 주지 않음',
  seccompNone: '없음',
  seccompStrict: 'strict',
  seccompFilter: '필터',
  pidNamespaces: 'PID 네임스페이스',
  noNewPrivileges: '새 권한 금지',
  yes: '예',
  no: '아니요',

  endProcess: '프로세스 끝내기',
  endHint: '프로세스에 종료를 요청합니다 (SIGTERM)',
  kill: '강제 종료',
  killHint: '무엇을 하고 있든 프로세스를 즉시 종료합니다 (SIGKILL)',
  endNotOurs: 'Bulkhead의 프로세스가 아님',
  endGone: '이미 종료됨',
  endRefused: '시스템이 거부함',
  endIgnored: '아직 실행 중',
  endNoAnswer: '브라우저가 응답하지 않음',

  ...frames,
  ...history,
  ...isolation,
  ...lab,
  ...ports,
  ...processes,
  ...settings,
};
