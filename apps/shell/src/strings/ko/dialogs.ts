/** 페이지가 묻는 것과, 브라우저가 페이지에 대해 묻는 것. */
export const dialogs = {
  dialogSays: '{{site}}의 메시지',
  dialogPage: '이 페이지의 메시지',
  dialogEmbeddedSays: '페이지에 삽입된 {{site}}의 메시지',
  dialogEmbedded: '삽입된 페이지의 메시지',
  dialogText: '답',
  silence: '이 페이지의 대화 상자를 더 열지 않기',
  leaveTitle: '이 페이지를 떠날까요?',
  leaveText: '변경한 내용이 저장되지 않을 수 있습니다.',
  closingTitle: '창을 닫을까요?',
  closingText_other: '다음 탭 {{count}}개에서 변경한 내용이 저장되지 않을 수 있습니다.',
  leave: '떠나기',
  stay: '머무르기',

  ok: '확인',
  cancel: '취소',
} as const;
