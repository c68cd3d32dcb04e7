import type { Translated } from '@bulkhead/ui/strings';
import type { history as english } from '../en/history.ts';

export const history: Translated<typeof english> = {
  historyTitle: '방문 기록',
  historyAbout: '방문한 페이지를 찾아보고 삭제합니다. 이 기기에만 보관됩니다.',
  historySummary_other: '방문 {{count}}회, 이 기기에만 보관됩니다',
  historyOff: '지금은 방문을 기록하지 않습니다.',
  historyNone: '아직 방문 기록이 없습니다',
  historyNoneText: '방문한 웹 페이지가 여기에 표시됩니다.',
  historyNoMatch: '일치하는 방문이 없습니다',
  historyNoMatchText: '검색어를 바꾸면 다른 방문이 표시됩니다.',
  searchHistory: '제목과 주소에서 찾기',
  deleteVisit: '이 방문 삭제',
  showMore: '더 보기',
};
