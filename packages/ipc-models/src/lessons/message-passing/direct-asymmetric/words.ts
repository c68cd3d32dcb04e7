export const words = {
  en: {
    title: 'Direct naming, asymmetric',
    idea: 'Only the sender names the other: send(P, message). The receiver takes from anyone: receive(&id, &message), and id then says who it was.',
    question:
      '{{senders}} senders name the receiver, which names nobody; the messages do not say whose they are. Does the receiver know whom each is from?',
    'answer.told': 'yes: the link that it came by says so',
    'answer.unknown': 'no',
    'outcome.told':
      '{{received}} messages came over {{links}} links, one for each sender, and of all {{told}} senders each message was told apart and in order.',
    'outcome.unknown':
      '{{received}} messages came over {{links}} links; of {{told}} of {{senders}} senders they were told apart.',
    'role.sender': 'Sender',
    'role.receiver': 'Receiver',
    'parameter.senders': 'Senders',
    'parameter.messages': 'Messages of each',
    'figure.links': 'Links',
    'note.from': 'id = {{from}}: “{{message}}”',
  },
  ko: {
    title: '직접 통신, 비대칭',
    idea: '송신자만 상대를 지정한다: send(P, message). 수신자는 누구에게서나 받는다: receive(&id, &message). 받은 뒤 id가 누가 보냈는지 알려 준다.',
    question:
      '송신자 {{senders}}개가 수신자를 지정하고, 수신자는 아무도 지정하지 않는다. 메시지에는 누구의 것인지 적혀 있지 않다. 수신자는 누가 보냈는지 알까?',
    'answer.told': '안다. 메시지가 온 링크가 알려 준다',
    'answer.unknown': '모른다',
    'outcome.told':
      '메시지 {{received}}개가 송신자마다 하나씩인 링크 {{links}}개로 왔다. 송신자 {{told}}개의 메시지를 모두 구별했고 순서도 지켜졌다.',
    'outcome.unknown':
      '메시지 {{received}}개가 링크 {{links}}개로 왔다. 송신자 {{senders}}개 중 {{told}}개의 메시지만 구별되었다.',
    'role.sender': '송신자',
    'role.receiver': '수신자',
    'parameter.senders': '송신자 수',
    'parameter.messages': '송신자마다 보내는 메시지 수',
    'figure.links': '링크',
    'note.from': 'id = {{from}}: “{{message}}”',
  },
} as const;
