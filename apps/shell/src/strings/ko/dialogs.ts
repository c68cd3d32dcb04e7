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
  close: '닫기',
  stay: '머무르기',

  signIn: '로그인: {{host}}',
  signInProxy: '프록시 로그인: {{host}}',
  signInRealm: '서버의 설명: “{{realm}}”',
  signInInsecure: '암호화되지 않은 연결입니다. 입력한 내용을 다른 사람이 볼 수 있습니다.',
  signInAgain: '사용자 이름이나 비밀번호가 맞지 않습니다.',
  signInButton: '로그인',
  userName: '사용자 이름',
  password: '비밀번호',

  thisPage: '이 페이지',
  fullScreenHint: '전체 화면: {{site}}. 나가려면 Esc 키를 누르세요.',
  pointerLockHint: '마우스 포인터를 숨긴 사이트: {{site}}. 다시 표시하려면 Esc 키를 누르세요.',

  ok: '확인',
  cancel: '취소',
} as const;
