export const words = {
  en: {
    title: 'Indirect naming: mailboxes',
    idea: 'Messages go to a mailbox (a port) and are received from it; processes need not know each other. Several processes may share a mailbox, and two processes may have several between them. When several wait at one, the system decides who receives: here it is who came first, and each message goes to one of them.',
    question:
      '{{receivers}} processes wait at the same mailbox, one after the other, and then letters come one by one. Who gets the next letter?',
    'answer.first': 'who has waited longest',
    'answer.last': 'somebody else of them',
    'answer.all': 'all of them, a copy each',
    'outcome.first':
      '{{inOrder}} of {{letters}} letters went to the one that had waited longest; {{deliveries}} deliveries in all, so each letter was received once. The sender and the first receiver then used a second mailbox of the {{between}} between them.',
    'outcome.last': 'Only {{inOrder}} of {{letters}} letters went to the one that had waited longest.',
    'outcome.all': '{{letters}} letters were delivered {{deliveries}} times: more than once each.',
    'role.sender': 'Sender',
    'role.receiver': 'Receiver',
    'parameter.receivers': 'Receivers',
    'parameter.rounds': 'Rounds: a letter for each receiver',
    'figure.mailboxes': 'The mailboxes, what they hold and who waits',
    'note.order': 'waiting at the mailbox, the first first: {{order}}',
  },
  ko: {
    title: '간접 통신: 메일박스',
    idea: '메시지를 메일박스(포트)로 보내고 메일박스에서 받는다. 프로세스가 서로를 알 필요가 없다. 여러 프로세스가 한 메일박스를 함께 쓸 수 있고, 두 프로세스 사이에 메일박스가 여럿일 수도 있다. 여럿이 기다리면 누가 받을지는 시스템이 정한다. 여기서는 먼저 온 쪽이 받으며, 메시지 하나는 한 프로세스에만 간다.',
    question:
      '프로세스 {{receivers}}개가 차례로 같은 메일박스에서 기다린 뒤, 편지가 하나씩 온다. 다음 편지는 누가 받을까?',
    'answer.first': '가장 오래 기다린 쪽',
    'answer.last': '그중 다른 쪽',
    'answer.all': '모두가 사본을 하나씩',
    'outcome.first':
      '편지 {{letters}}개 중 {{inOrder}}개가 가장 오래 기다린 쪽에 갔다. 배달은 모두 {{deliveries}}번이므로 편지마다 한 번씩 받았다. 이어서 송신자와 첫 번째 수신자는 둘 사이의 메일박스 {{between}}개 중 두 번째 것을 썼다.',
    'outcome.last': '편지 {{letters}}개 중 {{inOrder}}개만 가장 오래 기다린 쪽에 갔다.',
    'outcome.all': '편지 {{letters}}개가 {{deliveries}}번 배달되었다. 한 번보다 많다.',
    'role.sender': '송신자',
    'role.receiver': '수신자',
    'parameter.receivers': '수신자 수',
    'parameter.rounds': '회차 수 (회차마다 수신자 수만큼의 편지)',
    'figure.mailboxes': '메일박스, 담긴 메시지와 기다리는 프로세스',
    'note.order': '메일박스에서 기다리는 순서: {{order}}',
  },
} as const;
