/** 페이지가 묻는 것과, 브라우저가 페이지에 대해 묻는 것. */
export const dialogs = {
  dialogSays: '{{site}}의 메시지',
  dialogPage: '이 페이지의 메시지',
  dialogEmbeddedSays: '페이지에 삽입된 {{site}}의 메시지',
  dialogEmbedded: '삽입된 페이지의 메시지',
  dialogText: '답',
  silence: '이 페이지의 대화 상자를 더 열지 않기',
  ok: '확인',
  cancel: '취소',
} as const;
