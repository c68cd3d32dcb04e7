export const words = {
  en: {
    title: 'socketpair()',
    idea: 'socketpair() makes two sockets that are connected with each other: a pipe in both directions. As a pipe it has no name. An end gets into another process by inheritance, or in a message over a Unix socket (SCM_RIGHTS): the kernel then gives the receiver a descriptor of its own for the same socket.',
    question:
      'The parent writes {{messages}} messages into a pair of type {{type}} before the child reads. What does the child’s first read() give?',
    'answer.joined': 'all of them, joined',
    'answer.apart': 'the first one alone',
    'outcome.joined':
      'It gave "{{first}}": a stream keeps no bounds. Descriptor {{sentFd}} of the parent became descriptor {{receivedFd}} of the child; both stood for the same socket, inode {{inode}}. By a path it could not be opened ({{tried}}). The answer came back over the same pair: "{{back}}".',
    'outcome.apart':
      'It gave "{{first}}": a pair of packets keeps the bounds of each message. Descriptor {{sentFd}} of the parent became descriptor {{receivedFd}} of the child; both stood for the same socket, inode {{inode}}. By a path it could not be opened ({{tried}}). The answer came back over the same pair: "{{back}}".',
    'role.parent': 'Parent',
    'role.child': 'Child',
    'parameter.type': 'Type of the sockets',
    'choice.type.stream': 'stream of bytes (SOCK_STREAM)',
    'choice.type.seqpacket': 'packets (SOCK_SEQPACKET)',
    'parameter.messages': 'Messages',
    'figure.pair': 'One end in each process',
  },
  ko: {
    title: 'socketpair()',
    idea: 'socketpair()는 서로 연결된 소켓 두 개를 만든다. 양방향 파이프인 셈이다. 파이프처럼 이름이 없다. 다른 프로세스는 물려받거나, UNIX 소켓으로 오는 메시지(SCM_RIGHTS)로 끝을 얻는다. 이때 커널은 받는 쪽에 같은 소켓을 가리키는 새 디스크립터를 준다.',
    question:
      '부모가 {{type}} 형식의 소켓 쌍에 메시지 {{messages}}개를 쓴 뒤에 자식이 읽는다. 자식의 첫 read()는 무엇을 줄까?',
    'answer.joined': '모두 이어 붙은 것',
    'answer.apart': '첫 번째 하나만',
    'outcome.joined':
      '"{{first}}"을(를) 주었다. 스트림은 경계를 지키지 않는다. 부모의 디스크립터 {{sentFd}}은(는) 자식의 디스크립터 {{receivedFd}}이(가) 되었고, 둘은 같은 소켓(inode {{inode}})을 가리켰다. 경로로는 열 수 없었다({{tried}}). 대답은 같은 쌍으로 돌아왔다: "{{back}}".',
    'outcome.apart':
      '"{{first}}"을(를) 주었다. 패킷 소켓은 메시지마다 경계를 지킨다. 부모의 디스크립터 {{sentFd}}은(는) 자식의 디스크립터 {{receivedFd}}이(가) 되었고, 둘은 같은 소켓(inode {{inode}})을 가리켰다. 경로로는 열 수 없었다({{tried}}). 대답은 같은 쌍으로 돌아왔다: "{{back}}".',
    'role.parent': '부모',
    'role.child': '자식',
    'parameter.type': '소켓 형식',
    'choice.type.stream': '바이트 스트림 (SOCK_STREAM)',
    'choice.type.seqpacket': '패킷 (SOCK_SEQPACKET)',
    'parameter.messages': '메시지 수',
    'figure.pair': '프로세스마다 한쪽 끝',
  },
} as const;
