import type { Language } from '@bulkhead/ui';

const en = {
  reload: 'Reload',
  close: 'Close',
  pin: 'Pin tab',
  kill: 'Kill this tab',
  well: 'answers',
  warning: 'does not answer',
  fault: 'ended',
  off: 'not loaded',
  name: 'Process',
  memory: 'Memory',
  processes: 'Processes',
  rows: ['Browser', 'Tab: Harbour pilots of Busan', 'Plugin: frame-stats'],
  cardTitle: 'Processes',
  cardText: 'Every process of Bulkhead, its memory and its sandbox.',
  emptyTitle: 'No pages visited yet',
  emptyText: 'Pages that you visit appear here. Nothing leaves this computer.',
};
const ko: typeof en = {
  reload: '새로고침',
  close: '닫기',
  pin: '탭 고정',
  kill: '이 탭 강제 종료',
  well: '응답함',
  warning: '응답 없음',
  fault: '종료됨',
  off: '아직 불러오지 않음',
  name: '프로세스',
  memory: '메모리',
  processes: '프로세스',
  rows: ['브라우저', '탭: 부산항 도선사 안내', '플러그인: frame-stats'],
  cardTitle: '프로세스',
  cardText: 'Bulkhead의 모든 프로세스와 그 메모리, 샌드박스입니다.',
  emptyTitle: '아직 방문한 페이지가 없습니다',
  emptyText: '방문한 페이지가 여기에 표시됩니다. 이 컴퓨터 밖으로 나가는 것은 없습니다.',
};

/** Example texts for the components, which have none of their own. */
export const wordsOf = (language: Language): typeof en => ({ en, ko })[language];
