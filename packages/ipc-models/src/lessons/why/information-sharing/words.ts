export const words = {
  en: {
    title: 'Information sharing: copy and paste',
    idea: 'Several applications need the same data: what is copied in one is pasted in another. They are separate processes, so the data has to be carried across. Either a clipboard process keeps a copy, or the clipboard only knows who has it and asks that process at each paste, as the X Window System does.',
    question:
      'The editor copies {{kibibytes}} KiB and is then killed. Who can still paste? (Who keeps what was copied can be chosen.)',
    'answer.everyone': 'everyone',
    'answer.nobody': 'nobody',
    'outcome.everyone':
      'Before, {{before}} of {{pasters}} applications pasted exactly what was copied (SHA-256 {{copied}}…); after the editor’s death, {{after}}: the clipboard process has a copy of its own.',
    'outcome.nobody':
      'Before, {{before}} of {{pasters}} applications pasted exactly what was copied (SHA-256 {{copied}}…); after the editor’s death, {{after}}: the data was in the memory of the process that died.',
    'role.editor': 'Editor, where something is copied',
    'role.clipboard': 'Clipboard',
    'role.app': 'Application that pastes',
    'parameter.keeper': 'Who keeps what was copied',
    'choice.keeper.clipboard': 'the clipboard',
    'choice.keeper.editor': 'the editor (asked at each paste)',
    'parameter.pasters': 'Applications that paste',
    'parameter.kibibytes': 'Size of what is copied, KiB',
    'figure.processes': 'Who holds what was copied',
    'note.kill': 'the editor (PID {{pid}}) is killed',
  },
  ko: {
    title: '정보 공유: 복사와 붙여넣기',
    idea: '여러 앱이 같은 데이터를 필요로 한다. 한 앱에서 복사한 것을 다른 앱에 붙여 넣는다. 앱은 서로 다른 프로세스이므로 데이터를 옮겨 주어야 한다. 클립보드 프로세스가 사본을 보관하거나, X 윈도 시스템처럼 클립보드는 누가 갖고 있는지만 알고 붙여 넣을 때마다 그 프로세스에 요청한다.',
    question:
      '편집기가 {{kibibytes}} KiB를 복사한 뒤 강제로 종료된다. 누가 여전히 붙여 넣을 수 있을까? (복사한 것을 누가 보관하는지는 고를 수 있다.)',
    'answer.everyone': '모두',
    'answer.nobody': '아무도 못 한다',
    'outcome.everyone':
      '종료 전에는 앱 {{pasters}}개 중 {{before}}개가 복사한 그대로 붙여 넣었다(SHA-256 {{copied}}…). 편집기가 죽은 뒤에는 {{after}}개다. 클립보드 프로세스에 사본이 따로 있기 때문이다.',
    'outcome.nobody':
      '종료 전에는 앱 {{pasters}}개 중 {{before}}개가 복사한 그대로 붙여 넣었다(SHA-256 {{copied}}…). 편집기가 죽은 뒤에는 {{after}}개다. 데이터가 죽은 프로세스의 메모리에 있었기 때문이다.',
    'role.editor': '복사하는 편집기',
    'role.clipboard': '클립보드',
    'role.app': '붙여 넣는 앱',
    'parameter.keeper': '복사한 것을 보관하는 쪽',
    'choice.keeper.clipboard': '클립보드',
    'choice.keeper.editor': '편집기 (붙여 넣을 때마다 요청)',
    'parameter.pasters': '붙여 넣는 앱의 수',
    'parameter.kibibytes': '복사하는 크기 (KiB)',
    'figure.processes': '복사한 것을 누가 갖고 있는가',
    'note.kill': '편집기(PID {{pid}})를 강제로 종료한다',
  },
} as const;
