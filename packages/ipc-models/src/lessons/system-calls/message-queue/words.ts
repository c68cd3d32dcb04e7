export const words = {
  en: {
    title: 'POSIX message queue',
    idea: 'A message queue keeps messages apart, each with a priority. It has a name, room for a fixed number of messages of a fixed size, and lives in the kernel until it is removed. mq_receive() takes the oldest message of the highest priority.',
    question:
      'Messages of priority 1, 9, 5, 1 … are sent until the queue’s {{capacity}} places are full, and only then received. Which one is received first?',
    'answer.first-sent': 'the one sent first',
    'answer.last-sent': 'the one sent last',
    'answer.highest': 'the one of the highest priority',
    'outcome.first-sent': 'First came {{first}}, which was sent first. Received: {{order}}.',
    'outcome.last-sent': 'First came {{first}}. Received: {{order}}.',
    'outcome.highest':
      'First came {{first}}. Received, with their priorities: {{order}}. Each message came whole. A sender of one more than {{capacity}} had to wait until one was received; a buffer smaller than the queue’s messages was refused ({{refused}}).',
    'role.sender': 'Sender',
    'role.receiver': 'Receiver',
    'parameter.capacity': 'Messages that it holds',
    'parameter.receiverMs': 'The receiver comes later, ms',
    'figure.queue': 'The queue in the kernel',
    'note.unlinked': 'both have it open: mq_unlink("{{name}}")',
    'note.received': 'mq_receive() = "{{message}}", priority {{priority}}; {{left}} left in the queue',
  },
  ko: {
    title: 'POSIX 메시지 큐',
    idea: '메시지 큐는 메시지를 서로 나누어 보관하며, 메시지마다 우선순위가 있다. 이름이 있고, 정해진 크기의 메시지를 정해진 개수만큼 담으며, 지울 때까지 커널에 남는다. mq_receive()는 우선순위가 가장 높은 메시지 중 가장 오래된 것을 꺼낸다.',
    question:
      '우선순위 1, 9, 5, 1 …인 메시지를 큐의 {{capacity}}칸이 찰 때까지 보낸 뒤에야 받기 시작한다. 무엇을 먼저 받을까?',
    'answer.first-sent': '먼저 보낸 것',
    'answer.last-sent': '나중에 보낸 것',
    'answer.highest': '우선순위가 가장 높은 것',
    'outcome.first-sent': '먼저 보낸 {{first}}이(가) 먼저 왔다. 받은 순서: {{order}}.',
    'outcome.last-sent': '{{first}}이(가) 먼저 왔다. 받은 순서: {{order}}.',
    'outcome.highest':
      '{{first}}이(가) 먼저 왔다. 받은 순서(괄호 안은 우선순위): {{order}}. 메시지는 저마다 온전히 왔다. {{capacity}}개보다 하나 더 보내려던 송신자는 하나를 받을 때까지 기다려야 했고, 큐의 메시지보다 작은 버퍼는 거부되었다({{refused}}).',
    'role.sender': '송신자',
    'role.receiver': '수신자',
    'parameter.capacity': '담을 수 있는 메시지 수',
    'parameter.receiverMs': '수신자가 늦게 오는 시간 (ms)',
    'figure.queue': '커널에 있는 큐',
    'note.unlinked': '둘 다 열었다: mq_unlink("{{name}}")',
    'note.received': 'mq_receive() = "{{message}}", 우선순위 {{priority}}; 큐에 {{left}}개 남음',
  },
} as const;
