import type { Translated } from '@bulkhead/ui/strings';
import type { popups as en } from '../en/popups.ts';

export const popups: Translated<typeof en> = {
  popupsBlocked_other: '팝업 {{count}}개를 차단했습니다',
  popupsBlockedMany: '팝업을 {{count}}개 이상 차단했습니다',
  popupsTooMany: '이 페이지가 연 탭 {{count}}개가 아직 열려 있습니다. 몇 개를 닫으면 더 열 수 있습니다.',
  popupsShow: '목록 보기',
  popupsHide: '목록 숨기기',
  popupsList: '차단한 팝업',
  popupOpen: '열기',
  popupOpenHint: '{{address}} 열기',
  popupsAllow: '{{site}}의 팝업 허용',

  refusedLink: 'Bulkhead는 {{scheme}} 주소를 열지 않습니다.',
  refusedOtherLink: 'Bulkhead는 다른 프로그램의 주소를 열지 않습니다.',
};
