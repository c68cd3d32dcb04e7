export const words = {
  en: {
    title: 'Signals',
    idea: 'A signal is the smallest message: kill() tells a process that something happened, and it is interrupted, wherever it is, to run its handler. A plain signal carries nothing but its number and is not counted; a queued one (sigqueue, real-time signals) is, and carries one integer. SIGKILL and SIGSTOP cannot be handled at all.',
    question:
      'The receiver blocks SIGUSR2; it is sent {{signals}} times; then it is let through. How often does the handler run?',
    'answer.each': '{{signals}} times',
    'answer.once': 'once',
    'answer.never': 'never',
    'outcome.each': 'It ran {{whileBlocked}} times.',
    'outcome.once':
      'It ran once: a plain signal that already waits is not sent again. Sent one by one, each after the other was handled, {{oneByOne}} of {{signals}} arrived. Of the {{signals}} queued signals all {{queued}} came, each with its number. A handler for SIGKILL was refused ({{refused}}).',
    'outcome.never': 'It did not run at all.',
    'role.sender': 'Sender',
    'role.receiver': 'Receiver',
    'parameter.signals': 'Signals',
    'figure.signals': 'Sent and handled',
  },
  ko: {
    title: '시그널',
    idea: '시그널은 가장 작은 메시지다. kill()은 프로세스에 어떤 일이 일어났음을 알리고, 프로세스는 어디에 있든 중단되어 핸들러를 실행한다. 보통 시그널은 번호만 나르고 개수를 세지 않는다. 큐에 쌓이는 시그널(sigqueue, 실시간 시그널)은 개수를 세며 정수 하나를 나른다. SIGKILL과 SIGSTOP은 처리할 수 없다.',
    question: '수신자가 SIGUSR2를 막은 동안 {{signals}}번 보낸 뒤 막은 것을 푼다. 핸들러는 몇 번 실행될까?',
    'answer.each': '{{signals}}번',
    'answer.once': '한 번',
    'answer.never': '실행되지 않는다',
    'outcome.each': '{{whileBlocked}}번 실행되었다.',
    'outcome.once':
      '한 번 실행되었다. 이미 기다리는 보통 시그널은 다시 쌓이지 않는다. 하나씩, 앞의 것이 처리된 뒤에 보냈을 때는 {{signals}}번 중 {{oneByOne}}번 도착했다. 큐에 쌓이는 시그널은 {{signals}}개 중 {{queued}}개가 저마다의 수와 함께 모두 왔다. SIGKILL의 핸들러는 거부되었다({{refused}}).',
    'outcome.never': '한 번도 실행되지 않았다.',
    'role.sender': '송신자',
    'role.receiver': '수신자',
    'parameter.signals': '시그널 수',
    'figure.signals': '보낸 것과 처리한 것',
  },
} as const;
