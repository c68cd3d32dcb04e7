export const words = {
  en: {
    title: 'Rendezvous',
    idea: 'Both send() and receive() block: whoever comes first waits, and neither goes on before the other has come. Sender and receiver meet at each message.',
    question:
      'Before each message the sender works for {{senderMs}} ms and the receiver for {{receiverMs}} ms. Who waits longer?',
    'answer.sender': 'the sender',
    'answer.receiver': 'the receiver',
    'answer.nobody': 'nobody: there is a buffer between them',
    'outcome.sender':
      'The sender waited {{senderWaitedMs}} ms in all, the receiver {{receiverWaitedMs}} ms. In each of the {{rounds}} rounds neither left before the other had come: {{met}} of {{rounds}} meetings.',
    'outcome.receiver':
      'The receiver waited {{receiverWaitedMs}} ms in all, the sender {{senderWaitedMs}} ms. In each of the {{rounds}} rounds neither left before the other had come: {{met}} of {{rounds}} meetings.',
    'outcome.nobody':
      'Both waited about as long: the sender {{senderWaitedMs}} ms, the receiver {{receiverWaitedMs}} ms; {{met}} of {{rounds}} meetings.',
    'role.sender': 'Sender',
    'role.receiver': 'Receiver',
    'parameter.rounds': 'Messages',
    'parameter.senderMs': 'The sender works, ms before each',
    'parameter.receiverMs': 'The receiver works, ms before each',
    'figure.mailbox': 'Where they meet: it holds nothing',
  },
  ko: {
    title: '랑데부',
    idea: 'send()와 receive()가 모두 블로킹이다. 먼저 온 쪽이 기다리고, 상대가 오기 전에는 어느 쪽도 앞으로 나아가지 못한다. 송신자와 수신자는 메시지마다 만난다.',
    question:
      '메시지마다 송신자는 {{senderMs}} ms, 수신자는 {{receiverMs}} ms 동안 일한 뒤에 온다. 누가 더 오래 기다릴까?',
    'answer.sender': '송신자',
    'answer.receiver': '수신자',
    'answer.nobody': '아무도 기다리지 않는다. 사이에 버퍼가 있다',
    'outcome.sender':
      '송신자는 모두 {{senderWaitedMs}} ms, 수신자는 {{receiverWaitedMs}} ms를 기다렸다. {{rounds}}번 중 {{met}}번, 어느 쪽도 상대가 오기 전에 떠나지 않았다.',
    'outcome.receiver':
      '수신자는 모두 {{receiverWaitedMs}} ms, 송신자는 {{senderWaitedMs}} ms를 기다렸다. {{rounds}}번 중 {{met}}번, 어느 쪽도 상대가 오기 전에 떠나지 않았다.',
    'outcome.nobody':
      '두 쪽이 비슷하게 기다렸다. 송신자 {{senderWaitedMs}} ms, 수신자 {{receiverWaitedMs}} ms. {{rounds}}번 중 {{met}}번 만났다.',
    'role.sender': '송신자',
    'role.receiver': '수신자',
    'parameter.rounds': '메시지 수',
    'parameter.senderMs': '송신자가 메시지마다 먼저 일하는 시간 (ms)',
    'parameter.receiverMs': '수신자가 메시지마다 먼저 일하는 시간 (ms)',
    'figure.mailbox': '만나는 곳. 아무것도 담아 두지 않는다',
  },
} as const;
