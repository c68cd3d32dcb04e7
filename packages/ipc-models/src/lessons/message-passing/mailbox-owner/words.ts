export const words = {
  en: {
    title: 'Who owns a mailbox',
    idea: 'A mailbox belongs to a process or to the system. When the owning process ends, its mailbox ends with it, and whoever uses it has to be told. One that the system owns goes on without the process that created it, until somebody destroys it. Here one process creates two of its own (at one of which somebody waits) and one of the system’s.',
    question:
      'The mailboxes “mine” and “everyones” hold {{held}} messages each when the process that created them is killed. Which of the two ends?',
    'answer.owned': 'the one that the process owned',
    'answer.both': 'both',
    'answer.neither': 'neither',
    'outcome.owned':
      'Of {{before}} mailboxes {{left}} is left: the system’s. From it {{everyonesReceived}} of {{expected}} messages were received, the last one sent after the death. The process’s own ended with it; its {{lost}} messages are lost, and who waited at it was told: “{{told}}”.',
    'outcome.both': 'Both ended: {{left}} of {{before}} mailboxes are left.',
    'outcome.neither': 'Neither ended: {{left}} of {{before}} mailboxes are left.',
    'role.owner': 'Process that creates them',
    'role.user': 'Process that receives',
    'role.other': 'Process that sends after the death',
    'parameter.held': 'Messages held in each',
    'figure.mailboxes': 'The mailboxes, and whose they are',
    'note.kill': 'the owner (PID {{pid}}) is killed',
    'note.left': 'what is left: {{left}}',
  },
  ko: {
    title: '메일박스의 소유자',
    idea: '메일박스는 프로세스의 것이거나 시스템의 것이다. 소유한 프로세스가 끝나면 그 메일박스도 사라지며, 쓰고 있던 프로세스에게 알려야 한다. 시스템이 소유한 메일박스는 만든 프로세스 없이도 누군가 없앨 때까지 남아 있다. 여기서는 한 프로세스가 자기 것 둘(하나에는 누가 기다리고 있다)과 시스템의 것 하나를 만든다.',
    question:
      '메일박스 mine과 everyones에 메시지가 {{held}}개씩 들어 있을 때, 그것을 만든 프로세스를 강제로 종료한다. 둘 중 어느 것이 사라질까?',
    'answer.owned': '프로세스가 소유한 것',
    'answer.both': '둘 다',
    'answer.neither': '둘 다 남는다',
    'outcome.owned':
      '메일박스 {{before}}개 중 시스템의 것 {{left}}개가 남았다. 거기서 메시지 {{expected}}개 중 {{everyonesReceived}}개를 받았고, 마지막 하나는 죽은 뒤에 보낸 것이다. 프로세스의 것은 함께 사라져 메시지 {{lost}}개를 잃었고, 거기서 기다리던 프로세스는 이렇게 통보받았다: “{{told}}”.',
    'outcome.both': '둘 다 사라졌다. 메일박스 {{before}}개 중 {{left}}개가 남았다.',
    'outcome.neither': '둘 다 남았다. 메일박스 {{before}}개 중 {{left}}개가 남았다.',
    'role.owner': '메일박스를 만드는 프로세스',
    'role.user': '받는 프로세스',
    'role.other': '죽은 뒤에 보내는 프로세스',
    'parameter.held': '각각에 담긴 메시지 수',
    'figure.mailboxes': '메일박스와 그 소유자',
    'note.kill': '소유자(PID {{pid}})를 강제로 종료한다',
    'note.left': '남은 것: {{left}}',
  },
} as const;
